"""Commands as Telegram writes them: `/name@bot argument`."""

import re
from dataclasses import dataclass

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{1,64}))?(?:\s+(.*))?", re.DOTALL)

_MISTYPED = re.compile(r"/[!-~]+")


@dataclass(frozen=True, slots=True)
class Command:
    """A command without its slash, in small letters. `bot` is the user name it is addressed to, None when to nobody."""

    name: str
    bot: str | None
    argument: str

    def is_for(self, username: str, *, in_group: bool) -> bool:
        """Whether we are meant. In a group only who is named is meant; in private nobody else can be."""
        if self.bot is None:
            return not in_group
        return self.bot.lower() == username.lower()


def read_command(text: str) -> Command | None:
    """The command a text consists of, if it is one; a slash alone is one without a name.

    What is mistyped so that nobody can have meant it for words, such as `/my-cases`, is one that nobody knows.
    """
    if text.strip() and not text.strip().strip("/"):
        return Command("", None, "")
    match = _COMMAND.fullmatch(text.strip())
    if match is None:
        return Command(text.strip()[1:].lower(), None, "") if _MISTYPED.fullmatch(text.strip()) else None
    name, bot, argument = match.groups()
    return Command(name.lower(), bot, (argument or "").strip())
