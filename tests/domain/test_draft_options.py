"""The buttons under a report in the making."""

from dataclasses import replace

from domain.district import District
from domain.draft import Draft, Menu, Phase
from domain.draft_options import options
from domain.intake import choose_category, open_menu
from tests.domain.drafting import AMBIGUOUS, CLEAR, EMPTY, NOW, PHOTO, drafted, said


def labels(draft: Draft, district: District) -> list[str]:
    """The words on the buttons: ours by key, the district's by name."""
    return [option.name or option.label for option in options(draft, district)]


def test_the_card_offers_what_can_be_done(ximing: District) -> None:
    """提交 as soon as there is something to file."""
    assert labels(EMPTY, ximing) == ["change_category", "change_place", "give_up"]
    assert labels(drafted(PHOTO), ximing) == ["submit", "change_category", "change_place", "give_up"]


def test_at_most_three_categories_are_suggested(ximing: District) -> None:
    """Until there is one; in the list of groups they stand first."""
    draft = drafted(said("脏", categories=("0303", "0304", "0401", "0301")))
    names = [ximing.categories[code].name for code in ("0303", "0304", "0401")]
    assert labels(draft, ximing) == [*names, "submit", "change_category", "change_place", "give_up"]
    assert labels(choose_category(draft, "0304", NOW), ximing)[0] == "submit"
    assert labels(open_menu(draft, Menu.GROUPS, "", NOW), ximing)[:3] == names


def test_twelve_groups_lead_to_every_category(ximing: District) -> None:
    """说不清 and a way back under the groups."""
    menu = open_menu(drafted(PHOTO), Menu.GROUPS, "", NOW)
    groups = [option.argument for option in options(menu, ximing) if option.verb == "draft_group"]
    assert len(groups) == 12
    assert labels(menu, ximing)[-2:] == ["unclear", "back"]
    offered = [
        option.argument
        for group in groups
        for option in options(open_menu(EMPTY, Menu.CATEGORIES, group, NOW), ximing)
        if option.verb == "draft_category"
    ]
    assert offered == list(ximing.categories)


def test_seven_streets_lead_to_every_community(ximing: District) -> None:
    """Or to the street as a whole."""
    menu = open_menu(drafted(PHOTO), Menu.STREETS, "", NOW)
    assert labels(menu, ximing)[7:] == ["unclear", "back"]
    streets = [option.argument for option in options(menu, ximing) if option.verb == "draft_street"]
    offered: list[str] = []
    for street in streets:
        choices = options(open_menu(EMPTY, Menu.COMMUNITIES, street, NOW), ximing)
        assert [option.label for option in choices[-2:]] == ["whole_street", "back"]
        offered += [option.argument for option in choices if option.verb == "draft_community"]
    assert len(streets) == 7
    assert len(offered) == 60


def test_giving_up_is_asked_back(ximing: District) -> None:
    """One tap does not throw pictures away."""
    assert labels(open_menu(drafted(PHOTO), Menu.GIVE_UP, "", NOW), ximing) == ["give_up_yes", "back"]


def test_whoever_wants_to_leave_is_asked_what_is_to_become_of_it(ximing: District) -> None:
    """So giving up is not asked back once more."""
    kept = open_menu(drafted(PHOTO), Menu.KEPT, "", NOW)
    assert labels(kept, ximing) == ["submit", "give_up", "back"]
    assert labels(replace(kept, near=1), ximing) == ["same", "other", "give_up", "back"]
    assert labels(replace(kept, phase=Phase.UNDECIDED), ximing) == ["add", "other", "give_up"]
    assert [option.verb for option in options(kept, ximing)][1] == "draft_give_up"


def test_what_comes_soon_after_a_report_is_asked_about(ximing: District) -> None:
    """补充 or 另报, and nothing else."""
    assert labels(replace(drafted(PHOTO), phase=Phase.UNDECIDED), ximing) == ["add", "other"]


def test_a_name_that_means_two_places_is_offered_with_both(ximing: District) -> None:
    """Before anything else."""
    assert labels(drafted(PHOTO, CLEAR, AMBIGUOUS), ximing)[:3] == ["幸福里小区一期", "幸福里小区二期", "submit"]
