"""Logs: one line an event, with case and message ids; never a text, a telephone or a token.

Only our own rooms say more than warnings: libraries log addresses (and with them the token), bodies, and what is in a
photo. Of an error its kind and its way through the code are logged, not its words: they may quote what somebody wrote.
"""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from datetime import datetime
from typing import Any

import structlog

from bot.config import Config
from bot.telegram.redact import redact

_ROOMS = ("bot", "scheduler", "handlers", "reading", "storage", "domain")
_MOST_CAUSES = 8


def set_up_logs(config: Config, *, quiet: bool = False) -> None:
    """Logs to standard error, in the zone of TIMEZONE."""
    level = logging.getLevelNamesMapping()["ERROR" if quiet else config.log_level]
    shared: list[structlog.typing.Processor] = [
        structlog.processors.add_log_level,
        _stamp(config),
        structlog.processors.ExceptionRenderer(_way),
        blot,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
    )
    handler = logging.StreamHandler(sys.stderr)
    renderer = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processor=renderer))
    logging.basicConfig(handlers=[handler], level=max(level, logging.WARNING), force=True)
    for room in _ROOMS:
        logging.getLogger(room).setLevel(level)


def uncaught(kind: type[BaseException], error: BaseException, trace: Any) -> None:
    """The last thing a process says; takes the place of `sys.excepthook`, which would print the error's words."""
    structlog.get_logger("bot").critical("uncaught", kind=kind.__name__, exc_info=(kind, error, trace))


def blot(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Blot out whatever looks like a token."""
    return {key: redact(value) if isinstance(value, str) else value for key, value in event.items()}


def _way(exc_info: structlog.typing.ExcInfo) -> str:
    """An error's way through the code, after that of what it came from; without its words."""
    error: BaseException | None = exc_info[1]
    parts: list[str] = []
    while error is not None and len(parts) < _MOST_CAUSES:
        frames = "".join(traceback.format_list(traceback.extract_tb(error.__traceback__)))
        parts.append(f"{frames}{type(error).__module__}.{type(error).__qualname__}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n".join(reversed(parts))


def _stamp(config: Config) -> structlog.typing.Processor:
    def stamp(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        event["timestamp"] = datetime.now(config.timezone).isoformat(timespec="milliseconds")
        return event

    return stamp
