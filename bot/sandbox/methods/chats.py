"""Methods about chats, and about how the bot presents itself."""

import re
from typing import Any, Final

from bot.sandbox.calls import Call
from bot.sandbox.errors import bad
from bot.sandbox.groups import Group
from bot.sandbox.methods.reading import place_of
from bot.sandbox.settings import Scope
from bot.sandbox.shapes import NO_GIFTS, Json, member
from bot.sandbox.world import World

MOST_COMMANDS: Final = 100
LONGEST: Final = {"description": 512, "short_description": 120}
_COMMAND: Final = re.compile(r"[a-z0-9_]{1,32}$")
_LANGUAGE: Final = re.compile(r"[a-z]{2}$")
_WIDE_SCOPES: Final = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
_CHAT_SCOPES: Final = ("chat", "chat_administrators", "chat_member")


def get_chat(world: World, call: Call) -> Any:
    """`getChat`."""
    place = place_of(world, call)
    place.check_bot(sending=False)
    further = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": NO_GIFTS}
    return {**place.room.as_json(), **further}


def get_chat_member(world: World, call: Call) -> Any:
    """`getChatMember`."""
    place = place_of(world, call)
    place.check_bot(sending=False)
    user_id = call.integer("user_id")
    if user_id <= 0:
        raise bad("invalid user_id specified")
    person = world.people.get(user_id)
    if person is None and user_id != world.bot.id:
        raise bad("user not found")
    user = person.user if person else world.bot
    return member(user, place.status_of(user_id) if isinstance(place, Group) else "member")


def leave_chat(world: World, call: Call) -> Any:
    """`leaveChat`."""
    place = place_of(world, call)
    if not isinstance(place, Group):
        raise bad("chat member status can't be changed in private chats")
    place.check_bot(sending=False)
    place.bot_leaves()
    return True


def set_my_commands(world: World, call: Call) -> Any:
    """`setMyCommands`."""
    commands = call.structure("commands", "Can't parse commands JSON object", [])
    if not isinstance(commands, list):
        raise bad("Expected an Array of BotCommand")
    if len(commands) > MOST_COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    world.settings.commands[_list(world, call)] = [_command(one) for one in commands]
    return True


def _command(raw: Any) -> Json:
    if not isinstance(raw, dict):
        raise bad("Can't parse BotCommand: expected an Object")
    for name in ("command", "description"):
        if name not in raw:
            raise bad(f"Can't parse BotCommand: Can't find field \"{name}\"")
    name = str(raw["command"]).removeprefix("/")
    if not _COMMAND.match(name):
        raise bad("BOT_COMMAND_INVALID")
    if not 1 <= len(str(raw["description"])) <= 256:
        raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": str(raw["description"])}


def get_my_commands(world: World, call: Call) -> Any:
    """`getMyCommands`: exactly this scope and language."""
    return world.settings.commands.get(_list(world, call), [])


def delete_my_commands(world: World, call: Call) -> Any:
    """`deleteMyCommands`."""
    world.settings.commands.pop(_list(world, call), None)
    return True


def _list(world: World, call: Call) -> tuple[Scope, str]:
    """Which list of commands is meant. Its chat must be one we can read in; a private chat has but one scope."""
    scope = _scope(call)
    if scope[1]:
        place = world.place(int(scope[1])) if scope[1].lstrip("-").isdigit() else None
        if place is None:
            raise bad("chat not found")
        place.check_bot(sending=False)
        if place.room.is_private and scope[0] != "chat":
            raise bad("can't use specified scope in private chats")
    language = call.text("language_code")
    if language and not _LANGUAGE.match(language):
        raise bad("invalid language code specified")
    return scope, language


def _scope(call: Call) -> Scope:
    raw = call.structure("scope", "Can't parse BotCommandScope JSON object", {"type": "default"})
    if not isinstance(raw, dict):
        raise bad("Can't parse BotCommandScope: BotCommandScope must be an Object")
    if raw.get("type") in _WIDE_SCOPES:
        return raw["type"], "", ""
    if raw.get("type") not in _CHAT_SCOPES:
        raise bad("Can't parse BotCommandScope: Unsupported type specified")
    if not raw.get("chat_id"):
        raise bad("Can't parse BotCommandScope: Empty chat_id specified")
    if raw["type"] == "chat_member" and "user_id" not in raw:
        raise bad("Can't parse BotCommandScope: Can't find field \"user_id\"")
    return raw["type"], str(raw["chat_id"]), str(raw.get("user_id") or "")


def set_chat_menu_button(world: World, call: Call) -> Any:
    """`setChatMenuButton`; without `chat_id` the default for all."""
    button = call.structure("menu_button", "Can't parse menu button JSON object", {"type": "default"})
    if not isinstance(button, dict) or button.get("type") not in ("default", "commands", "web_app"):
        raise bad("Can't parse menu button: MenuButton has unsupported type")
    world.settings.menu_buttons[call.integer("chat_id")] = button
    return True


def get_chat_menu_button(world: World, call: Call) -> Any:
    """`getChatMenuButton`."""
    return world.settings.menu_button(call.integer("chat_id"))


def set_description(world: World, call: Call, name: str) -> Any:
    """`setMyDescription` and `setMyShortDescription`."""
    words = call.text(name)
    if len(words) > LONGEST[name]:
        world.complain(f"{name} has {len(words)} characters; documented are {LONGEST[name]}")
    world.settings.descriptions[name, call.text("language_code")] = words
    return True


def get_description(world: World, call: Call, name: str) -> Any:
    """`getMyDescription` and `getMyShortDescription`; the one for every language where the own one is missing."""
    descriptions = world.settings.descriptions
    return {name: descriptions.get((name, call.text("language_code"))) or descriptions.get((name, ""), "")}
