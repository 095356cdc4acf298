"""One question after the other, until a verb has all it needs."""

from dataclasses import replace
from datetime import datetime

import pytest

from domain.act import Inputs
from domain.case import Case, How, State
from domain.district import District, UnitKind
from domain.errors import Missing, Outdated
from domain.facts import instant
from domain.forms import Form, choose, feed, likely_units, options, placed, question
from domain.gist import Gist, Place
from domain.life import Need, Verb
from domain.option import Option
from tests.domain.life_table import NOW, RECTIFYING, TABLE, TRIAGE, Line, standing
from tests.domain.story import NUMBER, Story, filed, local

FED = {Need.WORDS, Need.REASON, Need.PHOTO, Need.CASE, Need.ADDITION}
CHOSEN = {
    Need.UNIT: "S02",
    Need.CATEGORY: "0205",
    Need.TARGET: "0205",
    Need.RETURN_REASON: "duplicate",
    Need.HOW: "seen",
    Need.UNTIL: "1779269400000",
}


def begun(verb: Verb) -> Form:
    """A form as a button opens it."""
    return Form(person=1, case=1, number=NUMBER, verb=verb)


def answered(form: Form, case: Case, need: Need) -> Form:
    """The question answered in the usual way."""
    if need is Need.PHOTO:
        return feed(form, case, words="", photos=(7,))
    if need in FED:
        return feed(form, case, words="XM-260420-001" if need is Need.CASE else "一句话", photos=())
    return choose(form, need, CHOSEN[need])


@pytest.mark.parametrize("line", [pytest.param(line, id=line.verb.value) for line in TABLE])
def test_a_form_asks_for_what_the_table_needs_in_its_order(ximing: District, line: Line) -> None:
    """Then it asks for nothing more, and the verb can be done with what it has gathered."""
    story = standing(ximing, line.sources[0], *line.before)
    form = begun(line.verb)
    for need in line.needs:
        assert question(form, story.case) is need
        if need is Need.MARK:  # each mark is a button of its own, so this is never asked
            return
        form = answered(form, story.case, need)
    assert question(form, story.case) is None
    assert story.decided(line.verb, NOW, line.who[0], form.given).event.verb == line.verb.value


def test_a_photo_with_a_caption_answers_at_once(ximing: District) -> None:
    """The result and its sentence in one message."""
    story = standing(ximing, RECTIFYING)
    form = feed(begun(Verb.REPLY), story.case, words="已清走", photos=(7, 8))
    assert question(form, story.case) is None
    assert (form.given.words, form.given.photos, form.photos) == ("已清走", 2, (7, 8))


def test_words_may_come_before_the_photo(ximing: District) -> None:
    """They are kept, and only the photo is still asked for."""
    story = standing(ximing, RECTIFYING)
    form = feed(begun(Verb.REPLY), story.case, words="已清走", photos=())
    assert question(form, story.case) is Need.PHOTO
    form = feed(form, story.case, words="", photos=(7,))
    assert question(form, story.case) is None
    assert form.given.words == "已清走"


def test_a_note_may_come_before_its_reason(ximing: District) -> None:
    """Somebody writes before pressing one of the four."""
    story = standing(ximing, RECTIFYING)
    form = feed(begun(Verb.RETURN), story.case, words="是物业的院子", photos=())
    assert question(form, story.case) is Need.RETURN_REASON
    form = choose(form, Need.RETURN_REASON, "not_ours")
    assert question(form, story.case) is None
    assert (form.given.reason, form.given.words) == ("not_ours", "是物业的院子")


def test_what_comes_in_pieces_is_put_together(ximing: District) -> None:
    """Photos one by one, words line by line."""
    story = standing(ximing, RECTIFYING)
    form = begun(Verb.REPLY)
    for words, photos in (("先清了院里", ()), ("又清了墙后", ()), ("", (7,)), ("", (8, 9))):
        form = feed(form, story.case, words=words, photos=photos)
    assert (form.given.words, form.photos) == ("先清了院里\n又清了墙后", (7, 8, 9))


def test_a_reason_goes_where_reasons_are(ximing: District) -> None:
    """And what is written while a date is asked for is not lost."""
    story = standing(ximing, RECTIFYING)
    form = feed(begun(Verb.ASK_EXTENSION), story.case, words="等车", photos=())
    assert question(form, story.case) is Need.UNTIL
    form = feed(form, story.case, words="下周一来", photos=())
    assert (form.given.reason, form.given.words) == ("等车", "下周一来")
    assert question(form, story.case) is Need.UNTIL


def test_a_photo_is_no_reason_but_shows_why_a_rework_is_wanted(ximing: District) -> None:
    """The checker is still asked for a word."""
    checked, closed = standing(ximing, State.CHECKING), standing(ximing, State.CLOSED)
    failed = feed(begun(Verb.FAIL), checked.case, words="", photos=(7,))
    assert question(failed, checked.case) is Need.REASON
    assert question(feed(failed, checked.case, words="墙角还有", photos=()), checked.case) is None
    assert question(feed(begun(Verb.ASK_REWORK), closed.case, words="", photos=(7,)), closed.case) is None


def test_a_check_on_the_spot_asks_for_the_photo_at_once(ximing: District) -> None:
    """How it was checked is no question then."""
    story = filed(ximing, urgent=True).then(Verb.REPLY, NOW)
    assert question(begun(Verb.PASS), story.case) is Need.PHOTO


def test_a_dispatch_asks_for_the_category_first_when_there_is_none(ximing: District) -> None:
    """The likely units follow from it, the lead by the rule first."""
    story = filed(ximing, category=None)
    form = begun(Verb.DISPATCH)
    assert question(form, story.case) is Need.CATEGORY
    form = choose(form, Need.CATEGORY, "0304")
    assert question(form, story.case) is Need.UNIT
    assert [unit.code for unit in likely_units(form, story.case, ximing)] == ["S01", "D17", "S01C02"]


def test_what_was_sent_is_kept_until_its_verb_is_chosen(ximing: District) -> None:
    """Then it is that verb's reason or sentence."""
    story = standing(ximing, State.CHECKING)
    form = replace(begun(Verb.PASS), choices=(Verb.PASS, Verb.FAIL))
    form = feed(form, story.case, words="墙角还有", photos=(7,))
    assert question(form, story.case) is Need.VERB
    passed, failed = (chosen(form, option) for option in offered(ximing, Need.VERB, form, story.case))
    assert question(passed, story.case) is Need.HOW
    assert question(failed, story.case) is None
    assert story.decided(failed.verb, NOW, None, failed.given).case.reason == "墙角还有"
    with pytest.raises(Outdated):
        choose(form, Need.VERB, "void")


def test_a_case_to_merge_with_is_named_by_its_number(ximing: District) -> None:
    """As people type it."""
    form = feed(begun(Verb.MERGE), filed(ximing).case, words=" xm-260420-001 ", photos=())
    assert form.given == Inputs(case="XM-260420-001")


# The place


RELOCATION = replace(begun(Verb.CORRECT), given=Inputs(target=Need.PLACE))


@pytest.mark.parametrize(
    ("gist", "pinned", "place"),
    [
        (Gist(place=Place("桥头", "S02", "S02C01")), None, Place("桥头", "S02", "S02C01")),
        (Gist(place=Place("桥头", "S02", "S02C01")), Place(None, "S03", "S03C02"), Place("桥头", "S02", "S02C01")),
        (Gist(), Place(None, "S03", "S03C02"), Place(None, "S03", "S03C02")),
    ],
)
def test_a_place_is_told_in_words_or_by_a_position(
    ximing: District, gist: Gist, pinned: Place | None, place: Place
) -> None:
    """Words beat the position, and are no note beside it."""
    story = standing(ximing, RECTIFYING)
    assert question(RELOCATION, story.case) is Need.PLACE
    form = placed(feed(RELOCATION, story.case, words="在桥头", photos=()), gist, pinned)
    assert (form.given.place, form.given.words, question(form, story.case)) == (place, "", None)


@pytest.mark.parametrize("pinned", [None, Place(how="position", outside=True)])
def test_what_tells_no_place_of_the_district_is_no_answer(pinned: Place | None) -> None:
    """The question stays open."""
    with pytest.raises(Missing, match="place_unknown"):
        placed(RELOCATION, Gist(), pinned)


def test_of_several_places_one_is_chosen(ximing: District) -> None:
    """And a button of an older question is none any more."""
    case = standing(ximing, RECTIFYING).case
    two = (Place("幸福里一期", "S01", "S01C06"), Place("幸福里二期", "S03", "S03C08"))
    form = placed(RELOCATION, Gist(places=two), None)
    first, second, *_ = offered(ximing, Need.PLACE, form, case)
    assert (first.name, chosen(form, second).given.place) == ("幸福里一期", two[1])
    with pytest.raises(Outdated, match="old_button"):
        chosen(RELOCATION, second)


def test_every_community_is_reached_by_its_street(ximing: District) -> None:
    """Or the street alone is all that can be said."""
    case = standing(ximing, RECTIFYING).case
    reached: list[tuple[str | None, str | None]] = []
    for street in offered(ximing, Need.PLACE, RELOCATION, case):
        *areas, back = offered(ximing, Need.PLACE, replace(RELOCATION, menu=street.argument), case)
        assert back.label == "back"
        places = [chosen(RELOCATION, area).given.place or Place() for area in areas]
        reached += [(place.street, place.community) for place in places]
    communities = [(ximing.street_of(code), code) for code in ximing.areas if ximing.street_of(code)]
    assert set(reached) == {*communities, *((street.code, None) for street in ximing.streets)}


# What the questions offer


def offered(ximing: District, need: Need, form: Form, case: Case, now: str = NOW) -> tuple[Option, ...]:
    """The answers on buttons, without 取消, which is always the last."""
    *answers, cancel = options(need, form, case, ximing, local(now))
    assert cancel == Option("form_cancel", label="cancel")
    return tuple(answers)


def chosen(form: Form, option: Option) -> Form:
    """The button pressed."""
    need, _, argument = option.argument.partition(":")
    return choose(form, Need(need), argument)


@pytest.mark.parametrize("need", Need)
def test_every_question_can_be_given_up(ximing: District, need: Need) -> None:
    """Those for words and pictures have no other button."""
    form = replace(begun(Verb.DISPATCH), choices=(Verb.DISPATCH, Verb.ASK))
    answers = offered(ximing, need, form, standing(ximing, TRIAGE).case)
    assert bool(answers) is (need not in FED | {Need.MARK})


def test_four_reasons_to_return_a_case(ximing: District) -> None:
    """非我单位职责, 地点有误, 重复, 信息不足."""
    answers = offered(ximing, Need.RETURN_REASON, begun(Verb.RETURN), standing(ximing, RECTIFYING).case)
    assert [option.label for option in answers] == [
        "reason_not_ours",
        "reason_wrong_place",
        "reason_duplicate",
        "reason_too_little",
    ]
    assert chosen(begun(Verb.RETURN), answers[2]).given.reason == "duplicate"


def test_two_ways_of_checking(ximing: District) -> None:
    """现场 or 看图."""
    answers = offered(ximing, Need.HOW, begun(Verb.PASS), standing(ximing, State.CHECKING).case)
    assert [chosen(begun(Verb.PASS), option).given.how for option in answers] == [How.ONSITE, How.SEEN]


def test_the_likely_units_come_first_and_never_the_one_that_returned_it(ximing: District) -> None:
    """Department of the trade, community, street."""
    story = standing(ximing, TRIAGE)
    answers = offered(ximing, Need.UNIT, begun(Verb.DISPATCH), story.case)
    assert [option.argument for option in answers[:3]] == ["unit:D17", "unit:S01C02", "department"]
    assert story.case.lead == "S01"


def test_every_unit_that_can_lead_is_reached_by_the_lists(ximing: District) -> None:
    """Departments, streets, and the communities of each street; every list leads back."""
    case = filed(ximing, category=None, place=Place()).case
    form = replace(begun(Verb.DISPATCH), given=Inputs(category="0304"))
    menus = [option.argument for option in offered(ximing, Need.UNIT, form, case) if option.verb == "form_menu"]
    reached: set[str | None] = set()
    for menu in menus:
        *units, back = offered(ximing, Need.UNIT, replace(form, menu=menu), case)
        assert (back.verb, back.argument, back.label) == ("form_menu", "", "back")
        reached |= {chosen(form, option).given.unit for option in units}
    leading = {UnitKind.DEPARTMENT, UnitKind.STREET, UnitKind.COMMUNITY, UnitKind.VILLAGE}
    assert reached == {unit.code for unit in ximing.units.values() if unit.kind in leading}


@pytest.mark.parametrize(("verb", "need"), [(Verb.CORRECT, Need.TARGET), (Verb.DISPATCH, Need.CATEGORY)])
def test_every_category_is_reached_by_its_group(ximing: District, verb: Verb, need: Need) -> None:
    """Twelve groups, and back."""
    case = standing(ximing, TRIAGE).case
    form = begun(verb)
    menus = offered(ximing, need, form, case)
    assert [option.argument for option in menus] == [group.code for group in ximing.groups]
    reached: list[str | None] = []
    for menu in menus:
        *categories, back = offered(ximing, need, replace(form, menu=menu.argument), case)
        assert back.label == "back"
        reached += [chosen(form, option).given.category for option in categories]
    assert reached == list(ximing.categories)


@pytest.mark.parametrize(
    ("need", "argument"),
    [
        ("how", "by_ear"),
        ("return_reason", "no_time"),
        ("until", "tomorrow"),
        ("until", "9" * 30),
        ("words", "already"),
        ("nothing", "at all"),
    ],
)
def test_what_nobody_can_choose_is_refused(need: str, argument: str) -> None:
    """A button can be older than the program."""
    with pytest.raises(Outdated) as refusal:
        choose(begun(Verb.PASS), need, argument)
    assert refusal.value.kind == "old_button"


def test_an_answer_closes_the_list_it_came_from() -> None:
    """The next question begins with its own."""
    assert choose(replace(begun(Verb.DISPATCH), menu="A3"), Need.CATEGORY, "0304").menu == ""


def dates(ximing: District, story: Story, verb: Verb, now: str) -> list[datetime | None]:
    """The dates offered for a request."""
    form = begun(verb)
    return [chosen(form, option).given.until for option in offered(ximing, Need.UNTIL, form, story.case, now)]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("05-06 10:00", ["05-08 17:30", "05-11 17:30", "05-14 17:30", "05-21 17:30"]),  # due 05-07 15:30
        ("05-08 10:00", ["05-09 17:30", "05-12 17:30", "05-15 17:30", "05-22 17:30"]),  # over it: from now
    ],
)
def test_an_extension_is_offered_from_the_due_time(ximing: District, now: str, expected: list[str]) -> None:
    """A day, three working days (Saturday the 9th is one), a week, two; each to the end of work."""
    story = filed(ximing, "04-30 15:30")
    assert dates(ximing, story, Verb.ASK_EXTENSION, now) == [local(day) for day in expected]


def test_a_suspension_is_offered_from_now(ximing: District) -> None:
    """However far the due time is."""
    story = filed(ximing, "04-30 15:30", category="0404")
    expected = ["05-07 17:30", "05-09 17:30", "05-13 17:30", "05-20 17:30"]
    assert dates(ximing, story, Verb.ASK_SUSPENSION, "05-06 10:00") == [local(day) for day in expected]


@pytest.mark.parametrize("verb", [Verb.ASK_EXTENSION, Verb.ASK_SUSPENSION])
@pytest.mark.parametrize("now", ["04-30 15:31", "05-03 23:59", "05-07 15:29"])
def test_every_date_that_is_offered_is_accepted(ximing: District, verb: Verb, now: str) -> None:
    """Nobody is sent round in circles."""
    story = filed(ximing, "04-30 15:30")
    offered = dates(ximing, story, verb, now)
    assert offered
    for until in offered:
        decision = story.decided(verb, now, None, Inputs(reason="等车", until=until))
        assert decision.case.request is not None


def test_a_date_comes_back_as_it_was_offered() -> None:
    """Through the button's argument."""
    form = choose(begun(Verb.ASK_EXTENSION), Need.UNTIL, CHOSEN[Need.UNTIL])
    assert form.given.until == instant(1779269400000) == local("05-20 17:30")
