"""Checking a `reply_markup`: its shape, its buttons, and where it may be used."""

import json
import re
from typing import Any, Final

from bot.sandbox.errors import RefusedError, bad
from bot.sandbox.shapes import Json

MOST_BUTTONS: Final = 100
STYLES: Final = ("primary", "success", "danger")
_KINDS: Final = (
    "url",
    "callback_data",
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "login_url",
    "web_app",
    "copy_text",
)
_MAY_BE_EMPTY: Final = ("switch_inline_query", "switch_inline_query_current_chat")
_KEY_FIELDS: Final = ("request_contact", "request_location", "request_poll", "web_app", "request_users", "request_chat")
_URL: Final = re.compile(r"(https?://|//)?[^\s/]+\.[^\s/]+(/\S*)?$|(tg|ton|tonsite)://\S+$", re.IGNORECASE)


def read_markup(raw: Any, *, private: bool, only_inline: bool = False) -> Json | None:
    """The markup as Telegram keeps it, or None. `raw` is JSON text or what it stands for. Raises 400.

    `private`: buttons that ask for a position or a contact work in private chats only.
    `only_inline`: edits take nothing but inline keyboards.
    """
    if raw in ("", None):
        return None
    shape = _object(raw)
    markup = _reply_keyboard(shape, private) or _inline_keyboard(shape) or _other(shape)
    if only_inline and markup and "inline_keyboard" not in markup:
        raise bad("Inline keyboard expected")
    return markup


def _object(raw: Any) -> Json:
    if isinstance(raw, str):
        try:
            raw = json.loads(raw)
        except ValueError as error:
            raise bad("Can't parse reply keyboard markup JSON object") from error
    if not isinstance(raw, dict):
        raise bad("Object expected as reply markup")
    return raw


def _rows(shape: Json, field: str, complaint: str) -> list[list[Any]]:
    rows = shape.get(field) or []
    if not isinstance(rows, list):
        raise bad(f'Field "{field}" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad(complaint)
    return rows


def _reply_keyboard(shape: Json, private: bool) -> Json | None:
    rows = _rows(shape, "keyboard", 'Field "keyboard" must be an Array of Arrays')
    keys = [[_key(key, private) for key in row] for row in rows]
    if not any(keys):
        return None
    kept = {name: True for name in ("is_persistent", "resize_keyboard", "one_time_keyboard") if shape.get(name)}
    return {"keyboard": [row for row in keys if row], **kept, **_manners(shape)}


def _key(key: Any, private: bool) -> Json:
    if isinstance(key, str):
        return {"text": key}
    if not isinstance(key, dict):
        raise _key_error("KeyboardButton must be a String or an Object")
    _require_text(key, _key_error)
    asked = {name: key[name] for name in _KEY_FIELDS if key.get(name)}
    if "request_location" in asked and not private:
        raise bad("Location can be requested in private chats only")
    if "request_contact" in asked and not private:
        raise bad("Phone number can be requested in private chats only")
    return {"text": key["text"], **_style(key, _key_error), **asked}


def _inline_keyboard(shape: Json) -> Json | None:
    complaint = 'Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
    rows = [[_button(button) for button in row] for row in _rows(shape, "inline_keyboard", complaint)]
    if sum(len(row) for row in rows) > MOST_BUTTONS:
        raise bad("reply markup is too long")
    rows = [row for row in rows if row]
    return {"inline_keyboard": rows} if rows else None


def _button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise _button_error("InlineKeyboardButton must be an Object")
    _require_text(button, _button_error)
    style = _style(button, _button_error)
    kind = next((name for name in _KINDS if button.get(name) or (name in button and name in _MAY_BE_EMPTY)), None)
    if kind is None:
        raise _button_error("Text buttons are unallowed in the inline keyboard")
    if kind == "callback_data" and len(str(button[kind]).encode()) > 64:
        raise bad("BUTTON_DATA_INVALID")
    if kind == "url" and not _URL.match(str(button[kind])):
        raise bad(f"Inline keyboard button URL '{button[kind]}' is invalid: Wrong HTTP URL")
    return {"text": button["text"], **style, kind: button[kind]}


def _require_text(button: Json, error: Any) -> None:
    if "text" not in button:
        raise error('Can\'t find field "text"')
    if not isinstance(button["text"], str):
        raise error('Field "text" must be of type String')
    if not button["text"]:
        raise bad("Inline keyboard button text must be non-empty")


def _style(button: Json, error: Any) -> Json:
    style = str(button.get("style") or "").lower()
    if style in ("", "default"):
        return {}
    if style not in STYLES:
        raise error("invalid button style specified")
    return {"style": style}


def _other(shape: Json) -> Json | None:
    if shape.get("remove_keyboard"):
        return {"remove_keyboard": True, **_manners(shape)}
    if shape.get("force_reply"):
        return {"force_reply": True, **_manners(shape)}
    return None


def _manners(shape: Json) -> Json:
    kept: Json = {"selective": True} if shape.get("selective") else {}
    if placeholder := shape.get("input_field_placeholder"):
        kept["input_field_placeholder"] = placeholder
    return kept


def _key_error(reason: str) -> RefusedError:
    return bad(f"Can't parse keyboard button: {reason}")


def _button_error(reason: str) -> RefusedError:
    return bad(f"Can't parse inline keyboard button: {reason}")
