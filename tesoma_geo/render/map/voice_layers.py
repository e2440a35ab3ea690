"""What residents said as layers of the map: a sign and a colour for each kind, and no sign in the water."""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from tesoma_geo.annotations.shared_lines import LINK, ROUTE
from tesoma_geo.render.figures.encoding import packed_lines, packed_points, packed_shapes
from tesoma_geo.render.figures.voice_places import MOST_TOLD, NEAR_WIDE_M, areas_called, on_land, sides_m, sign_of
from tesoma_geo.render.map.content import Content
from tesoma_geo.render.map.layer_names import voice_layer
from tesoma_geo.render.text.terms import nearest_streets

#: Half of the strip that stands for a street which many spoke of, and how much the outlines of areas are simplified.
STRIP_M, AREA_M = 12.0, 5.0


def voices(
    features: gpd.GeoDataFrame, water: gpd.GeoDataFrame, district: gpd.GeoDataFrame, streets: gpd.GeoDataFrame
) -> tuple[Content, ...]:
    """What residents said, a layer a kind: cells and lines that stand for several, and points shown on purpose.

    Parameters
    ----------
    features
        ``features`` of a :class:`tesoma_geo.annotations.privacy.Publication`.
    water
        Lakes, in the workspace's metric CRS.
    district
        Its areas, in the same CRS.
    streets
        Those with a ``name``, in the same CRS.

    Returns
    -------
    tuple
        One layer for each kind.
    """
    metric = features[features.geometry.notna()].to_crs(water.crs)
    ground = (shapely.union_all(water.geometry.to_numpy()), district)
    return tuple(
        Content(
            voice_layer(str(kind)), "voices", _voices_of(metric[metric["kind"] == kind], str(kind), *ground, streets)
        )
        for kind in dict.fromkeys(metric["kind"])
    )


def _voices_of(
    table: gpd.GeoDataFrame,
    kind: str,
    lakes: shapely.Geometry,
    district: gpd.GeoDataFrame,
    streets: gpd.GeoDataFrame,
) -> dict[str, Any]:
    parts = table[table["type"].isin(["cell", "street"])]
    topics = list(dict.fromkeys(parts["topic"].astype(str)))
    parts = parts.set_geometry(_drawn(parts), crs=table.crs).explode(ignore_index=True)  # a part is a shape of its own
    cell, shapes = pd.factorize(parts.geometry.to_wkb())
    counts: list[list[tuple[int, int]]] = [[] for _ in shapes]
    for at, topic, count in zip(cell, parts["topic"].astype(str), parts["voices"].astype(int), strict=True):
        counts[at].append((topics.index(topic), count))
    shown, drawn = table[table["type"] == "shown"], table[table["type"].isin([ROUTE, LINK])].explode(ignore_index=True)
    middle = shapely.point_on_surface(shown.geometry.to_numpy())
    outlines = np.asarray(shapely.from_wkb(shapes.to_numpy(object)), object)
    signs = gpd.GeoSeries(on_land(outlines, lakes, district.geometry.to_numpy()), crs=table.crs)
    return {
        "kind": kind,
        "sign": sign_of(kind),
        "cells": packed_shapes(outlines, str(table.crs)),
        "signs": packed_points(signs, str(table.crs)),
        "topics": topics,
        "told": counts,
        "areas": areas_called(outlines, district),
        "streets": _streets_told(parts, cell, nearest_streets(streets, signs.to_numpy())),
        "lines": packed_lines(drawn.geometry.to_numpy(), str(table.crs)),
        "drawn": [[row["type"], int(row["voices_at_least"])] for row in drawn.to_dict("records")],
        "xy": packed_points(middle, str(table.crs)),
        "said": [
            [None if pd.isna(value) else str(value) for value in row]
            for row in shown[["category", "text", "themes"]].itertuples(index=False)
        ],
    }


def _streets_told(parts: gpd.GeoDataFrame, cell: NDArray[np.int64], nearest: list[str]) -> list[tuple[int, str]]:
    """Of the places of most: the cell and the street that it is on or near, those of most first.

    Among them are the streets that sentences of the page tell of, so that a reader finds them on the map; a wide place
    is near no one street.
    """
    own = parts["street"].fillna("") if "street" in parts else ""
    told = parts.assign(cell=cell, own=own, wide=sides_m(parts.geometry.to_numpy()) > NEAR_WIDE_M)
    most = told.sort_values("voices", ascending=False, kind="stable").drop_duplicates("cell")
    most = most[most["voices"] >= most["voices"].iloc[:MOST_TOLD].min()]
    rows = zip(most["cell"], most["own"], most["wide"], strict=True)
    named = ((int(at), str(street) or ("" if wide else nearest[at])) for at, street, wide in rows)
    return list(dict.fromkeys((at, street) for at, street in named if street))


def _drawn(parts: gpd.GeoDataFrame) -> NDArray[np.object_]:
    """What is drawn for voices that are counted together: whole squares, areas, and strips along streets."""
    shapes = parts.geometry.to_numpy()
    on_streets = (parts["type"] == "street").to_numpy()
    lines = on_streets & (shapely.get_dimensions(shapes) == 1)
    strips = shapely.simplify(shapely.buffer(shapes, STRIP_M, quad_segs=2), 1.0)
    areas = shapely.simplify(shapes, AREA_M)
    drawn: NDArray[np.object_] = np.where(lines, strips, np.where(on_streets, areas, shapely.envelope(shapes)))
    return drawn
