"""The neutral words as JSON and back, so that a message can wait in the database.

`dump_…` makes a dict of plain data, `load_…` makes the value again and raises KeyError, TypeError or ValueError where
that cannot be done. Instants become milliseconds UTC. What has a default value may be missing, so that a newer program
can read what an older one wrote.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from domain.facts import Fact, instant, millis
from domain.messages import (
    Action,
    Address,
    Ask,
    Attachment,
    Geo,
    Group,
    Notice,
    Peer,
    Picture,
    PictureRole,
    Purpose,
    Send,
    Style,
)

Json = Mapping[str, Any]


def to_text(value: Json) -> str:
    """The dict as it is stored: ASCII, so that no database stumbles over a lone surrogate or a NUL."""
    return json.dumps(value, allow_nan=False, separators=(",", ":"))


def from_text(text: str) -> dict[str, Any]:
    """A stored dict. Raises TypeError or ValueError where there is none."""
    value = json.loads(text)
    if not isinstance(value, dict):
        raise TypeError("the stored JSON is no object")
    return value


def storable(text: str, limit: int = 1000) -> str:
    """A text that came from anywhere (an error, an answer of the network) so that every database takes it."""
    return text[:limit].replace("\0", "?").encode("utf-8", "replace").decode()


def dump_address(address: Address) -> Json:
    """`{"kind": "peer" | "group", …}`."""
    plain: dict[str, Any] = {"channel": address.channel, "account": address.account, "id": address.id}
    if isinstance(address, Peer):
        return {"kind": "peer", **plain}
    return {"kind": "group", **plain, "topic": address.topic}


def load_address(data: Json) -> Address:
    """See dump_address."""
    channel, account, chat = data["channel"], data["account"], data["id"]
    if data["kind"] == "peer":
        return Peer(channel, account, chat)
    if data["kind"] == "group":
        return Group(channel, account, chat, data.get("topic"))
    raise ValueError(f"an address is a peer or a group, not {data['kind']!r}")


def dump_geo(geo: Geo) -> Json:
    """Degrees as sent, with their datum."""
    return {"lat": geo.lat, "lon": geo.lon, "datum": geo.datum, "how": geo.how, "name": geo.name}


def load_geo(data: Json) -> Geo:
    """See dump_geo."""
    return Geo(data["lat"], data["lon"], data.get("datum", "WGS-84"), data.get("how", "pin"), data.get("name"))


def dump_picture(picture: Picture) -> Json:
    """Photos of ours by id."""
    return {"role": picture.role.value, "photos": list(picture.photos)}


def load_picture(data: Json) -> Picture:
    """See dump_picture."""
    return Picture(PictureRole(data["role"]), tuple(data["photos"]))


def dump_action(action: Action) -> Json:
    """A thing the reader can do."""
    return {
        "token": action.token,
        "label": action.label,
        "facts": _plain(action.facts),
        "style": action.style.value,
        "link": action.link,
    }


def load_action(data: Json) -> Action:
    """See dump_action."""
    style = Style(data.get("style", Style.PLAIN))
    return Action(data["token"], data["label"], data.get("facts", {}), style, data.get("link"))


def dump_attachment(attachment: Attachment) -> Json:
    """A file by its facts."""
    return {"name": attachment.name, "facts": _plain(attachment.facts)}


def load_attachment(data: Json) -> Attachment:
    """See dump_attachment."""
    return Attachment(data["name"], data.get("facts", {}))


def dump_notice(notice: Notice) -> Json:
    """What is to be told."""
    return {
        "kind": notice.kind,
        "facts": _plain(notice.facts),
        "pictures": [dump_picture(picture) for picture in notice.pictures],
        "actions": [dump_action(action) for action in notice.actions],
        "ask": notice.ask.value if notice.ask else None,
        "key": notice.key,
        "pin": dump_geo(notice.pin) if notice.pin else None,
        "in_sight": notice.in_sight,
        "clip": notice.clip,
        "attachment": dump_attachment(notice.attachment) if notice.attachment else None,
        "language": notice.language,
    }


def load_notice(data: Json) -> Notice:
    """See dump_notice."""
    ask, pin, attachment = data.get("ask"), data.get("pin"), data.get("attachment")
    return Notice(
        kind=data["kind"],
        facts=data.get("facts", {}),
        pictures=tuple(load_picture(picture) for picture in data.get("pictures", ())),
        actions=tuple(load_action(action) for action in data.get("actions", ())),
        ask=Ask(ask) if ask else None,
        key=data.get("key"),
        pin=load_geo(pin) if pin else None,
        in_sight=data.get("in_sight", False),
        clip=data.get("clip"),
        attachment=load_attachment(attachment) if attachment else None,
        language=data.get("language"),
    )


def dump_send(send: Send) -> Json:
    """A notice owed to an address."""
    return {
        "to": dump_address(send.to),
        "notice": dump_notice(send.notice),
        "purpose": send.purpose.value,
        "dedupe": send.dedupe,
        "case": send.case,
        "not_before": _millis(send.not_before),
        "not_after": _millis(send.not_after),
    }


def load_send(data: Json) -> Send:
    """See dump_send."""
    return Send(
        to=load_address(data["to"]),
        notice=load_notice(data["notice"]),
        purpose=Purpose(data["purpose"]),
        dedupe=data["dedupe"],
        case=data.get("case"),
        not_before=_instant(data.get("not_before")),
        not_after=_instant(data.get("not_after")),
    )


def _plain(fact: Fact) -> Any:
    """Facts as dicts and lists, whatever kind of mapping or sequence they came as."""
    if fact is None or isinstance(fact, str | int):
        return fact
    if isinstance(fact, Mapping):
        return {name: _plain(value) for name, value in fact.items()}
    return [_plain(value) for value in fact]


def _millis(at: datetime | None) -> int | None:
    return None if at is None else millis(at)


def _instant(ms: int | None) -> datetime | None:
    return None if ms is None else instant(ms)
