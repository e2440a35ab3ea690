"""Streets, services and water from Overpass, as one OpenStreetMap file like any other.

osmnx asks the server; what the server sent is kept whole, with all ids and tags, so that the same
readers serve a fetched file and one from an extract.
"""

import json
import socket
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import osmium
import requests
import shapely

from tesoma_geo._extras import require
from tesoma_geo._files import written_file
from tesoma_geo._http import USER_AGENT, Fetched, keep_record, record_of, unreachable
from tesoma_geo.errors import FetchError

#: What every district needs beside its services: streets, ferries, mapped entrances, water.
_ALWAYS: dict[str, tuple[str, ...]] = {
    "highway": ("*",),
    "route": ("ferry",),
    "entrance": ("*",),
    "natural": ("water",),
}
#: The public server tells when it is the asker's turn; others need not know that question.
_RATE_LIMITED_HOST = "overpass-api.de"

_Tags = dict[str, bool | str | list[str]]


def fetch_overpass(
    service: str,
    area: shapely.Geometry,
    filters: Mapping[str, str],
    path: Path,
    *,
    refresh: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> Fetched:
    """Fetch all streets of an area, with services and water, into an OpenStreetMap file.

    Parameters
    ----------
    service
        Address of an Overpass interface, such as ``https://overpass-api.de/api``.
    area
        Polygon in WGS 84; its convex hull is asked for, and ways that touch it come whole.
    filters
        Kind of service to filter, as in the workspace: ``{"health": "amenity=doctors|dentist"}``.
    path
        The file, ``.osm.pbf``.
    refresh
        Fetch what is there already once more.
    progress
        Told what is being done.

    Returns
    -------
    Fetched
        Where it came from, and when.

    Raises
    ------
    FetchError
        The server cannot be reached, refuses, or has nothing complete to say.
    """
    known = record_of(path)
    if known is not None and not refresh:
        return known
    progress(f"Asking {urlsplit(service).hostname} for streets and services")
    elements = _elements(service, shapely.convex_hull(area), _tags(filters))
    if not any(key[0] == "way" for key in elements):
        raise FetchError(f"{service}: there are no streets in the area", "Correct district.area of the workspace")
    progress(f"Writing {len(elements)} OpenStreetMap elements")
    with written_file(path, overwrite=True) as draft:
        _write(elements, draft)
    return keep_record(path, service)


def _tags(filters: Mapping[str, str]) -> _Tags:
    """Everything wanted as osmnx tags; a key that is wanted whole is asked for once."""
    wanted = {key: set(values) for key, values in _ALWAYS.items()}
    for text in filters.values():
        key, _, values = text.partition("=")
        wanted.setdefault(key, set()).update(values.split("|"))
    return {key: True if "*" in values else sorted(values) for key, values in wanted.items()}


def _elements(service: str, area: shapely.Geometry, tags: _Tags) -> dict[tuple[str, int], dict[str, Any]]:
    """Nodes, ways and relations as the server sent them, by type and id."""
    ox = require("osmnx", extra="fetch")

    with tempfile.TemporaryDirectory() as folder, _asking(service, Path(folder)):
        try:
            # Told to fill its cache only, osmnx stops before it makes features of the answer.
            with suppress(InterruptedError):
                ox.features_from_polygon(area, tags)
        except requests.RequestException as error:
            raise unreachable(service, error) from None
        except ValueError as error:
            raise FetchError(
                f"{service}: the server does not answer as Overpass does ({str(error)[:200]})",
                "Check network.overpass of the workspace, or try again later",
            ) from None
        answers = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(Path(folder).glob("*.json"))]
    if not answers:
        raise FetchError(
            f"{service}: the server gave up before its answer was complete",
            "Try again later, or ask for less with network.buffer_m",
        )
    return {(element["type"], element["id"]): element for answer in answers for element in answer["elements"]}


@contextmanager
def _asking(service: str, folder: Path) -> Iterator[None]:
    """Set osmnx to ask a service once and keep its raw answer in a folder; put all back afterwards."""
    ox = require("osmnx", extra="fetch")

    base = service.rstrip("/").removesuffix("/interpreter")
    host = urlsplit(base).hostname or ""
    wanted = {
        "overpass_url": base,
        "overpass_rate_limit": host == _RATE_LIMITED_HOST or host.endswith(f".{_RATE_LIMITED_HOST}"),
        "http_user_agent": USER_AGENT,
        "http_referer": "",
        "doh_url_template": None,
        "use_cache": True,
        "cache_only_mode": True,
        "cache_folder": folder,
        # A whole number of requests that may each fail would leave holes: ask once.
        "max_query_area_size": float("inf"),
    }
    before = {name: getattr(ox.settings, name) for name in wanted}
    resolve = socket.getaddrinfo  # osmnx pins the server's IP address there
    try:
        for name, value in wanted.items():
            setattr(ox.settings, name, value)
        yield
    finally:
        for name, value in before.items():
            setattr(ox.settings, name, value)
        socket.getaddrinfo = resolve


def _write(elements: Mapping[tuple[str, int], dict[str, Any]], path: Path) -> None:
    """Write elements in the order that OpenStreetMap files have: nodes, ways, relations, by id."""
    header = osmium.io.Header()
    header.set("generator", "tesoma-geo")
    with osmium.SimpleWriter(str(path), header=header) as writer:
        for kind in ("node", "way", "relation"):
            for _, element in sorted((key, element) for key, element in elements.items() if key[0] == kind):
                tags = element.get("tags", {})
                if kind == "node":
                    location = (element["lon"], element["lat"])
                    writer.add_node(osmium.osm.mutable.Node(id=element["id"], location=location, tags=tags))
                elif kind == "way":
                    writer.add_way(osmium.osm.mutable.Way(id=element["id"], nodes=element["nodes"], tags=tags))
                else:
                    members = [(member["type"][0], member["ref"], member["role"]) for member in element["members"]]
                    writer.add_relation(osmium.osm.mutable.Relation(id=element["id"], members=members, tags=tags))
