"""A run in which everything is as it should be: small, written by hand, and there to be doctored."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.crash.kept import Kept
from tests.crash.known import Known, Picture, Pressed, Text

NUMBER = "XM-260421-001"
RESIDENT, LEAD, OFFICE = 7, 8, 9
Doctored = Callable[[Known, Kept], tuple[Known, Kept]]

_CASE = {
    "number": NUMBER,
    "state": "rectifying",
    "version": 2,
    "words": "旧轮胎，记000001",
    "reporters": [{"person": 1}],
}
_FORM = {"person": 2, "case": 1, "number": NUMBER, "verb": "reply", "begun": "inbox:3", "photos": [2]}


def known() -> Known:
    """A resident reported with a photo, the lead acknowledged and is asked for the result."""
    return Known(
        updates=frozenset({1, 2, 3}),
        texts=(Text("记000001", RESIDENT),),
        pictures=(Picture("before", "aa", RESIDENT, "7/1"), Picture("after", "bb", LEAD, "8/4")),
        presses=(
            Pressed(RESIDENT, "提交", "", f"已提交，编号 {NUMBER}"),
            Pressed(LEAD, "接单", NUMBER, "已接单"),
            Pressed(LEAD, "整改完成", NUMBER, "请看下面的消息"),
        ),
        messages=frozenset({(RESIDENT, 2), (RESIDENT, 3), (LEAD, 2), (LEAD, 3)}),
        standing=frozenset({(RESIDENT, 1), (RESIDENT, 2), (RESIDENT, 3), (LEAD, 2), (LEAD, 3), (LEAD, 4)}),
        said=(
            (RESIDENT, f"📄 {NUMBER}"),
            (RESIDENT, f"您报的 {NUMBER}，区交通局已经接单，最晚4月24日（周五）09:00 前办完。"),
            (LEAD, f"📋 {NUMBER}"),
            (LEAD, f"{NUMBER}：请发整改后的照片"),
        ),
        units={LEAD: "D12", OFFICE: "O01"},
    )


def kept() -> Kept:
    """The same, as the store has it."""
    filed = _json({"lead": "D12"})
    tables: dict[str, tuple[dict[str, Any], ...]] = {
        "inbox": tuple({"external_id": str(one), "state": "done", "error": None} for one in (1, 2, 3)),
        "outbox": (
            *(_sent(1, RESIDENT, 2, "card_reporter"), _sent(2, RESIDENT, 3, "reporter_acknowledged")),
            *(_sent(3, LEAD, 2, "card_lead"), _sent(4, LEAD, 3, "ask_photo")),
        ),
        "shown": (_shown(RESIDENT, 2, "draft:1"), _shown(LEAD, 2, "case:1:1:lead"), _shown(LEAD, 3, "form:1:inbox:3")),
        "people": ({"id": 1}, {"id": 2}),
        "peers": ({"peer": str(RESIDENT), "person_id": 1}, {"peer": str(LEAD), "person_id": 2}),
        "cases": ({"id": 1, "number": NUMBER, "state": "rectifying", "version": 2, "body": _json(_CASE)},),
        "events": (_event(1, "file", 1, "dispatched", filed), _event(2, "acknowledge", 2, "rectifying", "{}")),
        "reporters": ({"person_id": 1, "case_id": 1},),
        "counters": ({"name": "XM-260421", "value": 1},),
        "drafts": ({"id": 1, "phase": "filed", "case_id": 1, "body": "{}"},),
        "forms": ({"person_id": 2, "case_id": 1, "body": _json([_FORM])},),
        "photos": (_photo(1, "before", "aa", case_id=1), _photo(2, "after", "bb", case_id=None)),
    }
    return Kept(tables, {"aa": "aa", "bb": "bb"})


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _sent(row: int, chat: int, handle: int, kind: str) -> dict[str, Any]:
    return {
        "id": row,
        "chat": str(chat),
        "handle": str(handle),
        "kind": kind,
        "state": "sent",
        "why": None,
        "case_id": 1,
    }


def _shown(chat: int, handle: int, key: str) -> dict[str, Any]:
    return {"chat": str(chat), "handle": str(handle), "key": key}


def _event(seq: int, verb: str, person: int, state: str, detail: str) -> dict[str, Any]:
    return {"case_id": 1, "seq": seq, "verb": verb, "person_id": person, "state": state, "detail": detail}


def _photo(row: int, ref: str, sha256: str, case_id: int | None) -> dict[str, Any]:
    return {
        "id": row,
        "ref": ref,
        "sha256": sha256,
        "case_id": case_id,
        "draft_id": None,
        "state": "kept",
        "why": None,
        "person_id": 1,
    }


# --- doctoring --------------------------------------------------------------------------------------------------------


def changed(table: str, row: int, **columns: Any) -> Doctored:
    """One row says something else."""
    return _doctored(table, lambda rows: tuple({**one, **columns} if at == row else one for at, one in enumerate(rows)))


def without(table: str, row: int) -> Doctored:
    """One row is not there."""
    return _doctored(table, lambda rows: tuple(one for at, one in enumerate(rows) if at != row))


def twice(table: str, row: int, **columns: Any) -> Doctored:
    """One row is there once more, a little different."""
    return _doctored(table, lambda rows: (*rows, {**rows[row], **columns}))


def both(one: Doctored, other: Doctored) -> Doctored:
    """One after the other."""
    return lambda known, kept: other(*one(known, kept))


def unfiled(name: str, content: str | None) -> Doctored:
    """A file has another content, or is not there."""

    def doctor(known: Known, kept: Kept) -> tuple[Known, Kept]:
        files = {file: inside for file, inside in kept.files.items() if file != name}
        return known, replace(kept, files=files if content is None else {**files, name: content})

    return doctor


def unheard(words: str) -> Doctored:
    """Nobody was told a thing with these words."""
    return lambda known, kept: (replace(known, said=tuple(one for one in known.said if words not in one[1])), kept)


def knowing(**facts: Any) -> Doctored:
    """The Telegram at home knows something else."""
    return lambda known, kept: (replace(known, **facts), kept)


def _doctored(table: str, change: Callable[[Any], Any]) -> Doctored:
    return lambda known, kept: (known, replace(kept, tables={**kept.tables, table: change(kept.tables[table])}))
