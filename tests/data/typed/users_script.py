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
    print(seconds.shape, wide.shape, to.max(), sums.max(), len(rings), len(nodes), closed, len(stress))
    return table


def by_timetable(network: tg.StreetNetwork, feed: str, homes: gpd.GeoDataFrame) -> NDArray[np.float32]:
    timetable: tg.Timetable = tg.Timetable.from_gtfs(feed, date="2026-03-10")
    transit: tg.TransitRouter = network.transit_router(timetable, window=("07:00", "09:00"), arrive_by=True)
    percentiles: NDArray[np.float32] = transit.travel_times(homes, homes, percentiles=(5, 50, 95))
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
    ]
    sites = tg.location.p_median(matrix, places, "people", 2)
    print(sites.objective, len(sites.allocation))
    return pd.concat(tables)


def shared_fairly(access: pd.DataFrame, places: pd.DataFrame) -> None:
    whole = tg.equity.gini(access, places, population="people")
    by_mode = tg.equity.gini(access, places, population="people", by="mode")
    if isinstance(whole, float) and isinstance(by_mode, pd.DataFrame):
        print(f"{whole:.2f}", by_mode["value"].max())
    curve: pd.DataFrame = tg.equity.lorenz_curve(access, places, population="people")
    print(len(curve))


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
    return assessment
