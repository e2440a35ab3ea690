"""Services that are open at the end of a trip: minute by minute, and through kinds and groups."""

import datetime as dt
from types import SimpleNamespace

import geopandas as gpd
import numpy as np
import opening_hours
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from tesoma_geo.inputs.open_services import (
    nearest_open,
    open_trips,
    service_groups,
    while_open,
    with_open_trips,
)

#: Porto: no city that other tests know, and a country of its own holidays. 13 March 2026 is a Friday.
DAY, COUNTRY = dt.date(2026, 3, 13), "PT"


def workspace(window=("07:00", "09:00"), open_at: str | None = "window", day: dt.date = DAY):
    return SimpleNamespace(
        services=SimpleNamespace(open_at=open_at),
        transit=SimpleNamespace(date=day, window=window),
        district=SimpleNamespace(country=COUNTRY),
    )


def services(*hours: str | None, kinds: list[str] | None = None) -> gpd.GeoDataFrame:
    n = len(hours)
    return gpd.GeoDataFrame(
        {
            "service_id": [f"s{row}" for row in range(n)],
            "kind": kinds or ["grocery"] * n,
            "name": [None] * n,
            "source": "a.csv",
            "opening_hours": list(hours),
        },
        geometry=[shapely.Point(532_000 + row, 4_556_000) for row in range(n)],
        crs="EPSG:32629",
    )


@pytest.mark.parametrize(
    ("hours", "window"),
    [
        ("24/7", ("07:00", "09:00")),
        ("Mo-Fr 08:00-16:00", ("07:00", "09:00")),
        ("Mo-Fr 08:05-16:00", ("07:00", "09:00")),
        ("Mo-Th 08:00-16:00; Fr 10:00-14:00; PH off", ("09:00", "13:00")),
        ("20:00-02:00", ("22:00", "25:30")),
        ("Mo-Sa 07:00-08:00,08:20-09:40", ("07:00", "09:00")),
        ("Sa-Su 09:00-18:00", ("07:00", "09:00")),
        ("sunrise-sunset", ("06:00", "07:00")),
        ("off", ("07:00", "09:00")),
        ('08:30-11:00 "by appointment"', ("08:00", "10:00")),
    ],
)
def test_a_service_counts_where_it_is_open_for_half_of_the_departures(hours, window):
    """By the minute, asked of the library itself, up to the first time that it closes again."""
    timed, _, _ = with_open_trips(services(hours), workspace(window))
    begin, end = (int(clock[:2]) * 60 + int(clock[3:]) for clock in window)
    start, asked = dt.datetime.combine(DAY, dt.time()), opening_hours.OpeningHours(hours, country=COUNTRY)
    minutes = np.arange(begin, end + 240)
    is_open = np.array([not asked.is_closed(start + dt.timedelta(minutes=int(one))) for one in minutes])
    counts = np.array([is_open[trip : trip + end - begin].mean() >= 0.5 for trip in range(240)])
    if counts.any():  # later openings are not counted
        first = int(np.argmax(counts))
        later = np.flatnonzero(~counts[first:])
        counts[first + int(later[0]) if len(later) else len(counts) :] = False
    found = np.isfinite(while_open(np.arange(240.0)[:, None] * 60.0, timed))[:, 0]
    # Departures lie between the minutes: a bound may be off by one.
    assert np.count_nonzero(found != counts) <= 2


@given(
    bounds=st.lists(st.integers(-300, 900), min_size=2, max_size=8, unique=True).map(sorted),
    window=st.integers(10, 240),
)
def test_bounds_are_those_of_the_share_open(bounds, window):
    spans = list(zip(bounds[::2], bounds[1::2], strict=False))
    begin, end = open_trips([(60.0 * a, 60.0 * b) for a, b in spans], 60.0 * window)
    trips = np.arange(0, 241, dtype=float)

    def share(trip):
        return sum(max(0.0, min(b, trip + window) - max(a, trip)) for a, b in spans) / window

    enough = np.array([share(trip) >= 0.5 - 1e-12 for trip in trips])
    inside = (trips * 60.0 >= begin - 1e-6) & (trips * 60.0 <= end + 1e-6)
    assert enough[inside].all()
    assert not enough[trips * 60.0 < begin - 1e-6].any()


def test_who_tells_no_hours_counts_as_open_and_is_told():
    table = services(None, "no idea", "Su 10:00-12:00", "Mo-Fr 06:00-20:00")
    timed, left_out, doubts = with_open_trips(table, workspace())
    assert np.isfinite(while_open(np.full(4, 600.0), timed)).tolist() == [True, True, False, True]
    assert [(one.what, one.count, one.examples) for one in left_out] == [
        ("opening hours", 1, ("s0",)),
        ("opening hours", 1, ("s1",)),
        ("services", 1, ("s2",)),
    ]
    assert [(doubt.where, doubt.value) for doubt in doubts] == [("services.open_at", "2")]
    assert "50%" in doubts[0].problem


def test_a_kind_of_which_nothing_is_open_is_told():
    _, _, doubts = with_open_trips(services("Su", "Sa", "24/7", kinds=["bank", "bank", "grocery"]), workspace())
    assert [doubt.where for doubt in doubts] == ["services.bank"]


def test_all_count_where_nobody_asks():
    table = services("Su 10:00-12:00")
    timed, left_out, doubts = with_open_trips(table, workspace(open_at=None))
    assert (timed["open_from_s"].item(), timed["open_until_s"].item()) == (0.0, np.inf)
    assert (left_out, doubts) == ((), ())
    seconds = np.array([600.0])
    assert while_open(seconds, timed) is seconds


def test_the_nearest_that_is_open_is_the_nearest_by_groups():
    hours = ["Mo-Fr 08:00-09:30", "Mo-Fr 08:10-20:00", None, "off", "Mo-Fr 08:10-20:00"]
    timed, _, _ = with_open_trips(services(*hours, kinds=["a", "a", "b", "c", "a"]), workspace())
    seconds = np.random.default_rng(4).uniform(0.0, 5_400.0, (50, 5)).astype(np.float32)
    groups = service_groups(timed)
    assert sorted(np.concatenate(list(groups.values())).tolist()) == [0, 1, 2, 3, 4]
    # Of services with the same hours the nearest is asked: that is the nearest that is open, but for one that opens
    # while another is on the way.
    counted = while_open(seconds, timed)
    nearest = nearest_open({group: seconds[:, rows].min(axis=1) for group, rows in groups.items()})
    for kind, columns in (("b", [2]), ("c", [3])):
        np.testing.assert_array_equal(nearest[kind], counted[:, columns].min(axis=1))
    alike = seconds[:, [1, 4]].min(axis=1) >= 600.0
    np.testing.assert_array_equal(nearest["a"][alike], counted[alike][:, [0, 1, 4]].min(axis=1))


def test_a_service_that_a_plan_adds_is_open():
    timed, _, _ = with_open_trips(services("off", "24/7"), workspace())
    timed.loc[0, ["open_from_s", "open_until_s"]] = np.nan
    assert np.isfinite(while_open(np.array([9.0, 9.0]), timed)).all()
