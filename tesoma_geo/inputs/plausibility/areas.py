"""Doubts about areas and the residents in them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

import geopandas as gpd
import numpy as np
import shapely

from tesoma_geo.errors import Doubt

#: Residents per km². Mong Kok, among the densest quarters on earth, has about 130,000; L'Hospitalet, the densest of
#: Europe, 53,000 in its densest square kilometre.
DENSEST_PER_KM2 = 60_000.0
#: Areas smaller than this may hold one block of flats and little else, km².
BLOCK_KM2 = 0.02
#: A district that people live in has more residents per km² and more residents.
SPARSEST_PER_KM2, FEWEST = 10.0, 50
#: Districts are between these sizes, km².
SMALLEST_KM2, LARGEST_KM2 = 0.05, 1000.0
#: Areas that share more than this of their land with others are there twice.
OVERLAP_SHARE = 0.02
#: Age groups leave out a part of the residents where ages are unknown, rarely more.
AGES_LEAST_SHARE = 0.7
#: Parts of a district lie no farther apart than this, metres.
FAR_APART_M = 5_000.0

KM2 = 1e6

#: A group called by its ages: from, and to unless it is the oldest.
_SPAN, _OLDEST = re.compile(r"(\d{1,3})\s*(?:[-–—]\s*(\d{1,3})?|\+)?"), 200


def district_doubts(district: gpd.GeoDataFrame) -> Iterator[Doubt]:
    """What is unlikely in the outline of a district.

    Parameters
    ----------
    district
        Its areas in a metric CRS.

    Yields
    ------
    Doubt
    """
    key = "district.area"
    whole = shapely.union_all(district.geometry.to_numpy())
    km2 = whole.area / KM2
    if not SMALLEST_KM2 <= km2 <= LARGEST_KM2:
        yield Doubt(
            key, f"the district has {km2:,.3g} km²", "Look at the layer, its CRS and district.area.where", f"{km2:.3g}"
        )
    yield from _overlaps(district, key, "Take one layer of areas that lie beside each other")
    parts = shapely.get_parts(whole)
    if len(parts) > 1:
        nearest = [
            float(shapely.distance(part, shapely.union_all(np.delete(parts, at)))) for at, part in enumerate(parts)
        ]
        if max(nearest) > FAR_APART_M:
            far_km = max(nearest) / 1000
            yield Doubt(
                key,
                f"a part of it lies {far_km:.0f} km from the others",
                "Correct district.area.where",
                f"{far_km:.0f}",
            )


def area_doubts(
    areas: gpd.GeoDataFrame, district: shapely.Geometry, column: str, age_groups: Mapping[str, str]
) -> Iterator[Doubt]:
    """What is unlikely in areas with residents.

    Parameters
    ----------
    areas
        ``tables.AREAS`` of the district, with a column ``age_<group>`` a group.
    district
        Its outline, in the same CRS.
    column
        Of the residents in the file.
    age_groups
        Shown name → column in the file.

    Yields
    ------
    Doubt
    """
    key = "population.column"
    remedy = f"Is {column!r} the number of residents?"
    residents = areas["population"].to_numpy(float)
    known = np.isfinite(residents)
    residents, names, geometry = residents[known], areas["name"].to_numpy()[known], areas.geometry.to_numpy()[known]
    if not len(residents):
        return
    yield from _densities(residents, names, geometry, remedy)
    yield from _overlaps(areas[known], "population.source", "Leave out sums and repeated areas with population.where")
    yield from _sums(residents, names)
    broken = int((residents % 1 != 0).sum())
    if broken:
        yield Doubt(
            key,
            f"{broken} areas have parts of a resident, such as {residents[residents % 1 != 0][0]:g}",
            remedy,
            str(broken),
        )
    if len(residents) > 2 and (residents == residents[0]).all():
        yield Doubt(key, f"all {len(residents)} areas have {residents[0]:g} residents", remedy, f"{residents[0]:g}")
    if len(residents) > 2 and ((residents >= 1900) & (residents <= 2100)).all():
        yield Doubt(
            key, f"all values lie from {residents.min():g} to {residents.max():g}: they look like years", remedy
        )
    if len(residents) > 2 and (np.sort(residents) == np.arange(1, len(residents) + 1)).all():
        yield Doubt(key, f"the values are the numbers from 1 to {len(residents)}: they look like row numbers", remedy)
    if len(residents) > 2 and residents.sum() <= 101 and residents.sum() >= 99:
        yield Doubt(
            key, f"the values sum to {residents.sum():g}: they look like per cent", remedy, f"{residents.sum():g}"
        )
    if len(residents) > 2 and _is_surface(residents, shapely.area(geometry)):
        yield Doubt(key, "the values go with the sizes of the areas: they look like surfaces", remedy)
    unknown = float((~known).mean())
    if unknown > 0.25:
        yield Doubt(
            key, f"{unknown:.0%} of the areas have no number of residents", "Complete the layer", f"{unknown:.2f}"
        )
    bare = (
        1 - shapely.area(shapely.intersection(shapely.union_all(areas.geometry.to_numpy()), district)) / district.area
    )
    if bare > 0.1:
        yield Doubt(
            "population.source",
            f"{bare:.0%} of the district lies in no area of it",
            "Look at population.where",
            f"{bare:.2f}",
        )
    yield from _ages(areas[known], age_groups)


def origin_doubts(
    origins: gpd.GeoDataFrame, district: shapely.Geometry, water: gpd.GeoDataFrame | None
) -> Iterator[Doubt]:
    """What is unlikely in the places where residents are.

    Parameters
    ----------
    origins
        ``tables.ORIGINS``.
    district
        Its outline, in the same CRS.
    water
        Lakes; None where they could not be read.

    Yields
    ------
    Doubt
    """
    key, total, km2 = "population.source", int(origins["population"].sum()), district.area / KM2
    if 0 < total < FEWEST:
        yield Doubt(key, f"{total} residents live in the district", "Look at the column and the areas", str(total))
    elif 0 < total / km2 < SPARSEST_PER_KM2:
        yield Doubt(
            key, f"{total / km2:.2g} residents live on a km² of the district", "Look at the column and the areas"
        )
    elif total / km2 > DENSEST_PER_KM2:
        yield Doubt(
            key, f"{total / km2:,.0f} residents live on a km² of the district", "Look at the column and the areas"
        )
    if water is not None and not water.empty and total:
        lakes = shapely.union_all(water.geometry.to_numpy())
        wet = int(origins["population"][origins.within(lakes).to_numpy()].sum())
        if wet > 0.02 * total:
            remedy = "Compare population.source and basemap.water on a map"
            yield Doubt(key, f"{wet:,} residents live in water", remedy, str(wet))


def _densities(residents: np.ndarray, names: np.ndarray, geometry: np.ndarray, remedy: str) -> Iterator[Doubt]:
    km2 = np.maximum(shapely.area(geometry) / KM2, 1e-9)
    dense = (residents / np.maximum(km2, BLOCK_KM2)) > DENSEST_PER_KM2
    if dense.any():
        worst = int(np.argmax(residents / km2 * dense))
        density = f"{residents[worst]:,.0f} residents on {km2[worst]:.2g} km² in {names[worst]}"
        more = f", and {dense.sum() - 1} areas more" if dense.sum() > 1 else ""
        yield Doubt("population.column", f"{density} is denser than any town{more}", remedy, f"{residents[worst]:g}")
    positive = residents[residents > 0]
    if len(positive) > 4 and residents.max() > 0.8 * residents.sum():
        worst = int(np.argmax(residents))
        problem = f"{names[worst]} has {residents[worst] / residents.sum():.0%} of all residents"
        yield Doubt("population.column", problem, "Is it a sum of the others?", f"{residents[worst]:g}")


def _overlaps(areas: gpd.GeoDataFrame, key: str, remedy: str) -> Iterator[Doubt]:
    """Areas that lie on each other, told with the worst pair."""
    geometry = areas.geometry.to_numpy()
    left, right = shapely.STRtree(geometry).query(geometry, predicate="intersects")
    pairs = left < right
    left, right = left[pairs], right[pairs]
    shared = shapely.area(shapely.intersection(geometry[left], geometry[right]))
    of_smaller = shared / np.maximum(np.minimum(shapely.area(geometry[left]), shapely.area(geometry[right])), 1.0)
    total = shapely.area(geometry).sum()
    if not len(shared) or (shared.sum() <= OVERLAP_SHARE * total and of_smaller.max() < 0.5):
        return
    names = areas["name"].astype(str).to_numpy() if "name" in areas else np.arange(1, len(areas) + 1).astype(str)
    worst = int(np.argmax(of_smaller))
    pair = f"{names[left[worst]]} and {names[right[worst]]}"
    same = "are the same place" if of_smaller[worst] > 0.98 else "share land"
    count = int((of_smaller > OVERLAP_SHARE).sum())
    yield Doubt(key, f"{count} pairs of areas lie on each other: {pair} {same}", remedy, str(count))


def _sums(residents: np.ndarray, names: np.ndarray) -> Iterator[Doubt]:
    """An area whose residents are those of all others together."""
    if len(residents) < 3:
        return
    worst = int(np.argmax(residents))
    others = residents.sum() - residents[worst]
    if others > 0 and abs(residents[worst] - others) <= 0.01 * others:
        problem = f"{names[worst]} has as many residents as all others together: {residents[worst]:,.0f}"
        yield Doubt(
            "population.source", problem, "Leave out rows of sums with population.where", f"{residents[worst]:g}"
        )


def _is_surface(residents: np.ndarray, surface: np.ndarray) -> bool:
    """Whether numbers are the same multiple of their areas' surfaces."""
    ratio = residents / np.maximum(surface, 1.0)
    return bool(ratio.min() > 0 and ratio.max() / ratio.min() < 1.02 and len(np.unique(surface.round())) > 2)


def _ages(areas: gpd.GeoDataFrame, age_groups: Mapping[str, str]) -> Iterator[Doubt]:
    key = "population.age_groups"
    columns = list(age_groups.values())
    repeated = sorted({column for column in columns if columns.count(column) > 1})
    if repeated:
        yield Doubt(key, f"{', '.join(repeated)} stands for several groups", "Name each column once", repeated[0])
    groups = [f"age_{group}" for group in age_groups]
    people = areas[areas["population"] > 0]
    if not groups or people.empty:
        return
    sums, residents = people[groups].sum(axis=1).to_numpy(float), people["population"].to_numpy(float)
    share = sums.sum() / residents.sum()
    if (np.abs(sums - 100) <= 1.5).mean() > 0.5 and not (np.abs(residents - 100) <= 1.5).any():
        yield Doubt(
            key, "the groups of most areas sum to 100: they look like per cent", "Name columns of residents", "100"
        )
    elif (np.abs(sums - 1) <= 0.02).mean() > 0.5:
        yield Doubt(key, "the groups of most areas sum to 1: they look like shares", "Name columns of residents", "1")
    elif share < AGES_LEAST_SHARE:
        remedy = "Name columns that make up all residents"
        yield Doubt(key, f"the groups make up {share:.0%} of the residents", remedy, f"{share:.2f}")
    else:
        yield from _spans(age_groups)
    empty = [group for group in groups if len(groups) > 1 and not people[group].sum()]
    if empty:
        yield Doubt(key, f"nobody is in {', '.join(empty)}", "Correct the columns", empty[0])
    alone = [group for group in groups if len(groups) > 1 and people[group].sum() > 0.9 * residents.sum()]
    if alone:
        yield Doubt(
            key, f"{alone[0]} has nine of ten residents or more", "Is its column that of all residents?", alone[0]
        )
    if people[groups].isna().to_numpy().mean() > 0.5:
        yield Doubt(key, "most numbers by age are unknown", "Complete the layer")


def _spans(age_groups: Iterable[str]) -> Iterator[Doubt]:
    """Groups called by ages (``18-64``, ``65-``, ``75+``) that run backwards, share ages, or leave ages out."""
    key = "population.age_groups"
    spans = []
    for name in age_groups:
        span = _SPAN.fullmatch(name.strip())
        if span is None:
            return
        first = int(span[1])
        last = int(span[2]) if span[2] else first if span[0].isdecimal() else _OLDEST
        if last < first:
            yield Doubt(key, f"{name!r} runs from old to young", f"Write {last}-{first}", name)
        spans.append((min(first, last), max(first, last), name))
    spans.sort()
    for (_, last, before), (first, _, after) in pairwise(spans):
        if first <= last:
            yield Doubt(key, f"{before!r} and {after!r} share ages", "Name groups that do not overlap", after)
        elif first > last + 1:
            ages = f"{last + 1}-{first - 1}"
            yield Doubt(key, f"nobody of the ages {ages} is in a group", "Name the column of these ages too", ages)
