"""One message read: the parts of the room put together."""

from dataclasses import replace

from domain.district import District
from domain.gist import Gist, Kind
from domain.routing import Atlas
from reading.categories import SUGGESTED, Categories, Judgement
from reading.danger import Alarm, Dangers
from reading.kinds import Kinds
from reading.places import Places, Whereabouts
from reading.text import squeeze


class Reader:
    """Reads messages of one district. Built once; reading changes nothing in it, so any thread may ask."""

    def __init__(self, district: District, atlas: Atlas) -> None:
        self._urgent = frozenset(code for code, category in district.categories.items() if category.urgent)
        self._places = Places(district, atlas)
        self._categories = Categories(district)
        self._dangers = Dangers(district.words, district.categories)
        self._kinds = Kinds(district.words, district.settings.number_prefix)

    def read(self, text: str, lat: float | None = None, lon: float | None = None) -> Gist:
        """What a message says, with the position (WGS-84, degrees) sent with it. Any text can be read."""
        squeezed = squeeze(text)
        where = self._places.find(squeezed, lat, lon)
        alarm = self._dangers.find(squeezed)
        judged = _led_by_danger(self._categories.judge(squeezed, *_named(where)), alarm)
        kind = self._kinds.judge(squeezed, alarm, judged, placed=bool(where.mentions))
        if kind not in (Kind.REPORT, Kind.EMERGENCY):
            return Gist(kind, why=(*judged.words, *alarm.words))
        if kind is Kind.EMERGENCY:
            judged = Judgement()
        return Gist(
            kind=kind,
            categories=judged.categories,
            clear=judged.clear,
            place=where.place,
            places=where.places,
            numbers=alarm.numbers,
            urgent=self._is_urgent(judged, alarm),
            why=(*(site.name for mention in where.mentions for site in mention.sites), *judged.words, *alarm.words),
        )

    def _is_urgent(self, judged: Judgement, alarm: Alarm) -> bool:
        """Rule 5: a danger is told, or every case of the category is urgent."""
        return bool(alarm.dangers) or (judged.clear and judged.categories[0] in self._urgent)


def _named(where: Whereabouts) -> tuple[frozenset[int], tuple[str, ...]]:
    """The positions of places' names in the text, and the types of those places."""
    positions = frozenset(at for mention in where.mentions for at in range(mention.start, mention.end))
    return positions, tuple(site.type for mention in where.mentions for site in mention.sites if site.type)


def _led_by_danger(judged: Judgement, alarm: Alarm) -> Judgement:
    """A danger that is a case of some category settles the category."""
    if not alarm.categories:
        return judged
    categories = tuple(dict.fromkeys((*alarm.categories, *judged.categories)))[:SUGGESTED]
    return replace(judged, categories=categories, clear=True)
