"""Updates as Telegram writes them (Bot API 10), for the tables of the tests."""

import json
from datetime import UTC, datetime
from typing import Any

from domain.messages import Group, Peer

Json = dict[str, Any]

ACCOUNT = "110201543"
USERNAME = "sandbox_bot"
SENT = 1_776_732_000
AT = datetime.fromtimestamp(SENT, UTC)
RECEIVED_AT = datetime(2026, 4, 21, 1, 0, 30, tzinfo=UTC)

PERSON: Json = {"id": 5_000_000_001, "is_bot": False, "first_name": "王", "language_code": "zh-hans"}
US: Json = {"id": int(ACCOUNT), "is_bot": True, "first_name": "Sandbox", "username": USERNAME}
PRIVATE: Json = {"id": PERSON["id"], "first_name": "王", "type": "private"}
GROUP: Json = {"id": -1_004_100_000_001, "title": "溪明区城管局", "type": "supergroup"}
BASIC_GROUP: Json = {"id": -4_100_000_001, "title": "老群", "type": "group", "all_members_are_administrators": True}

PEER = Peer("telegram", ACCOUNT, str(PERSON["id"]))
IN_GROUP = Group("telegram", ACCOUNT, str(GROUP["id"]))


def message(**fields: Any) -> Json:
    """A message in a private chat; `fields` come on top, and `sender` stands for `from`."""
    sender = fields.pop("sender", PERSON)
    return {"message_id": 77, "from": sender, "chat": PRIVATE, "date": SENT, **fields}


def in_group(**fields: Any) -> Json:
    """A message in a supergroup."""
    return message(chat=GROUP, **fields)


def ours(**fields: Any) -> Json:
    """A message of the bot's, as `reply_to_message` shows it."""
    return message(message_id=70, sender=US, text="请说明原因", **fields)


def update(kind: str, body: Any, number: int = 700_000_001) -> bytes:
    """One update with its raw bytes."""
    return json.dumps({"update_id": number, kind: body}, ensure_ascii=False).encode()


def sizes(name: str, *edges: int) -> list[Json]:
    """The sizes of one photo, as many as edges."""
    return [
        {"file_id": f"{name}-{e}", "file_unique_id": f"u{name}{e}", "width": e, "height": e, "file_size": e * 100}
        for e in edges
    ]


def file(name: str, **fields: Any) -> Json:
    """Any other file."""
    return {"file_id": name, "file_unique_id": f"u{name}", "file_size": 4321, **fields}
