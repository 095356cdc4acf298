"""From a notice to its words: whole, escaped, and in the reader's language."""

import re
from datetime import datetime
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.sandbox.tags import parse_html
from bot.texts import LANGUAGES, Words
from bot.texts.blanks import Derive
from bot.texts.catalog import blanks, load
from bot.texts.derived import DERIVED
from domain.case import State
from domain.facts import Fact, Facts, millis
from domain.messages import Action, Notice, Toast
from tests.texts import Saying, names_of_facts
from tests.texts.test_catalog import NOTICES, REFUSALS, TOASTS

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 4, 21, 10, 0, tzinfo=SHANGHAI)
DUE = millis(datetime(2026, 4, 21, 17, 30, tzinfo=SHANGHAI))
LATER = millis(datetime(2026, 4, 23, 17, 30, tzinfo=SHANGHAI))


def words(*, rehearsal: bool = False) -> Words:
    return Words(
        now=lambda: NOW, zone=lambda: SHANGHAI, entry=lambda scene, _: f"https://t.me/b?a&{scene}", rehearsal=rehearsal
    )


WORDS = words()
CATALOGS = {language: load(language) for language in LANGUAGES}
CASE: Facts = {
    "number": "XM-260421-007",
    "state": "triage",
    "category": "占道经营",
    "words": "菜摊摆到马路上",
    "urgent": True,
    "rework": 1,
    "returned": True,
    "reply": "已劝离",
    "reason": "not_ours",
    "note": "属长江街道",
    "rework_reason": "墙根还有",
    "rework_by": "checker",
    "limit": 4,
    "limit_unit": "wh",
    "how": "onsite",
    "wish": "extension",
    "wish_reason": "下大雨",
    "onsite_only": True,
    "lead": "区住建局",
    "partner": "区文旅局",
    "place": "长江农贸市场",
    "community": "长江社区",
    "street": "长江街道",
    "recurs": "XM-260401-002",
    "merged": "XM-260401-003",
    "photos": 3,
    "voices": 2,
    "files": 1,
    "videos": 1,
    "result_lost": True,
    "mark": "good",
    "opinion": "1",
    "rate_days": 7,
    "rework_days": 5,
    "due_at": DUE,
    "redo_at": DUE,
    "check_due_at": DUE,
    "suspended_until_at": LATER,
    "wish_until_at": LATER,
}
BOUND: Facts = {
    "role": "officer",
    "id": 5,
    "unit": "区住建局",
    "area": "长江社区",
    "since_at": DUE,
    "lost": True,
}
BOARD: Facts = {
    "unit": "区住建局",
    "open": "5",
    "due_today": "1",
    "overdue_count": "1",
    "to_acknowledge": "2",
    "to_check": "0",
    "green": "2",
    "yellow": "1",
    "red": "1",
}
FULL: Facts = {
    **CASE,
    "sounds": 1,
    "menu": "none",
    "choices": 2,
    "outside": True,
    "after": "XM-260421-006",
    "gaps": ["place", "category"],
    "said_reason": "too_little",
    "said_words": "在几号楼？",
    "unit": "区住建局",
    "last": "acknowledge",
    "did": "reply",
    "done_at": DUE,
    "district": "溪明区",
    "days": 7,
    "units": ["区住建局", "长江街道"],
    "areas": ["长江社区"],
    "office": True,
    "command": "mein",
    "numbers": ["119", "120"],
    "why": "too_big",
    "id": 5,
    "cases": [CASE, CASE],
    "count": 6,
    "page": 1,
    "pages": 2,
    "unbound": [
        {"unit_kind": "department", "total": 30, "missing": 3, "named": ["区住建局", "区综合执法大队"], "others": 1}
    ],
    "scene": "k7",
    "name": "长江社区",
    "shows": "before",
    "full_words": "菜摊摆到马路上，人都走不了",
    "area": "长江社区",
    "code": "D99",
    "most": 2,
    "gap": "place",
    "categories": ["占道经营"],
    "states": ["rectifying"],
    "overdue": True,
    **BOUND,
    "blocked_people": ["5"],
    "reporters": [{**BOUND, "language": "zh", "count": 2, "blocked": True}],
    "own": [BOARD],
    "below": [BOARD],
    "further": 3,
    "look_reason": "核实地点",
    "steps": [{"last": "look", "done_at": DUE, "unit": "区创城办 5", "said_words": "核实地点"}],
    "people": [BOUND, {**BOUND, "role": "volunteer"}],
    "suggestions": [
        {"unit": "区住建局", "because": "trade", "by_rule": True, "category": "占道经营", "left": 0, "left_unit": ""},
        {"unit": "长江街道", "because": "returned", "by_rule": False, "left": 12, "left_unit": "wh"},
    ],
    "waiting": 3,
    "turn": 2,
    "asked": 1,
    "chat": "110201",
    "since_at": DUE,
    "reports": [CASE, CASE],
    "draft": True,
    "judgements": 1,
    "acts": 3,
    "traces": 30,
    "minutes": 10,
    "patrol": True,
    "what": "sticker",
    "reported": "3",
    "hours": 3,
}
"""Every fact there is, none of them empty."""

TYPED = ("words", "reply", "note", "wish_reason", "said_words", "full_words", "place", "command", "code")
"""What people write, or what they name their places."""

KINDS = [*CATALOGS["zh"]["notice"], *(f"refused_{kind}" for kind in CATALOGS["zh"]["refused"])]
TOAST_KINDS = [*CATALOGS["zh"]["toast"], *(f"refused_{kind}" for kind in CATALOGS["zh"]["refused"])]


def seen(kind: str, facts: Facts, language: str = "zh") -> str:
    """What a reader sees of a notice; HTML that Telegram would refuse is an error."""
    return parse_html(WORDS.text(Notice(kind, facts), language))[0]


def derive(language: str, facts: Facts) -> Derive:
    """The blanks' values, unescaped."""
    return Derive(DERIVED, CATALOGS[language], facts, NOW, SHANGHAI, str, lambda scene, _: scene)


# --- every template ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_notice_can_be_shown_with_all_facts_and_with_none(kind: str, language: str) -> None:
    assert seen(kind, FULL, language).strip()
    assert WORDS.text(Notice(kind), language)
    seen(kind, {}, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", TOAST_KINDS)
def test_every_toast_can_be_shown_and_is_short(kind: str, language: str) -> None:
    assert WORDS.toast(Toast(kind), language)
    assert 0 < len(WORDS.toast(Toast(kind, FULL), language)) <= 200


CARDS = [kind for kind in KINDS if kind.startswith("card_")]


@pytest.mark.parametrize(("kind", "state"), list(product(CARDS, State)))
def test_every_card_can_be_shown_in_every_state(kind: str, state: State) -> None:
    for language, rest in product(LANGUAGES, (FULL, {})):
        assert seen(kind, {**rest, "number": "XM-260421-007", "state": state.value}, language).strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_blank_is_filled_when_the_facts_are_there(language: str) -> None:
    """A misspelt blank would be empty for ever, and nobody would see it."""
    catalog = CATALOGS[language]
    stages = [derive(language, {**FULL, "state": state}) for state in ("triage", "rectifying", "checking")]
    templates = [text for table in ("notice", "refused", "toast") for text in catalog[table].values()]
    assert {blank for text in templates for blank in blanks(text) if not any(full[blank] for full in stages)} == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("table", "said"), [("notice", NOTICES), ("toast", TOASTS), ("refused", REFUSALS)])
def test_what_a_sentence_needs_is_given_with_it(table: str, said: list[Saying], language: str) -> None:
    """What became of a refused case is known only once it is looked at: its lines that may be left out may be empty."""
    catalog = CATALOGS[language]
    empty = {
        (saying.where, kind, blank)
        for saying in said
        if saying.facts is not None
        for kind in saying.kinds & set(catalog[table])
        for blank in (needed if table == "refused" else blanks)(catalog[table][kind])
        if not derive(language, {name: fact for name, fact in FULL.items() if name in saying.facts})[blank]
    }
    assert empty == set()


def needed(template: str) -> frozenset[str]:
    """The blanks outside the lines that may be left out."""
    return frozenset().union(*(blanks(line) for line in template.split("\n") if not line.startswith("? ")))


def test_the_facts_of_these_tests_are_those_the_code_gives() -> None:
    given_there = names_of_facts() | {f"said_{name}" for name in names_of_facts()}
    assert set(FULL) - given_there == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_and_phrase_is_plain(language: str) -> None:
    catalog = CATALOGS[language]
    labels = [WORDS.label(Action("t", name, {"name": "长江街道"}), language) for name in catalog["button"]]
    phrases = [WORDS.phrase(f"command.{name}", language) for name in catalog["command"]]
    assert all(labels)
    assert all(phrases)
    assert not any(mark in text for text in (*labels, *phrases) for mark in "<>{}\n")


# --- what people typed ------------------------------------------------------------------------------------------------


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


MARK = "ZZZZ"
WITH_TYPED = [kind for kind in KINDS if MARK in seen(kind, {**FULL, **dict.fromkeys(TYPED, MARK)})]


@given(st.sampled_from(WITH_TYPED), st.sampled_from(LANGUAGES), st.text(min_size=1).filter(str.strip))
@example("draft", "zh", "<b>fett</b> & </i> <a href='x'>")
@example("card_lead", "en", "{number} {x} {0.__class__} }{")
@example("refused_no_such_unit", "zh", "&lt;&amp;&#60;")
@example("card_reporter", "zh", "\x00\x07\x1b[31m\u202e\u2066\ufeff")
@example("lead_added", "en", "? {said_words}\n? 状态：已结案")
@example("draft", "zh", "not_ours\n\n\n\nduplicate")
def test_what_people_typed_stands_there_as_typed_and_nothing_else_changes(kind: str, language: str, typed: str) -> None:
    shown = seen(kind, {**FULL, **dict.fromkeys(TYPED, typed)}, language)
    harmless = seen(kind, {**FULL, **dict.fromkeys(TYPED, MARK)}, language)
    assert squeezed(shown) == squeezed(harmless.replace(MARK, typed))


def test_some_notices_repeat_what_people_typed() -> None:
    assert {"draft", "card_lead", "card_check", "ask_addition_answer", "unknown_command"} <= set(WITH_TYPED)


@given(st.text(min_size=1).filter(str.strip))
@example("{name} <b>&")
def test_a_name_stands_on_a_button_as_it_is(name: str) -> None:
    assert WORDS.label(Action("t", "named", {"name": name}), "en") == name.strip()


def test_a_toast_is_plain_text_and_escapes_nothing() -> None:
    toast = Toast("refused_no_such_unit", {"code": "<D&9>"})
    assert WORDS.toast(toast, "en") == "There is no unit called “<D&9>”."


def test_names_in_a_list_of_cases_are_escaped() -> None:
    text = WORDS.text(Notice("todo_list", {"cases": [{**CASE, "place": "<i>桥头"}]}), "zh")
    assert "&lt;i&gt;桥头" in text


def test_a_link_is_escaped_so_that_it_can_be_pressed() -> None:
    assert "https://t.me/b?a&amp;k7" in WORDS.text(Notice("invitation_officer", FULL), "zh")


# --- languages and rehearsals -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["", "fr", "EN"])
def test_whose_language_is_unknown_reads_chinese(language: str) -> None:
    assert WORDS.text(Notice("strange"), language) == WORDS.text(Notice("strange"), "zh")
    assert WORDS.label(Action("t", "back"), language) == "返回"


@pytest.mark.parametrize(("language", "mark"), [("zh", "【演练】"), ("en", "[Rehearsal] ")])
def test_in_a_rehearsal_every_message_and_toast_says_so(language: str, mark: str) -> None:
    rehearsed = words(rehearsal=True)
    assert rehearsed.text(Notice("strange"), language) == mark + WORDS.text(Notice("strange"), language)
    assert rehearsed.toast(Toast("noted"), language) == mark + WORDS.toast(Toast("noted"), language)
    assert rehearsed.label(Action("t", "back"), language) == WORDS.label(Action("t", "back"), language)


# --- what is made of the facts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "where"),
    [
        pytest.param(
            {"place": "桥头", "community": "长江社区", "street": "长江街道"}, "桥头 · 长江社区", id="community"
        ),
        pytest.param({"place": "桥头", "street": "长江街道"}, "桥头 · 长江街道", id="only the street"),
        pytest.param({"community": "长江社区", "street": "长江街道"}, "长江社区", id="no name"),
        pytest.param({"street": "长江街道"}, "长江街道", id="street alone"),
        pytest.param({}, "", id="unknown"),
    ],
)
def test_a_place_is_said_with_its_community_else_its_street(facts: Facts, where: str) -> None:
    assert seen("pin", {"number": "XM-1", **facts}) == f"XM-1 {where}".strip()


@pytest.mark.parametrize(
    ("facts", "asks"),
    [
        pytest.param({"gaps": []}, "complete", id="all there"),
        pytest.param({"gaps": ["content"]}, "content", id="nothing said yet"),
        pytest.param({"gaps": ["place"]}, "place", id="where"),
        pytest.param({"gaps": ["category"]}, "category", id="what"),
        pytest.param({"gaps": ["place", "category"]}, "both", id="where and what"),
        pytest.param({"gaps": ["content", "place", "category"]}, "both", id="a position alone"),
        pytest.param({"gaps": ["place"], "choices": 2}, "choices", id="two places of that name"),
        pytest.param({"gaps": ["place"], "outside": True}, "outside", id="outside the district"),
        pytest.param({"gaps": ["category"], "choices": 2}, "choices", id="which of them comes first"),
        pytest.param({"gaps": ["place"], "menu": "streets"}, "streets", id="the list that is open"),
        pytest.param({"gaps": [], "menu": "give_up"}, "give_up", id="sure?"),
    ],
)
def test_the_draft_asks_for_what_is_lacking(facts: Facts, asks: str) -> None:
    for language in LANGUAGES:
        assert CATALOGS[language]["prompt"][asks] in seen("draft", facts, language)


@pytest.mark.parametrize(("metres", "says"), [(40, "40"), (0, "就在这里")])
def test_the_draft_asks_whether_it_is_the_same_as_one_nearby(metres: int, says: str) -> None:
    facts: Facts = {"gaps": [], "near": "XM-260421-006", "near_metres": metres, "near_state": "rectifying"}
    text = seen("draft", facts, "zh")
    assert says in text
    assert "XM-260421-006，正在办" in text


@pytest.mark.parametrize(("state", "asked"), [("rectifying", True), ("checking", True), ("closed", False)])
def test_the_paired_unit_is_asked_to_follow_up_what_is_open(state: str, asked: bool) -> None:
    assert ("请跟进" in seen("card_partner", {"state": state}, "zh")) is asked


@pytest.mark.parametrize(("state", "says"), [("rectifying", True), ("checking", False)])
def test_a_resident_reads_until_when_it_is_done_while_that_is_waited_for(state: str, says: bool) -> None:
    facts: Facts = {"state": state, "resident": True, "due_at": DUE}
    assert ("最晚" in seen("card_reporter", facts, "zh")) is says


def test_the_office_is_told_of_each_command_once() -> None:
    text = seen("help", {"office": True, "units": ["创城办"]})
    assert text.count("/checks") == 1


def test_soon_after_a_report_the_draft_asks_whether_it_belongs_there() -> None:
    assert "XM-260421-006" in seen("draft", {"after": "XM-260421-006", "gaps": ["place"], "menu": "streets"})


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        pytest.param({"state": "checking", "photos": 2}, "question_note_open", id="before and after"),
        pytest.param({"state": "checking", "photos": 0}, "question_note_one", id="only after"),
        pytest.param({"state": "checking", "photos": 2, "result_lost": True}, "question_note_lost", id="none after"),
        pytest.param({"state": "checking", "opinion": "1"}, "question_note_solved", id="solved"),
        pytest.param({"state": "checking", "opinion": "0", "photos": 2}, "question_note_unsolved", id="not solved"),
        pytest.param({"state": "closed", "opinion": "1"}, "question_note_past", id="over"),
    ],
)
def test_the_question_to_the_reporter_follows_their_answer(facts: Facts, asked: str) -> None:
    sentence = CATALOGS["zh"]["notice"][asked].partition("{")[0]
    assert sentence in seen("card_question", {**facts, "lead": "区住建局"})


@pytest.mark.parametrize(
    ("state", "note"),
    [("triage", "triage"), ("rectifying", "open"), ("suspended", "open"), ("void", "done"), ("merged", "done")],
)
def test_the_reporters_card_says_what_comes_next(state: str, note: str) -> None:
    assert CATALOGS["zh"]["notice"][f"reporter_note_{note}"] in seen("card_reporter", {"state": state})


def test_a_case_that_came_back_says_so_only_while_it_waits_for_a_unit() -> None:
    assert CATALOGS["zh"]["state"]["returned"] in seen("card_triage", {"state": "triage", "returned": True})
    assert CATALOGS["zh"]["state"]["returned"] not in seen("card_triage", {"state": "dispatched", "returned": True})


def test_the_lead_reads_the_checkers_reason_while_it_redoes_the_work() -> None:
    failed: Facts = {**CASE, "state": "rectifying", "rework_reason": "墙上还有小广告"}
    assert "墙上还有小广告" in seen("card_lead", failed)
    assert "墙上还有小广告" not in seen("card_lead", {**failed, "state": "checking"})


def test_a_reason_that_was_picked_is_told_in_words_and_a_typed_one_as_it_is() -> None:
    assert "信息不足" in seen("reporter_rejected", {"said_reason": "too_little"})
    assert "照片太黑" in seen("reporter_rejected", {"said_reason": "照片太黑"})
    assert "照片太黑" in seen("reporter_rejected", {"said_reason": "", "said_words": "照片太黑"})


def test_a_request_made_with_a_photo_alone_still_says_what_is_asked() -> None:
    shown = seen("card_request", {"wish": "rework", "wish_reason": "", "state": "closed"})
    assert CATALOGS["zh"]["wish"]["rework"] in shown


def test_a_closed_case_that_goes_on_does_not_claim_to_have_passed() -> None:
    assert CATALOGS["zh"]["how"]["onsite"] in seen("card_closing", {**FULL, "state": "closed"})
    assert "核查通过" not in seen("card_closing", {**FULL, "state": "rectifying", "how": ""})


@pytest.mark.parametrize(
    ("state", "resident", "until_when"),
    [
        ("rectifying", False, "前办完"),
        ("rectifying", True, "前办完"),
        ("checking", False, "前核查"),
        ("checking", True, None),
    ],
)
def test_a_list_says_until_when_what_is_to_be_done(state: str, resident: bool, until_when: str | None) -> None:
    listed = seen("my_cases", {"cases": [{**CASE, "state": state, "resident": resident}]})
    assert [words for words in ("前办完", "前核查") if words in listed] == [words for words in (until_when,) if words]


def test_whoever_opens_a_case_before_the_reply_is_not_asked_to_check() -> None:
    shown = seen("card_check", {**CASE, "state": "dispatched", "reply": "", "check_due_at": None})
    assert "整改完成" not in shown
    assert "请" not in shown


def test_a_refusal_tells_what_became_of_the_case_as_far_as_it_is_known() -> None:
    facts: dict[str, Fact] = {"number": "XM-1", "state": "closed"}
    assert WORDS.toast(Toast("refused_not_now", facts), "zh") == "XM-1 现在是“已结案”。"
    facts |= {"last": "pass", "done_at": DUE}
    assert (
        WORDS.toast(Toast("refused_not_now", facts), "zh") == "XM-1 现在是“已结案”。\n最近一步：核查通过，今天 17:30。"
    )
    assert "区文旅局" in WORDS.toast(Toast("refused_not_now", {**facts, "unit": "区文旅局"}), "zh")


def test_a_refusal_is_the_same_sentence_as_message_and_as_toast() -> None:
    facts: Facts = {"number": "XM-1", "days": 7}
    assert seen("refused_too_late", facts, "en") == WORDS.toast(Toast("refused_too_late", facts), "en")


def test_a_question_may_have_words_of_its_own_for_a_verb() -> None:
    assert seen("ask_photo", {"verb": "pass"}) != seen("ask_photo", {"verb": "reply"})
    assert seen("ask_unit", {"verb": "dispatch"}) == seen("ask_unit", {})


def test_only_the_office_is_told_of_its_commands() -> None:
    assert "/invite" in seen("help", {"office": True})
    assert "/invite" not in seen("help", {"office": False})


def test_where_everybody_is_bound_no_list_of_units_is_announced() -> None:
    assert "部门（共 30 个，还差 3 个）：区住建局、区综合执法大队，还有 1 个" in seen("invite_how", FULL)
    assert len(seen("invite_how", {"unbound": []}).splitlines()) == 1


def test_a_case_in_a_list_has_its_lines_set_in_below_its_number() -> None:
    first, second = CASE, {**CASE, "place": "", "community": "", "street": "", "due_at": None}
    lines = seen("todo_list", {"cases": [first, second], "count": 2}).splitlines()
    assert [line.startswith("　") for line in lines] == [False, False, True, True, False, False, False]


@pytest.mark.parametrize(("unit", "zh", "en"), [("h", "4 小时", "4-hour"), ("wd", "4 个工作日", "4-working-day")])
def test_a_limit_is_said_in_its_own_kind_of_time(unit: str, zh: str, en: str) -> None:
    facts: Facts = {"limit": 4, "limit_unit": unit, "due_at": DUE}
    assert zh in seen("card_lead", facts, "zh")
    assert en in seen("card_lead", facts, "en")
