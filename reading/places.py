"""Where the problem is: the place named in the words, else the position. Rule 4 of the district's README."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from domain.district import District
from domain.gist import Place
from domain.routing import Atlas, Spot
from reading.mentions import Mention, Mentions
from reading.names import Grain, Names, Site


@dataclass(frozen=True, slots=True)
class Position:
    """A position that came with a message, and where it lies."""

    lat: float
    lon: float
    spot: Spot


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What is known of the place. `places` are the candidates when the words leave several open.

    `place` may then still be the street all candidates lie in. `mentions` are the names that stood in the text.
    """

    place: Place | None = None
    places: tuple[Place, ...] = ()
    mentions: tuple[Mention, ...] = ()


class Places:
    """Finds the place a message is about."""

    def __init__(self, district: District, atlas: Atlas) -> None:
        self._district = district
        self._atlas = atlas
        self._mentions = Mentions(Names(district), district.words)

    def find(self, text: str, lat: float | None = None, lon: float | None = None) -> Whereabouts:
        """The place in squeezed text; the position helps where the words leave something open."""
        here = None if lat is None or lon is None else Position(lat, lon, self._atlas.locate(lat, lon))
        mentions = _believed(self._mentions.find(text), here)
        if not mentions:
            return Whereabouts(_pinned(here) if here else None)
        sites = _best(mentions)
        if sites[0].grain >= Grain.COMMUNITY:
            found = self._exact(sites, here)
        else:
            found = Whereabouts(self._rough(sites[0].name, _common_ground(mentions), here))
        return replace(found, mentions=tuple(mentions))

    def _exact(self, sites: Sequence[Site], here: Position | None) -> Whereabouts:
        """Names of places or communities: settled when all lie in one community."""
        nearer = [site for site in sites if here and here.spot.community in site.communities]
        places = tuple(self._placed(site, here) for site in nearer or sites)
        communities = {place.community for place in places}
        if len(communities) == 1:
            return Whereabouts(places[0])
        return Whereabouts(self._street(None, communities), places)

    def _rough(self, name: str, ground: frozenset[str], here: Position | None) -> Place | None:
        """A road or street: its ground settles the street, with a position on that ground also the community."""
        if here and here.spot.community in ground:
            return replace(_pinned(here), name=name)
        if len(ground) == 1:
            (community,) = ground
            return Place(name, self._district.street_of(community), community)
        return self._street(name, ground)

    def _placed(self, site: Site, here: Position | None) -> Place:
        """A site in one community. Where it has no point of its own, a position in the community is as good as any."""
        (community,) = site.communities
        lat, lon = site.lat, site.lon
        if lat is None and here and here.spot.community == community:
            lat, lon = here.lat, here.lon
        return Place(site.name, self._district.street_of(community), community, lat, lon)

    def _street(self, name: str | None, communities: Iterable[str | None]) -> Place | None:
        """The street all these communities belong to, if it is one; called by the name given, else by its own."""
        streets = {self._district.street_of(community) for community in communities if community}
        street = streets.pop() if len(streets) == 1 else None
        return Place(name or self._district.areas[street].name, street) if street else None


def _pinned(here: Position) -> Place:
    spot = here.spot
    return Place(None, spot.street, spot.community, here.lat, here.lon, how="position", outside=spot.outside)


def _believed(mentions: Sequence[Mention], here: Position | None) -> list[Mention]:
    """Mentions that fit together: open names narrowed by the others, common names dropped where they contradict.

    Who stands outside the district and says "by the reservoir" means the reservoir they stand at.
    """
    narrowed = [_narrowed(mention, [other for other in mentions if other is not mention]) for mention in mentions]
    firm = [mention for mention in narrowed if not mention.common]
    if here and here.spot.outside:
        return firm
    ground = _common_ground(firm)
    return [mention for mention in narrowed if not mention.common or not firm or mention.communities & ground]


def _narrowed(mention: Mention, others: Sequence[Mention]) -> Mention:
    """A name that may mean several things means those that lie where another name says."""
    sites = mention.sites
    for other in others if len(sites) > 1 else ():
        sites = tuple(site for site in sites if site.communities & other.communities) or sites
    return replace(mention, sites=sites)


def _best(mentions: Sequence[Mention]) -> list[Site]:
    """The finest sites of the mentions that say most directly where the problem is.

    The longest name comes first, of equal ones the last: what is smaller is said later.
    """
    most = max(map(_directness, mentions))
    best = sorted((m for m in mentions if _directness(m) == most), key=lambda m: (m.start - m.end, -m.start))
    sites = [site for mention in best for site in mention.sites if site.grain == mention.grain]
    return list(dict.fromkeys(sites))


def _directness(mention: Mention) -> tuple[int, bool, bool]:
    return mention.grain, not mention.aside, not mention.beside


def _common_ground(mentions: Sequence[Mention]) -> frozenset[str]:
    """The communities all mentions have in common; of those that contradict, the first counts."""
    ground = frozenset[str]()
    for mention in mentions:
        ground = (ground & mention.communities) or ground or mention.communities
    return ground
