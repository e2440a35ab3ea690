"""Whether the missing-link finder finds again what was taken away: real links, drawn by seed, removed one at a time.

``python -m benchmarks.recovered_links WORKSPACE`` writes ``benchmarks/recovered_links.md``; some minutes. A link is a
stretch of street between two junctions, no longer than what the finder looks for. Drawn are those whose removal costs
residents enough on their way to the hub, of those who lose a minute or more. A link has come back when one of the first
candidates that were none before the removal gives those who lost most of their minutes back.
"""

import argparse
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo._arrays import Float32
from tesoma_geo.analysis.betweenness import betweenness
from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.inputs.layers import read_inputs
from tesoma_geo.network import StreetRouter
from tesoma_geo.network.streets.edits import Edits
from tesoma_geo.scenarios.link_candidates import Candidates, barred, candidates
from tesoma_geo.scenarios.links import as_links, gained_together
from tesoma_geo.workspace import Workspace

#: Removed links that are tried, and what the removal of each costs at least, minutes of all residents together.
TRIED, LEAST_RESIDENT_MIN = 40, 25.0
#: A link joins what another joined when its ends are no farther from the ends of it, metres.
SAME_M = 30.0
#: A link has come back when those who lost have so much of it again.
GIVEN_BACK = 0.75
LONGEST_M = 150.0
FIRST = 5


@dataclass(frozen=True)
class Removed:
    """One link that was taken away.

    Attributes
    ----------
    ways
        OpenStreetMap's numbers.
    length_m
        Between its ends, along it.
    lost_resident_min
        What its removal costs.
    place
        Which of the candidates that were none before brings it back, from 1; None where none of the first does.
    place_of_all
        The same among all candidates.
    same_ends
        Whether one of these joins the very places that it joined.
    given_back
        The most that one of these gives back to those who lost, a share of what they lost.
    why
        Why it did not come back, as far as it can be told.
    candidates
        How many there were.
    seconds
        Processor time of the search.
    """

    ways: list[int]
    length_m: float
    lost_resident_min: float
    place: int | None
    place_of_all: int | None
    same_ends: bool
    given_back: float
    why: str
    candidates: int
    seconds: float


def stretches(router: StreetRouter) -> list[NDArray[np.int64]]:
    """Streets between two junctions, as edges in a row, none longer than what is looked for."""
    network = router.network
    open_edges = np.flatnonzero(router.usable & ~router.costs.restricted & ~network.is_barrier)
    at: dict[int, list[int]] = {}
    for edge in open_edges.tolist():
        for node in (int(network.tail[edge]), int(network.head[edge])):
            at.setdefault(node, []).append(edge)
    seen: set[int] = set()
    recovered = []
    for node, edges in at.items():
        if len(edges) == 2:
            continue
        for first in edges:
            if first in seen:
                continue
            chain, here, edge = [first], node, first
            while True:
                here = int(network.head[edge] if network.tail[edge] == here else network.tail[edge])
                if len(at[here]) != 2:
                    break
                edge = next((one for one in at[here] if one != edge), edge)
                if edge in chain:
                    break
                chain.append(edge)
            seen.update(chain)
            if len(at[here]) > 1 and len(at[node]) > 1 and network.length_m[chain].sum() <= LONGEST_M:
                recovered.append(np.array(chain))
    return recovered


def drawn(inputs: Inputs, router: StreetRouter, seed: int) -> Iterator[tuple[NDArray[np.int64], StreetRouter, float]]:
    """Stretches whose removal costs enough, in an order by seed, with the streets without them."""
    residents = inputs.origins["population"].to_numpy()
    before_s = router.travel_times(inputs.origins, inputs.hub).min(axis=1)
    every = stretches(router)
    # What nobody passes costs nobody anything: it is not tried.
    passed = np.zeros(router.network.n_edges)
    use = betweenness(router, inputs.origins, residents, inputs.hub)
    passed[use["edge"]] = use["value"]
    for row in np.random.default_rng(seed).permutation(len(every)):
        if not passed[every[row]].any():
            continue
        without = router.with_edits(Edits.closing(every[row]))
        after_s = without.travel_times(inputs.origins, inputs.hub).min(axis=1)
        lost = gained_together(after_s, before_s, residents)
        if lost >= LEAST_RESIDENT_MIN:
            yield every[row], without, lost


def ends_of(router: StreetRouter, chain: NDArray[np.int64]) -> shapely.MultiPoint:
    """The two junctions that a stretch lies between."""
    network = router.network
    nodes, times = np.unique(np.concatenate([network.tail[chain], network.head[chain]]), return_counts=True)
    ends = nodes[times == 1]
    return np.column_stack([network.x[ends], network.y[ends]])


def _same(line: shapely.LineString, ends: NDArray[np.float64]) -> bool:
    one = np.array([line.coords[0], line.coords[-1]])
    return any(np.hypot(*(one[::turn] - ends).T).max() <= SAME_M for turn in (1, -1))


def given_back(inputs: Inputs, before_s: Float32, without: StreetRouter, line: shapely.LineString) -> float:
    """The share of what residents lost, a minute or more each, that a link gives back to them."""
    lost_s = without.travel_times(inputs.origins, inputs.hub).min(axis=1) - before_s
    laid = without.with_edits(Edits(links=as_links([line], without.network.crs)))
    still_s = laid.travel_times(inputs.origins, inputs.hub).min(axis=1) - before_s
    weight = inputs.origins["population"].to_numpy() * ((lost_s >= 60) & np.isfinite(lost_s))
    again = np.where(weight > 0, lost_s - np.maximum(still_s, 0), 0.0)
    return float(weight @ again) / float(weight @ np.where(weight > 0, lost_s, 0.0))


def tried(inputs: Inputs, seed: int, count: int) -> Iterator[Removed]:
    """Links removed one at a time, and whether they come back."""
    (profile,) = (one for one in inputs.profiles if one.name == "walk")
    router = StreetRouter.build(inputs.network, profile, inputs.workspace.network.max_snap_m)
    known = {tuple(pair) for pair in candidates(inputs, router, longest_m=LONGEST_M).pairs.tolist()}
    network, before_s = router.network, router.travel_times(inputs.origins, inputs.hub).min(axis=1)
    for number, (chain, without, lost) in enumerate(drawn(inputs, router, seed)):
        if number == count:
            return
        began = time.process_time()
        proposals = candidates(inputs, without, longest_m=LONGEST_M)
        seconds = time.process_time() - began
        new = np.array([tuple(pair) not in known for pair in proposals.pairs.tolist()], bool)
        ends = ends_of(router, chain)
        lines = proposals.lines(proposals.best(FIRST, new))
        shares = [given_back(inputs, before_s, without, line) for line in lines]
        of_all = [given_back(inputs, before_s, without, line) for line in proposals.lines(proposals.best(FIRST))]
        yield Removed(
            [int(one) for one in np.unique(network.ways["osm_id"].to_numpy()[network.way[chain]])],
            round(float(network.length_m[chain].sum()), 1),
            lost,
            next((at for at, share in enumerate(shares, 1) if share >= GIVEN_BACK), None),
            next((at for at, share in enumerate(of_all, 1) if share >= GIVEN_BACK), None),
            any(_same(line, ends) for line in lines),
            round(max(shares, default=0.0), 2),
            why_lost(without, inputs.hub, ends, proposals, new),
            len(proposals.pairs),
            round(seconds, 2),
        )


def why_lost(
    without: StreetRouter, hub: gpd.GeoDataFrame, ends: NDArray[np.float64], found: Candidates, new: NDArray[np.bool_]
) -> str:
    """What becomes of the straight line between the ends of a link that was taken away."""
    network = without.network
    if len(ends) != 2:
        return "it is a ring"
    nodes = [np.flatnonzero((network.x == x) & (network.y == y))[:1] for x, y in ends]
    to_hub_s = without.to(without.snap(hub, "hub"))
    if np.isinf(to_hub_s[np.concatenate(nodes)]).any():
        return "an end of it is cut off"
    if barred(network, nodes[0], nodes[1], ()).any():
        return "the straight line crosses what bars"
    near = (np.hypot(*(np.column_stack([network.x, network.y])[found.pairs[:, 0]] - ends[0]).T) < SAME_M) | (
        np.hypot(*(np.column_stack([network.x, network.y])[found.pairs[:, 0]] - ends[1]).T) < SAME_M
    )
    return f"{int((near & new).sum())} new candidates begin at its ends, saving up to " + (
        f"{found.saved_min[near & new].max():.0f} resident minutes" if (near & new).any() else "nothing"
    )


def page(rows: list[Removed], seed: int) -> str:
    """What came of it, in Markdown."""
    back, all_back = (sum(getattr(one, name) is not None for one in rows) for name in ("place", "place_of_all"))
    seconds = sorted(one.seconds for one in rows)
    table = "\n".join(
        f"| {', '.join(map(str, one.ways))} | {one.length_m:g} | {one.lost_resident_min:,.0f} | {one.place or '–'} | "
        f"{one.place_of_all or '–'} | {'yes' if one.same_ends else 'no'} | {100 * one.given_back:.0f} % |"
        for one in rows
    )
    middle = seconds[len(seconds) // 2]
    fewest, most = min(one.candidates for one in rows), max(one.candidates for one in rows)
    return f"""# Links taken away and found again

`python -m benchmarks.recovered_links WORKSPACE` makes this page, here with real Tesoma, walking, seed {seed}.
{len(rows)} stretches of street between two junctions, of at most {LONGEST_M:g} m, were taken away one at a time.
They were drawn from those whose removal costs residents enough: {LEAST_RESIDENT_MIN:g} minutes together or more
of those who lose a minute or more each.

- **{back} of {len(rows)}** come back among the first {FIRST} of the candidates that were none before the removal: one
  of them gives those who lost at least {100 * GIVEN_BACK:.0f} % of their minutes back, as the router says with it laid.
- {sum(one.same_ends for one in rows)} of them join the very places (within {SAME_M:g} m at both ends).
- {all_back} come back among the first {FIRST} of all candidates: others, good before too, stand ahead.
- {fewest:,}–{most:,} candidates in {middle:.1f} s of processor time (median; at most {seconds[-1]:.1f} s).

| ways | m | lost, resident minutes | place among the new | among all | same places | given back |
|---|---|---|---|---|---|---|
{table}
"""


def main() -> None:
    """Try them, and write what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=TRIED)
    asked = parser.parse_args()
    workspace = Workspace.load(asked.workspace)
    access = workspace.access.model_copy(update={"profiles": ("walk",)})
    inputs = read_inputs(workspace.model_copy(update={"access": access, "targets": {}, "annotations": ()}))
    rows = []
    for one in tried(inputs, asked.seed, asked.count):
        rows.append(one)
        print(one, flush=True)
    Path(__file__).with_suffix(".md").write_text(page(rows, asked.seed), encoding="utf-8")


if __name__ == "__main__":
    main()
