"""What the people of the crash test write, send and press."""

import io
import itertools
import re
from random import Random

from PIL import Image

from bot.texts.catalog import load

_PLACES = ("江畔家园", "滨江公园", "书香苑", "青年公寓", "朝阳里小区", "南苑小区", "河东嘉园", "长江花园")
_PROBLEMS = ("门口堆了一溜旧轮胎", "的垃圾箱满了往外溢", "门口有人占道摆摊", "旁边的路灯不亮", "旁边的垃圾没人清运")
_ANSWERS = (
    "旧轮胎已经拉走了",
    "垃圾还没有清干净",
    "修车的还在占道",
    "垃圾堆得更高了",
    "垃圾是别处拉来的，不归我们管",
    "吊车后天才到，旧轮胎运不走",
)
SPOTS = ((41.345488, 123.76323), (41.342846, 123.765236), (41.35065, 123.767555))
"""Latitude and longitude, in two communities."""

MARK = re.compile(r"记\d{6}")

BUTTON = load("zh")["button"]
TOAST = load("zh")["toast"]
ASKED = TOAST["asked"]

ONE_TAP = {
    **{BUTTON[name]: weight for name, weight in (("acknowledge", 5.0), ("send_back", 2.0), ("extend", 3.0))},
    **{BUTTON[name]: weight for name, weight in (("reopen", 2.0), ("solved", 1.0), ("unsolved", 0.7))},
    **{BUTTON[name]: weight for name, weight in (("good", 1.0), ("fair", 0.6), ("bad", 0.6), ("withdraw", 0.2))},
    **{BUTTON[name]: weight for name, weight in (("my", 0.2), ("open", 0.3), ("open_mine", 0.3), ("more", 0.03))},
    **{BUTTON[name]: weight for name, weight in (("submit", 9.0), ("same", 2.0), ("other", 4.0))},
    **{BUTTON[name]: weight for name, weight in (("change_place", 0.2), ("change_category", 0.2), ("back", 1.0))},
    **{BUTTON[name]: weight for name, weight in (("unclear", 3.0), ("whole_street", 1.0))},
}
"""Buttons that are done with at once, and how gladly they are pressed."""

BEGINNING = {
    BUTTON[name]: weight
    for name, weight in (
        ("add", 1.0),
        ("return", 0.8),
        ("reply", 6.0),
        ("ask_extension", 0.5),
        ("ask_suspension", 1.0),
        ("pass", 4.0),
        ("fail", 1.5),
        ("ask_rework", 0.8),
        ("dispatch", 5.0),
        ("decline", 0.8),
        ("uphold", 0.8),
    )
}
"""Buttons that are followed by a question."""

FICKLE = {BUTTON["give_up"]: 0.7, BUTTON["give_up_yes"]: 3.0, BUTTON["cancel"]: 0.3}
"""Buttons of those who give up what they have begun."""

ANSWERS = {
    **{BUTTON[name]: 3.0 for name in ("onsite", "seen", "until_tomorrow", "until_a_day_more")},
    **{BUTTON[name]: 3.0 for name in ("reason_not_ours", "reason_wrong_place", "reason_too_little")},
}
"""Buttons under a question; whatever else a question offers is pressed less gladly."""

OTHER_ANSWER = 0.5
NEVER = frozenset(BUTTON[name] for name in ("until_week", "until_two_weeks", "until_three_days", "reason_duplicate"))


class Supply:
    """Words and pictures, each of them unlike all others; which ones follows from the seed."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)

    def report(self, rng: Random) -> tuple[str, str]:
        """What is wrong where, and the mark in it."""
        return self._marked(rng.choice(_PLACES) + rng.choice(_PROBLEMS))

    def answer(self, rng: Random) -> tuple[str, str]:
        """An answer to a question, and the mark in it."""
        return self._marked(rng.choice(_ANSWERS))

    def _marked(self, words: str) -> tuple[str, str]:
        mark = f"记{next(self._numbers):06d}"
        return f"{words}，{mark}", mark

    def picture(self) -> bytes:
        """A small JPEG."""
        number = next(self._numbers)
        colours = [(number >> shift) % 256 for shift in (0, 4, 8)]
        picture = Image.new("RGB", (96, 64), tuple(colours))
        picture.paste((255 - colours[0], colours[1], number * 37 % 256), (8, 8, 8 + number % 80, 40))
        encoded = io.BytesIO()
        picture.save(encoded, "JPEG", quality=95)
        return encoded.getvalue()

    def voice(self) -> bytes:
        """Something like a voice message."""
        return f"OggS voice {next(self._numbers)}".encode()
