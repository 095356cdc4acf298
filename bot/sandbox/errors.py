"""How Telegram refuses: status, description and parameters, with its own words.

The descriptions were read in the sources of Telegram's Bot API server and of TDLib; where the wording comes from
Telegram's closed servers (CAPITALS_WITH_UNDERSCORES) it is the one that bots report.
"""

import json
from dataclasses import dataclass, field

from bot.sandbox.shapes import Json


@dataclass(eq=False)
class RefusedError(Exception):
    """An answer with `ok: false`. The HTTP status equals `code`."""

    code: int
    description: str
    parameters: Json = field(default_factory=dict)

    def as_body(self) -> bytes:
        """The response as it goes over the wire."""
        shape: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            shape["parameters"] = self.parameters
        return json.dumps(shape, ensure_ascii=False).encode()


def bad(reason: str) -> RefusedError:
    """400. The reason begins with a small letter unless it is one of the servers' CONSTANTS."""
    constant = len(reason) > 1 and (reason[1] == "_" or reason[1].isupper())
    return RefusedError(400, "Bad Request: " + (reason if constant else reason[:1].lower() + reason[1:]))


def forbidden(reason: str) -> RefusedError:
    """403: the bot may not do this to this chat."""
    return RefusedError(403, f"Forbidden: {reason}")


def conflict(reason: str) -> RefusedError:
    """409: two ways of receiving updates stand against each other."""
    return RefusedError(409, f"Conflict: {reason}")


def too_many(seconds: int) -> RefusedError:
    """429: too fast; try again after so many seconds."""
    return RefusedError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def migrated(new_id: int) -> RefusedError:
    """400: the group lives on under another id."""
    return RefusedError(
        400, "Bad Request: group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": new_id}
    )


def failed(code: int) -> RefusedError:
    """Telegram itself is unwell: 500, 502 and their like, with the words it uses."""
    phrases = {401: "Unauthorized", 404: "Not Found", 500: "Internal Server Error", 502: "Bad Gateway"}
    return RefusedError(code, phrases.get(code, "Gateway Timeout" if code == 504 else f"Error {code}"))
