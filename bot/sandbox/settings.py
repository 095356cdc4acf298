"""What the bot has set up for its menu: commands per scope and language, descriptions, the menu button."""

from dataclasses import dataclass, field

from bot.sandbox.shapes import Json

Scope = tuple[str, str, str]
"""Type, chat id, user id; the ids empty where the type has none."""


@dataclass(slots=True)
class Settings:
    """Everything by scope and language code ("" for every language)."""

    commands: dict[tuple[Scope, str], list[Json]] = field(default_factory=dict)
    descriptions: dict[tuple[str, str], str] = field(default_factory=dict)
    menu_buttons: dict[int, Json] = field(default_factory=dict)

    def menu(self, person_id: int, language: str) -> list[Json]:
        """The commands a person sees in the private chat, found in Telegram's order: nearest scope, own language."""
        for scope in (("chat", str(person_id), ""), ("all_private_chats", "", ""), ("default", "", "")):
            for code in (language[:2], ""):
                if found := self.commands.get((scope, code)):
                    return found
        return []

    def menu_button(self, chat_id: int) -> Json:
        """The button beside the text field; 0 is the default for all."""
        return self.menu_buttons.get(chat_id) or self.menu_buttons.get(0) or {"type": "commands"}
