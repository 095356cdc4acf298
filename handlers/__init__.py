"""What people and the clock may ask. Plain functions: load -> decide -> save -> owe; nothing is sent from here.

`handle` takes what came in to the one handler it is for. The routes are visible as lists: `COMMANDS` here,
the buttons in `press`, the clock's in `sweeps`.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from domain.errors import DomainError, NotNow
from domain.forms import Form
from domain.messages import Acted, Called, Entered, Group, Incoming, Left, Moved, Notice, Said, Strange, Toast
from domain.printed import is_printed
from handlers import (
    account,
    acting,
    afterwards,
    blocking,
    board,
    cancel,
    find,
    follow,
    forgetting,
    groups,
    invite,
    kept,
    office,
    patrol,
    press,
    printed,
    questions,
    report,
    roster,
    triage,
)
from handlers.desk import Desk
from handlers.faces import PRESS
from storage import cases, outbox, people, shown
from storage.forgetting import forget_arrivals

COMMANDS: Mapping[str, Callable[[Desk, Called], None]] = {
    "report": account.report_help,
    "my": follow.mine,
    "help": account.help_,
    "language": account.language,
    "mydata": kept.mydata,
    "forgetme": forgetting.forgetme,
    "todo": office.todo,
    "checks": office.checks,
    "board": board.show,
    "triage": triage.begin,
    "invite": invite.invite,
    "find": find.find,
    "people": roster.list_,
    "patrol": patrol.begin,
    "cancel": cancel.cancel,
}


def handle(incoming: Incoming, desk: Desk) -> Toast | None:
    """The effect of one thing that came in. Returns the answer to a press. Raises DomainError: see `refuse`."""
    match incoming:
        case Said(group=Group()) | Called(group=Group()) | Entered(group=Group()) | Strange(group=Group()):
            _in_group(desk, incoming)
        case Acted(group=None) | Left(group=None) if people.known(desk.work, incoming.peer) is None:
            return _gone(desk, incoming)
        case Said() | Acted() | Called() | Entered() | Strange():
            return _from_person(_seated(desk, incoming), incoming)
        case Left(group=None):
            account.left(desk, incoming)
        case Left():
            groups.left(desk, incoming)
        case Moved():
            groups.moved(desk, incoming)
        case _:
            pass
    return None


def _gone(desk: Desk, incoming: Acted | Left) -> Toast | None:
    """Whoever asked to be forgotten is not known anew for an old button, or for going."""
    forget_arrivals(desk.work, incoming.peer)
    if isinstance(incoming, Left):
        return None
    return Toast("refused_old_button", alert=True, language=incoming.language)


def refuse(incoming: Incoming, desk: Desk, error: DomainError) -> Toast:
    """A DomainError is an answer: what is true now, and what can be done instead. The refused effect has been undone.

    A danger's number has been undone with it, and is told again.
    """
    if isinstance(incoming, Entered) and incoming.group is not None:
        desk.post(incoming.group, Notice(f"refused_{error.kind}", error.facts, language=incoming.language))
        return Toast(f"refused_{error.kind}", error.facts)
    desk = _seated(desk, incoming)
    notice = Notice(f"refused_{error.kind}", error.facts)
    if isinstance(incoming, Said):
        _tell_danger(desk)
        form, _ = _meant(desk, incoming)
        album = next((item.album for item in incoming.media if item.album), None)
        actions = questions.refused(desk, form) if form is not None else ()
        notice = replace(notice, actions=actions, key=f"refused:{album}" if album else None)
    if not isinstance(incoming, Acted):
        desk.reply(notice)
    return Toast(f"refused_{error.kind}", error.facts, alert=isinstance(error, NotNow))


def _in_group(desk: Desk, incoming: Said | Called | Entered | Strange) -> None:
    """Nothing personal is ever said in a group, nothing said there is taken for a report, and what we do not know is
    passed over there."""
    match incoming:
        case Entered(group=Group() as group):
            groups.entered(desk, incoming, group)
        case Called(group=Group() as group) if incoming.command in COMMANDS:
            groups.called(desk, incoming, group)
        case Said(group=Group() as group):
            groups.replied(desk, incoming, group)


def _from_person(desk: Desk, incoming: Said | Acted | Called | Entered | Strange) -> Toast | None:
    if desk.writer is not None and desk.writer.blocked:
        blocking.answer(desk, incoming)
        return None
    if not isinstance(incoming, Acted) and not (isinstance(incoming, Said) and incoming.edited):
        shown.seen(desk.work, incoming.peer)
    if not (isinstance(incoming, Said) and incoming.edited):
        patrol.touched(desk)
    match incoming:
        case Said():
            _said(desk, incoming)
        case Acted():
            return press.pressed(desk, incoming)
        case Called():
            account.introduce(desk)
            COMMANDS.get(incoming.command, account.unknown_command)(desk, incoming)
        case Entered() if is_printed(incoming.scene):
            printed.scanned(desk, incoming)
        case Entered():
            _entered(desk, incoming)
        case Strange():
            account.introduce(desk)
            account.strange(desk, incoming)
    return None


def _entered(desk: Desk, entry: Entered) -> None:
    """Somebody comes in, perhaps by the link of a button that stands in a group."""
    if entry.scene.startswith(PRESS):
        press.by_link(desk, entry.scene.removeprefix(PRESS))
    else:
        account.entered(desk, entry)


def _said(desk: Desk, message: Said) -> None:
    """A danger's number first, wherever it is told. Then album, open question, answered card, else a report.

    Whoever answers a message about a case speaks of that case, whatever else they have been asked.
    """
    account.introduce(desk)
    _tell_danger(desk)
    form, spoken = _meant(desk, message)
    if cancel.by_word(desk, message, form) or patrol.followed(desk, message, free=not (form or spoken)):
        return
    if message.edited:
        afterwards.edited(desk, message)
    elif afterwards.late_picture(desk, message, form):
        pass
    elif form is not None:
        acting.answer(desk, form, message)
    elif spoken is not None:
        key, case = spoken
        follow.reply_to_card(desk, message, cases.load(desk.work, case), key)
    else:
        report.said(desk, message)


def _tell_danger(desk: Desk) -> None:
    if desk.gist.numbers:
        desk.reply(Notice("danger", {"numbers": list(desk.gist.numbers)}))


def _meant(desk: Desk, message: Said) -> tuple[Form | None, tuple[str | None, int] | None]:
    """The open question that a message answers, and the key and the case of the message of ours that it replies to."""
    if report.of_draft(desk, message):
        return None, None
    album = next((item.album for item in message.media if item.album), None)
    begun = questions.of_album(desk, album) if album else None
    if begun is not None:
        return begun, None
    spoken = outbox.spoke_of(desk.work, desk.private_peer, message.reply_to) if message.reply_to else None
    key, case = spoken or (None, None)
    if key is not None and report.is_draft(desk, key):
        return None, None
    return questions.about(desk, case), None if case is None else (key, case)


def _seated(desk: Desk, incoming: Incoming) -> Desk:
    """The desk with whoever wrote sitting at it. Who had gone and is back finds what waits for them."""
    if not isinstance(incoming, Said | Acted | Called | Entered | Strange):
        return desk
    writer = people.person_of(desk.work, incoming.peer, incoming.language, desk.wall)
    desk = replace(desk, writer=writer, peer=incoming.peer, group=incoming.group)
    if writer.back and not writer.blocked:
        account.come_back(desk)
    return desk
