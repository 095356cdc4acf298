"""Where the cards of a case stand: rows <-> values."""

from dataclasses import dataclass

from storage.store import Row, Work


@dataclass(frozen=True, slots=True)
class Card:
    """A card of a case that stands with a person or in a group chat: which view it shows, under which key.

    `shows` is a digest of what it shows now.
    """

    view: str
    key: str
    person: int | None
    group: int | None
    shows: str


def show_card(work: Work, case_id: int, card: Card) -> None:
    """A card of the case stands there from now on."""
    work.change("add_card", case_id=case_id, view=card.view, shows=card.shows, **_standing(card))


def cards_of(work: Work, case_id: int) -> tuple[Card, ...]:
    """Everybody with whom a card of the case stands, and every group chat."""
    return tuple(map(_card, work.rows("cards_of", case_id=case_id)))


def _card(row: Row) -> Card:
    return Card(row["view"], row["key"], row["person_id"], row["group_id"], row["shows"])


def remove_card(work: Work, case_id: int, card: Card) -> None:
    """The card stands there no longer."""
    work.change("remove_card", case_id=case_id, **_standing(card))


def _standing(card: Card) -> dict[str, str | int | None]:
    return {"key": card.key, "person": card.person, "group_id": card.group}


def sorting_card(work: Work, person: int) -> tuple[int, Card] | None:
    """The case that somebody of the office is at, who goes through what waits in triage, and its card."""
    row = work.row("sorting_card", person=person)
    return None if row is None else (row["case_id"], _card(row))
