"""The page that shows what people see is what they see."""

import pytest

from storage.district.files import Files
from tests.stories.conversations import DOCUMENT, written


@pytest.mark.chinese("the page has a chapter in English of its own")
async def test_the_page_of_conversations_is_up_to_date(ximing: Files) -> None:
    """`make conversations` writes it anew."""
    assert DOCUMENT.read_text(encoding="utf-8") == await written(ximing)
