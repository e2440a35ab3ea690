"""Where on a way time is lost: by hand on lines, and on the bundled district's streets."""

import numpy as np
import pytest
import shapely

from tesoma_geo.analysis.largest_delays import route_between, worst_detour, worst_place, worst_street
from tesoma_geo.network.streets.edits import Edits

EAST, NORTH = 320_000.0, 6_823_000.0


@pytest.fixture(scope="module")
def router(inputs):
    return inputs.network.router("walk")


def line(*metres):
    return shapely.LineString([(EAST + east_m, NORTH + north_m) for east_m, north_m in metres])


def test_the_longest_way_round_by_hand(router):
    """Round a block of 400 m by 100 m: 900 m on foot for 100 m as the crow flies."""
    found = worst_detour(router, line((0, 0), (0, 400), (100, 400), (100, 0)))
    assert (found["kind"], found["along_m"], found["straight_m"]) == ("detour", 900.0, 100.0)
    assert found["delay_s"] == pytest.approx(800 / (router.profile.speed_kmh / 3.6))
    assert found["from"][1] == pytest.approx(found["to"][1], abs=1e-4)
    assert found["lat"] - found["from"][1] == pytest.approx(400 / 111_400, rel=0.01)


def test_only_what_a_link_could_span_is_a_way_round(router):
    """A bend of a long way: its ends are far apart, so the stretch told is shorter than the way."""
    found = worst_detour(router, line((0, 0), (0, 2000), (2000, 2000)))
    assert found["straight_m"] <= 300.0
    assert found["along_m"] == pytest.approx(found["straight_m"] * np.sqrt(2), rel=0.05)


@pytest.mark.parametrize("route", [shapely.LineString(), line((0, 0), (5, 5)), line((0, 0), (0, 1000))])
def test_straight_ways_and_no_way_have_none(router, route):
    assert worst_detour(router, route) == {}


def test_the_worse_of_the_two_is_told(inputs, router):
    at_places, at_hub = router.snap(inputs.origins.iloc[[3]]), router.snap(inputs.hub)
    route, edges = route_between(router, at_places, at_hub, 0)
    both = worst_street(router, edges), worst_detour(router, route)
    assert worst_place(router, route, edges) in both
    assert worst_place(router, route, edges)["delay_s"] == max(place.get("delay_s", 0) for place in both)
    slow = router.with_edits(Edits(edges[:1], delay_s=3600.0))
    found, way = worst_place(slow, route, edges), inputs.network.way[edges[0]]
    assert (found["kind"], found["osm_id"]) == ("street", inputs.network.ways["osm_id"].iloc[way])
    assert found["delay_s"] > 3000


def test_the_route_is_as_long_as_the_router_says(inputs, router):
    at_place, at_hub = router.snap(inputs.origins.iloc[[3]]), router.snap(inputs.hub)
    route, edges = route_between(router, at_place, at_hub, 1)
    seconds = router.times_between(at_place, at_hub)[0, 1]
    assert len(edges) > 3
    assert route.length / router.profile.foot_speed_ms <= seconds * 1.01
