"""From a message's words to its kind, problem, place and danger. Pure: no clock, no storage, no channel.

`Reader` is the door. Behind it four parts that know nothing of each other: `places`, `categories`, `danger`, `kinds`;
each can be replaced by itself. The words they recognise are data (`words.toml` of the district); without them names of
places and keywords of categories still work.
"""

from reading.reader import Reader

__all__ = ["Reader"]
