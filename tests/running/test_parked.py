"""`parked` as a process: what could not be worked off is listed without a word of it, shown, tried again."""

from tests.running.premises import Premises, lines

TYPED = "我家住在长江路5号"


async def test_a_message_that_was_set_aside_is_listed_shown_and_tried_again(premises: Premises) -> None:
    none = await premises.command("parked", "--language", "en")
    assert (none.code, none.out) == (0, "No message is set aside.\n")
    unreadable = f'{{"update_id": 799999999, "message": {{"chat": "\x1b[2J{TYPED}"}}}}'
    async with premises.bot() as bot:
        premises.world.push_raw(unreadable.encode())
        await premises.settled()
        listed = await premises.command("parked")
        assert listed.code == 0
        (line,) = lines(listed.out)
        number, *_, channel, kind, what = line.split()
        assert (channel, kind) == ("telegram", "unreadable:")
        assert what.isidentifier()

        shown = await premises.command("parked", "show", number)
        assert TYPED in shown.out
        assert "\x1b" not in shown.out

        again = await premises.command("parked", "retry", number, "--language", "en")
        assert (again.code, again.out) == (0, f"Message {number} waits again, before all others of its chat.\n")
        await premises.settled()
        assert len(lines((await premises.command("parked")).out)) == 1
        assert bot.said.count("parked") == 2
        assert await bot.stop() == 0
    assert (await premises.command("parked", "retry", number)).code == 0
    assert lines((await premises.command("parked", "--language", "en")).out) == ["No message is set aside."]


async def test_what_is_not_there_is_neither_shown_nor_tried_again(premises: Premises) -> None:
    for verb in ("show", "retry"):
        ran = await premises.command("parked", verb, "7", "--language", "en")
        assert (ran.code, ran.out) == (1, "")
        assert "number 7" in ran.err
