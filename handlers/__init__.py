"""What people and the clock may ask. Plain functions: load -> decide -> save -> owe; nothing is sent from here.

`handle` takes what came in to the one handler it is for. The routes are visible as lists: `COMMANDS` here,
the buttons in `press`, the clock's in `sweeps`.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from domain.errors import DomainError, Missing, NotNow
from domain.messages import Acted, Called, Entered, Group, Incoming, Left, Moved, Notice, Said, Strange, Toast
from domain.printed import is_printed
from handlers import account, acting, blocking, follow, forgetting, invite, kept, office, press, printed, report
from handlers.desk import Desk
from storage import cases, drafts, outbox, people
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
    "triage": office.triage,
    "invite": invite.invite,
}


def handle(incoming: Incoming, desk: Desk) -> Toast | None:
    """The effect of one thing that came in. Returns the answer to a press. Raises DomainError: see `refuse`."""
    match incoming:
        case Said(group=Group()) | Called(group=Group()) | Entered(group=Group()) | Strange(group=Group()):
            pass  # nothing personal is ever said in a group
        case Acted(group=None) | Left(group=None) if people.known(desk.work, incoming.peer) is None:
            return _gone(desk, incoming)
        case Said() | Acted() | Called() | Entered() | Strange():
            return _from_person(_seated(desk, incoming), incoming)
        case Left(group=None):
            account.left(_seated(desk, incoming), incoming)
        case Moved():
            outbox.moved(desk.work, incoming.group, incoming.to, desk.wall)
        case _:
            pass
    return None


def _gone(desk: Desk, incoming: Acted | Left) -> Toast | None:
    """Whoever asked to be forgotten is not known anew for an old button, or for going."""
    forget_arrivals(desk.work, incoming.peer)
    return Toast("refused_old_button", alert=True) if isinstance(incoming, Acted) else None


def refuse(incoming: Incoming, desk: Desk, error: DomainError) -> Toast:
    """A DomainError is an answer: what is true now, and what can be done instead. The refused effect has been undone.

    A question whose answer is refused is given up, so that the next input is not swallowed by it.
    """
    desk = _seated(desk, incoming)
    form = drafts.form_of(desk.work, desk.person_id, desk.wall)
    if form is not None and isinstance(incoming, Said) and not isinstance(error, Missing):
        drafts.close_form(desk.work, desk.person_id)
        desk.retract(desk.person_id, acting.question_key(form))
    if not isinstance(incoming, Acted):
        desk.reply(Notice(f"refused_{error.kind}", error.facts))
    return Toast(f"refused_{error.kind}", error.facts, alert=isinstance(error, NotNow))


def _from_person(desk: Desk, incoming: Said | Acted | Called | Entered | Strange) -> Toast | None:
    if desk.writer is not None and desk.writer.blocked:
        blocking.answer(desk, incoming)
        return None
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
            account.entered(desk, incoming)
        case Strange():
            account.introduce(desk)
            account.strange(desk, incoming)
    return None


def _said(desk: Desk, message: Said) -> None:
    """A danger's number first, wherever it is told. Then album, open question, answered card, else a report."""
    account.introduce(desk)
    if desk.gist.numbers:
        desk.reply(Notice("danger", {"numbers": list(desk.gist.numbers)}))
    form = drafts.form_of(desk.work, desk.person_id, desk.wall)
    answered = _answered(desk, message)
    if message.edited:
        report.edited(desk, message)
    elif report.late_picture(desk, message):
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
    """The desk with whoever wrote sitting at it."""
    if isinstance(incoming, Said | Acted | Called | Entered | Strange | Left):
        language = None if isinstance(incoming, Left) else incoming.language
        writer = people.person_of(desk.work, incoming.peer, language, desk.wall)
        return replace(desk, writer=writer, peer=incoming.peer, where=incoming.group or incoming.peer)
    return desk
