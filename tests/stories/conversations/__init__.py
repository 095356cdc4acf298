"""The conversations people have with the bot, played in a town and written down in `docs/conversations.md`.

`make conversations` rewrites the page; a test holds it against what the bot says, and against the life of a case.
"""

from tests.stories.conversations.book import DOCUMENT, Book, played

__all__ = ["DOCUMENT", "Book", "played"]
