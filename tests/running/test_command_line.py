"""`load`, `invite` and `check` as processes: what they print, how they leave, what every wrong setting says."""

import asyncio
import shutil
from pathlib import Path

from storage import looks
from storage.engines import open_store
from tests.running.premises import XIMING, Premises, Ran, lines
from tests.storage.test_cases import NOW, filed


async def test_every_wrong_setting_names_itself(premises: Premises, tmp_path: Path) -> None:
    stranger = premises.sandbox.token.replace("A", "B")
    settings = {
        "REHEARSAL_START": "2026-04-21T09:00:00",
        "REHEARSAL_SPEED": "0",
        "TIMEZONE": "Asia/Nowhere",
        "LOG_LEVEL": "LOUD",
        "DATABASE_URL": "mysql://root:secret@db/bot",
        "LISTEN": "8080",
        "WEBHOOK_SECRET": "a secret",
        "WEBHOOK_URL": "https://bot.example/metrics",
    }
    port = premises.sandbox.url.rpartition("/")[2]
    wrong, none, unknown, unread, folder, alone, taken = await asyncio.gather(
        premises.with_(**settings).command("run"),
        premises.with_(BOT_TOKEN="").command("run"),
        premises.with_(BOT_TOKEN=stranger, DATA_DIR=str(await _copy(premises, tmp_path / "2"))).command("run"),
        premises.with_(BOT_TOKEN="", BOT_TOKEN_FILE=str(tmp_path / "secret")).command("run"),
        premises.with_(DATA_DIR="/proc/nowhere").command("load", str(XIMING)),
        premises.with_(WEBHOOK_URL="https://bot.example/hook").command("check"),
        premises.with_(LISTEN=port).command("run"),
    )
    assert all(name in wrong.err for name in settings)
    assert "secret" not in wrong.err
    assert "BOT_TOKEN" in none.err
    assert "WEBHOOK_URL" in alone.err
    assert "LISTEN and WEBHOOK_SECRET" in alone.err
    assert "LISTEN" in taken.err
    assert "Telegram" in unknown.err
    assert stranger not in unknown.err
    assert "BOT_TOKEN_FILE" in unread.err
    assert str(tmp_path / "secret") in unread.err
    assert "/proc/nowhere" in folder.err
    for ran in (wrong, none, unknown, unread, folder, alone, taken):
        assert ran.code == 1
        assert "Traceback" not in ran.err


async def _copy(premises: Premises, folder: Path) -> Path:
    await asyncio.to_thread(shutil.copytree, premises.folder, folder)
    return folder


async def test_from_nothing_to_a_bot_that_can_run(empty: Premises, tmp_path: Path) -> None:
    """Each command says what is still to be done."""
    before = await empty.anew.command("check", "--language", "en")
    assert before.code == 1
    assert [line[0] for line in lines(before.out)] == ["✓", "✓", "✓", "✗"]
    assert "python -m bot load" in before.out

    first, broken = await asyncio.gather(
        empty.command("load", str(XIMING)), empty.command("load", str(_broken(tmp_path)), "--language", "en")
    )
    assert (first.code, first.err) == (0, "")
    assert "units.csv" in first.out
    assert broken.code == 1
    assert lines(broken.err)[0].startswith("units.csv, row 3, column kind: ")
    assert broken.out == ""

    invited, refused = await asyncio.gather(empty.command("invite", "o01"), empty.command("invite", "X99"))
    assert invited.code == 0
    assert lines(invited.out)[-1].startswith(f"https://t.me/{empty.world.bot.username}?start=")
    assert (refused.code, refused.out) == (1, "")
    assert "X99" in refused.err

    after, offline = await asyncio.gather(
        empty.command("check"), empty.with_(BOT_API_URL="http://127.0.0.1:9").command("invite", "O01")
    )
    assert after.code == 0, after.out
    assert "SQLite 3." in after.out
    assert "溪明区" in after.out
    assert offline.code == 1
    assert "BOT_API_URL" in offline.err
    assert not _traces(before, first, broken, invited, refused, after, offline)


async def test_looks_at_who_reported_are_listed_also_while_the_bot_runs(premises: Premises) -> None:
    """The newest first; what was typed cannot steer the terminal."""
    none = await premises.command("looks", "--language", "en")
    assert (none.code, lines(none.out)) == (0, ["Nobody has looked at who reported yet."])
    store = await open_store(f"sqlite:///{premises.folder / 'bot.db'}")
    case = await store.run(filed)
    for reason in ("要核实地点", "再问\n一次\x1b[31m"):
        await store.run(looks.add, case.id, 12, reason, NOW)
    await store.close()
    async with premises.bot():
        ran = await premises.command("looks")
    assert ran.code == 0
    assert lines(ran.out) == [
        f"2026-04-21 09:00  {case.number}  创城办联络员 12：再问 一次[31m",
        f"2026-04-21 09:00  {case.number}  创城办联络员 12：要核实地点",
    ]


def _broken(tmp_path: Path) -> Path:
    """The sample district with a wrong word in one cell."""
    folder = tmp_path / "broken"
    shutil.copytree(XIMING, folder)
    units = folder / "units.csv"
    head, first, second, *rest = units.read_text("utf-8").splitlines()
    column = head.split(",").index("kind")
    cells = second.split(",")
    cells[column] = "castle"
    units.write_text("\n".join([head, first, ",".join(cells), *rest]), "utf-8")
    return folder


def _traces(*ran: Ran) -> list[str]:
    return [one.err for one in ran if "Traceback" in one.err]
