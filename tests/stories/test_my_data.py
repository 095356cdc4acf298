"""/mydata: whoever asks is told what is kept about them, in plain words and as a file."""

import json
from typing import Any

from bot.sandbox import Person
from bot.sandbox.pictures import picture
from tests.stories.said import said
from tests.stories.town import Town

TYRES = "长江农贸市场门口路边堆了一溜旧轮胎"


async def asked(town: Town, person: Person) -> tuple[str, Any]:
    """The answer in words, and what is in the file."""
    await town.says(person, "/mydata")
    file = person.last
    assert file is not None
    assert (file.kind, file.file_name) == ("document", "mydata.json")
    assert said("notice.mydata_file") in file.text
    assert file.file is not None
    return town.seen(person, said("notice.mydata")), json.loads(file.file)


async def test_a_newcomer_learns_that_hardly_anything_is_kept(ximing_town: Town, wang: Person) -> None:
    words, file = await asked(ximing_town, wang)
    assert str(wang.id) in words
    assert file["chat"]["id"] == str(wang.id)
    assert wang.user.language_code.startswith(file["language"])
    assert (file["reports"], file["roles"], file["draft"], file["photos"]) == ([], [], None, 0)


async def test_reports_photos_and_judgements_are_listed(
    ximing_town: Town, lead: Person, partner: Person, wang: Person
) -> None:
    town = ximing_town
    number = await town.reports(wang, TYRES, jpeg=picture("tyres"))
    await town.press(lead, "整改完成")
    await town.photo(lead, picture("tyres", "after"), "轮胎全部拉走")
    await town.press(partner, "通过", "现场")
    await town.press(wang, "满意")
    words, file = await asked(town, wang)
    assert f"{number} 办好了" in words
    assert file["reports"] == [{"number": number, "state": "closed", "filed_at": "2026-04-21T09:00:00+08:00"}]
    assert [(one["number"], one["said"]) for one in file["judgements"]] == [(number, "good")]
    assert file["photos"] == 1


async def test_a_draft_under_way_is_told_with_its_words(ximing_town: Town, wang: Person) -> None:
    town = ximing_town
    await town.says(wang, "井盖丢了")
    words, file = await asked(town, wang)
    assert said("notice.mydata_draft") in words
    assert file["draft"]["words"] == "井盖丢了"


async def test_an_officer_reads_the_roles_and_the_steps_taken(ximing_town: Town, lead: Person, wang: Person) -> None:
    town = ximing_town
    await town.reports(wang, TYRES)
    await town.press(lead, "接单")
    words, file = await asked(town, lead)
    assert "区交通局" in words
    assert [role["unit"] for role in file["roles"]] == ["区交通局"]
    assert file["steps_as_officer_or_volunteer"] == 1
