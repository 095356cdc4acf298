"""Keeps the bot's token out of logs. Whoever has it is the bot, and every URL of the Bot API carries it."""

import logging
import re

_TOKEN = re.compile(r"\d+(?::|%3A)[A-Za-z0-9_-]{20,}", re.IGNORECASE)


def redact(text: str) -> str:
    """The text with every token in it replaced by `<token>`."""
    return _TOKEN.sub("<token>", text)


class TokenFilter(logging.Filter):
    """Takes tokens out of whatever a library logs. Belongs on handlers: a logger's filter does not see its children."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrites the record; never drops it."""
        record.msg, record.args = redact(record.getMessage()), ()
        if record.exc_info:
            record.exc_text = redact(logging.Formatter().formatException(record.exc_info))
        return True
