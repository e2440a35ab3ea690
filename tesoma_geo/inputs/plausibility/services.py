"""Doubts about services."""

import difflib
from collections.abc import Iterator

import geopandas as gpd
import numpy as np
import shapely

from tesoma_geo.errors import Doubt
from tesoma_geo.inputs.plausibility.letters import misread_doubts
from tesoma_geo.workspace import Workspace

#: Two services of one kind nearer than this, of one name or from two layers, are one place told twice, metres.
SAME_PLACE_M = 40.0
#: So many of one kind on a km² of the study area nobody has: a hundred thousand people would share them.
MOST_PER_KM2 = 60.0
#: Kinds that pages have names and icons for; a workspace may have others, whose names are shown as they are.
KINDS = ("grocery", "health", "kindergarten", "library", "park", "pharmacy", "playground", "school", "sports")
#: How alike, of 1, another name is that can hardly be another kind.
ALIKE = 0.85


def service_doubts(
    services: gpd.GeoDataFrame, study_area: shapely.Geometry, water: gpd.GeoDataFrame | None
) -> Iterator[Doubt]:
    """What is unlikely in the services of a study area.

    Parameters
    ----------
    services
        ``tables.SERVICES`` of all layers, in a metric CRS.
    study_area
        The district and its surroundings.
    water
        Lakes; None where they could not be read.

    Yields
    ------
    Doubt
    """
    if services.empty:
        return
    for kind, rows in services.groupby("kind", sort=True):
        key, geometry = f"services.{kind}", rows.geometry.to_numpy()
        per_km2 = len(rows) / (study_area.area / 1e6)
        if per_km2 > MOST_PER_KM2 and len(rows) > 50:
            yield Doubt(
                key, f"{len(rows):,} places: {per_km2:.0f} on a km²", "Is it a layer of such places?", str(len(rows))
            )
        yield from _repeated(key, rows)
        yield from _partly_numbers(key, rows)
        yield from misread_doubts(key, rows["name"])
        spots = len(np.unique(np.round(shapely.get_coordinates(geometry)), axis=0))
        if len(rows) > 3 and spots == 1:
            yield Doubt(key, f"all {len(rows)} places are one spot", "Look at the coordinates", str(len(rows)))
        named = rows["name"].dropna()
        if len(rows) > 5 and len(named) == len(rows) and named.nunique() == 1:
            yield Doubt(key, f"all {len(rows)} places have one name", "Look at the column of names", str(len(rows)))
    if water is not None and not water.empty:
        wet = shapely.contains(shapely.union_all(water.geometry.to_numpy()), services.geometry.to_numpy())
        if wet.any():
            row = services[wet].iloc[0]
            problem = f"{int(wet.sum())} places lie in water, such as {row['name'] or row['service_id']}"
            yield Doubt(f"services.{row['kind']}", problem, "Compare them with a map", str(int(wet.sum())))


def _partly_numbers(key: str, rows: gpd.GeoDataFrame) -> Iterator[Doubt]:
    """A kind of which some count for a number and the others once."""
    numbered = int(rows["capacity"].notna().sum()) if "capacity" in rows else 0
    if 0 < numbered < len(rows):
        problem = f"{numbered} places count for their number, {len(rows) - numbered} of other layers once each"
        yield Doubt(key, problem, "Give the others a capacity, or a kind of their own", str(numbered))


def kind_doubts(workspace: Workspace) -> Iterator[Doubt]:
    """Kinds of services that are hardly called so.

    Parameters
    ----------
    workspace
        The workspace, checked.

    Yields
    ------
    Doubt
    """
    section = workspace.services
    named = [(f"services.files.{number}.kind", layer.kind) for number, layer in enumerate(section.files)]
    named += [(f"services.osm.{kind}", kind) for kind in section.osm]
    for key, kind in named:
        near = difflib.get_close_matches(kind.lower(), KINDS, n=1, cutoff=ALIKE)
        if kind not in KINDS and near:
            problem = f"{kind!r} is no kind that the pages have a name and an icon for"
            yield Doubt(key, problem, f"Did you mean {near[0]}?", kind)


def _repeated(key: str, rows: gpd.GeoDataFrame) -> Iterator[Doubt]:
    """Places that are there twice: at one spot, of one name beside each other, or from two layers."""
    geometry, names = rows.geometry.to_numpy(), rows["name"].fillna("").astype(str).str.strip().str.lower().to_numpy()
    sources = rows["source"].to_numpy()
    left, right = shapely.STRtree(geometry).query(geometry, predicate="dwithin", distance=SAME_PLACE_M)
    pairs = left < right
    left, right = left[pairs], right[pairs]
    apart_m = shapely.distance(geometry[left], geometry[right])
    alike = (names[left] == names[right]) & ((names[left] != "") | (apart_m < 1.0))
    twice = alike | (apart_m < 1.0) | (sources[left] != sources[right])
    if not twice.any():
        return
    at = int(np.flatnonzero(twice)[0])
    shown = rows["name"].iloc[left[at]] or rows["service_id"].iloc[left[at]]
    problem = f"{int(twice.sum())} places look counted twice, such as {shown} ({apart_m[at]:.0f} m apart)"
    yield Doubt(key, problem, "Leave one of the two out of the layers", str(int(twice.sum())))
