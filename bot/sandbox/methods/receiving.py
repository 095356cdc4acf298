"""Methods by which the bot receives: updates, webhooks, files, and the answers to presses."""

import ipaddress
import re
from typing import Any, Final
from urllib.parse import urlsplit

from bot.sandbox.calls import Call
from bot.sandbox.errors import bad, conflict
from bot.sandbox.queries import Toast
from bot.sandbox.stage import Hook
from bot.sandbox.updates import LONGEST_POLL
from bot.sandbox.world import World

WEBHOOK_ACTIVE: Final = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]*$")


def get_me(world: World, call: Call) -> Any:  # noqa: ARG001 - every method is called alike
    """`getMe`."""
    rights = {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
        "supports_guest_queries": False,
    }
    return {**world.bot.as_json(), **rights}


async def get_updates(world: World, call: Call) -> Any:
    """`getUpdates`, as the bytes of a JSON array: updates go out as they were made, well-formed or not."""
    if world.hook:
        raise conflict(WEBHOOK_ACTIVE)
    world.updates.allow(call.structure("allowed_updates", "Can't parse allowed_updates"))
    limit = min(max(call.integer("limit", 100), 1), 100)
    timeout = min(max(_seconds(call), 0.0), LONGEST_POLL)
    taken = await world.updates.poll(call.integer("offset"), limit, timeout)
    return b"[" + b",".join(queued.body for queued in taken) + b"]"


def _seconds(call: Call) -> float:
    try:
        return float(call.text("timeout") or 0)
    except ValueError:
        return 0


def set_webhook(world: World, call: Call) -> Any:
    """`setWebhook`. Only addresses of this machine are accepted, and for them plain HTTP is."""
    url, secret = call.text("url"), call.text("secret_token")
    if not url:
        return delete_webhook(world, call)
    if not _SECRET.match(secret):
        raise bad("secret token contains unallowed characters")
    if len(secret) > 256:
        raise bad("secret token is too long")
    _check_url(world, url)
    _drop(world, call)
    world.updates.allow(call.structure("allowed_updates", "Can't parse allowed_updates"))
    world.hook = Hook(url, secret, min(max(call.integer("max_connections", 40), 1), 100))
    world.updates.end_poll("terminated by setWebhook request")
    return True


def _check_url(world: World, url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise bad("invalid webhook URL specified")
    if parts.hostname == "localhost" or _is_loopback(parts.hostname):
        return
    if parts.scheme == "http":
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    world.complain(f"a webhook outside this machine: {parts.hostname}")
    raise bad("bad webhook: Failed to resolve host: Name or service not known")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def delete_webhook(world: World, call: Call) -> Any:
    """`deleteWebhook`."""
    _drop(world, call)
    world.hook = None
    return True


def _drop(world: World, call: Call) -> None:
    if call.flag("drop_pending_updates"):
        world.updates.clear()


def get_webhook_info(world: World, call: Call) -> Any:  # noqa: ARG001 - every method is called alike
    """`getWebhookInfo`."""
    hook = world.hook
    info = {"url": hook.url if hook else "", "has_custom_certificate": False}
    info["pending_update_count"] = world.updates.pending
    if hook:
        info |= {"max_connections": hook.most_connections, "ip_address": "127.0.0.1"}
        info["allowed_updates"] = sorted(world.updates.allowed)
    if hook and hook.error:
        info |= {"last_error_date": int(hook.error_at), "last_error_message": hook.error}
    return info


def get_file(world: World, call: Call) -> Any:
    """`getFile`: a link for an hour; nothing above 20 MB."""
    file = world.files.file(call.text("file_id"))
    if file is None:
        raise bad("invalid file_id")
    return {**file.as_json(), "file_path": world.files.link(file)}


def answer_callback_query(world: World, call: Call) -> Any:
    """`answerCallbackQuery`: once, and not too late."""
    toast = Toast(call.text("text"), call.flag("show_alert"), call.text("url"))
    pressed = world.queries.answer(call.text("callback_query_id"), toast)
    if toast.text:
        world.people[pressed.person.id].toasts.append(toast)
    return True


def close(world: World, call: Call) -> Any:  # noqa: ARG001 - every method is called alike
    """`close`: the next call starts the bot anew."""
    return True


def log_out(world: World, call: Call) -> Any:  # noqa: ARG001 - every method is called alike
    """`logOut`: whatever comes after is refused."""
    world.is_logged_out = True
    return True
