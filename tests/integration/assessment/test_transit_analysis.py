"""What the bundled district's timetable tells of the hub, against the router asked another way."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tesoma_geo.assessment.transit_analysis import quarters, through_the_day, timetable_router, transit_analysis
from tesoma_geo.errors import InputError
from tesoma_geo.network.transit.median_trip import fares, median_trips
from tesoma_geo.network.transit.service import connections, hours, stop_connections

DOCS = Path(__file__).resolve().parents[3] / "docs" / "outputs.md"


@pytest.fixture(scope="module")
def inputs(sample_inputs):
    return sample_inputs


@pytest.fixture(scope="module")
def router(inputs):
    return timetable_router(inputs)


@pytest.fixture(scope="module")
def study(inputs, router):
    return transit_analysis(inputs, router)


def test_the_day_by_hand():
    seconds = np.array([[300, np.inf], [600, 900], [np.inf, np.inf]], np.float32)
    table = through_the_day(["07:00", "07:15"], seconds, [10, 30, 10], (5, 10))
    assert table["clock"].tolist() == ["07:00", "07:15"]
    assert table["median_min"].tolist() == [10.0, 15.0]
    assert table["within_5"].tolist() == [10, 0]
    assert table["within_10"].tolist() == [40, 0]
    empty_bus = through_the_day(["07:00"], seconds[2:, :1], [10], (5,))
    assert empty_bus["median_min"].tolist() == [np.inf]


def test_departures_of_the_day_are_those_of_the_router(inputs, router, study):
    assert study.departure_s.shape == (len(inputs.origins), len(study.departure_clocks))
    assert [clock[-2:] for clock in study.departure_clocks[:4]] == ["00", "15", "30", "45"]
    trips = router.trips_to(inputs.origins, inputs.hub)
    for clock in study.departure_clocks:
        slot = np.flatnonzero(trips.asked_s == router.timetable.seconds(clock))
        # The last departures of the window cannot wait for what leaves after it.
        if len(slot) and clock < "08:30":
            of_day = study.departure_s[:, study.departure_clocks.index(clock)]
            quarter = np.sort(trips.seconds[:, slot[0] : slot[0] + 15], axis=1)[:, 7]
            assert (of_day <= quarter).all()
            assert np.isclose(of_day, quarter).mean() > 0.9


def test_a_quarter_is_the_median_of_its_departures_over_all_draws():
    seconds = np.array([[1, 2, 9, 4, 5, 8, 8, 1, 4, 6]], np.float32)  # two draws of five departures
    assert quarters(seconds, 5, 3).tolist() == [[2, 4]]
    assert quarters(seconds[:, :5], 5, 2).tolist() == [[1, 4, 5]]


def test_stops_tell_the_window_and_the_whole_day(inputs, router, study):
    asked = stop_connections(router, inputs.hub)
    assert study.stops["stop_id"].tolist() == asked["stop_id"].tolist()
    np.testing.assert_array_equal(study.stops["connections"], asked["connections"])
    assert study.stops.crs == inputs.origins.crs
    assert (study.stops["first"] <= asked["first"].str[:5].to_numpy()).all()
    assert (study.stops["last"] >= asked["last"].str[:5].to_numpy()).all()
    assert (study.stops["first"] < study.window[0]).any()
    start, end = (router.timetable.clock(second)[:5] for second in hours(router.timetable))
    assert study.hours[0] <= start < study.stops["first"].max() <= study.stops["last"].max() <= end == study.hours[1]


def test_the_docs_name_the_columns_of_the_stops(study):
    section = DOCS.read_text(encoding="utf-8").split("## `transit_stops.parquet`")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`[^|]+`) \|", section, re.MULTILINE)
    assert re.findall("`([^`]+)`", " ".join(rows)) == [name for name in study.stops if name != "geometry"]


def test_lines_are_those_that_stops_name(study):
    at_stops = {line for lines in study.stops["direct_lines"] for line in lines.split(", ") if line}
    assert set(study.lines["line"]) == at_stops
    assert (study.lines["connections"] * study.lines["every_min"] == 120).all()
    assert study.lines["every_min"].is_monotonic_increasing


def test_connections_of_origins_are_different_trips(inputs, router):
    """The same counts and seconds, from the itineraries of some origins to one entrance."""
    entrance = inputs.hub.iloc[:1]
    table = connections(router, inputs.origins, entrance)
    riding = np.flatnonzero(table["connections"] > 0)[::25]
    assert len(riding) > 3
    for row in riding:
        trips = router.itineraries(inputs.origins.iloc[[row]], entrance)
        leaves = {trip.leaves_s for trip in trips if trip.rides and trip.leaves_s < router.departures.end_s}
        assert table["connections"].iloc[row] == len(leaves)
        assert (table["first"].iloc[row], table["last"].iloc[row]) == (min(leaves), max(leaves))
        gaps = np.diff([router.departures.start_s, *sorted(leaves), router.departures.end_s])
        assert table["longest_gap_min"].iloc[row] == gaps.max() / 60
    without = table[table["connections"] == 0]
    assert np.isinf(without["every_min"]).all()
    assert (without[["first", "last"]] == -1).all(axis=None)


def test_first_and_last_are_of_the_day(study):
    riding = study.connections["connections"] > 0
    assert (study.connections["first"][riding] < study.window[0]).all()
    assert (study.connections["last"][riding] > study.window[1]).all()


def test_residents_are_counted_once(inputs, study):
    connected = study.residents_connected
    people = inputs.origins["population"].to_numpy()
    often = study.connections["every_min"].to_numpy() <= 20
    assert connected["20"] == people[often].sum()
    assert connected["10"] <= connected["20"] <= connected["30"]
    assert connected["30"] + connected["on_foot"] <= people.sum()


def test_mean_parts_sum_to_the_mean_of_the_trips(inputs, router, study):
    trips = router.trips_to(inputs.origins, inputs.hub)
    there = np.isfinite(trips.seconds).all(axis=1)
    total = study.parts_s[["walking_s", "waiting_s", "riding_s", "transfer_s"]].sum(axis=1)
    np.testing.assert_allclose(total[there], trips.seconds[there].mean(axis=1), rtol=1e-5)
    never = ~np.isfinite(trips.seconds).any(axis=1)
    assert study.parts_s[never].isna().all(axis=None)


def test_fares_are_those_of_the_itineraries(inputs, router, study):
    """To one entrance, as itineraries are; at the departure that is explained."""
    entrance = inputs.hub.iloc[:1]
    trips = median_trips(router, router.snap(inputs.origins), router.snap(entrance))
    found = fares(router.timetable, trips)
    riding = np.flatnonzero(trips.rides)[::8]
    assert len(riding) > 2
    for row in riding:
        clock = router.timetable.clock(int(router.asked_s[trips.slot[row]]))
        (trip,) = router.itineraries(inputs.origins.iloc[[row]], entrance, clock)
        assert found[row] == trip.fare
        assert (trips.calls[row, :, 0] >= 0).sum() == trip.rides
    on_foot = ~trips.rides & np.isfinite(trips.seconds)
    assert {found[row].price for row in np.flatnonzero(on_foot)} == {0.0}
    assert study.currency == "EUR"
    assert set(study.fare[np.isfinite(study.fare)]) == {0.0, 3.0}
    np.testing.assert_array_equal(np.isfinite(study.fare), np.isfinite(study.explained["total_s"]))


def test_a_workspace_without_a_timetable(inputs):
    with pytest.raises(InputError, match=r"Add \[transit\]"):
        timetable_router(replace(inputs, timetable=None))


def test_riders_are_told_of_lines_and_the_last_way_home(inputs, router, study):
    homes = inputs.origins[inputs.origins["population"] > 0]
    lines = {line["line"]: line for line in study.lines_of_day}
    assert set(study.lines["line"]) <= set(lines)
    for line in lines.values():
        assert 0 < line["residents"] <= homes["population"].sum()
        assert line["first"] <= line["last"]
        assert all(0 < minutes <= 60 for minutes in line["headway_min"].values())
    earliest, latest = study.last_home
    assert earliest <= latest <= study.hours[1]
    later = replace(router, departures=replace(router.departures, start_s=router.timetable.seconds(latest) + 60,
                                               end_s=router.timetable.seconds(study.hours[1]) + 3600))  # fmt: skip
    trips = later.trips_from(inputs.hub, homes)
    assert not (trips.rides > 0).any()


def test_the_first_connection_sets_out_before_the_first_vehicle(study):
    assert min(first for first in study.connections["first"] if first) < study.hours[0] <= study.departure_clocks[0]
