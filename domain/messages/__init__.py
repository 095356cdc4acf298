"""The neutral words between chat and core: what comes in, what goes out, and to whom.

The core speaks intent, not appearance: it says what is to be told (`kind`), which facts, which actions.
Each channel renders that as well as it can; nothing here knows of edits, keyboards or callback queries.

    address     one person, or a group chat
    incoming    what people send
    notice      what we send
    outcome     what a channel says of a delivery

This is the door: the words are taken from here, whichever of the four they stand in.
"""

from domain.messages.address import Address, Group, Peer
from domain.messages.incoming import (
    Acted,
    Called,
    Entered,
    Geo,
    Ignored,
    Incoming,
    Left,
    Media,
    MediaKind,
    Moved,
    Said,
    Strange,
    StrangeKind,
)
from domain.messages.notice import Action, Ask, Attachment, Notice, Picture, PictureRole, Purpose, Send, Style, Toast
from domain.messages.outcome import Later, MovedTo, Outcome, Refused, Sent, Unreachable

__all__ = [
    "Acted",
    "Action",
    "Address",
    "Ask",
    "Attachment",
    "Called",
    "Entered",
    "Geo",
    "Group",
    "Ignored",
    "Incoming",
    "Later",
    "Left",
    "Media",
    "MediaKind",
    "Moved",
    "MovedTo",
    "Notice",
    "Outcome",
    "Peer",
    "Picture",
    "PictureRole",
    "Purpose",
    "Refused",
    "Said",
    "Send",
    "Sent",
    "Strange",
    "StrangeKind",
    "Style",
    "Toast",
    "Unreachable",
]
