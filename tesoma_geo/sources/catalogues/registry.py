"""All catalogues, in the order in which they are asked; other packages announce theirs in ``tesoma_geo.catalogues``."""

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from tesoma_geo._http_limits import is_public
from tesoma_geo._plugins import find_plugins, load_plugin
from tesoma_geo.errors import FetchError
from tesoma_geo.sources.catalogues import (
    copernicus,
    geofabrik,
    ghsl,
    kontur,
    mobility_database,
    nominatim,
    overpass,
    statistics_finland,
)
from tesoma_geo.sources.catalogues.records import LayerCatalogue, LayerEntry, Part
from tesoma_geo.workspace.addresses import is_address

#: Entry points of other packages, each a LayerCatalogue.
GROUP = "tesoma_geo.catalogues"
#: The first of a part that has something for a place is taken.
CATALOGUES: tuple[LayerCatalogue, ...] = (
    overpass.CATALOGUE,
    geofabrik.CATALOGUE,
    copernicus.CATALOGUE,
    mobility_database.CATALOGUE,
    statistics_finland.CATALOGUE,
    kontur.CATALOGUE,
    ghsl.CATALOGUE,
)


def catalogues(part: Part, country: str) -> Iterator[LayerCatalogue]:
    """Catalogues that may have a part of a workspace in a country, those of other packages last.

    Parameters
    ----------
    part
        Such as ``"streets"``.
    country
        ISO 3166-1, two letters.

    Yields
    ------
    LayerCatalogue
    """
    every = (*CATALOGUES, *(load_plugin(GROUP, name) for name in find_plugins(GROUP)))
    yield from (one for one in every if one.serves == part and one.covers(country))


def require_public(entry: LayerEntry, base: str) -> None:
    """Refuse an entry that leads to machines of the inner network: what a catalogue tells is no wish of the user's.

    Parameters
    ----------
    entry
        What a catalogue answered.
    base
        Where it was asked; addresses of the same server are as good as it.

    Raises
    ------
    FetchError
        An address of the entry names this machine, or one by an address that is not public.
    """
    own = urlsplit(base).hostname
    for value in entry.keys.values():
        for address in value if isinstance(value, list) else [value]:
            if not is_address(str(address)):
                continue
            host = urlsplit(str(address)).hostname or ""
            if host != own and _is_inner(host):
                raise FetchError(f"{base}: it leads to {host}, which is no public address", "Check the catalogue")


def _is_inner(host: str) -> bool:
    if host.rstrip(".") == "localhost":
        return True
    try:
        return not is_public(host)
    except ValueError:  # a name: whom it stands for is not known here
        return False


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
