"""Links into Telegram: opening one brings somebody into a bot's chat with a scene."""

import re

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")


def deep_link(username: str, scene: str, *, group: bool = False) -> str:
    """A link into the bot's private chat, or one that adds it to a group."""
    return f"https://t.me/{username}?{'startgroup' if group else 'start'}={scene}"


def is_name(username: str) -> bool:
    """Whether a bot can be called so."""
    return _NAME.fullmatch(username) is not None
