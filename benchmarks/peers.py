"""The peers on the same case, each in a process of its own; what is not installed says so.

Each yields a task's name, its seconds and its answer, shaped like ours. Peers get their best:
sources from the smaller side, all the cores they use by themselves, no time for building
the graph counted unless a task asks for it.
"""

import json
import resource
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.arguments import OSM, arguments, there
from benchmarks.case import NEAR_S, TWENTY_MIN_S, Case
from benchmarks.timing import Measured, measured

Found = Iterator[tuple[str, Measured, np.ndarray | None]]


def scipy(case: Case, _: Path) -> Found:
    from scipy.sparse.csgraph import dijkstra

    graph = case.matrix
    reverse = graph.T.tocsr()
    yield "one_to_all", *measured(lambda: dijkstra(graph, indices=case.origins[0]), 15)
    timed, times = measured(lambda: dijkstra(reverse, indices=case.destinations)[:, case.origins].T, 1, warm=0)
    yield "matrix", timed, times

    def within() -> np.ndarray:
        times = dijkstra(reverse, indices=case.destinations, limit=NEAR_S)
        return np.isfinite(times).sum(axis=0)

    yield "sum_500", *measured(within, 1, warm=0)


def igraph(case: Case, _: Path) -> Found:
    import igraph

    from_, to, cost = case.arcs
    graph = igraph.Graph(case.x.size, np.column_stack([from_, to]), directed=True)
    timed, times = measured(lambda: graph.distances(source=int(case.origins[0]), weights=cost), 5)
    yield "one_to_all", timed, np.array(times[0])


def networkit(case: Case, _: Path) -> Found:
    import networkit

    from_, to, cost = case.arcs
    graph = networkit.GraphFromCoo((cost, (from_, to)), case.x.size, weighted=True, directed=True)

    def search() -> np.ndarray:
        run = networkit.distance.Dijkstra(graph, int(case.origins[0]), storePaths=False).run()
        return run.getDistances(asarray=True)

    timed, times = measured(search, 10)
    yield "one_to_all", timed, np.where(np.asarray(times) > 1e300, np.inf, times)


def routingkit(case: Case, _: Path) -> Found:
    import routingkit_cch as kit

    from_, to, cost = case.arcs
    milliseconds = np.round(cost * 1000).astype(int)
    ends = from_.tolist(), to.tolist()
    order = kit.compute_order_inertial(case.x.size, *ends, case.y.tolist(), case.x.tolist())
    graph = kit.CCH(order, *ends, False)
    metric = kit.CCHMetric(graph, milliseconds.tolist())
    yield "customise", measured(lambda: kit.CCHMetric(graph, milliseconds.tolist()), 3)[0], None
    query = kit.CCHManyToOne(metric, case.origins.tolist())

    def matrix() -> list[list[int | None]]:
        return [query.distances_to(int(place)) for place in case.destinations]

    timed, times = measured(matrix, 3)
    yield "matrix", timed, np.array(times, float).T / 1000


def pandana(case: Case, _: Path) -> Found:
    import pandana
    import pandas as pd

    from_, to, cost = case.arcs

    def network(cost: np.ndarray) -> Any:
        return pandana.Network(
            pd.Series(case.x), pd.Series(case.y), pd.Series(from_), pd.Series(to), pd.DataFrame({"s": cost}), False
        )

    streets = network(cost)
    pairs = np.repeat(case.origins, case.destinations.size), np.tile(case.destinations, case.origins.size)
    timed, times = measured(lambda: streets.shortest_path_lengths(*pairs, imp_name="s"), 1, warm=0)
    times = np.array(times).reshape(case.origins.size, -1)
    yield "matrix", timed, np.where(times > 4e6, np.inf, times)
    for name, places, cutoff_s in (
        ("sum_500", case.destinations, NEAR_S),
        ("sum_5000", case.opportunities, TWENTY_MIN_S),
    ):
        streets.set(pd.Series(places), variable=pd.Series(np.ones(places.size)), name=name)
        count = lambda name=name, cutoff_s=cutoff_s: streets.aggregate(cutoff_s, type="sum", decay="flat", name=name)  # noqa: E731
        timed, sums = measured(count, 1, warm=0)
        yield name, timed, sums.to_numpy()

    def rebuilt() -> np.ndarray:
        again = network(cost)
        again.set(pd.Series(case.destinations), variable=pd.Series(np.ones(case.destinations.size)), name="w")
        return again

    yield "edit_sum", measured(rebuilt, 1, warm=0)[0], None


def pyrosm(_: Case, osm: Path) -> Found:
    import pyrosm

    yield "read", measured(lambda: pyrosm.OSM(str(osm)).get_network("walking"), 1, warm=0)[0], None


def osmnx(_: Case, osm: Path) -> Found:
    """Load and simplify; then the recipe for isochrones that its gallery shows: buffered streets."""
    import tempfile

    import networkx as nx
    import osmium
    import osmnx
    import shapely
    from pyproj import Transformer

    from benchmarks.case import HUB, ISOCHRONES_MIN, WALK_MS

    with tempfile.TemporaryDirectory() as folder:  # it reads XML only; the conversion is not counted
        xml = Path(folder) / "streets.osm"
        with osmium.BackReferenceWriter(str(xml), ref_src=str(osm), overwrite=True) as writer:
            for way in osmium.FileProcessor(osm, osmium.osm.WAY).with_filter(osmium.filter.KeyFilter("highway")):
                writer.add(way)
        timed, graph = measured(lambda: osmnx.graph_from_xml(xml, retain_all=True), 1, warm=0)
    yield "read", timed, None
    graph = osmnx.project_graph(graph, to_crs="EPSG:3067")
    for _, _, edge in graph.edges(data=True):
        edge["s"] = edge["length"] / WALK_MS
    centre = osmnx.nearest_nodes(graph, *Transformer.from_crs(4326, 3067, always_xy=True).transform(*HUB))

    def isochrones() -> np.ndarray:
        areas = []
        for minutes in ISOCHRONES_MIN:
            reached = nx.ego_graph(graph, centre, radius=60 * minutes, distance="s")
            nodes, streets = osmnx.graph_to_gdfs(reached)
            shapes = [*nodes.buffer(25), *streets.buffer(25)]
            areas.append(shapely.area(shapely.union_all(shapes)) / 1e6)
        return np.array(areas)

    yield "isochrones", *measured(isochrones, 2)


def valhalla(_: Case, osm: Path) -> Found:
    """Isochrones on its own tiles, built from the same file; elevation and one-ways are its own affair."""
    import subprocess
    import tempfile

    import geopandas as gpd
    from valhalla import PYVALHALLA_DIR, Actor, get_config

    from benchmarks.case import HUB, ISOCHRONES_MIN, WALK_MS

    with tempfile.TemporaryDirectory() as folder:
        tiles = Path(folder) / "tiles"
        tiles.mkdir()
        config = get_config(tile_extract="", tile_dir=tiles, verbose=False)
        file = Path(folder) / "valhalla.json"
        file.write_text(json.dumps(config))
        build = PYVALHALLA_DIR / "bin" / "valhalla_build_tiles"
        subprocess.run([str(build), "-c", str(file), str(osm.resolve())], check=True, capture_output=True, cwd=folder)
        actor = Actor(config)
        request = {
            "locations": [{"lon": HUB[0], "lat": HUB[1]}],
            "costing": "pedestrian",
            "costing_options": {"pedestrian": {"walking_speed": WALK_MS * 3.6}},
            "polygons": True,
        }

        def isochrones() -> list[Any]:  # it takes four contours at a time
            return [
                feature
                for minutes in (ISOCHRONES_MIN[:4], ISOCHRONES_MIN[4:])
                for feature in actor.isochrone({**request, "contours": [{"time": m} for m in minutes]})["features"]
            ]

        timed, features = measured(isochrones, 10)
        shapes = gpd.GeoDataFrame.from_features(features, crs=4326).to_crs(3067)
        yield "isochrones", timed, np.sort(shapes.area.to_numpy()) / 1e6


PEERS: dict[str, Callable[[Case, Path], Found]] = {
    "scipy": scipy,
    "igraph": igraph,
    "networkit": networkit,
    "routingkit-cch": routingkit,
    "pandana": pandana,
    "pyrosm": pyrosm,
    "osmnx": osmnx,
    "pyvalhalla-weekly": valhalla,
}


def main(name: str, osm: Path, out: Path) -> None:
    """Run one peer and write what it took and how far its answers are from ours."""
    case = Case.load(out / "case.npz")
    results: dict[str, Any] = {}
    with np.load(out / "answers.npz") as ours:
        try:
            for task, timed, answer in PEERS[name](case, osm):
                results[task] = timed.as_json() | {"note": difference(task, answer, ours)}
        except Exception as error:  # noqa: BLE001 - a peer that fails is a row of the table
            results["failed"] = f"{type(error).__name__}: {error}".splitlines()[0][:200]
    results["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    (out / f"{name}.json").write_text(json.dumps(results))


def difference(task: str, answer: np.ndarray | None, ours: Any) -> str:
    """How far an answer is from ours, in words."""
    if answer is None or task not in ours:
        return ""
    mine = ours[task]
    if task == "isochrones":
        return "areas " + ", ".join(f"{a:.2f}" for a in answer) + " km²"
    if mine.shape == answer.shape:  # places at private streets, which the peers leave out, are none to compare
        mine, answer = mine[~np.isnan(mine)], answer[~np.isnan(mine)]
    if task.startswith("sum"):
        differ = np.flatnonzero(mine != answer)
        worst = np.abs(mine - answer).max()
        return f"{differ.size} of {mine.size} nodes differ, by {worst:.0f} at most"
    both = np.isfinite(mine) & np.isfinite(answer)
    odd = np.isfinite(mine) != np.isfinite(answer)
    return f"at most {np.abs(mine[both] - answer[both]).max():.4f} s apart" + (
        f", {odd.sum()} unlike" if odd.any() else ""
    )


if __name__ == "__main__":
    case = ("OUT", there, "folder with the case of benchmarks.ours; what is measured is written there")
    main(*arguments(__doc__, ("PEER", str, f"one of {', '.join(PEERS)}"), OSM, case))
