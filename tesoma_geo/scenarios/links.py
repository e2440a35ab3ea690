"""The missing-link finder: which new links would save residents most on the way to the hub, each on its own."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from tesoma_geo._arrays import Bool, Float32
from tesoma_geo.errors import InputError
from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.inputs.open_services import while_open
from tesoma_geo.inputs.wished_links import wished_links
from tesoma_geo.near_names import instead
from tesoma_geo.network import StreetNetwork, StreetRouter
from tesoma_geo.network.streets.edits import Edits
from tesoma_geo.network.streets.off_ground import above_or_below
from tesoma_geo.scenarios.link_candidates import candidates
from tesoma_geo.scenarios.outcomes import GAIN_MIN

Array = NDArray[np.float64]

#: What a found link is taken to be: a good path, flat unless its ends lie at different heights.
TAGS = {"highway": "footway", "surface": "asphalt", "lit": "yes"}
#: Residents asked for a link when one that they wish for is published no farther from it.
ASKED_WITHIN_M = 100.0
#: What a link may be allowed to cross: railway lines (with fences, walls and rivers, which files draw as lines alike).
OVER = ("rail", "water", "motorway")
#: Assumption: euros a metre of a paved and lit path, and of a bridge; no source for Tesoma.
COST_EUR_PER_M = {"path": 300.0, "bridge": 9000.0}
#: A link so near the hub mends its doorstep: whoever comes from anywhere passes there.
DOORSTEP_M = 50.0


@dataclass(frozen=True, eq=False)
class LinkSearch:
    """The links that help most, and why there are not more.

    Attributes
    ----------
    links
        A row a link, the best first; see :func:`missing_links`.
    tried
        How many candidates there were, and how many fell away by reason.
    """

    links: gpd.GeoDataFrame
    tried: dict[str, int]

    def why_fewer(self, asked: int) -> str | None:
        """Why there are fewer links than were asked for.

        Parameters
        ----------
        asked
            How many.

        Returns
        -------
        str or None
            A sentence; None where there are as many.
        """
        if len(self.links) >= asked:
            return None
        counts = self.tried
        return (
            f"{len(self.links)} of {asked}: of {counts['pairs']:,} pairs of places {counts['save_a_minute']:,} would "
            f"save a minute between their ends, {counts['cross_what_bars']:,} of them cross what bars, "
            f"{counts['through_buildings']:,} lead through buildings, "
            f"{counts['save_nobody_a_minute']:,} save no resident a minute and {counts['beside_a_better_one']:,} begin "
            "beside a better one"
        )


def missing_links(
    inputs: Inputs,
    profile: str,
    *,
    longest_m: float = 150.0,
    count: int = 10,
    over: Collection[str] = (),
    cost_eur_per_m: Mapping[str, float] | None = None,
    progress: Callable[[str], None] | None = None,
) -> LinkSearch:
    """The straight links between two places on the streets that would save residents most.

    Every pair of street nodes so near each other is a candidate when the link would save a minute between them
    and the hub. What a candidate saves is exact: each origin takes the faster of its way today and the way over
    the link. Those that save most, no two of them side by side, are then laid into the network one by one, and
    their figures are what the router answers. Links that many residents wish for are tried beside them. No candidate
    crosses water, a railway line, a fence or a wall, or a motorway, unless it is asked for, nor leads any through a
    building of the street file. Whose land it is, is not known here.

    Parameters
    ----------
    inputs
        The district's layers.
    profile
        The way of moving, one of the workspace's on streets.
    longest_m
        Length of a link at most, and how far apart those found begin.
    count
        How many at most.
    over
        What candidates may cross, as a bridge: of :data:`OVER`.
    cost_eur_per_m
        Euros a metre of ``path`` and of ``bridge``; :data:`COST_EUR_PER_M` unless named.
    progress
        Told the name of each step as it begins.

    Returns
    -------
    LinkSearch
        With a table in the metric CRS, the best first: ``rank``, ``name``, ``length_m``, ``detour_m`` (today's way
        between its ends), ``residents`` (who gain a minute or more), ``mean_gain_min`` (theirs), ``resident_min``
        (their minutes together, one trip each), ``over_water_m``, ``asked_for`` (respondents who wish for a link near,
        as it is published: of closed cohorts, in steps of ``publish.k``), ``services_min`` (minutes that all gain
        together to the nearest service of each kind), ``found_by`` (``search`` or ``residents``), ``doorstep`` (it
        comes within :data:`DOORSTEP_M` of the hub), ``cost_eur``, ``min_per_1000_eur``, tags of OpenStreetMap,
        LineString. The file of it is a ``source`` of ``[[links]]`` of a scenario.

    Raises
    ------
    InputError
        A profile that the workspace does not assess on streets.
    """
    tell = progress or (lambda _: None)
    known = {one.name: one for one in inputs.profiles}
    if profile not in known:
        raise InputError(f"{profile!r} is none of the workspace's ways of moving on streets", instead(profile, known))
    tell("the streets as they are")
    router = StreetRouter.build(inputs.network, known[profile], inputs.workspace.network.max_snap_m)
    before_s = router.travel_times(inputs.origins, inputs.hub).min(axis=1)
    residents = inputs.origins["population"].to_numpy()
    tell("candidates")
    proposals = candidates(inputs, router, longest_m=longest_m, over=over)
    lines = proposals.lines(proposals.best(count))
    tried = {
        **proposals.tried,
        "save_nobody_a_minute": int((proposals.saved_min <= 0).sum()),
        "beside_a_better_one": int((proposals.saved_min > 0).sum()) - len(lines),
    }
    wished = [line for line in _wished(inputs, lines) if shapely.length(line) <= longest_m]
    inside = proposals.buildings.passed(np.array(wished, object))
    tried["through_buildings"] += int(inside.sum())
    wished = [line for line, through in zip(wished, inside, strict=True) if not through]
    tried["wished_for"] = len(wished)
    rows, every = [], [*lines, *wished]
    nearest_s = _to_kinds(router, inputs)
    for number, line in enumerate(every, start=1):
        tell(f"link {number} of {len(every)}")
        after = router.with_edits(Edits(links=as_links([line], inputs.network.crs)))
        after_s = after.travel_times(inputs.origins, inputs.hub).min(axis=1)
        to_services = _services_min(nearest_s, _to_kinds(after, inputs), residents)
        rows.append((*_figures(before_s, after_s, residents), to_services))
    table = gpd.GeoDataFrame(
        pd.DataFrame(rows, columns=[*_FIGURES, "services_min"]).assign(
            found_by=["search"] * len(lines) + ["residents"] * len(wished)
        ),
        geometry=every,
        crs=inputs.network.crs,
    )
    tried["save_nobody_a_minute"] += int((table["residents"] == 0).sum())
    table = table[table["residents"] > 0].sort_values("resident_min", ascending=False, kind="stable").head(count)
    rates = {**COST_EUR_PER_M, **(cost_eur_per_m or {})}
    return LinkSearch(_described(table.reset_index(drop=True), inputs, router, rates), tried)


def as_links(lines: Sequence[shapely.LineString], crs: str) -> gpd.GeoDataFrame:
    """Lines as links of :data:`TAGS`.

    Parameters
    ----------
    lines
        In ``crs``.
    crs
        The metric system.

    Returns
    -------
    GeoDataFrame
    """
    return gpd.GeoDataFrame({tag: [value] * len(lines) for tag, value in TAGS.items()}, geometry=list(lines), crs=crs)


def gained_together(before_s: Float32, after_s: Float32, residents: NDArray[np.int64]) -> float:
    """Minutes that residents who gain a minute or more gain together, one trip each.

    Parameters
    ----------
    before_s, after_s
        Seconds to the hub, shape (origins,).
    residents
        Of each origin.

    Returns
    -------
    float
        Minutes.
    """
    return _figures(before_s, after_s, residents)[2]


def _wished(inputs: Inputs, lines: Sequence[shapely.LineString]) -> list[shapely.LineString]:
    """Links that many wish for, but for those that were found already."""
    wished = [line for line in wished_links(inputs).geometry if line.geom_type == "LineString"]
    return [line for line in wished if not any(line.equals_exact(one, 1.0) for one in lines)]


def _to_kinds(router: StreetRouter, inputs: Inputs) -> dict[str, Float32]:
    """Kind → seconds from each origin to the nearest service of it."""
    if inputs.services.empty:
        return {}
    seconds = while_open(router.travel_times(inputs.origins, inputs.services), inputs.services)
    kinds = inputs.services["kind"].to_numpy()
    return {str(kind): seconds[:, kinds == kind].min(axis=1) for kind in np.unique(kinds)}


def _services_min(
    before_s: Mapping[str, NDArray[np.float32]],
    after_s: Mapping[str, NDArray[np.float32]],
    residents: NDArray[np.int64],
) -> float:
    """Minutes that all residents gain together, one trip to the nearest service of each kind."""
    total = 0.0
    for kind, seconds in before_s.items():
        with np.errstate(invalid="ignore"):
            gained_s = np.round(seconds.astype(float) - after_s[kind], 1)
        total += float(np.where(np.isfinite(gained_s), gained_s, 0.0) @ residents) / 60.0
    return round(total, 1)


_FIGURES = ("residents", "mean_gain_min", "resident_min")


def _figures(
    before_s: NDArray[np.float32], after_s: NDArray[np.float32], residents: NDArray[np.int64]
) -> tuple[int, float, float]:
    """Residents who gain a minute or more, their mean gain, and what they gain together."""
    with np.errstate(invalid="ignore"):
        gain_min = np.nan_to_num(np.round(before_s.astype(float) - after_s, 1), posinf=0.0) / 60.0
    gaining = residents * (gain_min >= GAIN_MIN)
    together_min, people = float(gain_min @ gaining), int(gaining.sum())
    return people, round(together_min / people, 1) if people else 0.0, round(together_min, 1)


def _described(
    table: gpd.GeoDataFrame, inputs: Inputs, router: StreetRouter, rates: Mapping[str, float]
) -> gpd.GeoDataFrame:
    """The links with all that is known of each, and as a scenario takes them."""
    lines = table.geometry
    bridge = _needs_bridge(inputs.network, lines)
    metres = lines.length.to_numpy()
    cost_eur = np.round(metres * np.where(bridge, rates["bridge"], rates["path"]), 0)
    hub = shapely.multipoints(inputs.hub.geometry.to_numpy())
    columns = {
        "rank": np.arange(1, len(table) + 1),
        "name": [f"Link {number}" for number in range(1, len(table) + 1)],
        "length_m": lines.length.round(1),
        "detour_m": list(_detours_m(lines, router)),
        **{name: table[name] for name in _FIGURES},
        "over_water_m": lines.intersection(shapely.union_all(inputs.water.geometry.to_numpy())).length.round(1),
        "asked_for": list(_asked_for(lines, inputs)),
        "services_min": table["services_min"],
        "found_by": table["found_by"],
        "doorstep": lines.distance(hub) <= DOORSTEP_M,
        "cost_eur": cost_eur,
        "min_per_1000_eur": np.round(1000.0 * table["resident_min"].to_numpy(float) / np.maximum(cost_eur, 1.0), 1),
        **TAGS,
        "bridge": np.where(bridge, "yes", "no"),
    }
    return gpd.GeoDataFrame(pd.DataFrame(columns, index=table.index), geometry=lines)


def _needs_bridge(network: StreetNetwork, lines: gpd.GeoSeries) -> Bool:
    """Lines that cross water, a railway line or a motorway, shape (links,)."""
    ends = [shapely.get_coordinates(shapely.get_point(lines.to_numpy(), at)) for at in (0, -1)]
    bridge = np.zeros(len(lines), bool)
    if len(lines):
        bridge |= network.obstacles.crossed(*ends) if network.obstacles else bridge
        motor = network.ways["highway"].isin(["motorway", "motorway_link"]).to_numpy() & ~above_or_below(network.ways)
        tree = shapely.STRtree(network.segments[motor[network.way]])
        bridge[tree.query(lines.to_numpy(), predicate="crosses")[0]] = True
    return bridge


def _detours_m(lines: gpd.GeoSeries, router: StreetRouter) -> Iterator[float]:
    """Metres of today's way between the ends of each link, at the speed on the flat."""
    for line in lines:
        ends = gpd.GeoSeries([shapely.Point(line.coords[0]), shapely.Point(line.coords[-1])], crs=lines.crs)
        seconds = float(router.travel_times(ends[:1], ends[1:])[0, 0]) - router.profile.terminal_s
        yield round(seconds * router.profile.speed_kmh / 3.6, 0)


def _asked_for(lines: gpd.GeoSeries, inputs: Inputs) -> Iterator[int]:
    """Respondents who wish for a link near each, by what is published: at least so many."""
    wished = wished_links(inputs)
    for line in lines:
        near = wished.geometry.distance(line) <= ASKED_WITHIN_M
        yield int(wished["voices_at_least"][near].sum())
