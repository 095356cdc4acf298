"""Free words understood as a search: whatever stands where, in whatever order."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.texts.catalog import load
from bot.texts.vocabulary import with_vocabulary
from domain.case import OPEN, State
from domain.district import District
from domain.search import MOST_WORDS, Search, categories_meant, understand, units_meant

TODAY = date(2026, 4, 21)
"""A Tuesday."""

WHOLE_OPEN = tuple(state for state in State if state in OPEN)


@pytest.fixture(scope="session")
def wordy(ximing: District) -> District:
    """The sample district with the words we say ourselves, as it is while the bot runs."""
    return replace(ximing, words=with_vocabulary(ximing.words))


def days(first: str, last: str = "") -> Search:
    """A search by days alone."""
    return Search(since=date.fromisoformat(first), until=date.fromisoformat(last or first))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", Search()),
        ("007", Search(number="-007")),
        ("260421-007", Search(number="-260421-007")),
        ("260421-7", Search(number="-260421-007")),
        ("xm-260421-1003", Search(number="-260421-1003")),
        ("ＸＭ－２６０４２１－００７", Search(number="-260421-007")),
        ("编号 007", Search(number="-007")),
        ("D02", Search(units=("D02",))),
        ("d02,D12", Search(units=("D02", "D12"))),
        ("城管", Search(units=("D02",))),
        ("区综合执法大队", Search(units=("D02",))),
        ("溪明区北口街道办事处", Search(areas=("S05",))),
        ("交通局", Search(units=("D12",))),
        ("生活环境组", Search(units=("G3",))),
        ("长江社区", Search(areas=("S01C01",))),
        ("s05v07", Search(areas=("S05V07",))),
        ("0304", Search(categories=("0304",))),
        ("井盖缺失破损", Search(categories=("0901",))),
        ("A3", Search(categories=("A3",))),
        ("环境卫生与垃圾清运整治", Search(categories=("A3",))),
        ("超期", Search(overdue=True)),
        ("整改中 待核查", Search(states=(State.RECTIFYING, State.CHECKING))),
        ("Being Fixed", Search(states=(State.RECTIFYING,))),
        ("overdue", Search(overdue=True)),
        ("未结", Search(states=WHOLE_OPEN)),
        ("已退回", Search(states=(State.TRIAGE,))),
        ("2026-04-21", days("2026-04-21")),
        ("2026年4月3日", days("2026-04-03")),
        ("4月21日", days("2026-04-21")),
        ("4月30号", days("2025-04-30")),
        ("今天", days("2026-04-21")),
        ("yesterday", days("2026-04-20")),
        ("本周", days("2026-04-20", "2026-04-21")),
        ("4月1日-4月21日", days("2026-04-01", "2026-04-21")),
        ("4月1日 到 21日", days("2026-04-01", "2026-04-21")),
        ("2026-04-01～2026-04-15", days("2026-04-01", "2026-04-15")),
        ("4月1日至今天", days("2026-04-01", "2026-04-21")),
        ("4月21日-4月1日", days("2026-04-01", "2026-04-21")),
        ("21 Apr", days("2026-04-21")),
        ("April 1st to Apr 21", days("2026-04-01", "2026-04-21")),
        ("13月40日", Search(words=("13月40日",))),
        ("9999-12-31", Search(words=("9999-12-31",))),
        ("2月29日", Search(words=("2月29日",))),
        ("旧轮胎 旧轮胎", Search(words=("旧轮胎",))),
        ("3号楼 100米", Search(words=("3号楼", "100米"))),
        ("50% a_b", Search(words=("50%", "a_b"))),
        ("的 - 在", Search()),
        ("城管 超期 长江社区 旧轮胎", Search(units=("D02",), overdue=True, areas=("S01C01",), words=("旧轮胎",))),
        ("城管超期长江社区旧轮胎", Search(units=("D02",), overdue=True, areas=("S01C01",), words=("旧轮胎",))),
        (
            "单位=D12，状态=待接单，4月1日-4月21日",
            replace(days("2026-04-01", "2026-04-21"), units=("D12",), states=(State.DISPATCHED,)),
        ),
        ("一 二 三 四 五 六 七", Search(words=("一", "二", "三", "四", "五"))),
    ],
)
def test_words_are_understood(wordy: District, text: str, meant: Search) -> None:
    assert understand(text, wordy, TODAY) == meant


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("state", list(State))
def test_a_state_is_found_by_the_word_we_say(wordy: District, state: State, language: str) -> None:
    assert understand(load(language)["state"][state], wordy, TODAY) == Search(states=(state,))


def test_every_unit_and_category_is_found_by_its_names(wordy: District) -> None:
    for unit in wordy.units.values():
        for name in (unit.code, unit.name, unit.short_name):
            found = understand(name, wordy, TODAY)
            assert unit.code in (*found.units, *found.areas), name
            assert found.words == ()
    for category in wordy.categories.values():
        for name in (category.code, category.name):
            assert understand(name, wordy, TODAY) == Search(categories=(category.code,)), name


def test_a_group_means_what_stands_below_it(wordy: District) -> None:
    units = units_meant(Search(units=("G3",)), wordy)
    assert {"G3", "S01", "D02", "S01C01"} <= set(units)
    assert "D12" not in units
    assert categories_meant(Search(categories=("A8", "0304")), wordy) == ("0304", "0801", "0802")


PIECES = (
    "007",
    "260421-",
    "4月",
    "21日",
    "99日",
    "2026-",
    "02-30",
    "到",
    "-",
    "%",
    "D02",
    "长江社区",
    "超期",
    "apr ",
    " ",
)


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join)))
def test_anything_can_be_looked_for(wordy: District, text: str) -> None:
    found = understand(text, wordy, TODAY)
    assert len(found.words) <= MOST_WORDS
    assert (found.since is None) is (found.until is None)
    assert found.since is None or found.until is None or found.since <= found.until
