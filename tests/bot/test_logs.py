"""What is logged, and what never is."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import structlog
from pydantic import SecretStr

from bot.config import Config
from bot.logs import set_up_logs, uncaught

TOKEN = "123456:" + "Ab1_-" * 7
TYPED = "我家住在长江路5号"


@contextmanager
def most_talkative() -> Iterator[None]:
    """Logs as in a process of our own, at DEBUG; everything is as before afterwards."""
    root = logging.getLogger()
    theirs, level = root.handlers[:], root.level
    root.handlers.clear()
    set_up_logs(Config(bot_token=SecretStr(TOKEN), log_level="DEBUG"))
    try:
        yield
    finally:
        root.handlers[:] = theirs
        root.setLevel(level)
        structlog.reset_defaults()


def logged(capsys: pytest.CaptureFixture[str]) -> str:
    """Everything since the last time."""
    out, err = capsys.readouterr()
    assert out == ""
    return err


def fails() -> None:
    """As a handler would that trips over what somebody wrote."""
    try:
        int(TYPED)
    except ValueError as error:
        raise RuntimeError(f"cannot read {TYPED} with {TOKEN}") from error


def test_of_an_error_its_kind_and_its_way_are_logged_but_not_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    log = structlog.get_logger("bot.pump")
    with most_talkative():
        try:
            fails()
        except RuntimeError as error:
            log.error("handler_failed", inbox=7, exc_info=error)
            log.exception("handler_failed")
            logging.getLogger("apscheduler").exception("job failed")
            uncaught(type(error), error, error.__traceback__)
    text = logged(capsys)
    assert text.count("builtins.ValueError") == text.count("builtins.RuntimeError") == 4
    assert "in fails" in text
    assert "inbox=7" in text
    assert TYPED not in text


def test_a_token_is_blotted_out_wherever_it_comes_from(capsys: pytest.CaptureFixture[str]) -> None:
    with most_talkative():
        structlog.get_logger("bot.app").warning("failed", why=f"https://api.telegram.org/bot{TOKEN}/getMe")
        logging.getLogger("aiohttp").error("cannot connect to %s", f"https://api.telegram.org/bot{TOKEN}/getMe")
    text = logged(capsys)
    assert text.count("<token>") == 2
    assert TOKEN not in text


def test_a_library_that_logs_the_token_is_corrected(capsys: pytest.CaptureFixture[str]) -> None:
    """Also where the token stands in the words of an error."""
    with most_talkative():
        try:
            int(f"/bot{TOKEN}/x")
        except ValueError:
            logging.getLogger("some.library").exception("calling %s", f"/bot{TOKEN}/x")
    text = logged(capsys)
    assert "calling /bot<token>/x" in text
    assert TOKEN not in text


def test_only_our_own_rooms_say_more_than_warnings(capsys: pytest.CaptureFixture[str]) -> None:
    """Libraries log addresses, bodies, and at DEBUG even what stands in a photo."""
    with most_talkative():
        structlog.get_logger("bot.app").debug("ours")
        for library in ("telegram", "aiosqlite", "PIL.TiffImagePlugin", "one.of.next.year"):
            logging.getLogger(library).info(TYPED)
            logging.getLogger(library).warning("theirs")
    text = logged(capsys)
    assert "ours" in text
    assert text.count("theirs") == 4
    assert TYPED not in text
