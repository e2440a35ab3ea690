"""The map of a batch: districts or places for a hub, coloured by the time that half of the residents take at most."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import ArrayLike, NDArray

from tesoma_geo import command_columns
from tesoma_geo.render.figures.districts_sketch import DistrictsSketch, districts_sketch, hubs_sketch
from tesoma_geo.render.figures.encoding import packed_integers, packed_seconds, packed_shapes
from tesoma_geo.render.map.content import Content
from tesoma_geo.render.map.folium_map import LocalMap, MapParts
from tesoma_geo.render.map.labels import place_names
from tesoma_geo.render.map.layers import water
from tesoma_geo.render.map.painted import Painted
from tesoma_geo.render.map.script_options import degree_bounds
from tesoma_geo.render.text import assets
from tesoma_geo.render.text.bands import band_classes, band_labels, brief_labels, ramp_steps
from tesoma_geo.render.text.catalogue import Catalogue

#: Metres that an outline may be off, and the zooms of the map: of all districts, and where a row of the table leads.
OUTLINE_M, FAR_ZOOM, NEAR_ZOOM, HUB_ZOOM = 5.0, 5, 13.0, 15.0


@dataclass(frozen=True)
class Way:
    """A way of moving in one language.

    Attributes
    ----------
    profile
        Its key.
    name
        As the language calls it.
    share
        Residents of all districts within the first cutoff of their hub, from 0 to 1.
    texts
        What the legend says of it, by the names of the places.
    taken
        The bands of the legend that some district has.
    """

    profile: str
    name: str
    share: float
    texts: dict[str, str]
    taken: tuple[int, ...]


def district_contents(
    table: gpd.GeoDataFrame, waters: gpd.GeoDataFrame, profiles: Sequence[str]
) -> tuple[Content, ...]:
    """Everything that the map shows, from the ground up.

    Parameters
    ----------
    table
        ``command_columns.BATCH``, with names as they are shown.
    waters
        Areas of water in the same CRS.
    profiles
        Ways of moving that some district was assessed by.

    Returns
    -------
    tuple of Content
        The same in every language.
    """
    found, without = table[table["reason"] == ""], table[(table["reason"] != "") & ~table.is_empty]
    seconds = {
        profile: packed_seconds(found[command_columns.BATCH_MEDIAN_MIN.of(profile)] * 60) for profile in profiles
    }
    named = {"names": found["name"].tolist(), "residents": packed_integers(whole(found["population"]))}
    nowhere = gpd.GeoDataFrame({"name": []}, geometry=[], crs=table.crs)
    return (
        Content("districts", "districts", {**_pieces(found), **named, "seconds": seconds}),
        Content("without_figures", "without_figures", {**_pieces(without), "names": without["name"].tolist()}),
        Content("water", "water", water(waters)),
        Content("names", "names", {}, place_names(table[~table.is_empty], waters, nowhere), 2),
    )


def whole(values: ArrayLike) -> NDArray[np.int64]:
    """Numbers rounded to whole ones; 0 for what is unknown.

    Parameters
    ----------
    values
        A number each.

    Returns
    -------
    ndarray of int64
    """
    rounded: NDArray[np.int64] = np.rint(np.nan_to_num(np.asarray(values, float))).astype(np.int64)
    return rounded


def district_map(
    table: gpd.GeoDataFrame,
    contents: Sequence[Content],
    ways: Sequence[Way],
    cutoffs: tuple[float, ...],
    headline: float,
    catalogue: Catalogue,
    *,
    credited: Sequence[str],
    made_up: bool,
    area: gpd.GeoDataFrame | None = None,
) -> MapParts:
    """The map in one language.

    Parameters
    ----------
    table
        ``command_columns.BATCH``; of places for a hub with these as its geometry.
    contents
        Of :func:`district_contents` or :func:`tesoma_geo.render.map.hubs.hub_contents`.
    ways
        The ways of moving, the first is shown at once.
    cutoffs
        Minutes that part the colours.
    headline
        Minutes of the shares.
    catalogue
        The language.
    credited
        Whom the map names.
    made_up
        Whether the districts are made up.
    area
        Of places for a hub, the one district's; None of districts.

    Returns
    -------
    MapParts
        Markup and script.
    """
    words = "districts" if area is None else "hub_table"
    frame = assets.rendered(
        "districts_frame.html.j2", t=catalogue, ways=ways, headline=catalogue.number(headline, 1),
        bands=band_classes(len(cutoffs)), band_labels=band_labels(catalogue, cutoffs),
        brief_labels=brief_labels(catalogue, cutoffs),
        taken=sorted({number for way in ways for number in way.taken}),
        several=len(table) > 1, without=int(((table["reason"] != "") & ~table.is_empty).sum()),
        credits=credited, made_up=made_up, words=words,
        drawing=_drawing(table, area, ways[0].profile, cutoffs),
    )  # fmt: skip
    bounds = table.total_bounds if area is None else pd.concat([table.geometry, area.geometry]).total_bounds
    edge = max(np.ptp(bounds[::2]), np.ptp(bounds[1::2])) / 2
    options: dict[str, Any] = {
        "profile": ways[0].profile,
        "timetable": None,
        "winters": [],
        "cutoffs": list(cutoffs),
        "ramp_steps": ramp_steps(len(cutoffs)),
        "miles": False,
        "near_zoom": NEAR_ZOOM if area is None else HUB_ZOOM,
        "names_from": FAR_ZOOM,
        "leaflet": {"minZoom": FAR_ZOOM},
        "bounds": degree_bounds(bounds, str(table.crs)),
        "max_bounds": degree_bounds(bounds + np.array([-edge, -edge, edge, edge]), str(table.crs)),
        "words": {
            "minutes": catalogue("minutes"),
            "unreachable": catalogue("band.unreachable"),
            "half": catalogue("districts.half", time="{time}"),
            "without": catalogue("districts.without"),
            "rank": catalogue("hub_table.rank_told", n="{n}"),
            "residents": catalogue.forms("residents"),
            "zoom_in": catalogue("map.zoom_in"),
            "zoom_out": catalogue("map.zoom_out"),
            "two_fingers": catalogue("map.two_fingers"),
            "profiles": {way.profile: {"profile": way.name, **way.texts} for way in ways},
        },
    }
    made = LocalMap(catalogue.language, catalogue(f"{words}.title"), frame, options)
    for content in contents:
        made.add_child(Painted(content))
    return made.parts()


def _drawing(
    table: gpd.GeoDataFrame, area: gpd.GeoDataFrame | None, profile: str, cutoffs: Sequence[float]
) -> DistrictsSketch:
    """What stands in place of the map where nothing runs scripts: the bands of the legend by a way of moving."""
    median = table[command_columns.BATCH_MEDIAN_MIN.of(profile)]
    band = np.where(np.isfinite(median), np.searchsorted(np.asarray(cutoffs, float), median), len(cutoffs) + 1)
    told = table[command_columns.BATCH_UNREACHABLE.of(profile)].notna() & (table["reason"] == "")
    if area is None:
        return districts_sketch(table, np.where(told, band, -1))
    return hubs_sketch(area, table[told], band[told.to_numpy()], ranks(median[told]))


def ranks(median_min: "pd.Series[float]") -> NDArray[np.int64]:
    """The rank of each row of a table: the quickest is 1, those alike share theirs.

    Parameters
    ----------
    median_min
        Minutes within which half of the residents reach the hub; NaN where they never do, which comes last.

    Returns
    -------
    ndarray of int64
    """
    return whole(median_min.rank(method="min", na_option="bottom"))


def _pieces(table: gpd.GeoDataFrame) -> dict[str, str]:
    """The outlines, piece by piece, and of which row each is."""
    parts, of = shapely.get_parts(table.geometry.to_numpy(), return_index=True)
    areas = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    shapes = packed_shapes(shapely.simplify(parts[areas], OUTLINE_M), str(table.crs))
    return {**shapes, "of": packed_integers(of[areas])}
