"""Barriers: places that residents find hard, each from all who told of it, and what passing it costs."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tesoma_geo.annotations.database import HIDDEN
from tesoma_geo.annotations.links import street_links
from tesoma_geo.errors import Fault, WorkspaceError
from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.edits import Edits
from tesoma_geo.tables import LeftOut
from tesoma_geo.workspace.annotations import Experience

#: Reports of one category no farther apart than this are of one barrier (assumption: a crossing's width).
SAME_PLACE_M = 60.0
#: A report concerns the streets this near (assumption: the accuracy of a pin, and what one sees from there).
CONCERNED_M = 25.0
#: Ways less likely than this to be meant are left as they are.
LEAST_CONFIDENCE = 0.2
#: Where barriers are published, their places are rounded to this: a mean would give away who comes last.
PUBLISHED_M = 50.0
#: What residents' reports are of, where one is left out; a barrier of the street file is another thing.
PLACES = "difficult places"
#: Level of a barrier made from the reports themselves.
PLACE = "place"
SEVERITIES = 5

FivePositive = Annotated[tuple[float, ...], Field(min_length=SEVERITIES, max_length=SEVERITIES)]


class CategoryCost(BaseModel):
    """What barriers of one category cost; the keys of ``experience.toml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    factor: FivePositive = (1.0,) * SEVERITIES
    delay_s: FivePositive = (0.0,) * SEVERITIES
    weights: dict[str, Annotated[float, Field(ge=0)]] = Field(default_factory=dict)
    source: str = "assumption of the workspace"


class BarrierCosts(BaseModel):
    """The whole table of assumptions."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    half_trust_respondents: Annotated[float, Field(gt=0)]
    max_factor: Annotated[float, Field(ge=1)]
    max_delay_s: Annotated[float, Field(ge=0)]
    unknown_severity: Annotated[float, Field(ge=1, le=SEVERITIES)]
    costs: dict[str, CategoryCost]


@dataclass(frozen=True, eq=False)
class Barriers:
    """Barriers with the streets they lie on.

    Attributes
    ----------
    table
        A row a barrier: ``category``, ``respondents`` (distinct), ``severity`` (mean of the respondents'), ``level``
        (:data:`PLACE`, or a level of :mod:`tesoma_geo.annotations.street_places`), ``streets`` (names of those
        concerned, by how much of them is, joined by ``;``; empty where none has a name), and a geometry in the metric
        CRS.
    barrier, edge
        Streets concerned, pair by pair: row of the table and edge of the network.
    covered
        The part of each edge that lies within reach of the reports, 0 to 1.
    share
        The part of the barrier's delay that is paid on each edge; they sum to 1 along each street.
    left_out
        Reports that cost nothing, with the reason; counted in steps of the respondents that a barrier needs.
    places
        At how many places along its streets the barrier is, equally many respondents at each.
    """

    table: gpd.GeoDataFrame
    barrier: NDArray[np.int64]
    edge: NDArray[np.int64]
    covered: NDArray[np.float64]
    share: NDArray[np.float64]
    left_out: tuple[LeftOut, ...]
    places: NDArray[np.int64]


def cost_table(settings: Experience) -> BarrierCosts:
    """The assumptions of ``experience.toml`` with the workspace's own numbers laid over them.

    Parameters
    ----------
    settings
        The section ``[experience]`` of the workspace.

    Returns
    -------
    BarrierCosts
        Factors and seconds by category and severity.

    Raises
    ------
    WorkspaceError
        Keys that are not there, or numbers out of range.
    """
    content = tomllib.loads(Path(__file__).with_name("lived_access.toml").read_text(encoding="utf-8"))
    costs: dict[str, Any] = content["costs"]
    for category, numbers in settings.costs.items():
        before = costs.get(category, {})
        weights = numbers.get("weights", {})
        laid = {**before.get("weights", {}), **(weights if isinstance(weights, Mapping) else {})}
        costs[category] = {**before, "source": "the workspace", **numbers, "weights": laid}
    for name in ("half_trust_respondents", "max_factor"):
        own = getattr(settings, name)
        content[name] = content[name] if own is None else own
    try:
        return BarrierCosts.model_validate(content)
    except ValidationError as error:
        faults = [
            Fault(
                "experience." + ".".join(map(str, detail["loc"])), f"{detail['input']!r}: {detail['msg']}", "Correct it"
            )
            for detail in error.errors()
        ]
        raise WorkspaceError(faults) from None


def barriers(annotations: gpd.GeoDataFrame, network: StreetNetwork, costs: BarrierCosts, fewest: int) -> Barriers:
    """Put reports of the same trouble at the same place together, and find the streets they concern.

    Parameters
    ----------
    annotations
        The store's, in the network's CRS.
    network
        The streets.
    costs
        The assumptions.
    fewest
        Distinct respondents that a barrier needs: 1 for a planner's own eyes, ``publish.k`` for what is published.

    Returns
    -------
    Barriers
        With the edges they concern and the parts of these.
    """
    is_barrier = (annotations["kind"] == "barrier") & (annotations["state"] != HIDDEN) & ~annotations["private"]
    reports = annotations[is_barrier].reset_index(drop=True)
    priced = reports["category"].isin(list(costs.costs)).to_numpy(bool)
    left = [LeftOut(PLACES, "their category has no cost", int((~priced).sum()))]
    reports = reports[priced].reset_index(drop=True)
    group = _places(reports).astype(np.int64)
    respondents = reports["respondent"].groupby(group).nunique().to_numpy(np.int64)
    enough = respondents >= fewest
    left.append(LeftOut(PLACES, f"fewer than {fewest} respondents told of the place", int((~enough[group]).sum())))
    kept = enough[group]
    reports = reports[kept].reset_index(drop=True)
    group = np.unique(group[kept], return_inverse=True)[1].astype(np.int64)
    links = street_links(reports.geometry.to_numpy(), network.segments, network.way, CONCERNED_M)
    links = links[links["confidence"] >= LEAST_CONFIDENCE]
    pairs = np.unique(np.column_stack([group[links["annotation"]], links["edge"]]), axis=0).reshape(-1, 2)
    away = int(np.isin(group, pairs[:, 0], invert=True).sum())
    left.append(LeftOut(PLACES, f"no street within {CONCERNED_M:g} m", away))
    table = _table(reports, group, costs, coarse=fewest)
    covered, share = _shares(pairs[:, 0], pairs[:, 1], reports.geometry.to_numpy(), group, network)
    covered_m = covered * network.length_m[pairs[:, 1]]
    table.insert(3, "level", PLACE)
    table.insert(4, "streets", _street_names(pairs[:, 0], pairs[:, 1], covered_m, len(table), network))
    counted = (replace(one, count=one.count - one.count % fewest) for one in left)
    once = np.ones(len(table), np.int64)
    return Barriers(table, pairs[:, 0], pairs[:, 1], covered, share, tuple(one for one in counted if one.count), once)


def edits_of(located: Barriers, costs: BarrierCosts, profile: str, scale: float, without: int | None = None) -> Edits:
    """What the barriers add to the streets for one profile.

    A barrier's effect grows with its severity, and with the number n of its respondents as n / (n + half);
    effects of several barriers on one street multiply (delays add), and both are capped.

    Parameters
    ----------
    located
        Barriers on the network.
    costs
        The assumptions.
    profile
        The name of the profile, for its weights.
    scale
        1 for the table's numbers, 0.5 for half of every effect.
    without
        A barrier to leave out.

    Returns
    -------
    Edits
        Factors and seconds of the edges concerned.
    """
    table = located.table
    at_each = table["respondents"].to_numpy(float) / located.places
    trust = scale * at_each / (at_each + costs.half_trust_respondents)
    severity = table["severity"].to_numpy(float)
    weight = np.array([costs.costs[name].weights.get(profile, 1.0) for name in table["category"]])
    factor = _by_severity(table["category"], severity, {name: cost.factor for name, cost in costs.costs.items()})
    delay_s = _by_severity(table["category"], severity, {name: cost.delay_s for name, cost in costs.costs.items()})
    longer = trust * weight * (factor - 1.0)
    delay_s = located.places * np.minimum(trust * weight * delay_s, costs.max_delay_s)
    if without is not None:
        longer[without] = delay_s[without] = 0.0
    edges, at = np.unique(located.edge, return_inverse=True)
    log_factor = np.log1p(longer[located.barrier] * located.covered)
    on_edge = np.exp(np.bincount(at, log_factor, minlength=len(edges)))
    passing_s = np.bincount(at, delay_s[located.barrier] * located.share, minlength=len(edges))
    return Edits(edges, np.minimum(on_edge, costs.max_factor), passing_s)


def _places(reports: gpd.GeoDataFrame) -> NDArray[np.int32]:
    """Number of the barrier that each report is of: same category, no gap above :data:`SAME_PLACE_M`."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    at = shapely.centroid(reports.geometry.to_numpy())
    first, second = shapely.STRtree(at).query(at, predicate="dwithin", distance=SAME_PLACE_M)
    category = reports["category"].astype("category").cat.codes.to_numpy()
    same = category[first] == category[second]
    near = coo_array((np.ones(int(same.sum()), bool), (first[same], second[same])), shape=(len(at), len(at)))
    labels: NDArray[np.int32] = connected_components(near.tocsr(), directed=False)[1]
    return labels


def _shares(
    barrier: NDArray[np.int64],
    edge: NDArray[np.int64],
    reports: NDArray[np.object_],
    group: NDArray[np.int64],
    network: StreetNetwork,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The covered part of each edge, and its part of what passing the barrier along its street costs."""
    reach = gpd.GeoSeries(shapely.buffer(reports, CONCERNED_M)).groupby(group).agg(shapely.union_all).to_numpy(object)
    segments = network.segments[edge]
    length_m = shapely.length(segments)
    covered_m = shapely.length(shapely.intersection(segments, reach[barrier])) if len(edge) else length_m
    street = np.unique(np.column_stack([barrier, network.way[edge]]), axis=0, return_inverse=True)[1].ravel()
    along_m = np.bincount(street, covered_m, minlength=1)[street] if len(edge) else covered_m
    return covered_m / np.maximum(length_m, 1e-6), covered_m / np.maximum(along_m, 1e-6)


def _street_names(
    barrier: NDArray[np.int64],
    edge: NDArray[np.int64],
    covered_m: NDArray[np.float64],
    count: int,
    network: StreetNetwork,
) -> "pd.Series[str]":
    """The names of each barrier's streets, those first of which more is covered."""
    if "name" not in network.ways:
        return pd.Series("", index=range(count))
    pairs = pd.DataFrame({"barrier": barrier, "name": network.ways["name"].to_numpy()[network.way[edge]]})
    along_m = pairs.assign(covered_m=covered_m).dropna().groupby(["barrier", "name"])["covered_m"].sum().reset_index()
    along_m = along_m.sort_values(["barrier", "covered_m", "name"], ascending=[True, False, True])
    names = along_m.groupby("barrier")["name"].agg(";".join)
    return names.reindex(range(count), fill_value="")


def _table(reports: gpd.GeoDataFrame, group: NDArray[Any], costs: BarrierCosts, coarse: int) -> gpd.GeoDataFrame:
    """Figures of each barrier; every respondent counts once.

    With ``coarse`` above 1 they are for publication: numbers in steps of it, whole severities, rounded places,
    so that one report more shows only where it crosses a step.
    """
    severity = reports["severity"].astype("Float64").fillna(costs.unknown_severity).to_numpy(float)
    each = pd.DataFrame({"group": group, "respondent": reports["respondent"], "severity": severity})
    once = each.groupby(["group", "respondent"], sort=True)["severity"].mean().groupby("group").agg(["size", "mean"])
    at = shapely.get_coordinates(shapely.centroid(reports.geometry.to_numpy()))
    count = len(once)
    size = np.bincount(group, minlength=count)
    middle = np.column_stack(
        [np.bincount(group, at[:, axis], minlength=count) / np.maximum(size, 1) for axis in (0, 1)]
    )
    respondents = once["size"].to_numpy(np.int64)
    stepped = np.where(respondents >= coarse, respondents - respondents % coarse, respondents)
    mean = once["mean"].round(0 if coarse > 1 else 1)
    if coarse > 1:
        middle = (np.floor(middle / PUBLISHED_M) + 0.5) * PUBLISHED_M
    first = np.unique(group, return_index=True)[1]
    return gpd.GeoDataFrame(
        {
            "category": reports["category"].to_numpy()[first],
            "respondents": stepped,
            "severity": mean.to_numpy(),
        },
        geometry=shapely.points(middle),
        crs=reports.crs,
    )


def _by_severity(
    categories: "pd.Series[str]", severity: NDArray[np.float64], values: Mapping[str, tuple[float, ...]]
) -> NDArray[np.float64]:
    """The table's number for each severity, straight between whole ones."""
    steps = np.arange(1, SEVERITIES + 1)
    return np.array([np.interp(one, steps, values[name]) for name, one in zip(categories, severity, strict=True)])
