"""Who took part, against who lives there: ratios, a test, and weights that make up for the difference."""

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from tesoma_geo.sources.annotations.labels import OLDEST, age_bounds

#: Weights beyond this say more of one respondent than of a group (assumption: common practice, 5).
MAX_WEIGHT = 5.0
#: The χ² test needs this many expected in each group (Cochran 1954).
LEAST_EXPECTED = 5.0


@dataclass(frozen=True, eq=False)
class Representativeness:
    """How respondents compare with residents.

    Attributes
    ----------
    table
        ``age_group`` (and ``area``): ``respondents``, ``residents``, shares, ``ratio`` (1: as many as there should
        be), ``weight`` (post-stratification, mean 1 over the respondents, at most 5; NaN without respondents).
    chi2, p_value
        Pearson's test of the respondents' numbers against the residents' shares; NaN where fewer than two groups
        have 5 expected.
    left_out
        Respondents whose group is not known.
    """

    table: pd.DataFrame
    chi2: float
    p_value: float
    left_out: int


def common_age_groups(first: list[str], second: list[str]) -> dict[str, str]:
    """Age groups of two systems → the finest groups that both can be summed into.

    Parameters
    ----------
    first
        Groups of one system, such as ``13-17``.
    second
        Groups of the other.

    Returns
    -------
    dict of str to str
        Without groups that fit into none.

    Examples
    --------
    >>> common_age_groups(["0-12", "13-17", "18-"], ["0-6", "7-17", "18-64", "65-"])
    {'0-12': '0-17', '13-17': '0-17', '18-': '18-', '0-6': '0-17', '7-17': '0-17', '18-64': '18-', '65-': '18-'}
    """
    bounds = {name: ages for name in [*first, *second] if (ages := age_bounds(name)) is not None}
    starts = [{bounds[name][0] for name in names if name in bounds} for names in (first, second)]
    edges = sorted(starts[0] & starts[1] | {0})  # nobody is younger than the youngest group
    labels = {}
    for name, (low, high) in bounds.items():
        at = int(np.searchsorted(edges, low, side="right")) - 1
        if at < 0 or (at + 1 < len(edges) and high >= edges[at + 1]):
            continue
        last = edges[at + 1] - 1 if at + 1 < len(edges) else OLDEST
        labels[name] = f"{edges[at]}-{last if last < OLDEST else ''}"
    return labels


def representativeness(
    respondents: pd.DataFrame, residents: pd.DataFrame, by: tuple[str, ...] = ("age_group",)
) -> Representativeness:
    """Compare respondents with residents by age, area or both.

    Parameters
    ----------
    respondents
        A row a respondent with the columns ``by``; NaN unknown.
    residents
        The columns ``by`` and ``residents``, a row a group. Its age groups may be others than the respondents':
        both are summed into groups they have in common.
    by
        ``age_group``, ``area`` or both.

    Returns
    -------
    Representativeness
    """
    people, living = respondents[list(by)].copy(), residents[[*by, "residents"]].copy()
    if "age_group" in by:
        labels = common_age_groups(sorted(people["age_group"].dropna().unique()), sorted(living["age_group"].unique()))
        people["age_group"], living["age_group"] = people["age_group"].map(labels), living["age_group"].map(labels)
    known = people.dropna()
    observed = known.groupby(list(by)).size().rename("respondents")
    expected = living.dropna().groupby(list(by))["residents"].sum()
    table = pd.concat([observed, expected], axis=1).fillna(0).astype({"respondents": int}).sort_index()
    table["respondents_share"] = table["respondents"] / max(int(table["respondents"].sum()), 1)
    table["residents_share"] = table["residents"] / max(float(table["residents"].sum()), 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        table["ratio"] = table["respondents_share"] / table["residents_share"]
        weight = (1.0 / table["ratio"]).where(table["respondents"] > 0)
    table["weight"] = _trimmed(weight.to_numpy(float), table["respondents"].to_numpy(float))
    chi2, p_value = _pearson(table)
    return Representativeness(table.reset_index(), chi2, p_value, len(people) - len(known))


def most_mentioned_areas(annotations: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> "pd.Series[str]":
    """The area that each respondent spoke of most, which stands for where they live.

    That is an assumption: nobody is asked for an address, and a home that somebody told is not looked at.

    Parameters
    ----------
    annotations, areas
        In the same CRS; areas with ``code``.

    Returns
    -------
    Series
        Respondent → ``code``, of those who spoke of any area; of two areas spoken of alike the first code.
    """
    if "code" not in areas:
        return pd.Series(dtype="str")
    at = gpd.GeoDataFrame(
        {"respondent": annotations["respondent"].to_numpy()},
        geometry=shapely.point_on_surface(annotations.geometry.to_numpy()), crs=annotations.crs,
    )  # fmt: skip
    spoken = gpd.sjoin(at, areas[["code", "geometry"]], predicate="within")
    times = spoken.groupby(["respondent", "code"], sort=True).size().rename("times").reset_index()
    most = times.sort_values(["respondent", "times", "code"], ascending=[True, False, True])
    first: pd.Series[str] = most.drop_duplicates("respondent").set_index("respondent")["code"]
    return first


def residents_by_age(origins: pd.DataFrame, area: str | None = None) -> pd.DataFrame:
    """Residents by age group (and area) of a table with columns ``age_<group>``; ``age_unknown`` is left out.

    Parameters
    ----------
    origins
        With columns ``age_<group>`` of residents.
    area
        Column of areas to sum by; None for all together.

    Returns
    -------
    DataFrame
        ``age_group``, ``area`` (empty without ``area``), ``residents``.
    """
    groups = [name for name in origins.columns if str(name).startswith("age_") and name != "age_unknown"]
    by = [origins[area].rename("area")] if area else []
    rows = []
    for name in groups:
        sums: Mapping[object, float] = origins.groupby(by)[name].sum().to_dict() if by else {"": origins[name].sum()}
        rows += [
            {"age_group": str(name).removeprefix("age_"), "area": place, "residents": float(count)}
            for place, count in sums.items()
        ]
    return pd.DataFrame(rows, columns=["age_group", "area", "residents"])


def _trimmed(
    weight: "np.ndarray[tuple[int], np.dtype[np.float64]]", count: "np.ndarray[tuple[int], np.dtype[np.float64]]"
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Weights of at most :data:`MAX_WEIGHT`, their mean over the respondents 1."""
    capped = np.minimum(weight, MAX_WEIGHT)
    total = np.nansum(capped * count)
    return capped * (count[~np.isnan(weight)].sum() / total) if total > 0 else capped


def _pearson(table: pd.DataFrame) -> tuple[float, float]:
    """χ² of the groups that expect enough; the others are summed into one."""
    from scipy.special import chdtrc  # the tail of χ²; scipy.stats, which calls it, takes half a second to load

    expected = (table["residents_share"] * table["respondents"].sum()).to_numpy(float)
    observed = table["respondents"].to_numpy(float)
    large = expected >= LEAST_EXPECTED
    pairs = [*zip(observed[large], expected[large], strict=True)]
    if (~large).any() and expected[~large].sum() >= LEAST_EXPECTED:
        pairs.append((float(observed[~large].sum()), float(expected[~large].sum())))
    if len(pairs) < 2:
        return float("nan"), float("nan")
    seen, due = np.array(pairs).T
    share = due * seen.sum() / due.sum()
    chi2 = float(((seen - share) ** 2 / share).sum())
    return chi2, float(chdtrc(len(pairs) - 1, chi2))
