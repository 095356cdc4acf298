"""What Telegram's refusals mean."""

from datetime import UTC, datetime, timedelta

import pytest
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, TelegramError, TimedOut

from bot.telegram.backoff import Backoff
from bot.telegram.http import TooFast
from bot.telegram.outcome import Trouble, outcome_of, trouble_of
from domain.messages import Group, Later, MovedTo, Outcome, Peer, Refused, Unreachable

NOW = datetime(2026, 4, 21, tzinfo=UTC)
PEER = Peer("telegram", "1", "5")
GROUP = Group("telegram", "1", "-7", "12")


def outcome(error: TelegramError, to: Peer | Group = PEER) -> Outcome:
    return outcome_of(error, to, NOW, Backoff(2, 60))


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (BadRequest("Chat not found"), Unreachable("chat not found")),
        (BadRequest("Bad Request: PEER_ID_INVALID"), Unreachable("peer_id_invalid")),
        (BadRequest("Bad Request: CHAT_WRITE_FORBIDDEN"), Unreachable("chat_write_forbidden")),
        (
            BadRequest("Not enough rights to send text messages to the chat"),
            Unreachable("not enough rights to send text messages to the chat"),
        ),
        (Forbidden("Forbidden: bot was blocked by the user"), Unreachable("blocked")),
        (Forbidden("Forbidden: bot can't initiate conversation with a user"), Unreachable("never_started")),
        (Forbidden("Forbidden: bot was kicked from the supergroup chat"), Unreachable("thrown_out")),
        (Forbidden("Forbidden: bot is not a member of the channel chat"), Unreachable("thrown_out")),
        (Forbidden("Forbidden: user is deactivated"), Unreachable("deactivated")),
        (Forbidden("Forbidden: something new"), Unreachable("forbidden")),
        (BadRequest("Bad Request: BUTTON_DATA_INVALID"), Refused("button_data_invalid")),
        (BadRequest("Message is too long"), Refused("message is too long")),
        (TooFast(17), Later(NOW + timedelta(seconds=17), "too_fast")),
    ],
)
def test_what_is_said_is_what_is_meant(error: TelegramError, expected: Outcome) -> None:
    assert outcome(error) == expected


def test_a_group_that_moved_is_to_be_written_to_under_its_new_id() -> None:
    assert outcome(ChatMigrated(-1007), GROUP) == MovedTo(Group("telegram", "1", "-1007", "12"))
    assert outcome(ChatMigrated(-1007), PEER) == Refused("group migrated to supergroup. new chat id: -1007")


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (TimedOut(), "timed_out"),
        (NetworkError("Bad Gateway"), "network"),
        (NetworkError("ClientConnectorError: x"), "network"),
        (InvalidToken(), "network"),
        (TelegramError("the answer is no JSON object"), "network"),
    ],
)
def test_trouble_on_the_way_is_tried_again_a_little_later(error: TelegramError, why: str) -> None:
    result = outcome(error)
    assert isinstance(result, Later)
    assert result.why == why
    assert timedelta(seconds=1) <= result.until - NOW <= timedelta(seconds=2)


def test_the_next_try_waits_longer() -> None:
    backoff = Backoff(2, 60)
    outcome_of(TimedOut(), PEER, NOW, backoff)
    second = outcome_of(TimedOut(), PEER, NOW, backoff)
    assert isinstance(second, Later)
    assert second.until - NOW >= timedelta(seconds=2)


def test_a_refusal_by_name_does_not_make_the_network_look_bad() -> None:
    backoff = Backoff(2, 60)
    for _ in range(5):
        outcome_of(Forbidden("blocked"), PEER, NOW, backoff)
    assert backoff.next() <= 2


@pytest.mark.parametrize(
    "refusal",
    [
        'Can\'t parse entities: unsupported start tag "王小明的电话" at byte offset 3',
        "Inline keyboard button URL '王小明的电话' is invalid: wrong HTTP URL",
        "X" * 200 + "王小明的电话",
    ],
)
def test_what_a_refusal_quotes_stays_out_of_our_log(refusal: str) -> None:
    result = outcome(BadRequest(refusal))
    assert isinstance(result, Refused)
    assert "王小明" not in result.why


@pytest.mark.parametrize(
    ("said", "trouble"),
    [
        ("Message is not modified: specified new message content and reply markup are exactly the same", Trouble.SAME),
        ("Message to edit not found", Trouble.GONE),
        ("Message can't be edited", Trouble.GONE),
        ("There is no text in the message to edit", Trouble.GONE),
        ("Message to delete not found", Trouble.GONE),
        ("Message can't be deleted for everyone", Trouble.GONE),
        ("MESSAGE_ID_INVALID", Trouble.GONE),
        ("Wrong file identifier/http url specified", Trouble.PICTURE),
        ("Failed to get http url content", Trouble.PICTURE),
        ("Can't use file of type Document as Photo", Trouble.PICTURE),
        ("PHOTO_INVALID_DIMENSIONS", Trouble.PICTURE),
        ("IMAGE_PROCESS_FAILED", Trouble.PICTURE),
        ("Request Entity Too Large", Trouble.PICTURE),
        ("Not enough rights to send photos to the chat", Trouble.PICTURE),
        ("Message thread not found", Trouble.TOPIC),
        ("TOPIC_CLOSED", Trouble.TOPIC),
        ("TOPIC_DELETED", Trouble.TOPIC),
        ("Chat not found", Trouble.CHAT),
        ("Message text is empty", Trouble.OTHER),
    ],
)
def test_troubles_are_told_apart_by_their_words(said: str, trouble: Trouble) -> None:
    assert trouble_of(BadRequest(said)) is trouble
