"""/forgetme: the case stays, the person goes, from every table; whoever writes again is a newcomer."""

from datetime import timedelta
from pathlib import Path

from bot.sandbox import Person
from bot.sandbox.pictures import picture
from domain.case import How, State
from domain.messages import Peer
from handlers import sweeps
from storage import people
from storage.district.files import Files
from tests.stories.readers import new_world
from tests.stories.said import said
from tests.stories.stores import number_people_from, values
from tests.stories.town import Town, TownClock, town

TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"
UNLIKE_ANY_OTHER = 918_273_645
"""A number for a person that is found nowhere by chance."""


async def forgotten(place: Town, person: Person) -> None:
    """Somebody asks to be forgotten, and means it."""
    await place.says(person, "/forgetme")
    await place.press(person, "确定删除")


def traces(folder: Path, *numbers: int) -> list[tuple[str, str]]:
    """Where one of these numbers stands, alone or within a text."""
    found = []
    for table, column, value in values(folder):
        text = value.decode(errors="replace") if isinstance(value, bytes) else str(value)
        if any(str(number) in text for number in numbers):
            found.append((table, column))
    return sorted(set(found))


async def known_as(place: Town, person: Person) -> int | None:
    """A person's number in the store."""
    channel = place.house.channel
    return await place.house.store.read(people.known, Peer(channel.name, channel.account, str(person.id)))


async def test_no_row_of_any_table_leads_to_whoever_is_forgotten(tmp_path: Path, ximing: Files) -> None:
    """Somebody who left all there is to leave: cases open and closed, a role, a draft, an album, opinions, a mark."""
    folder, world, clock = tmp_path / "var", new_world(), TownClock()
    async with town(folder, ximing, clock, new_world()) as place:
        invited = await place.invitation("D05")
    number_people_from(folder, UNLIKE_ANY_OTHER)
    async with town(folder, ximing, clock, world) as place:
        wang = place.world.person("王阿姨", language="zh-hans", person_id=5_550_123_777)
        wang.start(invited)
        await place.settled()
        assert await known_as(place, wang) == UNLIKE_ANY_OTHER
        lead, partner = await place.officer("老李", "D12"), await place.officer("小赵", "D02")
        closed = await _reported_and_closed(place, wang, lead, partner)
        open_ = await _reported(place, wang)
        await place.press(lead, "整改完成")
        await place.photo(lead, picture("tyres", "after"), "拉走了")
        await place.press(wang, "没解决")
        await place.press(wang, "补充")
        wang.sends_album([picture("bins", seed=1), picture("bins", seed=2)], caption="又多了，打13812345678")
        await place.settled()
        await place.says(wang, "滨江公园的井盖丢了")
        await place.photo(wang, picture("pavement"))
        await place.says(wang, "/patrol")
        assert {"drafts", "photos", "events", "cases", "roles", "outbox", "patrols"} <= {
            table for table, _ in traces(folder, UNLIKE_ANY_OTHER, wang.id)
        }

        await forgotten(place, wang)
        assert said("notice.forgotten") in place.seen(wang, said("notice.forgotten"))
        assert traces(folder, UNLIKE_ANY_OTHER, wang.id) == []

        chat = len(wang.chat)
        await place.press(partner, "通过", "现场")
        assert (await place.case(open_)).state is State.CLOSED
        assert [rating.mark.value for rating in (await place.case(closed)).ratings] == ["good"]
        assert len(wang.chat) == chat
        await place.sweep(sweeps.records_fade)
        assert len(list((folder / "photos").rglob("*.jpg"))) == len(_kept(folder))


def _kept(folder: Path) -> set[object]:
    return {value for table, column, value in values(folder) if (table, column) == ("photos", "sha256") and value}


async def _reported(place: Town, person: Person) -> str:
    await place.passes(timedelta(minutes=11))
    return await place.reports(person, TYRES, jpeg=picture("tyres"))


async def _reported_and_closed(place: Town, person: Person, lead: Person, partner: Person) -> str:
    number = await _reported(place, person)
    await place.press(lead, "整改完成")
    await place.photo(lead, picture("tyres", "after"), "轮胎全部拉走")
    await place.press(person, "没解决")
    await place.press(partner, "通过", "现场")
    await place.press(person, "满意")
    assert (await place.case(number)).checked is How.ONSITE
    return number


async def test_whoever_writes_again_is_a_newcomer(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    await forgotten(town, wang)
    await town.says(wang, "滨江公园的井盖丢了")
    answers = [bubble.text for bubble in wang.chat if not bubble.mine][-2:]
    assert said("notice.welcome") in answers[0]
    assert "滨江公园" in answers[1]
    await town.says(wang, "/my")
    assert town.seen(wang, said("notice.my_cases_none"))


async def test_a_newcomer_is_told_what_is_kept_also_when_a_command_comes_first(ximing_town: Town) -> None:
    person = ximing_town.world.person("新来的", language="zh-hans")
    await ximing_town.says(person, "/help")
    first, second = [bubble.text for bubble in person.chat if not bubble.mine]
    assert said("notice.welcome") in first
    assert "/mydata" in second


async def test_nothing_goes_without_a_yes_and_the_yes_runs_out(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    number = await town.reports(wang, TYRES)
    await town.says(wang, "/forgetme")
    assert "1 件" in town.seen(wang, "忘掉吗")
    await town.press(wang, "不删了")
    assert wang.sees("忘掉吗") is None
    await town.says(wang, "/forgetme")
    town.clock.advance(timedelta(minutes=11))
    await town.press(wang, "确定删除")
    assert said("refused.old_button") in wang.toasts[-1].text
    await town.says(wang, "/my")
    assert number in town.seen(wang, "我的报送")


async def test_the_question_goes_when_its_time_is_up(ximing_town: Town, wang: Person) -> None:
    """Not before, and not when it has been asked anew meanwhile; that one is the newest message."""
    town = ximing_town
    await town.says(wang, "/forgetme")
    await town.passes(timedelta(minutes=9))
    assert wang.sees("忘掉吗") is not None
    await town.says(wang, "/help")
    await town.says(wang, "/forgetme")
    assert wang.last is not None
    assert "忘掉吗" in wang.last.text
    assert sum("忘掉吗" in bubble.text for bubble in wang.chat) == 1
    await town.passes(timedelta(minutes=9))
    assert wang.sees("忘掉吗") is not None
    await town.passes(timedelta(minutes=2))
    assert wang.sees("忘掉吗") is None


async def test_the_question_goes_with_its_buttons(ximing_town: Town, wang: Person) -> None:
    """Also when these are forgotten first."""
    town = ximing_town
    await town.says(wang, "/forgetme")
    town.clock.advance(timedelta(minutes=11))
    await town.sweep(sweeps.buttons_fade)
    await town.settled()
    assert wang.sees("忘掉吗") is None


async def test_an_old_button_or_going_away_makes_nobody_known_again(
    ximing_town: Town, wang: Person, tmp_path: Path
) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    await forgotten(town, wang)
    await town.press(wang, "我的报送")
    assert said("refused.old_button") in wang.toasts[-1].text
    wang.blocks_bot()
    await town.settled()
    assert traces(tmp_path / "var", wang.id) == []


async def test_pressing_twice_does_not_take_the_last_word_away(ximing_town: Town, wang: Person, tmp_path: Path) -> None:
    town = ximing_town
    await town.says(wang, "/forgetme")
    town.world.faults.next("sendMessage", 500)
    wang.presses("确定删除")
    wang.presses("确定删除")
    await town.settled()
    town.clock.advance(timedelta(minutes=1))
    town.house.wake()
    await town.settled()
    assert town.seen(wang, said("notice.forgotten"))
    assert traces(tmp_path / "var", wang.id) == []


async def test_the_last_word_is_in_the_readers_language(ximing_town: Town) -> None:
    town = ximing_town
    ann = await town.resident("Ann", language="en")
    await town.says(ann, "/language")
    await town.says(ann, "/forgetme")
    await town.press(ann, "Yes, delete")
    assert town.seen(ann, "forgotten")
    assert ann.toasts[-1].text == "Deleted"
    await town.press(ann, "中文")
    assert "out of date" in ann.toasts[-1].text


async def test_an_officer_who_goes_leaves_the_role_and_the_office_hears_of_the_unit(
    ximing_town: Town, office: Person, lead: Person, wang: Person
) -> None:
    town = ximing_town
    number = await town.reports(wang, TYRES)
    await town.press(lead, "接单")
    await forgotten(town, lead)
    warned = town.seen(office, said("notice.office_unit_lost"))
    assert "区交通局" in warned
    assert number in warned
    await town.says(lead, "/todo")
    assert said("refused.officers_only") in town.seen(lead, said("refused.officers_only"))
