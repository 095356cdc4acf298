"""A message that could not be worked off has been set aside: the person and the office are told, nothing is lost."""

from domain.messages import Notice, Peer
from handlers.desk import Desk
from storage import people


def tell(desk: Desk, peer: Peer | None, inbox_id: int) -> None:
    """The person hears that their message is kept and will be looked at; the office hears which one it is."""
    person = people.known(desk.work, peer) if peer else None
    if person is not None:
        desk.tell(person, Notice("parked_yours"))
    desk.tell_office(Notice("parked", {"id": inbox_id}))
