"""What a user writes against the library; a test type-checks it strictly, and nobody runs it."""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

import tesoma_geo as tg


def networks(streets: str, elevation: str) -> tuple[tg.StreetNetwork, tg.StreetRouter]:
    network = tg.StreetNetwork.from_osm(streets, crs="EPSG:3067", country="FI")
    again: tg.StreetNetwork = tg.StreetNetwork.from_osmnx(network.to_osmnx())
    profile: tg.Profile = tg.profiles()["walk"]
    router: tg.StreetRouter = again.router(profile, elevation=elevation, max_snap_m=100.0)
    return network.with_elevation(elevation), router


def street_questions(router: tg.StreetRouter, homes: gpd.GeoDataFrame, shops: NDArray[np.float64]) -> pd.DataFrame:
    seconds: NDArray[np.float32] = router.travel_times(homes, shops)
    table: pd.DataFrame = router.travel_times(homes, homes, as_frame=True)
    wide: pd.DataFrame = router.travel_times(homes, homes, as_frame="wide")
    to: NDArray[np.float32] = router.to(shops)
    sums: NDArray[np.float64] = router.sum_within(shops, np.ones(len(shops)), 600.0)
    rings: gpd.GeoDataFrame = router.isochrones(homes, [300.0, 600.0], each=True, reverse=True)
    nodes: gpd.GeoDataFrame = router.node_table(to=homes, within={"jobs": (homes, homes["jobs"], 600.0)})
    closed: tg.StreetRouter = router.with_edits(tg.Edits.closing([1, 2]))
    stress: gpd.GeoDataFrame = router.network.traffic_stress()
    lines: gpd.GeoDataFrame = router.network.ways_as_lines()
    router.network.plot(color="grey")
    router.network.explore()
    print(len(lines), router.timed_streets(homes))
    print(seconds.shape, wide.shape, to.max(), sums.max(), len(rings), len(nodes), closed, len(stress))
    return table


def by_timetable(network: tg.StreetNetwork, feed: str, homes: gpd.GeoDataFrame) -> NDArray[np.float32]:
    timetable: tg.Timetable = tg.Timetable.from_gtfs(feed, date="2026-03-10")
    transit: tg.TransitRouter = network.transit_router(timetable, window=("07:00", "09:00"), arrive_by=True)
    percentiles: NDArray[np.float32] = transit.travel_times(homes, homes, percentiles=(5, 50, 95))
    out: NDArray[np.float32] = transit.from_(homes, percentile=90.0)
    trips = transit.trips_to(homes, homes), transit.trips_from(homes, homes)
    journeys = transit.itineraries(homes.iloc[:1], homes.iloc[1:2])
    print(out.max(), trips, len(journeys), transit.timed_streets(homes, reverse=True))
    return percentiles


def measured(travel: pd.DataFrame, places: pd.DataFrame, cutoffs: Sequence[float]) -> pd.DataFrame:
    m = tg.measures
    matrix: m.TravelMatrix = m.TravelMatrix.of(travel)
    tables: list[pd.DataFrame] = [
        m.cumulative_opportunities(travel, places, "jobs", cutoff=cutoffs, group_by="mode"),
        m.cumulative_opportunities(travel, places, "jobs", cutoff=30, limits={"fare": 3.5}, active=False),
        m.cumulative_interval(travel, places, "jobs", (20, 40), summary={"median": "median", "least": np.min}),
        m.cost_to_closest(matrix, places, "jobs", k=[1, 2]),
        m.dual_access(matrix, places, "jobs", n=10),
        m.gravity(matrix, places, "jobs", [tg.decay.exponential(0.1), tg.decay.step(15)]),
        m.two_step_fca(matrix, places, "jobs", "people", tg.decay.custom(lambda cost: np.exp(-cost / 10))),
        m.balancing_cost(matrix, places, "jobs", "people"),
        m.spatial_availability(matrix, places, "jobs", "people", tg.decay.linear(30)),
        m.raam(matrix, places, "jobs", "people", tau=20.0),
        m.x_minute_score(matrix, places, {"shop": 2.0, "school": 1.0}, [10, 15]),
        m.transport_performance(travel, places, "jobs", 30, 1000, distance="metres"),
        m.pareto.frontier(travel, ["travel_time", "fare"]),
        m.pareto.cheapest_within(travel, {"fare": 3.5}, group_by="mode"),
        m.detour(travel, places, "jobs", group_by=["mode"]),
        m.proximity(travel, places, "jobs", [400.0, 800.0]),
        m.service_diversity(matrix, places, ["shop", "school"], 15),
        m.walkability(matrix, places, {"shop": [2.0, 1.0]}, tg.decay.gaussian(10)),
    ]
    return pd.concat(tables)


def competed_for(matrix: tg.measures.TravelMatrix, places: pd.DataFrame) -> pd.DataFrame:
    m, d = tg.measures, tg.decay
    tables: list[pd.DataFrame] = [
        m.balanced_fca(matrix, places, "jobs", "people", d.inverse_power(1.5)),
        m.constrained_accessibility(matrix, places, "jobs", "people", d.logistic(20, 5), constraint="doubly"),
        m.enhanced_two_step_fca(matrix, places, "jobs", "people", d.stepped({10: 1.0, 20: 0.5})),
        m.fca(matrix, places, "jobs", "people", d.step(15), demand_matrix=matrix),
        m.passive_accessibility(matrix, places, "people", d.step(15)),
        m.three_step_fca(matrix, places, "jobs", "people", d.stepped({10: 1.0, 20: 0.5}), active=False),
    ]
    return pd.concat(tables)


def located(matrix: tg.measures.TravelMatrix, places: pd.DataFrame) -> list[float]:
    location = tg.location
    sites = [
        location.p_median(matrix, places, "people", 2),
        location.p_centre(matrix, places, "people", 2, existing=["town hall"]),
        location.mclp(matrix, places, "people", 2, 15.0),
        location.lscp(matrix, places, "people", 15.0),
    ]
    print([len(one.allocation) for one in sites])
    return [one.objective for one in sites]


def shared_fairly(access: pd.DataFrame, places: pd.DataFrame) -> None:
    whole = tg.equity.gini(access, places, population="people")
    by_mode = tg.equity.gini(access, places, population="people", by="mode")
    if isinstance(whole, float) and isinstance(by_mode, pd.DataFrame):
        print(f"{whole:.2f}", by_mode["value"].max())
    curve: pd.DataFrame = tg.equity.lorenz_curve(access, places, population="people")
    parts: pd.DataFrame = tg.equity.theil_decomposition(access, places, groups="area", population="people")
    medians: pd.DataFrame = tg.equity.medians(access, places, population=["children", "people"])
    figures: list[float | pd.DataFrame] = [
        tg.equity.concentration_index(access, places, rank="income", kind="wagstaff", bounds=(0.0, 1.0)),
        tg.equity.fgt_poverty(access, places, 15.0, alpha=2.0, better="less"),
        tg.equity.palma(access, places, rank="income"),
        tg.equity.sufficiency(access, places, 15.0, better="less", by="mode"),
        tg.equity.theil_t(access, places),
    ]
    print(len(curve), len(parts), len(medians), figures)


def assessed(path: str) -> tg.Assessment:
    workspace: tg.Workspace = tg.Workspace.load(path)
    try:
        assessment: tg.Assessment = tg.assess(workspace, progress=print)
    except tg.TesomaError as error:
        raise SystemExit(f"{error.problem} {error.remedy}") from None
    residents: int = assessment.summary["population_total"]
    homes: gpd.GeoDataFrame = assessment.origins
    print(residents, len(homes), assessment.workspace.district.crs, tg.__version__)
    tg.webmap(assessment, "en").save("map.html")
    assessment.plot("walk", alpha=0.5)
    assessment.explore("walk")
    return assessment
