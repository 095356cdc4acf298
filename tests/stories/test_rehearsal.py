"""A rehearsal is never taken for the real thing."""

from pathlib import Path

from bot.sandbox.pictures import picture
from storage.district.files import Files
from tests.stories.said import said
from tests.stories.town import MORNING, town

TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"


async def test_whatever_arrives_in_a_rehearsal_says_so(tmp_path: Path, ximing: Files) -> None:
    """Cards, pictures and pins as well."""
    async with town(tmp_path / "var", ximing, settings={"rehearsal_start": MORNING}) as place:
        lead = await place.officer("老李", "D12")
        wang = await place.resident("王阿姨")
        wang.sends_album([picture("tyres", seed=1), picture("tyres", seed=2)], caption=TYRES)
        await place.settled()
        await place.press(wang, "提交")
        await place.press(lead, "更多")
        arrived = [bubble for person in (lead, wang) for bubble in person.chat if not bubble.mine]
        assert {bubble.kind for bubble in arrived} == {"text", "photo", "venue"}
        told = [bubble.text for bubble in arrived if bubble.kind != "venue"]
        told += [call["title"] for call in place.world.called("sendVenue")]
        assert [text for text in told if not text.startswith(said("phrase.rehearsal"))] == []
