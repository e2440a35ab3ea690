"""The transit router on the real streets and timetable of Tampere, a January weekday."""

from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from tesoma_geo.assessment.transit_analysis import through_the_day
from tesoma_geo.errors import InputError
from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.profiles import default_profiles
from tesoma_geo.network.transit import Timetable, transit_router
from tesoma_geo.network.transit.edits import HeadwayChanged, LineAdded, LineRemoved, StopMoved
from tesoma_geo.network.transit.events import usable
from tesoma_geo.network.transit.legs import stop_transfers
from tesoma_geo.network.transit.service import (
    all_day,
    connections,
    hours,
    residents_connected,
    stop_connections,
)
from tests.plain_raptor import Plain, PlainFeed, as_seconds, of_legs

HUB = np.array([[23.6275, 61.5052]])
DAY = "2022-01-18"
WINDOW = ("07:00", "08:00")


@pytest.fixture(scope="module")
def feed_path(shared_data):
    return shared_data / "nysse_gtfs.zip"


@pytest.fixture(scope="module")
def network(shared_data):
    return StreetNetwork.from_osm(shared_data / "tampere.osm.pbf")


@pytest.fixture(scope="module")
def timetable(feed_path):
    return Timetable.from_gtfs(feed_path, DAY)


@pytest.fixture(scope="module")
def walk(network):
    return network.router("walk")


@pytest.fixture(scope="module")
def places(network, walk):
    """Street nodes all over the city, one also in every nook of it."""
    usable_nodes = np.unique(np.concatenate([network.tail[walk.usable], network.head[walk.usable]]))
    chosen = np.random.default_rng(2022).choice(usable_nodes, 240, replace=False)
    return np.column_stack([network.lon[chosen], network.lat[chosen]])


@pytest.fixture(scope="module")
def router(walk, timetable):
    return transit_router(walk, timetable, WINDOW)


@pytest.fixture(scope="module")
def by_leg(walk, timetable):
    """Walks limited one by one, as a RAPTOR of one value a stop limits them."""
    return transit_router(walk, timetable, WINDOW, max_walk_per="leg")


def plain_parts(router):
    limits = router.limits
    transfers = stop_transfers(
        router.timetable, router.walk, router.access.stops, limits.leg_s, limits.boarding_slack_s
    )
    return router.timetable, transfers, *usable(router.timetable, limits.boarding)


@pytest.mark.slow
def test_every_minute_and_place_equals_a_plain_raptor(by_leg, places):
    plain = PlainFeed(*plain_parts(by_leg))
    here, hub = by_leg.snap(places[:120]), by_leg.snap(HUB)
    to_hub, from_hub = by_leg.trips_to(here, hub).seconds, by_leg.trips_from(hub, here).seconds
    direct_to, direct_from = by_leg.access.direct_s(here, hub)[:, 0], by_leg.access.direct_s(hub, here)[0]
    slack_s, most_s, asked = by_leg.limits.boarding_slack_s, by_leg.limits.trip_s, by_leg.asked_s.tolist()

    def legs(table, place):
        rows = slice(table.first[place], table.first[place + 1])
        return table.stop[rows], table.walk_s[rows].astype(np.int64)

    hub_to, hub_from = legs(hub.legs_from, 0), legs(hub.legs_to, 0)
    for place in range(len(here)):
        access, egress = legs(here.legs_to, place), legs(here.legs_from, place)
        there = [plain.arrival(leaves_s, access, hub_to, slack_s) for leaves_s in asked]
        back = [plain.arrival(leaves_s, hub_from, egress, slack_s) for leaves_s in asked]
        assert to_hub[place].tolist() == as_seconds(there, asked, direct_to[place], most_s)
        assert from_hub[place].tolist() == as_seconds(back, asked, direct_from[place], most_s)
    assert (to_hub < direct_to[:, None]).mean() > 0.8  # most of what is compared are rides


@pytest.mark.slow
def test_with_a_walking_budget_it_equals_a_plain_search_of_all_trade_offs(router, places):
    plain = Plain.of(*plain_parts(router))
    here, hub = router.snap(places), router.snap(HUB)
    trips = router.trips_to(here, hub)
    assert ((trips.walking_s + trips.transfer_s)[trips.rides > 0] <= router.limits.walk_s).all()
    direct_s = router.access.direct_s(here, hub)[:, 0]
    tight = np.flatnonzero((trips.walking_s + trips.transfer_s > 1100).any(axis=1) & (trips.rides > 0).all(axis=1))
    for place in tight[:2]:
        k = int(np.argmax(trips.walking_s[place] + trips.transfer_s[place]))
        leaves_s = int(router.asked_s[k])
        arrival = plain.arrival(
            leaves_s, of_legs(here.legs_to, place), of_legs(hub.legs_from, 0), router.limits.boarding_slack_s,
            router.limits.walk_s, earliest_s=router.departures.start_s,
        )  # fmt: skip
        assert trips.seconds[place, k] == as_seconds([arrival], [leaves_s], direct_s[place])[0]


def test_a_matrix_swept_from_either_side_is_the_same(router, places):
    some, others = router.snap(places[:24]), router.snap(places[24:49])
    percentiles = (5, 50, 95)
    forward = router.travel_times(some, others, percentiles)  # 24 sweeps from the origins
    fewer = router.snap(places[24:47])
    backward = router.travel_times(some, fewer, percentiles)  # 23 sweeps to the destinations
    # Rides are whole seconds; walking all the way is summed by the street engine in another order.
    np.testing.assert_allclose(forward[:, :, :23], backward, rtol=0, atol=0.01)
    ridden = backward == np.round(backward)
    assert ridden.mean() > 0.5
    np.testing.assert_array_equal(forward[:, :, :23][ridden], backward[ridden])


def test_matrix_trips_and_percentiles_agree(router, places):
    here, hub = router.snap(places), router.snap(HUB)
    percentiles = (0, 5, 25, 50, 75, 95, 100)
    trips = router.trips_to(here, hub)
    np.testing.assert_array_equal(router.travel_times(here, hub, percentiles)[:, :, 0], trips.percentiles(percentiles))
    np.testing.assert_array_equal(router.travel_times(here, hub), trips.percentiles([50])[:, :, None])
    np.testing.assert_array_equal(trips.percentiles([0])[0], trips.seconds.min(axis=1))
    np.testing.assert_array_equal(trips.percentiles([100])[0], trips.seconds.max(axis=1))


def test_matrices_without_a_budget_are_those_of_the_trips(by_leg, walk, timetable, places):
    here, hub = by_leg.snap(places), by_leg.snap(HUB)
    trips = by_leg.trips_to(here, hub)
    np.testing.assert_array_equal(by_leg.travel_times(here, hub, (5, 50))[:, :, 0], trips.percentiles((5, 50)))
    back = by_leg.trips_from(hub, here)
    np.testing.assert_array_equal(by_leg.travel_times(hub, here, (5, 50))[:, 0], back.percentiles((5, 50)))
    minute = transit_router(walk, timetable, ("07:30", "07:31"), max_walk_per="leg")
    slot = int(np.flatnonzero(by_leg.asked_s == timetable.seconds("07:30"))[0])
    alone = minute.travel_times(places, HUB)[0, :, 0]
    assert (alone >= trips.seconds[:, slot]).all()  # the last departure of a window cannot wait for a later one
    np.testing.assert_array_equal(alone, minute.trips_to(places, HUB).seconds[:, 0])


def test_walking_all_the_way_is_never_faster(router, walk, places):
    walked = walk.travel_times(places, HUB)
    assert (router.trips_to(places, HUB).seconds <= walked).all()


def test_faster_walking_never_arrives_later(timetable, network, router, places):
    brisk = default_profiles()["walk"].model_copy(update={"name": "brisk", "speed_kmh": 6.0})
    faster = transit_router(network.router(brisk), timetable, WINDOW)
    assert (faster.trips_to(places, HUB).seconds <= router.trips_to(places, HUB).seconds).all()


def test_a_later_deadline_never_leaves_earlier(walk, timetable, places):
    deadlines = transit_router(walk, timetable, ("08:00", "09:00"), arrive_by=True)
    for trips in (deadlines.trips_to(places, HUB), deadlines.trips_from(HUB, places)):
        leaves = trips.asked_s - trips.seconds
        assert (np.diff(leaves, axis=1)[np.isfinite(leaves[:, :-1])] >= -1e-3).all()
        assert (trips.rides > 0).mean() > 0.5


def test_deadlines_are_met_by_the_departures_they_tell(walk, timetable, places):
    deadlines = transit_router(walk, timetable, ("08:00", "08:10"), arrive_by=True, max_walk_per="leg")
    back = deadlines.trips_to(places[:40], HUB)
    for k in (0, 9):
        riding = np.flatnonzero(back.rides[:, k] > 0)
        for place in riding[:10]:
            leaves = int(back.asked_s[k] - back.seconds[place, k])
            clock = timetable.clock(leaves)
            there = transit_router(
                walk, timetable, (clock, timetable.clock(leaves + 2)), max_walk_per="leg", step_min=1 / 60
            )
            seconds = there.trips_to(places[[place]], HUB).seconds[0]
            assert leaves + seconds[0] <= back.asked_s[k]
            assert leaves + 1 + seconds[1] > back.asked_s[k]


def test_itineraries_tell_the_matrix_to_the_second(router, timetable, places):
    clocks = ("07:00", "07:23", "07:59")
    slots = [int(np.flatnonzero(router.asked_s == timetable.seconds(clock))[0]) for clock in clocks]
    hub = router.snap(HUB)
    told = 0
    for place in range(0, 60, 3):
        origin = router.snap(places[[place]])
        seconds = router.trips_to(origin, hub).seconds[0]
        for clock, slot in zip(clocks, slots, strict=True):
            found = router.itineraries(origin, hub, clock)
            if np.isinf(seconds[slot]):
                assert found == ()
                continue
            (trip,) = found
            assert trip.seconds == seconds[slot]
            assert trip.leaves_s >= trip.asked_s
            if trip.rides:
                told += 1
                assert trip.arrives_s - trip.asked_s == trip.seconds
                assert all(later.starts_s >= leg.ends_s for leg, later in pairwise(trip.legs))
                check_rides(trip, timetable)
                walked_s = sum(leg.ends_s - leg.starts_s for leg in trip.legs if leg.kind == "walk")
                assert walked_s <= router.limits.walk_s
                assert trip.fare.price >= 3.5
                assert trip.fare.currency == "EUR"
    assert told > 20


def check_rides(trip, timetable):
    """Rides stand in the timetable, board where the walk before ends, and are drawn between their stops."""
    for before, leg in pairwise(trip.legs):
        if leg.kind == "ride":
            assert before.ends_s + 1 <= leg.starts_s
            row = timetable.trips.index[timetable.trips["trip_id"] == leg.trip_id]
            own = np.isin(timetable.calls.trip, row)
            assert leg.starts_s in timetable.calls.departure_s[own]
            assert leg.ends_s in timetable.calls.arrival_s[own]
            assert leg.stops["arrival_s"].is_monotonic_increasing
            assert leg.from_stop == leg.stops["name"].iloc[0]
            assert leg.geometry.length > 0


def test_all_itineraries_of_a_window_are_different_and_in_order(router, places):
    found = router.itineraries(places[[0]], HUB)
    pairs = [(trip.leaves_s, trip.arrives_s) for trip in found]
    assert len(pairs) == len(set(pairs)) > 1
    assert pairs == sorted(pairs)
    with pytest.raises(InputError, match=r"12:00 is no departure of the window"):
        router.itineraries(places[[0]], HUB, "12:00")
    with pytest.raises(InputError, match="2 origins"):
        router.itineraries(places[:2], HUB)


def test_made_and_asked_again_the_answers_are_the_same_bytes(network, feed_path, router, places, tmp_path, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path))
    again = transit_router(network.router("walk"), Timetable.from_gtfs(feed_path, DAY), WINDOW)
    first, second = (one.trips_to(places, HUB) for one in (router, again))
    for name in ("seconds", "rides", "walking_s", "transfer_s", "waiting_s", "riding_s"):
        assert getattr(first, name).tobytes() == getattr(second, name).tobytes(), name


def test_nodes_isochrones_and_places_agree(router, network, walk, places):
    to_hub = router.to(HUB)
    assert to_hub.shape == (network.n_nodes,)
    assert (to_hub <= walk.to(HUB)).all()
    # Places are street nodes: their own median is that of the node, but for a second of rounding on the way.
    nodes = [int(np.argmin(np.hypot(network.lon - lon, network.lat - lat))) for lon, lat in places[:40]]
    np.testing.assert_allclose(to_hub[nodes], router.travel_times(places[:40], HUB)[0, :, 0], atol=2.0)
    rings = router.isochrones(HUB, [600, 1200, 1800], reverse=True)
    on_foot = walk.isochrones(HUB, [600, 1200, 1800], reverse=True)
    assert (rings["area_km2"].to_numpy() >= on_foot["area_km2"].to_numpy() - 1e-6).all()
    assert rings["area_km2"].iloc[2] > 2 * on_foot["area_km2"].iloc[2]
    assert rings.geometry.iloc[2].contains(rings.geometry.iloc[1])


def test_a_wheelchair_boards_only_what_is_said_to_be_accessible(network, timetable):
    window = ("10:00", "11:00")  # the trams, which are accessible, run in these hours of the feed
    on_wheels = network.transit_router(timetable, window, "wheelchair", max_walk_min=30)
    tram = np.flatnonzero(timetable.trips["wheelchair"] == 1)
    accessible = set(timetable.trips["trip_id"].iloc[tram])
    ends = timetable.calls.stop[[timetable.first_call[tram[0]], timetable.first_call[tram[0] + 1] - 1]]
    start, end = (timetable.stops[["lon", "lat"]].to_numpy()[[stop]] for stop in ends)
    trips = [trip for trip in on_wheels.itineraries(start, end) if trip.rides]
    assert trips
    assert {leg.trip_id for trip in trips for leg in trip.legs if leg.kind == "ride"} <= accessible
    anything = network.transit_router(timetable, window, "wheelchair", max_walk_min=30, boarding="any")
    assert (anything.trips_to(start, HUB).rides > 0).any()
    assert (on_wheels.trips_to(start, HUB).rides <= 0).all()  # buses are not said to be accessible
    assert (anything.trips_to(start, end).seconds <= on_wheels.trips_to(start, end).seconds).all()


def test_a_bicycle_to_the_stop_is_never_slower_than_walking_there_but_for_parking(network, timetable, places, router):
    by_bicycle = network.transit_router(timetable, WINDOW, to_stops="bicycle")
    riding = by_bicycle.trips_to(places, HUB).percentiles([50])[0]
    walking = router.trips_to(places, HUB).percentiles([50])[0]
    assert np.median(riding) < 0.8 * np.median(walking)
    assert (riding <= network.router("bicycle").travel_times(places, HUB)[:, 0]).all()


def test_edits_do_what_they_say_and_leave_the_timetable_as_it_was(router, timetable, places):
    before = router.trips_to(places, HUB).seconds
    more_often = router.with_edits([HeadwayChanged("8", 2, ("06:00", "10:00"))])
    assert np.median(more_often.trips_to(places, HUB).seconds) < np.median(before)
    express = LineAdded("X", (tuple(HUB[0]), "0001", (23.85, 61.45)), (10, 8), 5, ("06:00", "10:00"))
    with_line = router.with_edits([express]).trips_to(places, HUB).seconds
    assert (with_line <= before).all()
    assert (with_line < before).any()
    without = router.with_edits([LineRemoved("8")]).trips_to(places, HUB).seconds
    assert (without >= before).all()
    assert (without > before).any()
    np.testing.assert_array_equal(router.with_edits([express, LineRemoved("X")]).trips_to(places, HUB).seconds, before)
    far = router.with_edits([StopMoved(stop, 23.9, 61.56) for stop in timetable.stops["stop_id"][:600]])
    assert np.median(far.trips_to(places, HUB).seconds) > np.median(before)
    np.testing.assert_array_equal(router.trips_to(places, HUB).seconds, before)
    for edit, told in (
        (LineRemoved("no such"), "no line 'no such'"),
        (StopMoved("no such", 23.6, 61.5), "no stop 'no such'"),
        (HeadwayChanged("8", 10, ("02:00", "03:00")), "no trip between"),
        (HeadwayChanged("8", -1, ("07:00", "08:00")), "headway_min is -1"),
        (LineAdded("X", ("0001",), (), 5, ("06:00", "10:00")), "1 stops"),
    ):
        with pytest.raises(InputError, match=told):
            timetable.with_edits([edit])


def test_headways_first_and_last_connections_and_residents(router, timetable, places):
    stops = stop_connections(router, HUB)
    assert (stops["connections"] > 0).all()
    assert ((stops["first"] >= "07:00:00") & (stops["last"] < "08:00:00")).all()
    near = stops[stops["stop_id"].isin(timetable.stops["stop_id"][timetable.stops["name"].str.startswith("Tesoma")])]
    assert any("8" in lines.split(", ") for lines in near["direct_lines"])
    table = connections(router, places, HUB)
    residents = np.full(len(places), 10)
    counts = residents_connected(table, residents)
    assert 0 < counts["10"] <= counts["20"] <= counts["30"] <= residents.sum() - counts["on_foot"]
    assert (table["longest_gap_min"] <= 60).all()
    assert (table["longest_gap_min"][table["connections"] > 0] <= 60).all()


def test_through_the_day_follows_the_hours_of_the_feed(router, timetable, places):
    start_s, end_s = hours(timetable)
    assert (timetable.clock(start_s)[:2], timetable.clock(end_s)[:2]) >= ("05", "11")
    whole = all_day(router, 30)
    clocks = [timetable.clock(second)[:5] for second in whole.asked_s]
    curve = through_the_day(clocks, whole.trips_to(places, HUB).seconds, np.ones(len(places)), (30, 60))
    assert list(curve["clock"]) == sorted(curve["clock"])
    assert (curve["within_60"] >= curve["within_30"]).all()
    seven = curve[curve["clock"] == "07:00"].iloc[0]
    reached = (router.trips_to(places, HUB).seconds[:, 0] <= 3600).sum()
    assert seven["within_60"] == reached


def test_a_date_outside_the_feed_is_an_error_and_a_window_must_be_one(walk, feed_path, timetable):
    with pytest.raises(
        InputError, match=r"no service on 2022-05-01 \(Sunday\); it covers 2021-\d\d-\d\d to 2022-\d\d-\d\d"
    ):
        Timetable.from_gtfs(feed_path, date(2022, 5, 1))
    for window, limits, told in (
        (("09:00", "07:00"), {}, "ends before it begins"),
        (("9", "10:00"), {}, "'9' is no clock time"),
        (WINDOW, {"max_walk_min": 0}, "max_walk_min is 0"),
        (WINDOW, {"boarding_slack_s": -1}, "boarding_slack_s is -1"),
        (WINDOW, {"max_walk_per": "day"}, "max_walk_per is 'day'"),
    ):
        with pytest.raises(InputError, match=told):
            transit_router(walk, timetable, window, **limits)


def test_gtfs_kit_reads_the_same_trips_and_times(feed_path, timetable):
    gtfs_kit = pytest.importorskip("gtfs_kit")
    theirs = gtfs_kit.read_feed(feed_path, dist_units="km")
    trips = theirs.get_trips(date="20220118")
    times = theirs.stop_times[theirs.stop_times["trip_id"].isin(trips["trip_id"])]
    own = timetable.trips["service_day"].to_numpy() == 0
    called = times.groupby("trip_id").size()
    assert set(timetable.trips["trip_id"][own]) == set(called.index[called >= 2])
    first, last = timetable.first_call[:-1][own], timetable.first_call[1:][own] - 1
    ends = dict(
        zip(
            timetable.trips["trip_id"][own],
            zip(
                (timetable.clock(second) for second in timetable.calls.departure_s[first]),
                (timetable.clock(second) for second in timetable.calls.arrival_s[last]),
                strict=True,
            ),
            strict=True,
        )
    )
    ordered = times.sort_values(["trip_id", "stop_sequence"]).groupby("trip_id")
    theirs_ends = zip(ordered["departure_time"].first(), ordered["arrival_time"].last(), strict=True)
    for trip, pair in zip(ordered.groups, theirs_ends, strict=True):
        if trip in ends:
            assert ends[trip] == pair
    active = theirs.get_dates()
    assert "20220118" in active
    assert "20220501" not in active
