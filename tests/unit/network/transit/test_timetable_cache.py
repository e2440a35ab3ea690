"""Timetables from disk are those that were read."""

import shutil

import pandas as pd

from tesoma_geo.network.transit import Timetable
from tests.gtfs_feeds import with_line, write_feed


def test_kept_and_read_timetables_are_the_same(tmp_path, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))
    archive = shutil.make_archive(str(tmp_path / "feed"), "zip", write_feed(tmp_path / "feed"))
    read, kept = (Timetable.from_gtfs(archive, "2022-01-18") for _ in range(2))
    assert any((tmp_path / "cache").iterdir())
    for name in ("stops", "lines", "trips", "transfers", "fares"):
        pd.testing.assert_frame_equal(getattr(read, name), getattr(kept, name))
    assert all((a == b).all() for a, b in zip(read.calls, kept.calls, strict=True))
    assert (read.timezone, read.notes, read.left_out) == (kept.timezone, kept.notes, kept.left_out)
    other = shutil.make_archive(
        str(tmp_path / "other"), "zip", write_feed(tmp_path / "other", **with_line("stops", "First", "Other"))
    )
    assert Timetable.from_gtfs(other, "2022-01-18").stops["name"][0] == "Other"
