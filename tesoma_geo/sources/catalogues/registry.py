"""All catalogues, in the order in which they are asked; other packages announce theirs in ``tesoma_geo.catalogues``."""

from collections.abc import Iterator, Mapping

from tesoma_geo._plugins import find_plugins, load_plugin
from tesoma_geo.errors import FetchError
from tesoma_geo.sources.catalogues import (
    copernicus,
    geofabrik,
    kontur,
    mobility_database,
    nominatim,
    overpass,
    statistics_finland,
)
from tesoma_geo.sources.catalogues.records import Catalogue, Part

#: Entry points of other packages, each a Catalogue.
GROUP = "tesoma_geo.catalogues"
#: The first of a part that has something for a place is taken.
CATALOGUES: tuple[Catalogue, ...] = (
    overpass.CATALOGUE,
    geofabrik.CATALOGUE,
    copernicus.CATALOGUE,
    mobility_database.CATALOGUE,
    statistics_finland.CATALOGUE,
    kontur.CATALOGUE,
)


def catalogues(part: Part, country: str) -> Iterator[Catalogue]:
    """Catalogues that may have a part of a workspace in a country, those of other packages last.

    Parameters
    ----------
    part
        Such as ``"streets"``.
    country
        ISO 3166-1, two letters.

    Yields
    ------
    Catalogue
    """
    every = (*CATALOGUES, *(load_plugin(GROUP, name) for name in find_plugins(GROUP)))
    yield from (one for one in every if one.serves == part and one.covers(country))


def base_addresses(settings: Mapping[str, str]) -> dict[str, str]:
    """Name of a catalogue → the address that it is asked at.

    Parameters
    ----------
    settings
        Addresses that take the place of a catalogue's own, by its name.

    Returns
    -------
    dict of str to str

    Raises
    ------
    FetchError
        A name that no catalogue has.
    """
    own = {one.name: one.base for one in CATALOGUES} | {nominatim.NAME: nominatim.BASE}
    own |= {name: load_plugin(GROUP, name).base for name in find_plugins(GROUP)}
    for name in settings:
        if name not in own:
            raise FetchError(f"there is no catalogue {name!r}", f"Name one of {', '.join(sorted(own))}")
    return {**own, **settings}
