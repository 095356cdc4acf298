"""Where the cards of a case stand: rows <-> values."""

from dataclasses import dataclass

from storage.store import Work


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
    rows = work.rows("cards_of", case_id=case_id)
    return tuple(Card(row["view"], row["key"], row["person_id"], row["group_id"], row["shows"]) for row in rows)


def remove_card(work: Work, case_id: int, card: Card) -> None:
    """The card stands there no longer."""
    work.change("remove_card", case_id=case_id, **_standing(card))


def _standing(card: Card) -> dict[str, str | int | None]:
    return {"key": card.key, "person": card.person, "group_id": card.group}
