"""A workspace file written from the name of a place: outline, hub and layers as catalogues know them."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely

from tesoma_geo._files import written_file
from tesoma_geo.countries import country_rules
from tesoma_geo.crs import WGS84, local_crs
from tesoma_geo.errors import FetchError, OutputError, TesomaError
from tesoma_geo.inputs.drafted_workspace import OSM_SERVICES, TO_DO
from tesoma_geo.languages import CATALOGUES
from tesoma_geo.network.streets.profiles import TIMETABLE_PROFILES
from tesoma_geo.sources.catalogues import nominatim
from tesoma_geo.sources.catalogues.records import Bounds, LayerEntry, Part, Place, Question
from tesoma_geo.sources.catalogues.registry import base_addresses, catalogues, require_public
from tesoma_geo.sources.fetch import find_fetcher
from tesoma_geo.sources.gtfs import nearest_day_of_service, read_feed, span
from tesoma_geo.workspace.addresses import source_path
from tesoma_geo.workspace.sections import Access, Network
from tesoma_geo.workspace.toml import comment_text, toml_text

#: A place that is a point alone is taken so far around, metres, and the file says so.
AROUND_POINT_M = 1000.0
#: The hub may lie so far outside the outline, degrees: a border often follows the street that a centre stands on.
_HUB_MARGIN_DEG = 0.01
_OUTLINE, _HUB = "outline.geojson", "hub.geojson"


@dataclass
class _Draft:
    """What is known so far: the parts found, and what was not."""

    folder: Path
    addresses: Mapping[str, str]
    progress: Callable[[str], None]
    refresh: bool
    entries: dict[Part, LayerEntry] = field(default_factory=dict)
    titles: dict[Part, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)


def choose_place(found: list[Place], text: str, pick: int | None) -> Place:
    """The one place that a name stands for.

    Parameters
    ----------
    found
        What the gazetteer answered, the most important first.
    text
        The name that was asked for.
    pick
        Which of :func:`places_to_choose`, from 1; None where nobody chose.

    Returns
    -------
    Place

    Raises
    ------
    FetchError
        None has that name; several have and nobody chose, or chose a number that there is not.
    """
    offered = places_to_choose(found)
    if not offered:
        raise FetchError(f"no place is called {text!r}", "Write it as OpenStreetMap does, with its city and country")
    if pick is None and len(offered) > 1:
        lines = "".join(
            f"\n  {number}  {place.name} ({place.kind}, {place.ref})" for number, place in enumerate(offered, 1)
        )
        raise FetchError(f"{len(offered)} places are called {text!r}:{lines}", "Name one of them with --pick NUMBER")
    if not 1 <= (pick or 1) <= len(offered):
        raise FetchError(f"--pick {pick}: there are {len(offered)} places", f"Name one of 1 to {len(offered)}")
    return offered[(pick or 1) - 1]


def places_to_choose(found: list[Place]) -> list[Place]:
    """Places with an outline, or all of them where none has one.

    Parameters
    ----------
    found
        What the gazetteer answered.

    Returns
    -------
    list of Place
        In the same order.
    """
    return [place for place in found if place.outline is not None] or found


def placed_workspace(
    text: str,
    hub: str,
    folder: Path,
    *,
    pick: int | None = None,
    settings: Mapping[str, str] | None = None,
    refresh: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> tuple[str, tuple[str, ...]]:
    """The text of a workspace file for a place, with the outlines that it names written beside it.

    Parameters
    ----------
    text
        The district's name, such as ``"Hervanta, Tampere"``.
    hub
        The hub's name.
    folder
        Where the workspace file is to lie; downloads come into ``fetched`` in it.
    pick
        Which place, where several have the name, from 1.
    settings
        Addresses that take the place of catalogues' own, by their names.
    refresh
        Ask again for what is kept.
    progress
        Told what is being done.

    Returns
    -------
    text : str
        TOML. What no catalogue told stands there with the word CORRECT, or as a comment that says where to look.
    missing : tuple of str
        What was not found, a line each.

    Raises
    ------
    FetchError
        The place cannot be looked up, is not known, or is several.
    """
    addresses = base_addresses(settings or {})
    draft = _Draft(folder, addresses, progress, refresh)
    base = addresses[nominatim.NAME]
    known = nominatim.find_places(text, base=base, folder=folder, refresh=refresh, progress=progress)
    place = choose_place(known, text, pick)
    crs = local_crs(place.lon, place.lat, place.country)
    outline = place.outline if place.outline is not None else _around(place, crs)
    around = _surroundings(outline, crs)
    west, south, east, north = outline.bounds
    near = (west - _HUB_MARGIN_DEG, south - _HUB_MARGIN_DEG, east + _HUB_MARGIN_DEG, north + _HUB_MARGIN_DEG)
    hubs = nominatim.find_places(hub, base=base, folder=folder, around=near, refresh=refresh, progress=progress)
    for part in ("streets", "elevation", "transit", "population", "services"):
        _ask(draft, part, place, outline, around, crs)
    day = _first_day(draft)
    today = datetime.now(UTC).date().isoformat()
    name = text.partition(",")[0].strip() or place.name
    _write_outline(folder / _OUTLINE, name, place.ref, outline)
    lines = [
        f"# A workspace for {comment_text(place.name)}, drafted on {today} from catalogues of open data.",
        f"# Read it line by line: what no catalogue told is marked with {TO_DO}.",
        "# Then: tesoma-geo fetch, tesoma-geo run.",
        "",
        *_district(name, place, crs, today),
        *_hub(hub, hubs, outline, folder, draft),
        *_layers(draft, day),
    ]
    if draft.missing:
        lines += ["# Not found:", *(f"#   {comment_text(one)}" for one in draft.missing)]
    return "\n".join(lines).rstrip("\n") + "\n", tuple(draft.missing)


def _around(place: Place, crs: str) -> shapely.Geometry:
    point = gpd.GeoSeries.from_xy([place.lon], [place.lat], crs=WGS84).to_crs(crs)
    return point.buffer(AROUND_POINT_M).to_crs(WGS84).iloc[0]


def _surroundings(outline: shapely.Geometry, crs: str) -> Bounds:
    buffer_m = Network.model_fields["buffer_m"].default
    around = gpd.GeoSeries([outline], crs=WGS84).to_crs(crs).buffer(buffer_m).to_crs(WGS84)
    west, south, east, north = (float(degrees) for degrees in around.total_bounds)
    return west, south, east, north


def _ask(draft: _Draft, part: Part, place: Place, outline: shapely.Geometry, around: Bounds, crs: str) -> None:
    """Ask the catalogues of a part one after another, until one has something for the place."""
    whole = Place(place.name, place.lon, place.lat, place.country, outline, place.kind, place.ref)
    tried = []
    for one in catalogues(part, place.country):
        draft.progress(f"Asking {one.title}")
        asked = draft.addresses[one.name]
        try:
            entry = one.find(Question(whole, around, crs, asked, draft.folder, draft.refresh, draft.progress))
            if entry is not None:
                require_public(entry, asked)
        except FetchError as error:
            old = f"; {one.base} was not verified since {one.compared}" if asked == one.base and one.compared else ""
            draft.missing.append(f"{part}: {one.title} could not be asked ({error.problem}); look at {one.look}{old}")
            continue
        if entry is not None:
            draft.entries[part], draft.titles[part] = entry, one.title
            return
        tried.append(f"{one.title} has nothing for the place ({one.look})")
    if tried:
        draft.missing.append(f"{part}: {'; '.join(tried)}")


def _first_day(draft: _Draft) -> str:
    """An ordinary weekday of the timetables, which are downloaded for it; those that cannot be used are left out."""
    entry, day = draft.entries.get("transit"), ""
    if entry is None:
        return day
    used = []
    for address in entry.keys["gtfs"]:
        path = source_path(draft.folder / "tesoma.toml", address)
        try:
            find_fetcher(address)(address, path, refresh=draft.refresh, progress=draft.progress)
            ordinary = _ordinary_day(path, address)
        except TesomaError as error:
            draft.missing.append(f"transit: {getattr(error, 'problem', error)}")
            continue
        used.append(address)
        day = day or ordinary
    if used:
        draft.entries["transit"] = LayerEntry({**entry.keys, "gtfs": used}, entry.licence, entry.as_of, entry.notes)
    else:
        del draft.entries["transit"]
    return day


def _ordinary_day(path: Path, address: str) -> str:
    """A Tuesday with service near today, or near the end of a feed that has ended."""
    feed = read_feed(path)
    days = span(feed)
    if days is None:
        raise FetchError(f"{address} is a timetable without any day of service", "")
    wanted = min(max(datetime.now(UTC).date(), days[0]), max(days[0], days[1] - timedelta(days=14)))
    tuesday = wanted + timedelta(days=1 - wanted.weekday())
    return (nearest_day_of_service([feed], tuesday) or days[0]).isoformat()


def _write_outline(path: Path, name: str, ref: str, outline: shapely.Geometry) -> None:
    feature = {
        "type": "Feature",
        "properties": {"code": ref or "1", "name": name},
        "geometry": json.loads(shapely.to_geojson(outline)),
    }
    content = json.dumps({"type": "FeatureCollection", "features": [feature]}, ensure_ascii=False) + "\n"
    if path.exists():  # of an earlier call that a server stopped, or somebody's own
        if path.is_file() and path.read_bytes() == content.encode():
            return
        raise OutputError(f"{path} exists already", "Move it elsewhere, or name another folder")
    with written_file(path) as draft:
        draft.write_text(content, encoding="utf-8")


def _district(name: str, place: Place, crs: str, today: str) -> Iterator[str]:
    yield from ("[district]", f"name = {toml_text(name)}")
    if place.outline is None:
        yield f"# {TO_DO}: OpenStreetMap has a point alone; the outline is a circle of {AROUND_POINT_M:.0f} m."
    else:
        yield f"# Outline: {comment_text(place.ref)} of OpenStreetMap, {comment_text(place.kind)}"
    parts = {"source": _OUTLINE, "licence": nominatim.LICENCE, "as_of": today}
    yield "area = { " + ", ".join(f"{key} = {toml_text(value)}" for key, value in parts.items()) + " }"
    yield from (f"crs = {toml_text(crs)}", 'code = "code"', 'area_name = "name"')
    spoken = [one for one in country_rules(place.country).languages if one in CATALOGUES]
    yield f"languages = {toml_text(spoken)}"
    yield from ((f"country = {toml_text(place.country)}",) if place.country else ())
    yield ""


def _hub(text: str, found: list[Place], outline: shapely.Geometry, folder: Path, draft: _Draft) -> Iterator[str]:
    yield from ("[hub]", f"name = {toml_text(text)}")
    if not found:
        middle = outline.representative_point()
        draft.missing.append(f"hub: nothing in or near the district is called {text!r}; look at https://osm.org")
        yield f"# {TO_DO}: nothing near is called so; this is the middle of the district. Longitude and latitude:"
        yield from (f"entrances = [[{middle.x:.6f}, {middle.y:.6f}]]", "")
        return
    first, *others = found
    yield f"# {comment_text(first.name)} ({comment_text(first.ref)})"
    yield from (
        f"# {TO_DO} if it is rather: {comment_text(one.name)} ({comment_text(one.ref)}), [[{one.lon}, {one.lat}]]"
        for one in others[:5]
    )
    if first.outline is None:
        yield f"entrances = [[{first.lon}, {first.lat}]]"
    else:
        _write_outline(folder / _HUB, text, first.ref, first.outline)
        yield f"area = {{ source = {toml_text(_HUB)}, licence = {toml_text(nominatim.LICENCE)} }}"
    yield ""


def _layers(draft: _Draft, day: str) -> Iterator[str]:
    yield from _section("network", "streets", draft, {"osm": "streets.osm.pbf"})
    yield from _section("elevation", "elevation", draft)
    if "transit" in draft.entries:
        yield from _section("transit", "transit", draft, last=(f"date = {day}", 'window = ["07:00", "09:00"]'))
    yield from _section("population", "population", draft, {"source": "areas.gpkg", "column": "population"})
    yield "[services.osm]"
    yield from (f"{kind} = {toml_text(tags)}" for kind, tags in OSM_SERVICES.items())
    modes = [*Access().profiles, *(sorted(TIMETABLE_PROFILES) if "transit" in draft.entries else [])]
    yield from ("", "[access]", f"profiles = {toml_text(modes)}", "")


def _section(
    name: str, part: Part, draft: _Draft, without: Mapping[str, Any] | None = None, last: tuple[str, ...] = ()
) -> Iterator[str]:
    """A section as its catalogue has it; keys to be corrected where none has anything and the section is needed."""
    entry = draft.entries.get(part)
    if entry is None:
        if without is not None:
            yield from (f"[{name}]", f"# {TO_DO}: no catalogue has it; see the end of this file")
            yield from (*(f"{key} = {toml_text(value)}" for key, value in without.items()), "")
        return
    yield from (f"[{name}]", f"# From {comment_text(draft.titles[part])}")
    yield from (f"# {comment_text(note)}" for note in entry.notes)
    yield from (f"{key} = {toml_text(value)}" for key, value in entry.keys.items())
    yield f"licence = {toml_text(entry.licence)}"
    if entry.as_of:
        yield f"as_of = {toml_text(_dated(entry.as_of))}"
    yield from (*last, "")


def _dated(text: str) -> str:
    """A year, month or day; of a day only what is one."""
    return text if len(text) < 10 else date.fromisoformat(text).isoformat()
