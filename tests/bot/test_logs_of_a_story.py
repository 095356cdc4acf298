"""A story full of what must not be logged, at the most talkative level: none of it is in anything the process says."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox import NO_LIMITS, Person, World, bad
from bot.sandbox.pictures import picture
from handlers.sweeps import drafts_age
from storage.district.files import read
from tests.bot.test_logs import most_talkative
from tests.stories.test_files_and_disk import BROKEN_CASE
from tests.stories.town import Town, town
from tests.stories.weather import weathered
from tests.web.conftest import SECRET, Door, hooked

XIMING = Path(__file__).parents[2] / "districts" / "ximing"
MOBILE, LANDLINE, FOREIGN = "13812345678", "0415-2233445", "+86 139 8765 4321"
OTHER_TOKEN = "987654321:AAZz-abcdefghijklmnopqrstuvwxyz_012"
WORDS = "长江农贸市场门口路边堆了一溜旧轮胎"
MARKUP = '<b onclick="x">我叫张小三</b>&amp;{0}%s'
TYPED = f"{WORDS}，电话{MOBILE}或{LANDLINE}，{MARKUP}，{FOREIGN} {OTHER_TOKEN}"
NUMBER = "XM-260421-001"
NAMES = ("张小三", "王秘密", "wang_mimi")
NEVER = (WORDS, MOBILE, LANDLINE, FOREIGN, "onclick", OTHER_TOKEN.partition(":")[2], SECRET, *NAMES)


async def everything_that_is_typed(place: Town) -> Person:
    """Words in a report, a caption, an answer, a name, a reason; and a card of a case, which is known by its id."""
    wang = place.world.person("王秘密", language="zh-hans", username="wang_mimi")
    wang.start()
    lead, partner = await place.officer("王秘密的同事", "D12"), await place.officer("张小三", "D02")
    await place.photo(wang, picture("tyres"), TYPED)
    partner.deactivates()
    await place.press(wang, "提交")
    await place.press(lead, "退回", "信息不足")
    await place.says(lead, TYPED)
    for words in (f"/find {MOBILE}", f"/start {MOBILE}", f"{MARKUP} {MOBILE}"):
        await place.says(wang, words)
    wang.sends_file(b"no picture", f"{MOBILE}.jpg", "image/jpeg", caption=TYPED)
    await place.settled()
    return lead


async def everything_that_goes_wrong(place: Town, wang: Person, lead: Person) -> None:
    """What came cannot be read, our own code fails at it, Telegram quotes what we sent, a stranger posts."""
    place.world.push_raw(f'{{"update_id": 799999999, "message": "{TYPED.replace(chr(34), "")}"}}'.encode())
    place.world.push_raw(TYPED.encode())
    await place.settled()
    await Door(place).post(TYPED.encode(), {"X-Telegram-Bot-Api-Secret-Token": MOBILE})
    for fault in ("cut", "garbage", 502, bad(f'can\'t parse entities: unsupported start tag "{MOBILE}"')):
        place.world.faults.next("sendMessage", fault)
        await place.says(wang, f"/my {MOBILE}")
        await weathered(place)
    await place.says(wang, TYPED)
    body = json.dumps({"number": TYPED, "state": TYPED, "received_at": TYPED, "filed_at": TYPED, "place": TYPED})
    damaged = BROKEN_CASE | {"version": (await place.case(NUMBER)).version + 1, "body": body}
    assert await place.house.store.run(lambda work: work.change("save_case", **damaged)) == 1
    lead.presses("更多")
    await place.world.quiet()
    place.clock.advance(timedelta(seconds=61))
    await place.sweep(drafts_age)
    await weathered(place)


async def test_no_text_telephone_or_token_is_ever_logged(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    world = World(limits=NO_LIMITS, retry_seconds=0.02)
    with most_talkative():
        async with town(tmp_path / "var", read(XIMING), world=world, settings=hooked()) as place:
            lead = await everything_that_is_typed(place)
            await everything_that_goes_wrong(place, await place.resident("王秘密"), lead)
        token = place.sandbox.token
    out, err = capfd.readouterr()
    assert out == ""
    for event in ("unreachable", "parked", "handler_failed", "refused", "photo_lost", "post_refused", "case="):
        assert event in err, event
    assert [secret for secret in (*NEVER, token.partition(":")[2]) if secret in err] == []
