"""The environment, read once, typed, here and nowhere else. What a district sets stands in its `district.toml`."""

import os
from datetime import datetime
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from storage.store import file_of


class BadSetting(Exception):
    """A variable names something that is not as it should be; the sentence begins with the variable's name."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why}")


class Config(BaseSettings):
    """What the environment may say. Each field is the variable of the same name in capitals."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True, env_ignore_empty=True)

    bot_token: SecretStr | None = Field(None, description="the bot's token, as BotFather gave it")
    bot_token_file: Path | None = Field(None, description="a file that holds the token, instead of BOT_TOKEN")
    bot_api_url: str = Field("https://api.telegram.org", description="where the Bot API answers")
    database_url: str | None = Field(None, description="the store; SQLite in the data folder if not given")
    data_dir: Path = Field(Path("var"), description="the data folder: database, photos, control socket")
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
        if value is not None:
            file_of(value)
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
