"""Streets, services and water from Overpass, as one OpenStreetMap file like any other.

What the server sent is kept whole, with all ids and tags, so that the same readers serve a fetched file
and one from an extract.
"""

import json
import re
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import osmium
import requests
import shapely

from tesoma_geo._downloads import Fetched, keep, record_of
from tesoma_geo._http import get, post, session
from tesoma_geo.errors import FetchError
from tesoma_geo.sources.osm_areas import GREEN, WATER
from tesoma_geo.sources.osm_obstacles import BARRIERS, RAILWAYS, WATERWAYS
from tesoma_geo.sources.osm_obstacles import WATER as OBSTACLE_WATER

#: What some section reads beside services, key → values, ``*`` for any: streets and what is walked on, ferries, turn
#: restrictions, doors and addresses, obstacles, water and green.
_ALWAYS: Mapping[str, tuple[str, ...]] = {
    "highway": ("*",),
    "route": ("ferry",),
    "type": ("restriction",),
    "entrance": ("*",),
    "door": ("*",),
    "building": ("*",),
    "building:part": ("*",),
    "addr:housenumber": ("*",),
    "indoor": ("corridor", "area"),
    "public_transport": ("platform",),
    "man_made": ("pier", "bridge"),
    "barrier": BARRIERS,
    "railway": (*RAILWAYS, "platform"),
    "waterway": (*WATERWAYS, *OBSTACLE_WATER["waterway"]),
    "natural": ("water",),
}
#: The public server tells when it is the asker's turn; others need not know that question.
_RATE_LIMITED_HOST = "overpass-api.de"
#: Seconds that the server may work on the question: its own default.
_QUERY_S = 180
_LONGEST_WAIT_S = 300.0
#: Between questions that a busy server has refused, doubled each time.
_BACKOFF_S = 4.0


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
    elements, as_of = _elements(service, shapely.convex_hull(area), filters)
    if not any(key[0] == "way" for key in elements):
        raise FetchError(f"{service}: there are no streets in the area", "Correct district.area of the workspace")
    progress(f"Writing {len(elements)} OpenStreetMap elements")
    return keep(path, service, lambda draft: _write(elements, as_of, draft))


def overpass_query(area: shapely.Polygon, filters: Mapping[str, str]) -> str:
    """What is asked for, in the query language of Overpass.

    Parameters
    ----------
    area
        Polygon in WGS 84 without holes.
    filters
        Kind of service to filter, as in the workspace: ``{"health": "amenity=doctors|dentist"}``.

    Returns
    -------
    str
        Everything with a wanted tag that touches the area, with the nodes and members that it is made of.
    """
    corners = " ".join(f"{lat:.6f} {lon:.6f}" for lon, lat in shapely.get_coordinates(area.exterior))
    parts = []
    for key, values in _wanted(filters).items():
        for test in [""] if "*" in values else [f"={_quoted(value)}" for value in sorted(values)]:
            parts += [f'{kind}[{_quoted(key)}{test}](poly:"{corners}");' for kind in ("node", "way", "relation")]
    # ">" adds what ways and relations are made of, whether it lies in the area or not.
    return f"[out:json][timeout:{_QUERY_S}];({''.join(parts)});(._;>;);out;"


def _wanted(filters: Mapping[str, str]) -> dict[str, set[str]]:
    """Values wanted by key, ``*`` for any."""
    wanted = {key: set(values) for key, values in _ALWAYS.items()}
    for key, kinds in (*WATER.items(), *GREEN.items()):
        wanted.setdefault(key, set()).update(kinds)
    for text in filters.values():
        key, _, values = text.partition("=")
        wanted.setdefault(key, set()).update(values.split("|"))
    return wanted


def _quoted(text: str) -> str:
    """A string of the query language: whatever stands in it ends it no sooner."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def _elements(
    service: str, area: shapely.Polygon, filters: Mapping[str, str]
) -> tuple[dict[tuple[str, int], dict[str, Any]], str]:
    """Nodes, ways and relations as the server sent them, by type and id, and the time up to which it has changes."""
    base = service.rstrip("/").removesuffix("/interpreter")
    with session(backoff_s=_BACKOFF_S) as polite:
        _wait_for_turn(polite, base)
        body = post(polite, f"{base}/interpreter", {"data": overpass_query(area, filters)}, read_s=_QUERY_S + 20)
    try:
        answer = json.loads(body)
        elements = {(element["type"], int(element["id"])): element for element in answer["elements"]}
    except (ValueError, TypeError, KeyError, RecursionError):
        raise FetchError(
            f"{service}: the server does not answer as Overpass does ({_beginning(body)})",
            "Check network.overpass of the workspace, or try again later",
        ) from None
    if "remark" in answer:  # it ran out of time or memory, and sent what it had by then
        raise FetchError(
            f"{service}: the server gave up before its answer was complete",
            "Try again later, or ask for less with network.buffer_m",
        )
    header = answer.get("osm3s")
    as_of = header.get("timestamp_osm_base") if isinstance(header, dict) else None
    return elements, as_of if isinstance(as_of, str) else ""


def _beginning(body: bytes) -> str:
    return " ".join(body[:200].decode("utf-8", "replace").split())


def _wait_for_turn(polite: requests.Session, base: str) -> None:
    """Wait for one of the slots that the public server gives an asker; other servers are not asked about them."""
    host = urlsplit(base).hostname or ""
    if host == _RATE_LIMITED_HOST or host.endswith(f".{_RATE_LIMITED_HOST}"):
        with suppress(FetchError):  # what is wrong with the server, the question itself will tell
            time.sleep(turn_in_s(get(polite, f"{base}/status", {}).decode("utf-8", "replace")))


def turn_in_s(status: str) -> float:
    """Seconds until the server answers the next question, as its status tells.

    Parameters
    ----------
    status
        What Overpass tells at ``/status``: slots that are free, or lines such as ``Slot available after:
        2026-11-03T10:15:00Z, in 24 seconds.``

    Returns
    -------
    float
        0 where a slot is free or nothing is said of them; at most five minutes.
    """
    if re.search(r"^[1-9]\d* slots available now", status, re.MULTILINE):
        return 0.0
    waits = [
        float(seconds) for seconds in re.findall(r"^Slot available after: .*in (\d+) seconds", status, re.MULTILINE)
    ]
    return min([*waits, _LONGEST_WAIT_S]) if waits else 0.0


def _write(elements: Mapping[tuple[str, int], dict[str, Any]], as_of: str, path: Path) -> None:
    """Write elements in the order that OpenStreetMap files have: nodes, ways, relations, by id."""
    header = osmium.io.Header()
    header.set("generator", "tesoma-geo")
    if re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", as_of):
        header.set("osmosis_replication_timestamp", as_of)
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
