"""New homes: further origins with the residents that move in."""

from dataclasses import replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from tesoma_geo.crs import to_metric
from tesoma_geo.errors import Fault, InputError, ScenarioError
from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.scenarios.entries import HomesEntry
from tesoma_geo.tables import ORIGINS, checked

#: Origins of new homes have ids that begin so.
BUILT = "homes:"


def with_homes(inputs: Inputs, homes: HomesEntry, prefix: str, key: str) -> Inputs:
    """The layers with new homes.

    Those of an area are spread evenly over its squares of the workspace's ``population.cell_m``.

    Parameters
    ----------
    inputs
        The layers.
    homes
        Where, and who moves in.
    prefix
        Ids of the new origins begin so.
    key
        Where it stands in the file.

    Returns
    -------
    Inputs
        With further origins, the last ones.

    Raises
    ------
    ScenarioError
        An age group that the workspace does not have.
    InputError
        A place outside the district's surroundings.
    """
    places = _places(inputs, homes)
    outside = ~shapely.within(places, inputs.study_area)
    if outside.any():
        raise InputError(
            "the homes lie outside the district and its surroundings", "Correct the place: longitude is lon"
        )
    ages = _ages(inputs, homes, key)
    share = np.full(len(places), 1.0 / len(places))
    rows: dict[str, Any] = {
        "origin_id": [f"{prefix}{number}" for number in range(len(places))],
        "population": _spread(homes.people, share),
        "area_code": _codes(inputs, places),
    }
    # Ages are spread one by one; what their sums lack of the residents of a square is of unknown age.
    for name, people in ages.items():
        rows[name] = _spread(people, share)
    if ages:
        rows["population"] = np.sum([rows[name] for name in ages], axis=0)
    table = gpd.GeoDataFrame(pd.DataFrame(rows), geometry=places, crs=inputs.origins.crs)
    table = table.reindex(columns=inputs.origins.columns)
    for name in table.columns:
        if str(name).startswith("age_"):
            table[name] = table[name].fillna(0).astype("int64")
    origins = gpd.GeoDataFrame(pd.concat([inputs.origins, table], ignore_index=True), crs=inputs.origins.crs)
    return replace(inputs, origins=checked(origins, ORIGINS, "origins"))


def without_new_residents(before: Inputs, after: Inputs) -> Inputs:
    """The layers before, with the new homes as places where nobody lives yet.

    Parameters
    ----------
    before, after
        The layers without and with a plan.

    Returns
    -------
    Inputs
        Those before, with the origins of those after.
    """
    n_old = len(before.origins)
    if len(after.origins) == n_old:
        return before
    new = after.origins.iloc[n_old:].copy()
    counts = [name for name in new.columns if name == "population" or str(name).startswith("age_")]
    new[counts] = 0
    origins = gpd.GeoDataFrame(pd.concat([before.origins, new], ignore_index=True), crs=before.origins.crs)
    return replace(before, origins=origins)


def _places(inputs: Inputs, homes: HomesEntry) -> NDArray[np.object_]:
    crs = inputs.workspace.district.crs
    if homes.area is None:
        place: NDArray[np.object_] = np.array(
            [shapely.Point(*to_metric(np.array(homes.lon), np.array(homes.lat), crs))]
        )
        return place
    lon, lat = np.array(homes.area, float).T
    area = shapely.make_valid(shapely.Polygon(np.column_stack(to_metric(lon, lat, crs))))
    side_m = inputs.workspace.population.cell_m
    west, south, east, north = area.bounds
    x, y = np.meshgrid(
        np.arange(np.floor(west / side_m), np.ceil(east / side_m)) * side_m + side_m / 2,
        np.arange(np.floor(south / side_m), np.ceil(north / side_m)) * side_m + side_m / 2,
    )
    points: NDArray[np.object_] = shapely.points(x.ravel(), y.ravel())
    inside = points[shapely.contains(area, points)]
    return inside if len(inside) else np.array([area.representative_point()], object)


def _codes(inputs: Inputs, places: NDArray[np.object_]) -> list[str]:
    """The area that each lies in; empty where areas have no codes, or beyond the district."""
    if "code" not in inputs.district:
        return [""] * len(places)
    known = set(inputs.origins["area_code"])
    areas, codes = inputs.district.geometry.to_numpy(), inputs.district["code"].astype(str).to_numpy()
    codes_there = []
    for place in places:
        within = np.flatnonzero(shapely.contains(areas, place))
        code = codes[within[0]] if len(within) else ""
        codes_there.append(code if code in known else "")
    return codes_there


def _ages(inputs: Inputs, homes: HomesEntry, key: str) -> dict[str, int]:
    """Column of ages → people; empty where the workspace knows no ages."""
    columns = [str(name) for name in inputs.origins.columns if str(name).startswith("age_")]
    if isinstance(homes.residents, int):
        return {"age_unknown": homes.residents} if "age_unknown" in columns else {}
    known = [name.removeprefix("age_") for name in columns]
    strange = [group for group in homes.residents if group not in known]
    if strange:
        remedy = f"Use {', '.join(known)}" if known else "Write their number alone"
        raise ScenarioError([Fault(f"{key}.residents", f"{strange[0]!r} is no age group of the workspace", remedy)])
    return {f"age_{group}": people for group, people in homes.residents.items()}


def _spread(people: int, share: NDArray[np.float64]) -> NDArray[np.int64]:
    """Whole people by shares, the largest remainders first."""
    exact = people * share
    whole = np.floor(exact).astype(np.int64)
    left = people - int(whole.sum())
    whole[np.argsort(-(exact - whole), kind="stable")[:left]] += 1
    return whole
