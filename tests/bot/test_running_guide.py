"""The guide names every setting and every command there is."""

from pathlib import Path

from bot.__main__ import cli
from bot.config import Config

GUIDE = (Path(__file__).parents[2] / "docs" / "running.md").read_text("utf-8")
NOT_FOR_RUNNING = {"demo"}


def test_every_setting_stands_in_the_guide() -> None:
    assert [name for name in Config.model_fields if f"| `{name.upper()}` |" not in GUIDE] == []


def test_every_command_stands_in_the_guide() -> None:
    named = {info.name or getattr(info.callback, "__name__", "") for info in cli.registered_commands}
    commands = {*named, *(group.name or "" for group in cli.registered_groups)} - NOT_FOR_RUNNING
    assert {"run", "backup", "parked"} <= commands
    assert [name for name in sorted(commands) if f"bot {name}" not in GUIDE] == []
