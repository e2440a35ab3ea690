"""Car times beside Valhalla's free flow and the delays measured in Helsinki: which share is what.

``python -m benchmarks.car_times`` needs pyvalhalla-weekly and the real data in ``../shared/data``; it writes
``benchmarks/car_times.md``.
"""

import json
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import tesoma_geo as tg
from tesoma_geo.network.streets.edge_costs import EdgeCosts
from tesoma_geo.network.streets.impedance import edge_costs
from tesoma_geo.network.streets.profiles import Profile, default_profiles, with_turn_costs

HERE = Path(__file__).parent
DATA = HERE.parent.parent / "shared" / "data" / "tampere.osm.pbf"
PAIRS, LEAST_S = 400, 60.0
#: Seconds lost at a junction by the class of the street, of floating cars in Helsinki (Jaakkola 2013, table 28, as the
#: Digital Geography Lab's fork of R5 has them): main roads, collectors, other streets.
MEASURED_S = {
    "midday": (9.979, 6.650, 7.752),
    "the whole day": (11.311, 9.439, 9.362),
    "rush hour": (12.195, 11.199, 10.633),
}
MAIN = {"motorway", "motorway_link", "trunk", "trunk_link", "primary", "primary_link"}
COLLECTORS = {"secondary", "secondary_link"}


def random_pairs(network: tg.StreetNetwork, car: tg.StreetRouter) -> np.ndarray:
    """Longitudes and latitudes of origins and destinations on streets that are open both ways, shape (pairs, 4)."""
    classes = ["residential", "tertiary", "unclassified", "secondary", "living_street"]
    open_ = np.isfinite(car.costs.forward_s) & np.isfinite(car.costs.backward_s) & ~car.costs.restricted
    open_ &= network.ways["highway"].isin(classes).to_numpy()[network.way]
    nodes = np.unique(np.concatenate([network.tail[open_], network.head[open_]]))
    random = np.random.default_rng(12)
    ends = [random.choice(nodes, PAIRS) for _ in range(2)]
    return np.hstack([np.column_stack([network.lon[at], network.lat[at]]) for at in ends])


def valhalla(pairs: np.ndarray) -> tuple[list[dict[str, float] | None], pd.DataFrame]:
    """Its seconds and metres for each pair, and the edges that it drives with their speeds."""
    from valhalla import PYVALHALLA_DIR, Actor, get_config

    def answer(found: Any) -> dict[str, Any]:
        return json.loads(found) if isinstance(found, str) else found

    with tempfile.TemporaryDirectory() as folder:
        tiles = Path(folder) / "tiles"
        tiles.mkdir()
        file = Path(folder) / "valhalla.json"
        file.write_text(json.dumps(get_config(tile_extract="", tile_dir=tiles, verbose=False)))
        build = PYVALHALLA_DIR / "bin" / "valhalla_build_tiles"
        subprocess.run([str(build), "-c", str(file), str(DATA.resolve())], check=True, capture_output=True, cwd=folder)
        actor, routes, edges = Actor(str(file)), [], []
        for from_lon, from_lat, to_lon, to_lat in pairs.tolist():
            ends = [{"lon": from_lon, "lat": from_lat}, {"lon": to_lon, "lat": to_lat}]
            try:
                trip = answer(actor.route(json.dumps({"locations": ends, "costing": "auto"})))["trip"]
                line = {"encoded_polyline": trip["legs"][0]["shape"], "shape_match": "edge_walk", "costing": "auto"}
                passed = answer(actor.trace_attributes(json.dumps(line)))["edges"]
            except RuntimeError:
                routes.append(None)
                continue
            routes.append({"seconds": trip["summary"]["time"], "km": trip["summary"]["length"]})
            edges += [(edge["way_id"], edge["length"], edge["speed"]) for edge in passed]
    return routes, pd.DataFrame(edges, columns=["osm_id", "km", "kmh"])


def stages(network: tg.StreetNetwork, car: Profile) -> Mapping[str, EdgeCosts]:
    """Costs with one part less each: all of them, no junctions, no signals, the whole limit."""
    less = {"intersection_s": 0.0}
    quiet = less | {"node_delays_s": dict(car.node_delays_s) | {"highway": {"elevator": np.inf}}}
    figures = {
        "all": {},
        "without junctions": less,
        "without signals": quiet,
        "at the limit": quiet | {"limit_share": 1.0},
    }
    return {name: edge_costs(network, car.model_copy(update=change)) for name, change in figures.items()}


def junction_classes(network: tg.StreetNetwork, car: tg.StreetRouter) -> tuple[np.ndarray, np.ndarray]:
    """Junctions of three streets and more (roads to houses and tracks not counted), and the class of each edge."""
    highway = network.ways["highway"]
    of_way = np.where(highway.isin(MAIN), 0, np.where(highway.isin(COLLECTORS), 1, 2))
    used = np.isfinite(car.costs.forward_s) | np.isfinite(car.costs.backward_s)
    used &= network.turning_streets & ~car.costs.restricted
    ends = np.concatenate([network.tail[used], network.head[used]])
    return np.bincount(ends, minlength=network.n_nodes) >= 3, of_way[network.way]


def main() -> None:
    """Measure and write the page."""
    network = tg.StreetNetwork.from_osm(DATA, crs="EPSG:3067")
    profile = default_profiles()["car"]
    car, parts = network.router(profile), stages(network, profile)
    turning = network.router(with_turn_costs(profile))
    junction, class_of = junction_classes(network, car)
    pairs = random_pairs(network, car)
    routes, edges = valhalla(pairs)
    seconds = dict.fromkeys((*parts, *MEASURED_S, "turns"), 0.0)
    theirs_s, theirs_km, ours_km, counted, ratios = 0.0, 0.0, 0.0, 0, []
    for pair, route in zip(pairs, routes, strict=True):
        ours_s = float(car.travel_times(pair[None, :2], pair[None, 2:])[0, 0])
        if route is None or route["seconds"] < LEAST_S or not np.isfinite(ours_s):
            continue
        begin, end = car.snap(pair[None, :2]), car.snap(pair[None, 2:])
        from_, to = car.seeds_of(begin, reverse=False), car.seeds_of(end, reverse=True)
        path = car.engine.path(from_.nodes, from_.seconds, to.nodes, to.seconds)
        ahead = network.tail[path.edges] == path.nodes[:-1]
        for name, costs in parts.items():
            seconds[name] += float(np.where(ahead, costs.forward_s[path.edges], costs.backward_s[path.edges]).sum())
        passed = class_of[path.edges[:-1]][junction[path.nodes[1:-1]]]
        for name, delays_s in MEASURED_S.items():
            seconds[name] += float(np.array(delays_s)[passed].sum())
        seconds["turns"] += float(turning.travel_times(pair[None, :2], pair[None, 2:])[0, 0]) - ours_s
        counted, theirs_s, theirs_km = counted + 1, theirs_s + route["seconds"], theirs_km + route["km"]
        ours_km += float(network.length_m[path.edges].sum()) / 1000
        ratios.append(ours_s / route["seconds"])
    terminal_s = counted * profile.terminal_s
    steps = [
        ("streets at their limit", seconds["at the limit"]),
        (f"driven at {profile.limit_share:.0%} of it", seconds["without signals"] - seconds["at the limit"]),
        ("signals", seconds["without junctions"] - seconds["without signals"]),
        ("junctions without signals", seconds["all"] - seconds["without junctions"]),
        ("parking, once a trip", terminal_s),
    ]
    driven_s = seconds["all"]
    rows = [f"| {name} | {part / theirs_s:.2f} |" for name, part in steps]
    measured = [
        f"| limits and the delays measured, {name} | {(seconds['at the limit'] + seconds[name]) / theirs_s:.2f} |"
        for name in MEASURED_S
    ]
    by_class = class_table(network, profile, edges)
    text = f"""# Car times

{counted} random pairs of Tampere, {ours_km / counted:.1f} km each, against Valhalla's `auto` on tiles of the same file.
Made by `python -m benchmarks.car_times`.

The trips are {ours_km:,.0f} km long here and {theirs_km:,.0f} km there. The median pair takes {np.median(ratios):.2f}
times Valhalla's seconds, all together {(driven_s + terminal_s) / theirs_s:.2f} times, without parking
{driven_s / theirs_s:.2f} times. What turns cost, where it is switched on, adds {seconds["turns"] / theirs_s:.2f}.

| part of our seconds | as a share of Valhalla's |
|---|---|
{chr(10).join(rows)}

| without parking | as a share of Valhalla's |
|---|---|
| Valhalla | 1.00 |
| here | {driven_s / theirs_s:.2f} |
{chr(10).join(measured)}

Speeds on the edges that Valhalla drives, its own and our limits:

| class | limit tagged | km | Valhalla km/h | limit km/h |
|---|---|---|---|---|
{chr(10).join(by_class)}
"""
    (HERE / "car_times.md").write_text(text, encoding="utf-8")
    print(text)


def class_table(network: tg.StreetNetwork, profile: Profile, edges: pd.DataFrame) -> list[str]:
    """Rows of the kilometres that Valhalla drives, by class and whether a limit is tagged; the longest first."""
    from tesoma_geo.network.streets.impedance import way_speed_ms

    whole = profile.model_copy(update={"limit_share": 1.0})
    limits = pd.DataFrame(
        {
            "osm_id": network.ways["osm_id"],
            "highway": network.ways["highway"],
            "tagged": np.where(network.ways["maxspeed"].notna(), "yes", "no"),
            "limit": 3.6 * way_speed_ms(network.ways, whole, "forward", network.country_rules),
        }
    ).drop_duplicates("osm_id")
    joined = edges.merge(limits, on="osm_id")
    joined["theirs_h"], joined["ours_h"] = joined["km"] / joined["kmh"], joined["km"] / joined["limit"]
    sums = joined.groupby(["highway", "tagged"])[["km", "theirs_h", "ours_h"]].sum().nlargest(12, "km")
    return [
        f"| {highway} | {tagged} | {row.km:,.0f} | {row.km / row.theirs_h:.0f} | {row.km / row.ours_h:.0f} |"
        for (highway, tagged), row in sums.iterrows()
    ]


if __name__ == "__main__":
    main()
