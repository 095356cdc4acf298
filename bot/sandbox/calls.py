"""One call of a method: its parameters however they came, and the files that came with them."""

import json
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.errors import bad
from bot.sandbox.shapes import Json


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a multipart body."""

    name: str
    mime: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Call:
    """A method and its parameters. Empty strings count as absent, as at Telegram's."""

    method: str
    parameters: Json
    files: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The parameter as text, "" when absent."""
        value = self.parameters.get(name)
        if value is None:
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def required(self, name: str) -> str:
        """The parameter as text. Raises 400 when absent."""
        value = self.text(name)
        if not value:
            raise bad(f'Parameter "{name}" is required')
        return value

    def integer(self, name: str, default: int = 0) -> int:
        """The parameter as a number; what is none counts as `default`."""
        try:
            return int(self.text(name))
        except ValueError:
            return default

    def number(self, name: str) -> float:
        """A required floating-point parameter. Raises 400."""
        value = self.text(name).strip()
        if not value:
            raise bad(f"{name} is empty")
        try:
            return float(value)
        except ValueError:
            return 0.0

    def flag(self, name: str) -> bool:
        """The parameter as yes or no."""
        return self.text(name).strip().lower() in ("true", "yes", "1")

    def structure(self, name: str, complaint: str, default: Any = None) -> Any:
        """The parameter as JSON, `default` when absent. Raises 400 with `complaint` when it is none."""
        value = self.parameters.get(name)
        if value in ("", None):
            return default
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError as error:
            raise bad(complaint) from error
