"""What the card of a draft offers: the buttons that stand under it, by what is missing and which list is open."""

from domain.district import District
from domain.draft import Draft, Gap, Menu, Phase, gaps
from domain.gist import Place
from domain.messages import Style
from domain.option import Option


def options(draft: Draft, district: District) -> tuple[Option, ...]:
    """The buttons under the draft as it stands."""
    if draft.phase is Phase.UNDECIDED:
        gone = (_GONE,) if draft.menu is Menu.KEPT else ()
        return (Option("draft_add", label="add"), Option("draft_other", label="other"), *gone)
    return _MENUS[draft.menu](draft, district)


def _main(draft: Draft, district: District) -> tuple[Option, ...]:
    offered: list[Option] = []
    missing = gaps(draft)
    if draft.open_places:
        offered += [_place_option(index, place) for index, place in enumerate(draft.open_places[:6])]
    if Gap.CATEGORY in missing:
        offered += _suggested(draft, district)
    if Gap.PLACE in missing:
        offered += _same_place(draft, district)
    offered += _filing(draft)
    offered.append(Option("draft_menu", Menu.GROUPS.value, label="change_category"))
    offered.append(Option("draft_menu", Menu.STREETS.value, label="change_place"))
    offered.append(Option("draft_menu", Menu.GIVE_UP.value, label="give_up"))
    return tuple(offered)


def _same_place(draft: Draft, district: District) -> tuple[Option, ...]:
    """Where the report before was."""
    place = draft.earlier
    area = district.areas.get((place.community or place.street or "") if place else "")
    name = (place.name if place else None) or (area.name if area else "")
    return (Option("draft_same_place", label="same_place", name=name),) if name else ()


def _filing(draft: Draft) -> tuple[Option, ...]:
    """提交, as soon as there is something to file; with a case close by, whether it is the same problem."""
    if draft.near is not None:
        same = Option("draft_same", label="add" if draft.near_own else "same", style=Style.PRIMARY)
        return (same, Option("draft_submit", label="other"))
    return (Option("draft_submit", label="submit", style=Style.PRIMARY),) if draft.has_content else ()


def _place_option(index: int, place: Place) -> Option:
    return Option("draft_candidate", str(index), name=place.name or "")


def _suggested(draft: Draft, district: District) -> list[Option]:
    """The categories that were read from the words, as far as the district still has them."""
    return [_category_option(code, district) for code in draft.categories[:3] if code in district.categories]


def _category_option(code: str, district: District) -> Option:
    return Option("draft_category", code, name=district.categories[code].name)


def _groups(draft: Draft, district: District) -> tuple[Option, ...]:
    suggested = _suggested(draft, district)
    groups = [Option("draft_group", group.code, name=group.name) for group in district.groups]
    return (*suggested, *groups, *_ways_out(Gap.CATEGORY))


def _categories(draft: Draft, district: District) -> tuple[Option, ...]:
    codes = [category.code for category in district.categories.values() if category.group == draft.argument]
    back = Option("draft_menu", Menu.GROUPS.value, label="back")
    return (*(_category_option(code, district) for code in codes), back)


def _streets(draft: Draft, district: District) -> tuple[Option, ...]:
    streets = [Option("draft_street", area.code, name=area.name) for area in district.streets]
    return (*_same_place(draft, district), *streets, *_ways_out(Gap.PLACE))


def _communities(draft: Draft, district: District) -> tuple[Option, ...]:
    areas = [Option("draft_community", area.code, name=area.name) for area in district.communities_of(draft.argument)]
    whole = Option("draft_whole_street", draft.argument, label="whole_street")
    return (*areas, whole, Option("draft_menu", Menu.STREETS.value, label="back"))


def _ways_out(gap: Gap) -> tuple[Option, ...]:
    return (
        Option("draft_unclear", gap.value, label="unclear"),
        Option("draft_menu", Menu.NONE.value, label="back"),
    )


def _give_up(_draft: Draft, _district: District) -> tuple[Option, ...]:
    return (
        Option("draft_give_up", label="give_up_yes", style=Style.DANGER),
        Option("draft_menu", Menu.NONE.value, label="back"),
    )


_GONE = Option("draft_give_up", label="give_up", style=Style.DANGER)


def _kept(draft: Draft, _district: District) -> tuple[Option, ...]:
    """Whoever wants to leave has been asked already, so 放弃 is not asked back."""
    return (*_filing(draft), _GONE, Option("draft_menu", Menu.NONE.value, label="back"))


_MENUS = {
    Menu.NONE: _main,
    Menu.GROUPS: _groups,
    Menu.CATEGORIES: _categories,
    Menu.STREETS: _streets,
    Menu.COMMUNITIES: _communities,
    Menu.GIVE_UP: _give_up,
    Menu.KEPT: _kept,
}
