"""Where addresses lie: house numbers of the street file, and streets by their names."""

import re
from collections.abc import Sequence

import geopandas as gpd
import pandas as pd
import shapely

from tesoma_geo.near_names import nearest_name
from tesoma_geo.tables import LeftOut, Reading

#: The column of addresses, and of how each was found.
ADDRESS, PLACED_BY = "address", "placed_by"
AT_NUMBER, AT_STREET = "house number", "middle of the street"
#: A house number, with its letter where it has one.
_NUMBER = re.compile(r"\b(\d+)\s*([a-zåäö])?\b", re.IGNORECASE)


def located(table: pd.DataFrame, addresses: gpd.GeoDataFrame, streets: gpd.GeoDataFrame) -> Reading:
    """The rows of a table as points, by their addresses.

    A number with a letter that is not mapped is placed at the number without it; a number that is not mapped, or none,
    in the middle of its street.

    Parameters
    ----------
    table
        With the column ``address``, such as ``Tesomankatu 5 B 12, Tampere``.
    addresses
        ``street``, ``number`` and points.
    streets
        ``name`` and lines, in the same metric CRS.

    Returns
    -------
    Reading
        The rows that were found, with ``placed_by`` and points; those without a street of that name are counted, with
        the nearest name that there is, and those placed by their street alone are noted.
    """
    numbered = zip(addresses["street"], addresses["number"], addresses.geometry, strict=True)
    at = {(_plain(street), _plain(number)): place for street, number, place in numbered}
    lines = streets[streets["name"].notna()]
    middles = {_plain(str(name)): _middle(of.geometry) for name, of in lines.groupby("name")} if len(lines) else {}
    for street, place in {name: place for (name, _), place in at.items()}.items():
        middles.setdefault(street, place)
    known = {*map(str, lines["name"]), *map(str, addresses["street"])}
    places, ways, missing = [], [], []
    for text in table[ADDRESS]:
        place, way = _find("" if pd.isna(text) else str(text), at, middles)
        places.append(place)
        ways.append(way)
        if place is None:
            missing.append("(empty)" if pd.isna(text) or not str(text).strip() else str(text))
    has_place = pd.Series([place is not None for place in places], index=table.index)
    geometry = gpd.GeoSeries(
        [place for place in places if place is not None], index=table.index[has_place], crs=streets.crs
    )
    rows = table[has_place].assign(**{PLACED_BY: [way for way in ways if way]})
    notes = _notes([str(text) for text, way in zip(table[ADDRESS], ways, strict=True) if way == AT_STREET])
    return Reading(gpd.GeoDataFrame(rows, geometry=geometry, crs=streets.crs), _left_out(missing, known), notes)


def _find(
    text: str, at: dict[tuple[str, str], shapely.Point], middles: dict[str, shapely.Point]
) -> tuple[shapely.Point | None, str]:
    own = re.split(r"[,;]", text)[0]
    for match in _NUMBER.finditer(own):
        street = _plain(own[: match.start()])
        if street not in middles:  # a number within the name, as in "6. linja"
            continue
        for number in dict.fromkeys((_plain(match[0]), match[1])):
            if (street, number) in at:
                return at[street, number], AT_NUMBER
        return middles[street], AT_STREET
    street = _plain(own)
    return (middles[street], AT_STREET) if street in middles else (None, "")


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()


def _middle(lines: gpd.GeoSeries) -> shapely.Point:
    """The point of the longest of a street's lines that lies in its middle."""
    longest = max(shapely.get_parts(shapely.line_merge(shapely.union_all(lines.to_numpy()))), key=shapely.length)
    return shapely.line_interpolate_point(longest, 0.5, normalized=True)


def _notes(by_street: Sequence[str]) -> tuple[str, ...]:
    if not by_street:
        return ()
    named = ", ".join(by_street[:3]) + (", …" if len(by_street) > 3 else "")
    return (f"{len(by_street)} addresses lie in the middle of their street, for want of a known number ({named})",)


def _left_out(missing: Sequence[str], known: set[str]) -> tuple[LeftOut, ...]:
    if not missing:
        return ()
    missed = []
    for text in missing:
        name = _NUMBER.split(re.split(r"[,;]", text)[0])[0].strip()
        near = nearest_name(name, known) if name else None
        missed.append(f"{text} (did you mean {near}?)" if near else text)
    return (LeftOut("addresses", "no street of that name in the street file", len(missing), tuple(missed[:10])),)
