"""The two word files against each other, against good style, and against what the code can say."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest

from bot.posters import STEPS
from bot.texts import LANGUAGES
from bot.texts.catalog import blanks, fill, load
from domain.act import Inputs
from domain.case import Case, How, Mark, State, Wish
from domain.district import UnitKind
from domain.draft import Gap, Menu, Phase
from domain.errors import DomainError
from domain.gist import Kind, Place
from domain.life import RETURN_REASONS, Need, Verb
from domain.limits import LimitUnit
from domain.messages import StrangeKind
from domain.notices import RULES, VERBS, View
from domain.people import RoleKind
from domain.workflow import lacking
from handlers import COMMANDS
from storage.district.faults import Rule
from storage.photos import PhotoRole
from tests.texts import Saying, Variables, calls, constants, refusals, sayings

ZH, EN = load("zh"), load("en")
MENU = frozenset(COMMANDS) | {"start"}
OFFERED = frozenset(verb for verbs in VERBS.values() for verb in verbs)
"""The verbs that stand on some card's buttons."""


def templates(words: Mapping[str, Mapping[str, str]], *, but: str = "") -> dict[str, str]:
    """Every template by its full key."""
    return {f"{table}.{key}": text for table, texts in words.items() if table != but for key, text in texts.items()}


BOTH = [(key, text) for words in (ZH, EN) for key, text in templates(words).items()]


# --- the two files ----------------------------------------------------------------------------------------------------


def test_both_languages_have_the_same_keys() -> None:
    months = {f"time.month_{month}" for month in range(1, 13)}
    assert set(templates(ZH)) == set(templates(EN)) - months
    assert months < set(templates(EN))


def optional(template: str) -> list[list[str]]:
    """The blanks of each line that is left out when one of them is empty."""
    return sorted(sorted(blanks(line)) for line in template.split("\n") if line.startswith("? "))


@pytest.mark.parametrize(
    "trait",
    [
        pytest.param(blanks, id="blanks"),
        pytest.param(optional, id="optional lines"),
        pytest.param(lambda text: sorted(re.findall(r"</?\w+>", text)), id="tags"),
        pytest.param(lambda text: sorted(re.findall(r"(?<=/)[a-z]+\b", text)), id="commands"),
        pytest.param(lambda text: sorted(re.findall(r"\d+", text)), id="numbers"),
    ],
)
def test_a_template_has_the_same_in_both_languages(trait: Callable[[str], object]) -> None:
    in_english = templates(EN)
    pairs = {key: (trait(text), trait(in_english[key])) for key, text in templates(ZH, but="time").items()}
    assert {key: pair for key, pair in pairs.items() if pair[0] != pair[1]} == {}


def test_no_template_is_empty() -> None:
    assert [key for key, text in BOTH if not text.strip()] == []


# --- style ------------------------------------------------------------------------------------------------------------


def found(pattern: str, texts: Mapping[str, str]) -> dict[str, list[str]]:
    hits = {key: re.findall(pattern, text) for key, text in texts.items()}
    return {key: hit for key, hit in hits.items() if hit}


def test_chinese_has_chinese_punctuation() -> None:
    bare = {key: re.sub(r"<[^>]*>|^\? ", "", text, flags=re.MULTILINE) for key, text in templates(ZH).items()}
    filled = {key: re.sub(r"\{\w+\}", "字", text) for key, text in bare.items()}
    assert found(r"[一-鿿]\s*[,:;!?()\"']|[,:;!?()\"'.]\s*[一-鿿]", filled) == {}


def test_english_has_no_chinese_punctuation() -> None:
    assert found(r"[，。：；！？（）、【】]", templates(EN)) == {}


def test_a_line_that_may_be_left_out_has_a_blank_that_decides() -> None:
    lines = [(key, line) for key, text in BOTH for line in text.split("\n") if line.startswith("?")]
    assert [(key, line) for key, line in lines if not line.startswith("? ") or not blanks(line)] == []


@pytest.mark.parametrize(("language", "tap"), [("zh", "点“(.*?)”"), ("en", "[Tt]ap “(.*?)”")])
def test_a_button_that_is_spoken_of_is_called_as_it_is(language: str, tap: str) -> None:
    words = load(language)
    spoken_of = {name for names in found(tap, templates(words)).values() for name in names}
    assert spoken_of
    assert spoken_of <= set(words["button"].values())


def test_a_command_that_is_spoken_of_is_there() -> None:
    spoken_of = {name for _, text in BOTH for name in re.findall(r"(?<![<\w])/([a-z]+)", text)}
    assert spoken_of
    assert spoken_of <= MENU


def test_three_buttons_fit_side_by_side() -> None:
    assert [label for label in EN["button"].values() if len(label) > 18 and "{" not in label] == []
    assert [label for label in ZH["button"].values() if len(label) > 9 and "{" not in label] == []


# --- what the code can say --------------------------------------------------------------------------------------------


AT = datetime(2026, 4, 21, 2, 0, tzinfo=UTC)
ANSWERS: Mapping[Need, Callable[[Inputs], Inputs]] = {
    Need.UNIT: lambda given: replace(given, unit="D01"),
    Need.CATEGORY: lambda given: replace(given, category="0101"),
    Need.TARGET: lambda given: replace(given, category="0101"),
    Need.PLACE: lambda given: replace(given, place=Place(street="S01")),
    Need.REASON: lambda given: replace(given, reason="so"),
    Need.RETURN_REASON: lambda given: replace(given, reason="not_ours"),
    Need.WORDS: lambda given: replace(given, words="so"),
    Need.ADDITION: lambda given: replace(given, words="so"),
    Need.PHOTO: lambda given: replace(given, photos=1),
    Need.HOW: lambda given: replace(given, how=How.SEEN),
    Need.UNTIL: lambda given: replace(given, until=AT),
    Need.MARK: lambda given: replace(given, mark=Mark.GOOD),
    Need.CASE: lambda given: replace(given, case="XM-260421-006"),
}


def questions() -> frozenset[tuple[Need, Verb]]:
    """Everything somebody can be asked after pressing a button, with the button."""
    asked = {(Need.ADDITION, Verb.ANSWER), *((Need.VERB, verb) for verb in OFFERED - {Verb.RATE})}
    for verb, category, urgent, target in product(OFFERED, (None, "0101"), (False, True), (Need.TARGET, Need.PLACE)):
        case = Case("XM-260421-007", State.TRIAGE, AT, AT, Place(), category=category, urgent=urgent)
        given = Inputs(mark=Mark.GOOD) if verb is Verb.RATE else Inputs(target=target)
        while (need := lacking(verb, case, given)) is not None:
            asked.add((need, verb))
            given = ANSWERS[need](given)
    return frozenset(asked)


def family(error: type[DomainError]) -> frozenset[str]:
    """The names of an error and of all that are more special."""
    return frozenset({error.__name__}).union(*(family(special) for special in error.__subclasses__()))


def kinds(said: Iterable[Saying], *, refused: bool = False) -> frozenset[str]:
    """What is said in these places; either the refusals or all the rest."""
    every = (kind for saying in said for kind in saying.kinds)
    return frozenset(kind for kind in every if kind.startswith("refused_") is refused)


def named(members: Iterable[str]) -> frozenset[str]:
    return frozenset(str(member) for member in members)


ASKED = questions()
_FATES = named(set(Phase) - {Phase.OPEN, Phase.UNDECIDED})
REFUSALS = refusals(
    family(DomainError), {"acting:error.kind": named({"not_now", "question_over"}), "press:draft.phase.value": _FATES}
)
REFUSED = frozenset[str]().union(*(saying.kinds for saying in REFUSALS))
AT_THE_COMMAND_LINE = named({"no_district", "no_rehearsal", "not_parked", "unknown_request"})

VARIABLES: Variables = {
    "__main__:problem[0]": named({"no_token", "wrong_token", "no_district", "stalled", "store"}),
    "account:code": named(LANGUAGES),
    "account:role.kind.value": named(kind for kind in RoleKind if not kind.of_group),
    "acting:form.verb.value": named(OFFERED),
    "cards:item.kind": named(owed.kind for rule in RULES.values() for owed in rule if owed.kind)
    | {"lead_taken", "lead_paused"},
    "channel:name": MENU,
    "derived:name": frozenset(),
    "derived:note": named({"done", "triage", "open"}),
    "derived:opinion": named({"solved", "unsolved"}),
    "face_options:mark.value": named(Mark),
    "face_options:verb.value": named(OFFERED - {Verb.RATE}),
    "faces:view.value": named(View),
    "faces:kind": frozenset(f"card_{view}" for view in View) | {"card_passed_on"},
    "forgetting:outbox.FAREWELL": named({"forgotten"}),
    "forms:how.value": named(How),
    "forms:kind.value": named({UnitKind.DEPARTMENT, UnitKind.STREET}),
    "forms:label": named({"until_tomorrow", "until_a_day_more", "until_three_days", "until_week", "until_two_weeks"}),
    "forms:reason": named(RETURN_REASONS),
    "forms:verb.value": named(OFFERED - {Verb.RATE}),
    "handlers:error.kind": REFUSED,
    "groups:bound.role.kind.value": named(kind for kind in RoleKind if kind.of_group),
    "groups:role.kind.value": named(kind for kind in RoleKind if kind.of_group),
    "invite:kind.value": named(RoleKind),
    "menus:outbox.MENU": frozenset(),
    "listing:kind": kinds(sayings("list_cases", {}, place=1, rooms=("handlers",))),
    "questions:need.value": named(need for need, _ in ASKED),
    "posters:key": frozenset(),
    "report:desk.gist.kind.value": named(set(Kind) - {Kind.REPORT, Kind.EMERGENCY}),
    "roster:label": named({"back", "cancel"}),
    "terminal:answer['error']": REFUSED | AT_THE_COMMAND_LINE,
    "terminal:_row_word(fault)": named({"failure.row", "failure.feature", "failure.key"}),
    "terminal:fault.rule.value": named(Rule),
    "terminal:finding.need": frozenset(),
    "terminal:finding.state": frozenset(),
    "terminal:how": named({"added", "changed", "removed"}),
    "terminal:key": frozenset(),
    "terminal:step": named({"database", "photos", "unpacking"}),
    "unbinding:bond.role.kind.value": named(kind for kind in RoleKind if not kind.of_group),
    "words:notice.kind": frozenset(),
    "words:toast.kind": frozenset(),
}
VARIABLES = {**VARIABLES, "terminal:what": kinds(sayings("failed", VARIABLES, name="what"))}
NOTICES = sayings("Notice", VARIABLES)
TOASTS = sayings("Toast", VARIABLES)


def asked_keys() -> set[str]:
    """The templates the questions are put with: one of its own for a verb, else that of the need."""
    special = {f"ask_{need}_{verb}" for need, verb in ASKED} & set(ZH["notice"])
    general = {f"ask_{need}" for need, verb in ASKED if f"ask_{need}_{verb}" not in special}
    return special | general


def test_every_notice_has_words() -> None:
    assert "card_lead" in kinds(NOTICES)
    assert (kinds(NOTICES) - {f"ask_{need}" for need, _ in ASKED}) | asked_keys() <= set(ZH["notice"])


def test_every_notice_that_has_words_is_sent() -> None:
    """Some are parts of others: those that `derived` puts in."""
    parts = kinds(sayings("notice", VARIABLES, name="name", rooms=("bot",)))
    assert set(ZH["notice"]) - parts - asked_keys() - kinds(NOTICES) - constants("bot") == set()


def test_every_toast_has_words_and_every_word_its_toast() -> None:
    ahead = {f"done_{verb}" for verb in set(Verb) - OFFERED}
    assert kinds(TOASTS) <= set(ZH["toast"])
    assert set(ZH["toast"]) - ahead == kinds(TOASTS)


def test_every_refusal_has_a_sentence_and_every_sentence_its_refusal() -> None:
    assert set(ZH["refused"]) == REFUSED | AT_THE_COMMAND_LINE
    assert kinds(NOTICES, refused=True) == kinds(TOASTS, refused=True) == {f"refused_{kind}" for kind in REFUSED}


def test_every_button_has_a_label_and_every_label_its_button() -> None:
    labels = kinds([*sayings("Option", VARIABLES, place=2, name="label"), *_choices()])
    phrases = {kind.removeprefix("button.") for kind in kinds(_phrases()) if kind.startswith("button.")}
    assert set(ZH["button"]) == {"named"} | labels | phrases


def _choices() -> list[Saying]:
    return sayings("_choice", VARIABLES, place=2, name="label")


def _phrases() -> list[Saying]:
    return sayings("phrase", VARIABLES, name="key")


def test_every_phrase_is_known_by_its_name() -> None:
    said = {kind for kind in kinds(_phrases()) if "." not in kind}
    assert said <= set(ZH["phrase"])
    assert set(ZH["phrase"]) <= constants("bot")


@pytest.mark.parametrize(
    ("table", "members"),
    [
        ("command", MENU),
        ("state", {*State, "returned"}),
        ("gap", set(Gap)),
        ("reason", set(RETURN_REASONS)),
        ("how", set(How)),
        ("mark", set(Mark)),
        ("wish", set(Wish)),
        ("unit_kind", set(UnitKind)),
        ("photo", set(PhotoRole)),
        ("unit_of_time", set(LimitUnit)),
        ("did", set(Verb)),
        ("strange", set(StrangeKind)),
        (
            "prompt",
            {*Gap, *Menu, "complete", "both", "choices", "outside", "undecided", "near", "near_here", "kept_near"}
            - {Menu.NONE},
        ),
        ("poster", {"title", *STEPS, "danger"}),
    ],
)
def test_whatever_has_a_name_has_a_word(table: str, members: set[str]) -> None:
    assert set(ZH[table]) == members


def test_every_reason_for_which_a_file_is_lost_has_words() -> None:
    reasons = kinds(sayings("FetchNever", {}, name="why"))
    reasons |= kinds(sayings("_lost", {"fetcher:error.why": frozenset(), "dispatcher:owed": frozenset()}, place=1))
    assert reasons
    assert reasons <= set(ZH["why"])


def test_the_command_line_has_words_for_all_it_says() -> None:
    said = {kind if "." in kind else f"phrase.{kind}" for kind in kinds(sayings("_say", VARIABLES))}
    assert said <= set(templates(ZH))
    its_own = {key for key in templates(ZH) if key.startswith(("failure.", "done.", "fault."))}
    assert its_own - said == set()


def test_every_finding_of_the_checkup_has_a_sentence() -> None:
    found = {
        f"{need}_{state}"
        for call in calls("Finding")
        for need in call.values(0, "need", VARIABLES)
        for state in call.values(1, "state", VARIABLES) or {"ok"}
    }
    assert set(ZH["check"]) == found


# --- filling ----------------------------------------------------------------------------------------------------------


def test_a_line_is_left_out_when_one_of_its_blanks_is_empty() -> None:
    template = "Head\n? {a} and {b}\nTail {a}"
    assert fill(template, {"a": "1", "b": "2"}) == "Head\n1 and 2\nTail 1"
    assert fill(template, {"a": "1", "b": ""}) == "Head\nTail 1"


def test_no_line_ends_in_blanks_where_its_last_blank_is_empty() -> None:
    assert fill("{a} {b}\n? {a} {c}\nTail", {"a": "1", "b": "", "c": "2 "}) == "1\n1 2\nTail"


def test_no_more_than_one_line_is_left_blank_where_lines_were_left_out() -> None:
    assert fill("Head\n\n? {a}\n\n? {a}\n\nTail", {"a": ""}) == "Head\n\nTail"


def test_a_blank_nobody_fills_is_an_error() -> None:
    with pytest.raises(KeyError, match="nobody"):
        fill("{nobody}", {})


@pytest.mark.parametrize("typed", ["{a}", "{0}", "{", "}}", "{a.__class__}", "? {a}"])
def test_what_fills_a_blank_is_never_read_as_a_template(typed: str) -> None:
    assert fill("said: {a}", {"a": typed}) == f"said: {typed}"
