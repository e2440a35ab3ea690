"""Turn restrictions and costs of turns on real Tampere: against a plain search over edges, and against neither.

``python -m benchmarks.turns`` needs the real data in ``../shared/data`` and writes ``benchmarks/turns.md``. The
restrictions are made up by a seeded draw: the extract at hand holds none.
"""

import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

import tesoma_geo as tg
from tesoma_geo.network.streets.profiles import default_profiles, with_turn_costs
from tesoma_geo.network.streets.turn_rules import BICYCLE, CAR, TurnRule

HERE = Path(__file__).parent
DATA = HERE.parent.parent / "shared" / "data" / "tampere.osm.pbf"
RULES, SOURCES, TARGETS, RUNS = 500, 100, 1000, 31


def made_up_rules(network: tg.StreetNetwork, car: tg.StreetRouter, seed: int = 7) -> tuple[TurnRule, ...]:
    """Rules at random junctions of drivable streets: nine in ten forbid a turn, the others are the only one allowed."""
    random = np.random.default_rng(seed)
    drivable = np.flatnonzero(
        np.isfinite(car.costs.forward_s) & np.isfinite(car.costs.backward_s) & ~car.costs.restricted
    )
    ends = np.concatenate([network.tail[drivable], network.head[drivable]])
    edges = np.concatenate([drivable, drivable])
    order = np.argsort(ends, kind="stable")
    nodes, first, counts = np.unique(ends[order], return_index=True, return_counts=True)
    rules = []
    for at in random.permutation(np.flatnonzero(counts >= 3))[:RULES]:
        here = edges[order[first[at] : first[at] + counts[at]]]
        from_, to = random.choice(here, 2, replace=False)
        only = bool(random.random() < 0.1)
        modes = int(random.choice([CAR, CAR | BICYCLE]))
        rules.append(TurnRule(int(from_), (int(nodes[at]),), (), int(to), only, modes))
    return tuple(rules)


def plain_seconds(router: tg.StreetRouter, rules: tuple[TurnRule, ...], sources: np.ndarray) -> np.ndarray:
    """Seconds from nodes to all nodes by Dijkstra (scipy) over states.

    A trip has three runs: along private roads to public ones, there over directed edges with their turns, and along
    private roads again. States are the nodes of the first run, directed edges, the nodes of the last run, and one for
    each source on a public street.
    """
    network, costs = router.network, router.costs
    shut = costs.shut(network.n_edges)
    open_s = [np.where(one, np.inf, by) for one, by in zip(shut, (costs.forward_s, costs.backward_s), strict=True)]
    begin = np.concatenate([network.tail, network.head])
    end = np.concatenate([network.head, network.tail])
    seconds = np.concatenate(open_s).astype(float)
    used = np.flatnonzero(np.isfinite(seconds))
    street = np.tile(np.arange(network.n_edges), 2)
    order = used[np.argsort(begin[used], kind="stable")]
    first = np.searchsorted(begin[order], np.arange(network.n_nodes + 1))
    leaving = first[end[used] + 1] - first[end[used]]
    before = np.repeat(used, leaving)
    offset = np.arange(len(before)) - np.repeat(np.cumsum(leaving) - leaving, leaving)
    after = order[np.repeat(first[end[used]], leaving) + offset]
    concerned = router.network.shape.graph.states.concerned
    apart = np.zeros(network.n_nodes, bool)
    apart[[node for node, modes in concerned.items() if modes & CAR]] = True
    back = street[before] == street[after]
    onward = np.zeros(2 * network.n_edges, bool)
    forbidden = np.zeros(len(before), bool)
    key = street[before].astype(np.int64) * network.n_edges + street[after]
    for rule in rules:
        if not rule.modes & CAR:
            continue
        (node,) = rule.via_nodes
        if rule.only:
            forbidden |= (street[before] == rule.from_edge) & (end[before] == node) & (street[after] != rule.to_edge)
        else:
            forbidden |= (key == rule.from_edge * network.n_edges + rule.to_edge) & (end[before] == node)
    onward[before[~back & ~forbidden]] = True
    kept = ~forbidden & ~(back & apart[end[before]] & onward[before])
    n, m, public = network.n_nodes, network.n_edges, router.engine.seen.public
    own = np.flatnonzero(
        np.tile(costs.restricted, 2) & np.isfinite(np.concatenate([costs.forward_s, costs.backward_s]))
    )
    own_s = np.concatenate([costs.forward_s, costs.backward_s])[own].astype(float)
    last = n + 2 * m  # nodes of the first run, directed edges, nodes of the last run, sources
    own_order = np.argsort(begin[own], kind="stable")
    own_first = np.searchsorted(begin[own][own_order], np.arange(n + 1))

    def leaves(nodes: np.ndarray, offsets: np.ndarray, ordered: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        counts = offsets[nodes + 1] - offsets[nodes]
        row = np.repeat(np.arange(len(nodes)), counts)
        return row, ordered[offsets[nodes][row] + np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)]

    is_public = public[sources]
    out, out_edge = leaves(np.arange(n), first, order)
    of_edge, to_own = leaves(end[used], own_first, own_order)
    of_source, source_edge = leaves(sources, first, order)
    of_public, source_own = leaves(sources, own_first, own_order)
    at_public, at_own = is_public[of_source], is_public[of_public]
    arcs_of = [
        (begin[own], end[own], own_s),
        (out, n + out_edge, seconds[out_edge]),
        (n + before[kept], n + after[kept], seconds[after[kept]]),
        (n + used[of_edge], last + end[own][to_own], own_s[to_own]),
        (last + begin[own], last + end[own], own_s),
        (last + n + of_source[at_public], n + source_edge[at_public], seconds[source_edge[at_public]]),
        (last + n + of_public[at_own], last + end[own][source_own[at_own]], own_s[source_own[at_own]]),
    ]
    rows, columns, weights = (np.concatenate(parts) for parts in zip(*arcs_of, strict=True))
    states = last + n + len(sources)
    # Of several edges between two nodes of a private road the quickest counts.
    order = np.lexsort((weights, columns, rows))
    rows, columns, weights = rows[order], columns[order], weights[order]
    kept = np.r_[True, (np.diff(rows) != 0) | (np.diff(columns) != 0)]
    arcs = coo_array((weights[kept], (rows[kept], columns[kept])), shape=(states, states)).tocsr()
    least_s = np.full((len(sources), n), np.inf)
    for row, (source, on_public) in enumerate(zip(sources.tolist(), is_public.tolist(), strict=True)):
        found = dijkstra(arcs, indices=last + n + row if on_public else source)
        by_edges = np.full(n, np.inf)
        np.minimum.at(by_edges, end, found[n:last])
        least_s[row] = np.minimum(found[:n], np.where(public, by_edges, found[last : last + n]))
        least_s[row, source] = 0.0
    return least_s


def seconds_between(router: tg.StreetRouter, sources: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """What the engine of a router says of the seconds between nodes."""
    seen, graph = router.engine.seen, router.network.shape.graph
    found = []
    for node in sources.tolist():
        starts = [seen.start[node]] if seen.public[node] else [seen.start[node], graph.last[node]]
        found.append(router.engine.times(starts, [0.0] * len(starts))[targets])
    return np.array(found)


def median_ms(*tasks: Callable[[], object]) -> list[float]:
    """The median milliseconds of processor time of each task; they take turns, so that all meet the same machine."""
    for task in tasks:
        task()
    seconds: list[list[float]] = [[] for _ in tasks]
    for _ in range(RUNS):
        for task, found in zip(tasks, seconds, strict=True):
            begin = time.process_time()
            task()
            found.append(time.process_time() - begin)
    return [1000 * statistics.median(found) for found in seconds]


def compared(before: tg.StreetRouter, after: tg.StreetRouter, places: np.ndarray) -> list[str]:
    """Rows of the page: the same questions put to two routers, and to the first one's like, for the noise."""
    lines = []
    alike = replace(before.network, shape=type(before.network.shape).empty())
    again = alike.router(before.profile)
    for name, ask in (
        ("one-to-all", lambda router: router.from_(places[:1])),
        ("2,000 × 500", lambda router: router.travel_times(places[:2000], places[2000:])),
    ):
        routers = (before, after, again)
        none, some, like = median_ms(*(lambda ask=ask, router=router: ask(router) for router in routers))
        ratio = some / statistics.mean((none, like))
        lines.append(f"| {before.profile.name}, {name} | {none:.2f} | {like:.2f} | {some:.2f} | {ratio:.2f} |")
    return lines


def with_turn_costs_told(network: tg.StreetNetwork, places: np.ndarray) -> tuple[list[str], list[str]]:
    """Rows of the page for costs of turns, and what they take besides."""
    lines, told = [], []
    for name in ("car", "bicycle"):
        profile = default_profiles()[name]
        before = network.router(profile)
        network.router(with_turn_costs(profile))  # contracts, and keeps it
        begin = time.perf_counter()
        after = network.router(with_turn_costs(profile))
        seconds = time.perf_counter() - begin
        graph = after.network.shape.graph
        lines += compared(before, after, places)
        with np.errstate(invalid="ignore"):  # where there is no way at all
            longer_s = np.subtract(*(one.travel_times(places[:2000], places[2000:]) for one in (after, before)))
        more_s = longer_s[np.isfinite(longer_s)]
        told.append(
            f"- {name}: {graph.size:,} nodes and copies, {len(graph.states.turns):,} turns; a router is ready in "
            f"{seconds:.1f} s where the contracted graph is kept. Pairs take {more_s.mean():.1f} s longer on average, "
            f"the smallest difference is {abs(more_s.min()):.3f} s."
        )
    return lines, told


def main() -> None:
    """Measure and write the page."""
    network = tg.StreetNetwork.from_osm(DATA, crs="EPSG:3067")
    rules = made_up_rules(network, network.router("car"))
    ruled = replace(network, turn_rules=rules, shape=type(network.shape).empty())
    random = np.random.default_rng(1)
    places = np.column_stack([network.lon, network.lat])[random.integers(0, network.n_nodes, 2500)]
    lines = []
    for profile in ("car", "walk", "bicycle"):
        lines += compared(network.router(profile), ruled.router(profile), places)
    car = ruled.router("car")
    reached = np.isfinite(car.from_(places[:1]))
    kinds = [np.flatnonzero(reached & kind) for kind in (car.engine.seen.public, ~car.engine.seen.public)]
    sources, targets = (
        np.concatenate([random.choice(kind, count // 2, replace=False) for kind in kinds])
        for count in (SOURCES, TARGETS)
    )
    expected = plain_seconds(car, rules, sources)[:, targets]
    seconds, loose = (seconds_between(router, sources, targets) for router in (car, network.router("car")))
    apart = np.where(np.isfinite(expected) | np.isfinite(seconds), np.abs(expected - seconds), 0.0)
    longer, nowhere = int((seconds > loose + 0.5).sum()), int((np.isinf(expected) & np.isinf(seconds)).sum())
    graph, plain = ruled.shape.graph, network.shape.graph
    rules_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    paying, told = with_turn_costs_told(network, places)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    text = f"""# Turn restrictions

{len(rules)} made-up restrictions (a seeded draw) on the junctions of real Tampere, whose extract has none.
Medians of {RUNS} runs in one process, with and without by turns, milliseconds of processor time, points given as
longitude and latitude. "Again" is a second router of the same streets: what differs there is the noise.

| task | without | without, again | with | ratio |
|---|---|---|---|---|
{chr(10).join(lines)}

The graph has {graph.size:,} nodes and copies instead of {plain.size:,} ({network.n_nodes:,} nodes of streets).
The process took {rules_mb:.0f} MB at most so far.

Against Dijkstra over directed edges (scipy), {SOURCES * TARGETS:,} pairs by car, half of the ends on private roads
({len(kinds[1]):,} nodes in all), where a trip may begin and end but not pass through: the largest difference is
{apart.max():.4f} s, and {nowhere:,} have no way in either. {longer:,} take more than half a second longer than without
restrictions.

# What turns cost

The same streets without restrictions, with the costs of turns of `profiles.toml` off and on. Off, the graph is that of
everybody: walking pays nothing.

| task | off | off, again | on | ratio |
|---|---|---|---|---|
{chr(10).join(paying)}

{chr(10).join(told)}

The process took {peak_mb:.0f} MB at most in the end.
"""
    (HERE / "turns.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
