"""Forgetting a person: no row of any table leads to them any more. A table that gets to know people is named here, too.

A test looks through all tables for what was left behind.
"""

import json

from domain.case import NOBODY, Case
from domain.forgetting import bare, without
from domain.messages import Peer
from storage.record import dump, restore
from storage.store import Work

_GOES_FIRST = (
    "forget_patrol",
    "forget_tokens",
    "forget_forms",
    "forget_cards",
    "forget_reporters",
    "forget_unfiled_photos",
)
_GOES_LAST = ("forget_drafts", "forget_roles", "forget_peers", "forget_person")
_BECOMES_NOBODYS = ("forget_looks", "forget_photos", "forget_invitations_used", "forget_invitations_made")


def forget(work: Work, person: int) -> None:
    """Forget a person: drafts, roles, chats, what came from there and what waits for it. Their cases stay."""
    for row in work.rows("all_peers_of", person=person):
        _forget_chat(work, Peer(row["channel"], row["account"], row["peer"]))
    _forget_in_cases(work, person)
    for query in _GOES_FIRST:
        work.change(query, person=person)
    work.change("add_nobody", nobody=NOBODY)
    for query in _BECOMES_NOBODYS:
        work.change(query, person=person, nobody=NOBODY)
    for query in _GOES_LAST:
        work.change(query, person=person)


def forget_arrivals(work: Work, peer: Peer) -> None:
    """Forget that anything came from a private chat; what came later and still waits stays."""
    work.change("forget_chat_inbox", channel=peer.channel, chat=peer.id)


def _forget_chat(work: Work, peer: Peer) -> None:
    forget_arrivals(work, peer)
    work.change("forget_chat_outbox", channel=peer.channel, account=peer.account, chat=peer.id)
    work.change("forget_chat_shown", channel=peer.channel, account=peer.account, chat=peer.id)
    work.change("forget_chat_heard", channel=peer.channel, account=peer.account, chat=peer.id)
    work.change("forget_chat_count", channel=peer.channel, account=peer.account, chat=peer.id)


def _forget_in_cases(work: Work, person: int) -> None:
    for row in work.rows("cases_of_person", person=person):
        work.change("forget_in_case", id=row["id"], body=dump(without(restore(Case, row["body"]), person)))
    for row in work.rows("events_of_person", person=person):
        detail = json.dumps(bare(json.loads(row["detail"])), ensure_ascii=False)
        work.change("forget_in_event", case_id=row["case_id"], seq=row["seq"], nobody=NOBODY, detail=detail)
