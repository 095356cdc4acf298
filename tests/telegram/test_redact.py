"""The token stays out of logs."""

import pytest

from bot.telegram.redact import redact

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"


@pytest.mark.parametrize(
    "text",
    [
        f"https://api.telegram.org/bot{TOKEN}/getMe",
        f"https://api.telegram.org/file/bot{TOKEN}/photos/file_1.jpg",
        f"/bot{TOKEN.replace(':', '%3A')}/getMe",
        f"Bot[token={TOKEN}]",
        f"{TOKEN} and {TOKEN}",
    ],
)
def test_no_way_of_writing_the_token_gets_through(text: str) -> None:
    assert "AAHdqTcv" not in redact(text)
    assert "<token>" in redact(text)


@pytest.mark.parametrize("text", ["10:30 — 12:00", "case XM-260421-007", "sha256:abc", "http://127.0.0.1:8080/bot"])
def test_what_is_no_token_stays(text: str) -> None:
    assert redact(text) == text
