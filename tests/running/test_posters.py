"""`posters` as a process: who the bot is, which places, where the pictures lie, and what is said when it cannot be."""

import asyncio
from pathlib import Path

import zxingcpp
from PIL import Image

from tests.running.premises import Premises, lines


async def test_posters_of_an_area_lead_to_the_bot(premises: Premises, tmp_path: Path) -> None:
    """Asked for its name, Telegram says it; given, nobody has to be asked."""
    offline = premises.with_(BOT_API_URL="http://127.0.0.1:9", BOT_TOKEN="")
    asked, given = await asyncio.gather(
        premises.command("posters", str(tmp_path / "asked"), "--area", "s01c01"),
        offline.anew.command("posters", str(tmp_path / "given"), "--area", "S01C01", "--bot", "@ximing_bot"),
    )
    assert (asked.code, given.code) == (0, 0), asked.err + given.err
    for folder, name in (("asked", premises.world.bot.username), ("given", "ximing_bot")):
        with Image.open(tmp_path / folder / "P001.png") as page:
            (code,) = zxingcpp.read_barcodes(page.convert("L"))
        assert code.text == f"https://t.me/{name}?start=loc_P001"
        assert (tmp_path / folder / "posters.pdf").exists()
        assert not (tmp_path / folder / "P290.png").exists()
    assert "posters.pdf" in lines(given.out)[0]


async def test_what_keeps_posters_from_being_drawn_is_said(premises: Premises, empty: Premises, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    unknown, misnamed, nowhere, unloaded = await asyncio.gather(
        premises.command("posters", str(tmp_path / "a"), "--area", "S99", "--bot", "ximing_bot"),
        premises.command("posters", str(tmp_path / "b"), "--bot", "ximing bot"),
        premises.command("posters", str(file / "c"), "--area", "S01C01", "--bot", "ximing_bot"),
        empty.with_(DATA_DIR=str(tmp_path / "none")).command("posters", str(tmp_path / "d"), "--bot", "ximing_bot"),
    )
    for ran, word in ((unknown, "S99"), (misnamed, "ximing bot"), (nowhere, str(file)), (unloaded, "")):
        assert ran.code == 1
        assert word in ran.err
        assert len(lines(ran.err)) <= 2
        assert "Traceback" not in ran.err
