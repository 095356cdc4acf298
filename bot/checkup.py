"""`check`: says for each need of a running bot whether it is there, or what to do about it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta

from bot import commands, rehearsal
from bot.clock import machine_time
from bot.commands import NoDistrict
from bot.config import BadSetting, Config
from bot.photo_files import PhotoFiles
from bot.telegram.channel import TelegramChannel
from bot.telegram.errors import WrongToken
from bot.texts import Words
from domain.district import OFFICE, District
from domain.facts import Facts
from storage import people
from storage.district.faults import DistrictFaults
from storage.engines import open_store
from storage.store import StorageError, Store

_DAYS_AHEAD = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """One need: `ok`, or what is wrong with it. Its sentence stands under `check.<need>_<state>`."""

    need: str
    state: str = "ok"
    facts: Facts = field(default_factory=dict)
    hint: bool = False

    @property
    def ok(self) -> bool:
        """Nothing that keeps a bot from doing its work; a hint is worth a look, no more."""
        return self.state == "ok" or self.hint


async def findings(config: Config, words: Words) -> AsyncIterator[Finding]:
    """Every need in turn, as soon as it is known."""
    token = _token(config)
    yield token
    yield await _api(config, words) if token.ok else Finding("api", "no_token")
    yield _folder(config)
    try:
        store = await open_store(config.store_url, read_only=True)
    except StorageError as error:
        yield Finding("store", "unreadable", {"why": str(error)})
        return
    try:
        yield Finding("store", facts={"version": store.engine})
        async for finding in _contents(store, config):
            yield finding
    finally:
        await store.close()


def _token(config: Config) -> Finding:
    try:
        return Finding("token") if config.token else Finding("token", "missing")
    except BadSetting as error:
        return Finding("token", "unreadable", {"why": str(error)})


async def _api(config: Config, words: Words) -> Finding:
    try:
        channel = TelegramChannel(config.token or "", words, now=machine_time, commands=(), api_url=config.bot_api_url)
    except WrongToken:
        return Finding("api", "wrong_token")
    try:
        await channel.greet()
    except WrongToken:
        return Finding("api", "wrong_token")
    except ConnectionError as error:
        return Finding("api", "unreachable", {"url": config.bot_api_url, "why": str(error)})
    else:
        return Finding("api", facts={"name": channel.username})
    finally:
        await channel.close()


def _folder(config: Config) -> Finding:
    facts: Facts = {"folder": str(config.data_dir)}
    return Finding("folder", "ok" if PhotoFiles(config.photos).writable() else "not_writable", facts)


async def _contents(store: Store, config: Config) -> AsyncIterator[Finding]:
    try:
        version, district = await store.read(commands.current)
    except NoDistrict:
        yield Finding("district", "missing")
        return
    except DistrictFaults as faults:
        yield Finding("district", "outdated", {"count": len(faults.faults)})
        return
    yield Finding("district", facts={"name": district.name, "version": version, "units": len(district.units)})
    yield await _calendar(store, config, district)
    officers = await store.read(people.officers_of, OFFICE)
    yield Finding("office", "ok" if officers else "nobody", {"count": len(officers)}, hint=True)


async def _calendar(store: Store, config: Config, district: District) -> Finding:
    """Weekends, holidays and make-up workdays of the next 60 days must be known, or due times can be wrong."""
    today = district.calendar.local_date(await rehearsal.product_time(config, store))
    days = [today + timedelta(days=ahead) for ahead in range(_DAYS_AHEAD + 1)]
    unknown = [day for day in days if not district.calendar.covers(day)]
    if unknown:
        return Finding("calendar", "gap", {"first": unknown[0].isoformat(), "last": unknown[-1].isoformat()})
    return Finding("calendar", facts={"last": days[-1].isoformat()})
