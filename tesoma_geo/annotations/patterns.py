"""Patterns in what residents said: clusters, hot spots, agreement between groups, silence, loud voices.

Exact figures, for planners; what is published passes through :mod:`tesoma_geo.annotations.privacy`.
"""

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from tesoma_geo._extras import require

if TYPE_CHECKING:
    from scipy.sparse import csr_array


def clusters(annotations: gpd.GeoDataFrame, least: int = 5) -> gpd.GeoDataFrame:
    """Places where annotations crowd (HDBSCAN; Campello, Moulavi & Sander 2013), largest first.

    Parameters
    ----------
    annotations
        In a metric CRS.
    least
        Fewest distinct respondents of a cluster; also the fewest annotations.

    Returns
    -------
    GeoDataFrame
        ``cluster``, ``annotations``, ``respondents``, ``kind`` and ``category`` (the commonest), hull.

    Raises
    ------
    TesomaError
        scikit-learn is not installed.
    """
    at, labels = representative_points(annotations), cluster_labels(annotations, least)
    rows = []
    for label, members in annotations.groupby(labels):
        people = int(members["respondent"].nunique())
        if label >= 0 and people >= least:
            rows.append({
                "annotations": len(members), "respondents": people, "kind": _commonest(members["kind"]),
                "category": _commonest(members["category"]),
                "geometry": shapely.convex_hull(shapely.multipoints(at[labels == label])),
            })  # fmt: skip
    rows.sort(key=lambda row: (-int(row["respondents"]), -int(row["annotations"])))
    table = pd.DataFrame(rows, columns=["annotations", "respondents", "kind", "category", "geometry"])
    table.insert(0, "cluster", np.arange(1, len(table) + 1))
    return gpd.GeoDataFrame(table, geometry="geometry", crs=annotations.crs)


def cluster_labels(annotations: gpd.GeoDataFrame, least: int) -> NDArray[np.int64]:
    """Number of the cluster that each annotation is in (HDBSCAN, Campello et al. 2013).

    Parameters
    ----------
    annotations
        In a metric CRS.
    least
        Fewest annotations of a cluster.

    Returns
    -------
    ndarray of int64
        From 0, -1 for none; shape (n,).

    Raises
    ------
    TesomaError
        scikit-learn is not installed.
    """
    hdbscan = require("sklearn.cluster", extra="annotations").HDBSCAN
    if len(annotations) <= least:
        return np.full(len(annotations), -1)
    labels: NDArray[np.int64] = hdbscan(min_cluster_size=least, copy=True).fit_predict(
        representative_points(annotations)
    )
    return labels


def hot_spots(
    annotations: gpd.GeoDataFrame, district: shapely.Geometry, cell_m: float = 250.0, q: float = 0.05
) -> gpd.GeoDataFrame:
    """Cells of the district in which more, or fewer, respondents spoke than chance explains.

    Gi* of Ord & Getis (1995) over each cell and its eight neighbours, on distinct respondents a cell, with
    two-sided p-values under normality and the false discovery rate held at ``q`` (Benjamini & Hochberg 1995).

    Parameters
    ----------
    annotations
        In a metric CRS.
    district
        In the same CRS.
    cell_m
        Side of the square cells, in metres.
    q
        False discovery rate, 0 to 1.

    Returns
    -------
    GeoDataFrame
        A row a cell that meets the district: ``respondents``, ``z``, ``p_value``, ``spot`` (``hot``, ``cold``, ``""``).
    """
    from scipy.stats import norm

    cells = _grid(district, cell_m, annotations.crs)
    of_cell = _cell_of(cells, representative_points(annotations), cell_m)
    inside = of_cell >= 0
    said = pd.DataFrame({"cell": of_cell[inside], "respondent": annotations["respondent"].to_numpy()[inside]})
    once = said.drop_duplicates()["cell"].to_numpy(np.int64)
    counts = np.bincount(once, minlength=len(cells)).astype(np.float64)
    z = gi_star(counts, _neighbours(cells))
    p_value = 2 * norm.sf(np.abs(z))
    discovered = benjamini_hochberg(p_value, q)
    spot = np.where(discovered & (z > 0), "hot", np.where(discovered & (z < 0), "cold", ""))
    return gpd.GeoDataFrame(
        {"respondents": counts.astype(int), "z": z, "p_value": p_value, "spot": spot},
        geometry=cells.geometry.to_numpy(), crs=cells.crs,
    )  # fmt: skip


def representative_points(annotations: gpd.GeoDataFrame) -> NDArray[np.float64]:
    """A point on each annotation, in metres.

    Parameters
    ----------
    annotations
        In a metric CRS.

    Returns
    -------
    ndarray of float64
        East and north, shape (n, 2).
    """
    at: NDArray[np.float64] = shapely.get_coordinates(shapely.point_on_surface(annotations.geometry.to_numpy()))
    return at.reshape(-1, 2)


def gi_star(values: NDArray[np.float64], weights: "csr_array") -> NDArray[np.float64]:
    """Gi* as a standard score: local sums against the mean of all, each cell among its own neighbours.

    Parameters
    ----------
    values
        One a cell, shape (n,).
    weights
        0 or 1, with ones on the diagonal, shape (n, n).

    Returns
    -------
    ndarray of float64
        0 where all values are alike, shape (n,).
    """
    n = len(values)
    mean, spread = values.mean(), values.std()
    size = np.asarray(weights.sum(axis=1)).ravel()
    if n < 2 or spread == 0:
        return np.zeros(n)
    expected = mean * size
    deviation = spread * np.sqrt(np.maximum(n * size - size**2, 0) / (n - 1))
    local = np.asarray(weights @ values).ravel()
    z: NDArray[np.float64] = np.divide(local - expected, deviation, out=np.zeros(n), where=deviation > 0)
    return z


def benjamini_hochberg(p_value: NDArray[np.float64], q: float) -> NDArray[np.bool_]:
    """Which tests are discoveries at a false discovery rate (Benjamini & Hochberg 1995).

    Parameters
    ----------
    p_value
        One a test, shape (n,).
    q
        The rate, 0 to 1.

    Returns
    -------
    ndarray of bool
        Shape (n,).
    """
    n = len(p_value)
    order = np.argsort(p_value, kind="stable")
    passing = np.flatnonzero(p_value[order] <= q * np.arange(1, n + 1) / n)
    discovered = np.zeros(n, bool)
    if len(passing):
        discovered[order[: passing[-1] + 1]] = True
    return discovered


def silent_areas(
    annotations: gpd.GeoDataFrame, areas: gpd.GeoDataFrame, population: str = "population", share: float = 0.25
) -> gpd.GeoDataFrame:
    """Areas from which far less is heard than their residents let expect.

    Parameters
    ----------
    annotations
        In a metric CRS.
    areas
        ``code``, ``name`` and residents, in the same CRS.
    population
        The column of residents.
    share
        Below this share of the expected respondents an area is silent.

    Returns
    -------
    GeoDataFrame
        The areas with ``respondents`` (who said something there), ``expected`` (in proportion to residents)
        and ``silent``, most silent first. An area whose residents are unknown expects none.
    """
    at = gpd.GeoDataFrame({"respondent": annotations["respondent"].to_numpy()},
                          geometry=shapely.points(representative_points(annotations)), crs=annotations.crs)  # fmt: skip
    joined = gpd.sjoin(at, areas[["code", "geometry"]], predicate="within")
    heard = joined.groupby("code")["respondent"].nunique().reindex(areas["code"], fill_value=0).to_numpy()
    residents = areas[population].fillna(0).to_numpy(float)
    expected = heard.sum() * residents / max(residents.sum(), 1.0)
    table = areas.assign(respondents=heard, expected=expected, silent=(heard < share * expected) & (expected >= 1))
    order = np.argsort(heard / np.maximum(expected, 1e-9) + np.where(expected > 0, 0, np.inf), kind="stable")
    return table.iloc[order].reset_index(drop=True)


def agreement(
    annotations: gpd.GeoDataFrame, first: pd.Series, second: pd.Series, cell_m: float = 500.0
) -> pd.DataFrame:
    """Whether two groups say the same: of each topic, and of the same places.

    Parameters
    ----------
    annotations
        In a metric CRS.
    first, second
        Which annotations are of each group, booleans.
    cell_m
        Side of the cells over which places are compared, in metres.

    Returns
    -------
    DataFrame
        A row a topic (category, or theme): distinct respondents of each group, their share of the group, the
        difference and its p-value (Fisher's exact test), ``differs`` with the false discovery rate at 5 %.
        ``attrs["places"]`` is Spearman's correlation of respondents over cells, NaN below 3 cells.
    """
    from scipy.stats import fisher_exact

    groups = [annotations[mask.to_numpy(bool)] for mask in (first, second)]
    sizes = [max(int(group["respondent"].nunique()), 1) for group in groups]
    counts = pd.concat([_by_topic(group) for group in groups], axis=1, keys=["first", "second"]).fillna(0)
    share_1, share_2 = counts["first"] / sizes[0], counts["second"] / sizes[1]
    p_value = np.array([
        fisher_exact(np.array([[mine, sizes[0] - mine], [theirs, sizes[1] - theirs]])).pvalue
        for mine, theirs in zip(counts["first"].astype(int), counts["second"].astype(int), strict=True)
    ])  # fmt: skip
    table = pd.DataFrame({
        "topic": counts.index, "first": counts["first"].astype(int).to_numpy(),
        "second": counts["second"].astype(int).to_numpy(), "first_share": share_1.to_numpy(),
        "second_share": share_2.to_numpy(), "difference": (share_1 - share_2).to_numpy(), "p_value": p_value,
        "differs": benjamini_hochberg(p_value, 0.05) if len(p_value) else np.zeros(0, bool),
    })  # fmt: skip
    table.attrs["places"] = _same_places(groups, cell_m)
    return table.sort_values("p_value", kind="stable", ignore_index=True)


def concentration(annotations: gpd.GeoDataFrame) -> dict[str, float]:
    """How much of what was said comes from few: the Gini coefficient, and the share of the loudest tenth.

    Parameters
    ----------
    annotations
        With ``respondent``.

    Returns
    -------
    dict
        ``gini`` (0 to 1), ``loudest_tenth`` (share, 0 to 1) and ``most`` (annotations of the one who said most); the
        first two are NaN where nobody said anything.
    """
    counts = np.sort(annotations["respondent"].value_counts().to_numpy(float))
    if not len(counts):
        return {"gini": float("nan"), "loudest_tenth": float("nan"), "most": 0.0}
    n = len(counts)
    gini = float((2 * np.arange(1, n + 1) - n - 1) @ counts / (n * counts.sum()))
    tenth = int(np.ceil(n / 10))
    return {"gini": gini, "loudest_tenth": float(counts[-tenth:].sum() / counts.sum()), "most": float(counts[-1])}


def _commonest(column: "pd.Series[str]") -> str | None:
    known = column.dropna()
    return str(known.mode().iloc[0]) if len(known) else None


def _grid(district: shapely.Geometry, cell_m: float, crs: object) -> gpd.GeoDataFrame:
    """Square cells at multiples of their side that meet the district."""
    west, south, east, north = np.floor(np.array(district.bounds) / cell_m).astype(int)
    column, row = (grid.ravel() for grid in np.mgrid[west : east + 1, south : north + 1])
    squares = shapely.box(column * cell_m, row * cell_m, (column + 1) * cell_m, (row + 1) * cell_m)
    meets = shapely.intersects(squares, district)
    return gpd.GeoDataFrame({"column": column[meets], "row": row[meets]}, geometry=squares[meets], crs=crs)


def _cell_of(cells: gpd.GeoDataFrame, at: NDArray[np.float64], cell_m: float) -> NDArray[np.int64]:
    """Row of the cell that each point is in, -1 outside."""
    number = pd.Series(np.arange(len(cells)), index=pd.MultiIndex.from_frame(cells[["column", "row"]]))
    column, row = np.floor(at / cell_m).astype(int).T
    places = pd.MultiIndex.from_arrays([column, row])
    return number.reindex(places, fill_value=-1).to_numpy(np.int64)


def _neighbours(cells: gpd.GeoDataFrame) -> "csr_array":
    """Ones between each cell and itself and its neighbours by side or corner."""
    from scipy.sparse import csr_array

    number = {place: at for at, place in enumerate(zip(cells["column"], cells["row"], strict=True))}
    pairs = [
        (at, number[column + right, row + up])
        for (column, row), at in number.items()
        for right in (-1, 0, 1)
        for up in (-1, 0, 1)
        if (column + right, row + up) in number
    ]
    first, second = np.array(pairs).T
    return csr_array((np.ones(len(first)), (first, second)), shape=(len(cells), len(cells)))


def _by_topic(annotations: gpd.GeoDataFrame) -> "pd.Series[float]":
    """Distinct respondents of each category and theme."""
    themes = annotations.assign(topic=annotations["themes"].str.split(";")).explode("topic")
    both = pd.concat([annotations.assign(topic=annotations["category"]), themes])[["topic", "respondent"]]
    named = both[both["topic"].notna() & (both["topic"] != "")]
    people: pd.Series[float] = named.groupby("topic")["respondent"].nunique().astype(float)
    return people


def _same_places(groups: list[gpd.GeoDataFrame], cell_m: float) -> float:
    from scipy.stats import spearmanr

    counts = []
    for group in groups:
        cells = pd.DataFrame(np.floor(representative_points(group) / cell_m), columns=["column", "row"]).assign(
            respondent=group["respondent"].to_numpy()
        )
        counts.append(cells.groupby(["column", "row"])["respondent"].nunique())
    table = pd.concat(counts, axis=1).fillna(0).to_numpy(float)
    if len(table) < 3 or (table.std(axis=0) == 0).any():
        return float("nan")
    return float(spearmanr(table[:, 0], table[:, 1]).statistic)
