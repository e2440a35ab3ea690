"""Prepared timetables kept on disk are as those made anew, and made anew where anything differs or a file is broken."""

from dataclasses import replace

import numpy as np
import pytest

from tesoma_geo.network.transit.prepared_cache import cached_prepared_timetable
from tesoma_geo.network.transit.prepared_timetable import PreparedTimetable
from tests.transit_cases import timetable, transfers_of

HOURS = (900, 2000)


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path))
    return tmp_path


def feed(later_s=0):
    trips = [[(0, 1000, 1000, True, True), (1, 1100, 1110, True, True)], [(2, 1300, 1300, True, True)]]
    trips[1].append((3, 1500 + later_s, 1500 + later_s, True, True))
    return timetable(4, trips), transfers_of([(1, 2, 100, 40)])


def assert_alike(one, other):
    assert (one.start_s, one.frame_s, one.stops, one.trips) == (other.start_s, other.frame_s, other.stops, other.trips)
    arrays = [
        [prepared.call, *vars(prepared.patterns).values()]
        + [array for graph in (prepared.to, prepared.from_) for table in graph for array in table]
        for prepared in (one, other)
    ]
    for a, b in zip(*arrays, strict=True):
        assert a.dtype == b.dtype
        np.testing.assert_array_equal(a, b)


def test_a_prepared_timetable_from_disk_is_the_one_that_was_made(cache):
    table, transfers = feed()
    made = PreparedTimetable.of(table, transfers, *HOURS, "any")
    assert len(made.to.transfers.event) == 1
    assert_alike(cached_prepared_timetable(table, transfers, *HOURS, "any"), made)
    assert len(list(cache.iterdir())) == 1
    assert_alike(cached_prepared_timetable(table, transfers, *HOURS, "any"), made)


def test_other_calls_transfers_hours_or_boarding_are_another_entry(cache):
    table, transfers = feed()
    inaccessible = replace(table, trips=table.trips.assign(wheelchair=2))
    asked = [
        (table, transfers, *HOURS, "any"),
        (feed(later_s=1)[0], transfers, *HOURS, "any"),
        (table, transfers.assign(need_s=101), *HOURS, "any"),
        (table, transfers, 900, 1999, "any"),
        (table, transfers, *HOURS, "accessible"),
        (inaccessible, transfers, *HOURS, "not_inaccessible"),
    ]
    for count, what in enumerate(asked, start=1):
        assert_alike(cached_prepared_timetable(*what), PreparedTimetable.of(*what))
        assert len(list(cache.iterdir())) == count


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive", b"no archive at all"])
def test_a_broken_file_is_written_anew(cache, content):
    table, transfers = feed()
    made = cached_prepared_timetable(table, transfers, *HOURS, "any")
    (path,) = cache.glob("board-*/events_trip.npy")
    whole = path.read_bytes()
    path.write_bytes(content)
    assert_alike(cached_prepared_timetable(table, transfers, *HOURS, "any"), made)
    assert path.read_bytes() == whole
