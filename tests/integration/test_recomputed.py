"""Figures that nobody had checked, computed by other means: SciPy's shortest paths, Shapely's lengths and areas."""

import geopandas as gpd
import numpy as np
import pytest
import scipy.sparse as sp
import shapely
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from tesoma_geo.analysis.lived_access import barrier_edits
from tesoma_geo.assessment.profile_results import hub_isochrones
from tesoma_geo.assessment.street_analysis import has_winter
from tesoma_geo.assessment.surfaces import surface
from tesoma_geo.assessment.transit_analysis import timetable_router
from tesoma_geo.network import StreetRouter
from tesoma_geo.network.isochrones.isochrones import OFF_STREET_M, Water
from tesoma_geo.network.streets.seasons import snowy_network, winter_profile
from tesoma_geo.network.transit.service import connections
from tesoma_geo.sources.population import RESIDENTIAL


def seconds_to(router, to, points):
    """Seconds from points to the nearest of some places, by Dijkstra's search over the public streets.

    A virtual node stands for the places. Ways along one edge are taken as such.
    """
    network, costs, pace_ms = router.network, router.costs, router.profile.foot_speed_ms
    n, public = network.n_nodes, ~costs.restricted
    forward_s, backward_s = costs.forward_s.astype(float), costs.backward_s.astype(float)
    arcs = [
        (network.tail[public], network.head[public], forward_s[public]),
        (network.head[public], network.tail[public], backward_s[public]),
    ]
    for one in to.each():
        edge, share, walk_s = one.edge[one.found], one.fraction[one.found], one.snap_m[one.found] / pace_ms
        with np.errstate(invalid="ignore"):
            arcs += [
                (network.tail[edge], np.full(len(edge), n), share * forward_s[edge] + walk_s),
                (network.head[edge], np.full(len(edge), n), (1.0 - share) * backward_s[edge] + walk_s),
            ]
    tail, head, spent = (np.concatenate(parts) for parts in zip(*arcs, strict=True))
    open_ = np.isfinite(spent)
    tail, head, spent = tail[open_], head[open_], np.maximum(spent[open_], 1e-9)  # SciPy takes 0 for no arc
    order = np.lexsort([spent, head, tail])
    tail, head, spent = tail[order], head[order], spent[order]
    first = np.r_[True, (np.diff(tail) != 0) | (np.diff(head) != 0)]  # the cheapest of parallel arcs
    graph = sp.csr_array((spent[first], (head[first], tail[first])), shape=(n + 1, n + 1))
    at_node = dijkstra(graph, indices=n)
    best = np.full(len(points.edge), np.inf)
    for one in points.each():
        edge, share = np.maximum(one.edge, 0), one.fraction
        with np.errstate(invalid="ignore"):
            found = [
                share * backward_s[edge] + at_node[network.tail[edge]],
                (1.0 - share) * forward_s[edge] + at_node[network.head[edge]],
            ]
            for other in to.each():
                for there, place, walk_m in zip(other.edge, other.fraction, other.snap_m, strict=True):
                    along = (place - share) * np.where(place >= share, forward_s[edge], -backward_s[edge])
                    found.append(np.where((one.edge == there) & (there >= 0), along + walk_m / pace_ms, np.inf))
        seconds = np.nanmin(found, axis=0) + one.snap_m / pace_ms
        best = np.where(one.found, np.fmin(best, seconds), best)
    return best + router.profile.terminal_s


@pytest.mark.parametrize("profile", ["walk", "wheelchair", "bicycle"])
def test_lived_minutes_are_those_of_a_plain_search(sample_inputs, profile):
    chosen = next(one for one in sample_inputs.profiles if one.name == profile)
    router = StreetRouter.build(sample_inputs.network, chosen, 250.0)
    at, hub = router.snap(sample_inputs.origins), router.snap(sample_inputs.hub)
    at = at.take(np.flatnonzero(~router.costs.restricted[at.edge]))  # the plain search knows no private roads
    assert len(at.edge) > 0.9 * len(sample_inputs.origins)
    mapped_s = seconds_to(router, hub, at)
    np.testing.assert_allclose(router.times_between(at, hub).min(axis=1), mapped_s, rtol=1e-4, atol=0.05)
    lived = router.with_edits(barrier_edits(sample_inputs, profile))
    lived_s = seconds_to(lived, hub, at)
    np.testing.assert_allclose(lived.times_between(at, hub).min(axis=1), lived_s, rtol=1e-4, atol=0.05)
    assert (lived_s >= mapped_s - 0.05).all()
    assert (lived_s > mapped_s + 1.0).any()


def test_winter_minutes_are_those_of_a_plain_search(sample_inputs):
    assert has_winter(sample_inputs)
    walk = next(one for one in sample_inputs.profiles if one.name == "walk")
    snowy = snowy_network(sample_inputs.network, sample_inputs.winter)
    router = StreetRouter.build(snowy, winter_profile(walk), 250.0)
    at, hub = router.snap(sample_inputs.origins), router.snap(sample_inputs.hub)
    told = router.times_between(at, hub).min(axis=1)
    np.testing.assert_allclose(told, seconds_to(router, hub, at), rtol=1e-4, atol=0.05)
    dry = StreetRouter.build(sample_inputs.network, walk, 250.0)
    assert (
        told >= dry.times_between(dry.snap(sample_inputs.origins), dry.snap(sample_inputs.hub)).min(axis=1) - 0.05
    ).all()


def test_residents_are_spread_by_the_length_of_streets(sample_inputs):
    workspace = sample_inputs.workspace
    areas = gpd.read_file(workspace.resolve(workspace.population.source)).to_crs(workspace.district.crs)
    streets = sample_inputs.network.lines(sample_inputs.network.ways["highway"].notna().to_numpy())
    lines = streets[streets["highway"].isin(RESIDENTIAL)].geometry.to_numpy()
    cell_m, checked = workspace.population.cell_m, 0
    for area in areas.itertuples():
        mine = sample_inputs.origins[sample_inputs.origins["area_code"] == str(area.code)]
        within = shapely.intersection(lines, area.geometry)
        if mine.empty or not shapely.length(within).sum():
            continue
        assert mine["population"].sum() == area.population_2020
        people = dict(zip(mine["origin_id"], mine["population"], strict=True))
        for name, told in people.items():
            east, north = (float(part) for part in name.split("-")[0][1:].split("N"))
            cell = shapely.box(east, north, east + cell_m, north + cell_m)
            share = shapely.length(shapely.intersection(within, cell)).sum() / shapely.length(within).sum()
            assert abs(told - share * area.population_2020) <= 1.001, name
            checked += 1
    assert checked > 100


@pytest.mark.parametrize("profile", ["walk", "bicycle"])
def test_isochrones_and_rasters_tell_of_streets_what_the_search_tells(sample_inputs, profile):
    chosen = next(one for one in sample_inputs.profiles if one.name == profile)
    router = StreetRouter.build(sample_inputs.network, chosen, 250.0)
    hub, random = router.snap(sample_inputs.hub), np.random.default_rng(8)
    edges = np.flatnonzero(router.usable & ~router.costs.restricted & (router.network.length_m > 5.0))
    length_m = router.network.length_m[edges].astype(float)
    lines = router.network.segments[random.choice(edges, 12_000, p=length_m / length_m.sum())]
    places = gpd.GeoSeries(
        shapely.line_interpolate_point(lines, random.uniform(0.02, 0.98, len(lines)), normalized=True),
        crs=router.network.crs,
    )
    at = router.snap(places)
    seconds = seconds_to(router, hub, at)
    on_it = at.found & (at.snap_m < 0.5) & np.isfinite(seconds)
    places, seconds = places[on_it], seconds[on_it]
    xy = np.column_stack([places.x, places.y])
    streets, water = router.timed_streets(hub, reverse=True), Water.of(sample_inputs.water.geometry)
    to_hub_s = router.times_between(router.snap(sample_inputs.origins), hub).min(axis=1)
    rings = hub_isochrones(streets, water, sample_inputs, to_hub_s)
    for ring in rings.itertuples():
        inside = places.within(ring.geometry).to_numpy()
        limit_s = ring.cutoff_min * 60.0
        # The outline is drawn on a grid: a place within 15 s of the limit may lie on either side of it.
        assert inside[seconds < limit_s - 15.0].mean() > 0.995, ring.cutoff_min
        # What lies inside is no farther from a street that is reached than the outline takes in.
        far_m, _ = cKDTree(xy[seconds <= limit_s]).query(xy[inside])
        assert (far_m <= OFF_STREET_M + 15.0).all(), ring.cutoff_min
    raster = surface(streets, water, str(router.network.crs))
    rows, columns = np.nonzero(np.isfinite(raster.seconds))
    some = random.choice(len(rows), 3_000, replace=False)
    corner, side_m = (raster.transform.c, raster.transform.f), (raster.transform.a, raster.transform.e)
    middle = np.asarray(corner) + (np.column_stack([columns[some], rows[some]]) + 0.5) * side_m
    near = cKDTree(xy).query_ball_point(middle, OFF_STREET_M)
    told, pace_ms = raster.seconds[rows[some], columns[some]], router.profile.foot_speed_ms
    best = np.array(
        [
            min((seconds[one] + np.hypot(*(xy[one] - at).T) / pace_ms), default=np.inf)
            for one, at in zip(near, middle, strict=True)
        ]
    )
    # The best of the places within 50 m, and the walk from there. Those tried lie some metres from each other, and
    # none on private streets: a few cells are sooner reached than from them, and none is later.
    off_s = (told - best)[np.isfinite(best)]
    assert len(off_s) > 0.98 * len(told)
    assert off_s.max() < 0.05
    assert (off_s > -10.0).mean() > 0.97


def test_first_and_last_connections_are_the_jumps_of_the_arrivals(sample_inputs):
    """Whoever leaves a minute later arrives no later until a connection is missed: then somebody had to set out."""
    walk = StreetRouter.build(sample_inputs.network, _walk(sample_inputs), 250.0)
    router = timetable_router(sample_inputs, walk)
    at, hub = router.snap(walk.snap(sample_inputs.origins)), router.snap(walk.snap(sample_inputs.hub))
    told, trips = connections(router, at, hub), router.trips_to(at, hub)
    asked_s = np.asarray(router.asked_s, float)
    on_foot_s = walk.times_between(walk.snap(sample_inputs.origins), walk.snap(sample_inputs.hub)).min(axis=1)
    checked = 0
    for origin in np.flatnonzero(told["connections"].to_numpy() > 1):
        seconds = np.asarray(trips.seconds[origin], float)
        rides = seconds < on_foot_s[origin] - 1.0
        arrives_s = asked_s + seconds
        # Between two minutes of which both ride, with another arrival, somebody sets out.
        jumps = np.flatnonzero(rides[:-1] & (np.diff(arrives_s) > 1.0))
        if not len(jumps):
            continue
        assert told["first"][origin] < asked_s[jumps[0] + 1] + 1.0
        # Nobody sets out before riding is worth while at some whole minute, but for the minute before.
        assert told["first"][origin] > asked_s[np.argmax(rides)] - 60.0
        assert told["last"][origin] >= asked_s[jumps[-1]]
        assert told["connections"][origin] >= len(jumps)
        checked += 1
    assert checked >= 10


def _walk(inputs):
    return next(one for one in inputs.profiles if one.name == "walk")
