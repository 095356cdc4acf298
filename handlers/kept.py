"""/mydata: what is kept about whoever asks, in plain words, and the whole of it as a file."""

from domain.draft import Draft
from domain.facts import Fact, Facts, millis
from domain.messages import Attachment, Called, Notice
from handlers.desk import Desk
from handlers.faces import place_facts
from handlers.sweeps import DELIVERIES_KEPT
from storage import drafts, patrols
from storage.kept import Kept, kept

FILE = "mydata.json"
_LISTED = 5
"""Reports that stand in the message, the newest; the file has all."""


def mydata(desk: Desk, _call: Called) -> None:
    """What is kept about me?"""
    found = kept(desk.work, desk.person_id)
    draft = drafts.under_way(desk.work, desk.person_id)
    desk.reply(Notice("mydata", _in_short(desk, found, draft)))
    desk.reply(Notice("mydata_file", attachment=Attachment(FILE, _in_full(desk, found, draft))))


def _in_short(desk: Desk, found: Kept, draft: Draft | None) -> Facts:
    settings = desk.district.settings
    return {
        "chat": desk.private_peer.id,
        "since_at": millis(found.since),
        "units": [desk.unit_name(bound.role.unit) for bound in found.roles if bound.role.unit],
        "areas": [desk.area_name(bound.role.area) for bound in found.roles if bound.role.area],
        "count": len(found.reports),
        "reports": [{**report, "resident": True} for report in _reports(found)[:_LISTED]],
        "draft": draft is not None,
        "patrol": patrols.under_way(desk.work, desk.person_id) is not None,
        "photos": found.photos,
        "judgements": len(found.judgements),
        "acts": found.acts,
        "days": settings.photos_kept.days,
        "traces": DELIVERIES_KEPT.days,
    }


def _in_full(desk: Desk, found: Kept, draft: Draft | None) -> Facts:
    peer = desk.private_peer
    return {
        "chat": {"channel": peer.channel, "id": peer.id, "since_at": millis(found.since)},
        "language": desk.writer.language if desk.writer else "",
        "roles": [
            {
                "kind": bound.role.kind.value,
                "unit": desk.unit_name(bound.role.unit),
                "area": desk.area_name(bound.role.area),
                "since_at": millis(bound.since),
            }
            for bound in found.roles
        ],
        "reports": _reports(found),
        "draft": _draft(desk, draft) if draft else None,
        "patrol": _patrol(desk),
        "photos": found.photos,
        "judgements": [
            {"number": said.number, "said": said.mark or said.verb, "said_at": millis(said.at)}
            for said in found.judgements
        ],
        "steps_as_officer_or_volunteer": found.acts,
        "kept_days": {
            "texts_and_photos_after_closing": desk.district.settings.photos_kept.days,
            "messages_in_and_out_without_contents": DELIVERIES_KEPT.days,
            "messages_set_aside": desk.district.settings.parked_kept.days,
        },
    }


def _reports(found: Kept) -> list[dict[str, Fact]]:
    return [{"number": one.number, "state": one.state, "filed_at": millis(one.filed_at)} for one in found.reports]


def _patrol(desk: Desk) -> Facts | None:
    """The patrol under way, with where the person last was on it."""
    walk = patrols.under_way(desk.work, desk.person_id)
    if walk is None:
        return None
    here = walk.position
    return {
        "touched_at": millis(walk.touched_at),
        "cases": len(walk.cases),
        "position": f"{here.lat}, {here.lon}" if here else "",
        **place_facts(desk, here),
    }


def _draft(desk: Desk, draft: Draft) -> Facts:
    return {
        "opened_at": millis(draft.opened_at),
        "words": draft.words,
        "photos": draft.photos,
        "sounds": draft.sounds,
        "category": desk.category_name(draft.category),
        **place_facts(desk, draft.place),
    }
