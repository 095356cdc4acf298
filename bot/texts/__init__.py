"""Every word the bot says, in Chinese and English, rendered from kind + facts at the moment of sending.

The words stand in `zh.toml` and `en.toml`, a table a sort of text. A template's `{blank}` is filled from the notice's
facts and from what `derived` makes of them; a line that begins with `? ` is left out when one of its blanks is empty.
"""

from bot.texts.words import LANGUAGES, Words

__all__ = ["LANGUAGES", "Words"]
