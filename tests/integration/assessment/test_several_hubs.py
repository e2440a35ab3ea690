"""Several hubs of the sample beside networkx, and beside plain sums of the formula."""

from dataclasses import replace

import geopandas as gpd
import networkx as nx
import numpy as np
import pytest

from tesoma_geo.assessment.outputs import check_columns
from tesoma_geo.assessment.profile_study import SharedByProfiles
from tesoma_geo.assessment.several_hubs import hubs_on_streets, several_hubs
from tesoma_geo.inputs.layers import read_inputs
from tesoma_geo.inputs.snapped_points import SnappedPoints
from tesoma_geo.workspace import Workspace
from tests.workspaces import moved, of_profiles

HUBS = """
[[hubs]]
name = "Itäpää"
entrances = [[23.6330, 61.5060]]
attraction = 0.5
[[hubs]]
name = "Länsi"
entrances = [[23.6215, 61.5035]]
attraction = 3
planned = true
"""
NAMES = ("lansikeskus_keksitty_malli", "itapaa", "lansi")
ATTRACTION = (1.0, 0.5, 3.0)


@pytest.fixture(scope="module")
def inputs(sample_workspace, tmp_path_factory):
    path = moved(sample_workspace, tmp_path_factory.mktemp("hubs"), *of_profiles("walk"))
    path.write_text(path.read_text(encoding="utf-8") + HUBS, encoding="utf-8")
    read = read_inputs(Workspace.load(path))
    assert len(read.further_hubs) == 2
    return read


@pytest.fixture(scope="module")
def at_nodes(inputs):
    """Homes and hubs on nodes of public streets, so that a plain graph knows all ways between them."""
    network, router = inputs.network, inputs.network.router("walk")
    at_barriers = network.stands_for[network.head[network.is_barrier]]
    usable = np.setdiff1d(network.tail[router.usable & ~router.costs.restricted], at_barriers)
    usable = usable[network.stands_for[usable] == usable]
    nodes = np.random.default_rng(3).choice(usable, len(inputs.origins) + 3, replace=False)
    points = gpd.points_from_xy(network.x[nodes], network.y[nodes], crs=inputs.origins.crs)
    hubs = [inputs.hub.iloc[:1].assign(around_m=0.0).set_geometry(points[[one]]) for one in (-3, -2, -1)]
    placed = replace(
        inputs, origins=inputs.origins.set_geometry(points[:-3]), hub=hubs[0], further_hubs=tuple(hubs[1:])
    )
    return placed, nodes, router


@pytest.fixture(scope="module")
def seconds(at_nodes):
    """From every node to the three hubs, by networkx."""
    placed, nodes, router = at_nodes
    network, graph = placed.network, nx.DiGraph()
    public = np.flatnonzero(~router.costs.restricted).tolist()
    for edge, tail, head in zip(public, network.tail[public].tolist(), network.head[public].tolist(), strict=True):
        forward, backward = float(router.costs.forward_s[edge]), float(router.costs.backward_s[edge])
        for start, end, cost in ((head, tail, forward), (tail, head, backward)):  # turned round: to the hubs
            if np.isfinite(cost) and not (graph.has_edge(start, end) and graph[start][end]["cost"] <= cost):
                graph.add_edge(start, end, cost=cost)
    found = [nx.single_source_dijkstra_path_length(graph, int(hub), weight="cost") for hub in nodes[-3:]]
    return np.array([[one.get(node, np.inf) for node in range(network.n_nodes)] for one in found])


def test_the_tables_are_those_of_a_plain_graph_and_plain_sums(at_nodes, seconds):
    placed, nodes, router = at_nodes
    reach = hubs_on_streets(placed, router, SnappedPoints.of(placed, router), SharedByProfiles(placed).water)
    expected = seconds[:, nodes[:-3]]
    np.testing.assert_allclose(reach.to_hubs_s, expected, rtol=1e-5, atol=0.01)
    tables, told = several_hubs(placed, placed.origins, {"walk": reach})
    people, figures = placed.origins["population"].tolist(), told["profiles"]["walk"]

    def drawn(home, hubs):
        pull = {hub: ATTRACTION[hub] / max(expected[hub, home] / 60, 1) ** 2 for hub in hubs}
        return {hub: one / sum(pull.values()) for hub, one in pull.items()}

    today = [min((0, 1), key=lambda hub: expected[hub, home]) for home in range(len(people))]
    then = [min((0, 1, 2), key=lambda hub: expected[hub, home]) for home in range(len(people))]
    assert list(tables.choices["walk_nearest_hub"]) == [NAMES[hub] for hub in today]
    assert list(tables.choices["walk_nearest_with_planned"]) == [NAMES[hub] for hub in then]
    for hub in (0, 1):
        one = figures["hubs"][NAMES[hub]]
        assert one["nearest_population"] == sum(n for n, to in zip(people, today, strict=True) if to == hub)
        chosen = sum(n * drawn(home, (0, 1))[hub] for home, n in enumerate(people))
        assert one["choice_population"] == pytest.approx(chosen, abs=0.06)
        taken = figures["planned"]["lansi"]
        left = sum(n for n, a, b in zip(people, today, then, strict=True) if a == hub and b == 2)
        assert taken["nearest_from"][NAMES[hub]] == left
        fewer = sum(n * (drawn(home, (0, 1))[hub] - drawn(home, (0, 1, 2))[hub]) for home, n in enumerate(people))
        assert taken["choice_from"][NAMES[hub]] == pytest.approx(fewer, abs=0.06)
    saved = sum(n * (min(expected[:2, home]) - min(expected[:, home])) / 60 for home, n in enumerate(people))
    assert figures["planned"]["lansi"]["saved_resident_min"] == pytest.approx(saved, abs=0.1)
    assert figures["hubs"]["lansi"]["nearest_population"] == sum(
        n for n, to in zip(people, then, strict=True) if to == 2
    )
    assert sum(figures["hubs"][name]["nearest_population"] for name in NAMES[:2]) == sum(people)


def test_who_stands_well_inside_a_catchment_has_that_hub_nearest(at_nodes, seconds):
    placed, _, router = at_nodes
    reach = hubs_on_streets(placed, router, SnappedPoints.of(placed, router), SharedByProfiles(placed).water)
    network = placed.network
    points = gpd.GeoSeries.from_xy(network.x, network.y, crs=network.crs)
    for rows, table in (((0, 1), reach.catchments), ((0, 1, 2), reach.with_planned)):
        assert set(table["hub"]) == {NAMES[row] for row in rows}
        assert table.geometry.is_valid.all()
        asked = 0
        near = np.sort(seconds[list(rows)], axis=0)
        # A cell holds the time of the best street within 50 m, across a fence or a railway too: a few nodes differ.
        clear = np.isfinite(near[1])
        clear[clear] = near[1, clear] - near[0, clear] > 60
        for name, area in zip(table["hub"], table.geometry, strict=True):
            inside = np.flatnonzero(clear & points.within(area.buffer(-15)).to_numpy())
            asked += len(inside)
            best = np.array(rows)[seconds[list(rows)][:, inside].argmin(axis=0)]
            assert (np.array(NAMES)[best] == name).mean() > 0.95
        assert asked > 100


def test_a_run_holds_each_hub_as_if_it_were_the_only_one(inputs):
    from tesoma_geo.assessment.assess import assess_inputs

    together = assess_inputs(inputs, str)
    check_columns(together)
    told = together.summary["hubs"]["profiles"]["walk"]["hubs"]
    for number, table in enumerate((inputs.hub, *inputs.further_hubs)):
        router = inputs.network.router("walk")
        minutes = router.travel_times(inputs.origins, table).min(axis=1) / 60
        within = {f"{at:g}": int(inputs.origins["population"][minutes <= at].sum()) for at in (5, 10, 15, 20, 30)}
        assert told[NAMES[number]]["population_within"] == within
    first = told[NAMES[0]]
    alone = together.summary["profiles"]["walk"]
    assert {key: first[key] for key in ("population_within", "median_min", "p90_min")} == {
        key: alone[key] for key in ("population_within", "median_min", "p90_min")
    }
