"""What people typed is kept as long as was promised: afterwards no row of the database has it, wherever it went."""

from datetime import timedelta
from pathlib import Path

from bot.sandbox import Person
from bot.sandbox.pictures import picture
from domain.case import State
from handlers.sweeps import records_fade
from storage import drafts, people
from tests.stories.stores import values
from tests.stories.town import Town

NUMBER = "XM-260421-001"
TYPED = {
    "report": "老槐树底下堆了一溜旧轮胎",
    "addition": "夜里还有人往里扔",
    "return": "那棵树不归我们",
    "request": "吊车坏在半路",
    "half an answer": "先写一句垫底",
    "reply": "轮胎拉去废品站",
    "failure": "墙根还剩半截",
    "second reply": "半截也挖出来了",
    "doubt": "第二天早上又冒出来",
    "venue": "槐树烧烤摊",
}


def stored(folder: Path) -> str:
    """Every value in every table, as text."""
    return "\n".join(str(value) for _, _, value in values(folder))


async def lived_through(town: Town, wang: Person, lead: Person, partner: Person, office: Person) -> None:
    """A case in which everybody has written something, closed at last and doubted."""
    colleague = await town.officer("小钱", "D12")
    wang.sends_venue(41.345488, 123.76323, TYPED["venue"], "")
    await town.reports(wang, TYPED["report"])
    await town.says(wang, TYPED["addition"], reply_to=wang.sees(NUMBER))
    await town.press(lead, "退回", "非我单位职责")
    await town.says(lead, TYPED["return"])
    await town.press(office, "驳回")
    await town.press(lead, "申请延期")
    await town.says(lead, TYPED["request"])
    await town.press(lead, "1 周")
    await town.press(colleague, "整改完成")
    await town.says(colleague, TYPED["half an answer"])
    await town.press(lead, "整改完成")
    await town.photo(lead, picture("tyres", "after"), TYPED["reply"])
    await town.press(partner, "不通过")
    await town.says(partner, TYPED["failure"])
    await town.press(lead, "整改完成")
    await town.photo(lead, picture("tyres", "after"), TYPED["second reply"])
    await town.press(partner, "通过")
    await town.photo(partner, picture("tyres", "after", seed=5))
    await town.press(wang, "要求返工")
    await town.says(wang, TYPED["doubt"])


async def test_nothing_that_was_typed_outlasts_its_time(
    ximing_town: Town, tmp_path: Path, wang: Person, lead: Person, partner: Person, office: Person
) -> None:
    """The numbers stay: units, times, reworks, where it was."""
    town = ximing_town
    await lived_through(town, wang, lead, partner, office)
    kept = stored(tmp_path / "var")
    assert [name for name, words in TYPED.items() if words not in kept] == []
    town.clock.advance(timedelta(days=181))
    await town.sweep(records_fade)
    kept = stored(tmp_path / "var")
    assert [name for name, words in TYPED.items() if words in kept] == []
    case = await town.case(NUMBER)
    assert (case.state, case.lead, case.rework, case.place.community) == (State.CLOSED, "D12", 1, "S01C01")


async def test_half_an_answer_goes_with_its_case_and_leaves_what_else_was_asked(
    ximing_town: Town, tmp_path: Path, wang: Person, lead: Person
) -> None:
    """The question waited behind one about a case that is still open."""
    town = ximing_town
    sun = await town.resident("孙大爷")
    for person in (wang, sun):
        await town.reports(person, "长江农贸市场门口路边堆了一溜旧轮胎")
    await town.press(lead, "整改完成")
    await town.says(lead, TYPED["half an answer"])
    lead.sends_photo(picture("tyres", "after"), reply_to=lead.sees(NUMBER))
    await town.settled()
    await town.press(sun, "撤回")
    assert TYPED["half an answer"] in stored(tmp_path / "var")
    town.clock.advance(timedelta(days=181))
    await town.sweep(records_fade)
    assert TYPED["half an answer"] not in stored(tmp_path / "var")
    (officer,) = await town.house.store.read(people.officers_of, "D12")
    assert [form.number for form in await town.house.store.read(drafts.ever_asked, officer)] == [NUMBER]
