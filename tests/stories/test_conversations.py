"""The page that shows what people see is what they see, and shows the whole life of a case."""

import asyncio
from pathlib import Path

import pytest

from storage.district.files import read
from tests.stories.conversations import DOCUMENT, Book, played
from tests.stories.conversations.index import NOBODY_CAN_YET

pytestmark = pytest.mark.chinese("the page has a chapter in English of its own")

XIMING = Path(__file__).parents[2] / "districts" / "ximing"


@pytest.fixture(scope="module")
def book() -> Book:
    """All the conversations, played once."""
    return asyncio.run(played(read(XIMING)))


def test_the_page_of_conversations_is_up_to_date(book: Book) -> None:
    """`make conversations` writes it anew."""
    assert DOCUMENT.read_text(encoding="utf-8") == book.text


def test_every_line_of_the_life_of_a_case_is_walked_by_a_conversation(book: Book) -> None:
    missing = book.index.missing()
    assert not missing, f"no conversation walks: {', '.join(missing)}"


def test_only_what_nobody_can_walk_yet_is_let_off(book: Book) -> None:
    """Whoever makes it walkable takes it off the list."""
    assert not set(NOBODY_CAN_YET) & {step.verb for step in book.index.chapters}
