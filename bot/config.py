"""The environment, read once, typed, here and nowhere else. What a district sets stands in its `district.toml`."""

import os
import re
from datetime import datetime
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from storage.engines import file_of, is_postgres

_LISTEN = re.compile(r"(\[[0-9a-fA-F:.]+\]|[\w.-]+):\d{1,5}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
_WEBHOOK = re.compile(r"https?://[^/\s]+(?!/(?:healthz|metrics)$)(?:/[\w.~/-]*)?", re.ASCII)


class BadSetting(Exception):
    """A variable names something that is not as it should be; the sentence begins with the variable's name."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why}")


class NoToken(Exception):
    """Neither BOT_TOKEN nor BOT_TOKEN_FILE is set."""


class Config(BaseSettings):
    """What the environment may say. Each field is the variable of the same name in capitals."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True, env_ignore_empty=True)

    bot_token: SecretStr | None = Field(None, description="the bot's token, as BotFather gave it")
    bot_token_file: Path | None = Field(None, description="a file that holds the token, instead of BOT_TOKEN")
    bot_api_url: str = Field("https://api.telegram.org", description="where the Bot API answers")
    database_url: str | None = Field(
        None, description="the store, sqlite:///… or postgresql://…; SQLite in the data folder if none"
    )
    data_dir: Path = Field(Path("var"), description="the data folder: database, photos, control socket")
    listen: str | None = Field(
        None, description="host:port for /healthz, /metrics and the webhook; nothing listens without"
    )
    webhook_secret: SecretStr | None = Field(None, description="webhook: what Telegram proves itself with, A-Za-z0-9_-")
    webhook_url: str | None = Field(None, description="webhook: where Telegram posts to; without it the bot polls")
    timezone: ZoneInfo = Field(ZoneInfo("Asia/Shanghai"), description="the time zone of logs and of the command line")
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR")
    rehearsal_speed: float = Field(1, gt=0, description="rehearsal: how many times faster the product's clock runs")
    rehearsal_start: datetime | None = Field(None, description="rehearsal: the product's first moment, ISO with zone")

    @field_validator("timezone", mode="before")
    @classmethod
    def _zone(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            return ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError("no time zone such as Asia/Shanghai") from None

    @field_validator("database_url")
    @classmethod
    def _names_a_store(cls, value: str | None) -> str | None:
        if value is not None and not is_postgres(value):
            file_of(value)
        return value

    @field_validator("listen")
    @classmethod
    def _names_a_port(cls, value: str | None) -> str | None:
        if value is not None and not (_LISTEN.fullmatch(value) and int(value.rpartition(":")[2]) < 1 << 16):
            raise ValueError("host:port, such as 127.0.0.1:8080 or [::1]:8080")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _can_be_sent(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _SECRET.fullmatch(value.get_secret_value()):
            raise ValueError("16 to 256 of A-Z, a-z, 0-9, _ and -")
        return value

    @field_validator("webhook_url")
    @classmethod
    def _can_be_posted_to(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None:
            return None
        if not _WEBHOOK.fullmatch(value):
            raise ValueError("https://host/path, of plain letters, and neither /healthz nor /metrics")
        if missing := [name for name in ("listen", "webhook_secret") if info.data.get(name) is None]:
            raise ValueError(f"needs {' and '.join(map(str.upper, missing))}, too")
        return value

    @field_validator("log_level")
    @classmethod
    def _level(cls, value: str) -> str:
        level = value.upper()
        if level not in ("DEBUG", "INFO", "WARNING", "ERROR"):
            raise ValueError("one of DEBUG, INFO, WARNING, ERROR")
        return level

    @field_validator("rehearsal_start")
    @classmethod
    def _aware(cls, value: datetime | None) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("needs a time zone, such as 2026-04-21T09:00:00+08:00")
        return value

    @property
    def token(self) -> str | None:
        """The bot's token, from the variable or the file. Raises BadSetting when the file cannot be read."""
        if self.bot_token is not None:
            return self.bot_token.get_secret_value().strip()
        if self.bot_token_file is not None:
            return _read(self.bot_token_file)
        return None

    @property
    def listen_at(self) -> tuple[str, int] | None:
        """Host and port to listen on; 0 is any free one."""
        if self.listen is None:
            return None
        host, _, port = self.listen.rpartition(":")
        return host.strip("[]"), int(port)

    @property
    def webhook(self) -> tuple[str, str] | None:
        """Where Telegram is to post, and the secret it does so with; None when the bot polls."""
        if self.webhook_url is None or self.webhook_secret is None:
            return None
        return self.webhook_url, self.webhook_secret.get_secret_value()

    @property
    def store_url(self) -> str:
        """The store's URL; without DATABASE_URL a SQLite file in the data folder."""
        return self.database_url or f"sqlite:///{quote(str(self.data_dir / 'bot.db'))}"

    @property
    def socket(self) -> Path:
        """Where a running bot takes requests of other commands."""
        return self.data_dir / "bot.sock"

    @property
    def photos(self) -> Path:
        """Where the cleaned copies of photos are kept."""
        return self.data_dir / "photos"

    @property
    def rehearsing(self) -> bool:
        """演练: the product's clock is not the machine's."""
        return self.rehearsal_start is not None


def _read(token_file: Path) -> str:
    try:
        return token_file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise BadSetting("BOT_TOKEN_FILE", f"{error.strerror}: {token_file}") from None
    except UnicodeDecodeError:
        raise BadSetting("BOT_TOKEN_FILE", f"no text: {token_file}") from None


def inherited(**changes: str) -> dict[str, str]:
    """The environment for a process of our own: this one's without our variables, with these changes."""
    ours = {name.upper() for name in Config.model_fields}
    return {name: value for name, value in os.environ.items() if name.upper() not in ours} | changes


def described() -> str:
    """The variables with their defaults, for `--help`."""
    lines = []
    for name, field in Config.model_fields.items():
        default = "" if field.default in (None, "") else f" [{field.default}]"
        lines.append(f"  {name.upper():<16} {field.description}{default}")
    return "\n".join(lines)
