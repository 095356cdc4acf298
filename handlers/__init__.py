"""What people and the clock may ask. Plain functions: load -> decide -> save -> owe; nothing is sent from here.

`handle` takes what came in to the one handler it is for. The routes are visible as lists: `COMMANDS` here,
the buttons in `press`, the clock's in `sweeps`.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from domain.errors import DomainError, Missing, NotNow
from domain.messages import Acted, Called, Entered, Group, Incoming, Left, Moved, Notice, Said, Strange, Toast
from handlers import account, acting, afterwards, follow, groups, invite, office, press, report
from handlers.desk import Desk
from handlers.faces import PRESS
from storage import cases, drafts, outbox, people

COMMANDS: Mapping[str, Callable[[Desk, Called], None]] = {
    "report": account.report_help,
    "my": follow.mine,
    "help": account.help_,
    "language": account.language,
    "todo": office.todo,
    "checks": office.checks,
    "triage": office.triage,
    "invite": invite.invite,
}


def handle(incoming: Incoming, desk: Desk) -> Toast | None:
    """The effect of one thing that came in. Returns the answer to a press. Raises DomainError: see `refuse`."""
    match incoming:
        case Said(group=Group()) | Called(group=Group()) | Entered(group=Group()) | Strange(group=Group()):
            _in_group(desk, incoming)
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


def refuse(incoming: Incoming, desk: Desk, error: DomainError) -> Toast:
    """A DomainError is an answer: what is true now, and what can be done instead. The refused effect has been undone.

    A question whose answer is refused is given up, so that the next input is not swallowed by it.
    """
    if isinstance(incoming, Entered) and incoming.group is not None:
        desk.post(incoming.group, Notice(f"refused_{error.kind}", error.facts))
        return Toast(f"refused_{error.kind}", error.facts)
    desk = _seated(desk, incoming)
    form = drafts.form_of(desk.work, desk.person_id, desk.wall)
    if form is not None and isinstance(incoming, Said) and not isinstance(error, Missing):
        drafts.close_form(desk.work, desk.person_id)
        desk.retract(desk.person_id, acting.question_key(form))
    if not isinstance(incoming, Acted):
        desk.reply(Notice(f"refused_{error.kind}", error.facts))
    return Toast(f"refused_{error.kind}", error.facts, alert=isinstance(error, NotNow))


def _in_group(desk: Desk, incoming: Said | Called | Entered | Strange) -> None:
    """Nothing personal is ever said in a group, and nothing said there is taken for a report."""
    match incoming:
        case Entered(group=Group() as group):
            groups.entered(desk, incoming, group)
        case Called(group=Group() as group):
            groups.called(desk, incoming, group)
        case Said(group=Group() as group):
            groups.replied(desk, incoming, group)


def _from_person(desk: Desk, incoming: Said | Acted | Called | Entered | Strange) -> Toast | None:
    if desk.writer is not None and desk.writer.blocked:
        return None
    if not isinstance(incoming, Acted) and not (isinstance(incoming, Said) and incoming.edited):
        outbox.seen(desk.work, incoming.peer)
    match incoming:
        case Said():
            _said(desk, incoming)
        case Acted():
            return press.pressed(desk, incoming)
        case Called():
            COMMANDS.get(incoming.command, account.unknown_command)(desk, incoming)
        case Entered():
            _entered(desk, incoming)
        case Strange():
            account.strange(desk, incoming)
    return None


def _entered(desk: Desk, entry: Entered) -> None:
    """Somebody comes in, perhaps by the link of a button that stands in a group."""
    if entry.scene.startswith(PRESS):
        press.by_link(desk, entry.scene.removeprefix(PRESS))
    else:
        account.entered(desk, entry)


def _said(desk: Desk, message: Said) -> None:
    """A danger's number first, wherever it is told. Then album, open question, answered card, else a report."""
    account.introduce(desk)
    if desk.gist.numbers:
        desk.reply(Notice("danger", {"numbers": list(desk.gist.numbers)}))
    form = drafts.form_of(desk.work, desk.person_id, desk.wall)
    answered = _answered(desk, message)
    if message.edited:
        afterwards.edited(desk, message)
    elif afterwards.late_picture(desk, message, form):
        pass
    elif form is not None:
        acting.answer(desk, form, message)
    elif answered is not None:
        follow.reply_to_card(desk, message, cases.load(desk.work, answered))
    else:
        report.said(desk, message)


def _answered(desk: Desk, message: Said) -> int | None:
    """The case whose card this message replies to."""
    if message.reply_to is None:
        return None
    spoken = outbox.spoke_of(desk.work, message.group or message.peer, message.reply_to)
    return spoken[1] if spoken else None


def _seated(desk: Desk, incoming: Incoming) -> Desk:
    """The desk with whoever wrote sitting at it. Who had gone and is back finds what waits for them."""
    if not isinstance(incoming, Said | Acted | Called | Entered | Strange):
        return desk
    writer = people.person_of(desk.work, incoming.peer, incoming.language, desk.wall)
    desk = replace(desk, writer=writer, peer=incoming.peer, group=incoming.group)
    if writer.back and not writer.blocked:
        account.come_back(desk)
    return desk
