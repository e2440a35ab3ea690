"""Feeds as they are published: a slip costs a row, not the feed, and what is left out is counted."""

import zipfile
from pathlib import Path

import pytest

from tesoma_geo.errors import SourceError
from tesoma_geo.sources.gtfs import read_feed
from tests.gtfs_feeds import FILES, with_line, write_feed

CASES = Path(__file__).resolve().parents[5] / "shared" / "cases" / "gtfs"
SAO_PAULO = Path(__file__).resolve().parents[5] / "shared" / "data" / "sao_paulo" / "gtfs.zip"

STOPS, TIMES = FILES["stops.txt"], FILES["stop_times.txt"]


def of(feed, what):
    """The account of some things left out."""
    return [left for left in feed.left_out if left.what == what]


@pytest.mark.parametrize(
    ("case", "what", "count"),
    [
        ("nocoord", "stops", 1),
        ("badshape", "row of badshape.zip/shapes.txt", 1),
        ("flex", "trips", 1),
    ],
)
def test_cases_handed_over_are_read(case, what, count):
    if not CASES.is_dir():
        pytest.skip("no cases handed over")
    feed = read_feed(CASES / f"{case}.zip")
    assert [left.count for left in of(feed, what)] == [count]
    assert len(feed.tables["trips"]) == 1
    assert len(feed.tables["stop_times"]) == 3


@pytest.mark.parametrize("row", ["X,Old,,,", "X,Old,,23.6,", "X,Old,0,0,", "X,Old,0.0,0.0,"])
def test_a_stop_without_a_place_that_nothing_calls_at_is_left_out(row, tmp_path):
    feed = read_feed(write_feed(tmp_path, stops=f"{STOPS}{row}\n"))
    assert list(feed.tables["stops"]["stop_id"]) == ["S1", "S2", "S3"]
    assert [(left.count, left.examples) for left in of(feed, "stops")] == [(1, ("X",))]


def test_many_old_stops_without_a_place_are_no_reason_to_refuse(tmp_path):
    old = "".join(f"X{i},Old,,,\n" for i in range(60))
    assert [left.count for left in of(read_feed(write_feed(tmp_path, stops=STOPS + old)), "stops")] == [60]


def test_a_stop_without_a_place_that_vehicles_call_at_costs_its_calls(tmp_path):
    feed = read_feed(write_feed(tmp_path / "feed", **with_line("stops", "61.50,23.62", ",")))
    assert list(feed.tables["stop_times"]["stop_id"]) == ["S1", "S3", "S1", "S3"]
    (left,) = of(feed, "row of feed/stops.txt")
    assert left.examples == ("line 3, column stop_lat: is empty",)


def test_a_trip_that_goes_back_in_time_is_left_out_with_its_calls(tmp_path):
    for name, old, new in (
        ("arrives", "07:10:00,07:10:00", "07:01:00,07:10:00"),
        ("leaves", "07:05:00,07:05:00", "07:05:00,07:04:00"),
        ("both", "07:05:00,07:05:00", "06:59:00,06:59:00"),
    ):
        feed = read_feed(write_feed(tmp_path / name, **with_line("stop_times", old, new)))
        assert list(feed.tables["trips"]["trip_id"]) == ["T2"]
        assert set(feed.tables["stop_times"]["trip_id"]) == {"T2"}
        assert [(left.count, left.examples) for left in of(feed, "trips")] == [(1, ("T1",))]


def test_a_feed_with_no_trip_left_is_refused_with_its_faults(tmp_path):
    backwards = TIMES.replace("07:10:00,07:10:00", "07:01:00,07:01:00").replace("07:40:00,07:40:00", "07:01:00,")
    with pytest.raises(SourceError, match=r"line 4, column arrival_time: lies before the departure"):
        read_feed(write_feed(tmp_path, stop_times=backwards))


def test_rows_repeated_exactly_are_a_note_and_rows_that_differ_a_fault(tmp_path):
    for name in ("stops", "routes", "trips", "stop_times", "calendar"):
        header, *rows = FILES[f"{name}.txt"].splitlines()
        twice = "\n".join([header, *rows, rows[-1], rows[-1]]) + "\n"
        feed = read_feed(write_feed(tmp_path / name, **{name: twice}))
        assert len(feed.tables[name]) == len(rows)
        assert [note for note in feed.notes if f"{name}.txt: 2 rows are there twice" in note]
        assert not feed.left_out
    other = FILES["calendar.txt"] + FILES["calendar.txt"].splitlines()[1].replace("1,1,1,1,1,0,0", "1,1,1,1,1,1,0")
    with pytest.raises(SourceError, match="service_id stand in a row above"):
        read_feed(write_feed(tmp_path / "other", calendar=other))


def test_the_timetable_of_sao_paulo_is_read():
    if not SAO_PAULO.is_file():
        pytest.skip("no data of São Paulo")
    feed = read_feed(SAO_PAULO)
    assert any("calendar.txt" in note and "there twice" in note for note in feed.notes)
    assert not feed.left_out


def test_zones_of_services_on_demand_are_left_out_however_they_are_written(tmp_path):
    columns = TIMES.splitlines()[0] + ",location_group_id,start_pickup_drop_off_window,end_pickup_drop_off_window"
    fixed = [row + ",,," for row in TIMES.splitlines()[1:]]
    trips = FILES["trips.txt"] + "R,WEEK,F1,Zone,0\n"
    for name, rows in (
        ("groups", ["F1,,,,1,g,08:00:00,18:00:00", "F1,,,,2,g,08:00:00,18:00:00"]),
        ("windows at stops", ["F1,,,S1,1,,08:00:00,18:00:00", "F1,,,S2,2,,08:00:00,18:00:00"]),
        ("zones as stops", ["F1,,,zone,1,,,", "F1,,,zone,2,,,"]),
    ):
        folder = write_feed(tmp_path / name, trips=trips, stop_times="\n".join([columns, *fixed, *rows]) + "\n")
        (folder / "locations.geojson").write_text('{"features": [{"id": "zone"}]}', encoding="utf-8")
        feed = read_feed(folder)
        assert list(feed.tables["trips"]["trip_id"]) == ["T1", "T2"]
        assert [left.count for left in of(feed, "trips")] == [1]
        assert [left.count for left in of(feed, "calls")] == [2]


def test_a_trip_with_fixed_stops_and_a_zone_keeps_its_stops(tmp_path):
    rows = [row + "," for row in TIMES.splitlines()[1:]]
    rows.insert(3, "T1,,,,4,zone")
    times = "\n".join([TIMES.splitlines()[0] + ",location_id", *rows]) + "\n"
    feed = read_feed(write_feed(tmp_path, stop_times=times))
    assert len(feed.tables["stop_times"]) == 6
    assert not of(feed, "trips")


@pytest.mark.parametrize("inside", ["{}.TXT", "Export/{}.Txt", "gtfs\\{}.txt", "a\\b\\{}.TXT"])
def test_names_in_capitals_and_backslashes_are_read(inside, tmp_path):
    with zipfile.ZipFile(tmp_path / "feed.zip", "w") as archive:
        for name, content in FILES.items():
            header, rest = content.split("\n", 1)
            archive.writestr(inside.format(name.removesuffix(".txt")), header.upper() + "\n" + rest)
    assert len(read_feed(tmp_path / "feed.zip").tables["stop_times"]) == 6
    folder = tmp_path / "folder"
    folder.mkdir()
    for name, content in FILES.items():
        (folder / name.upper()).write_text(content, encoding="utf-8")
    assert len(read_feed(folder).tables["stop_times"]) == 6


def test_damaged_data_in_a_zip_is_one_clear_line(tmp_path):
    for method in (zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, zipfile.ZIP_STORED):
        path = tmp_path / f"{method}.zip"
        with zipfile.ZipFile(path, "w", method) as archive:
            for name, content in FILES.items():
                archive.writestr(name, content * (40 if name == "stop_times.txt" else 1))
        with zipfile.ZipFile(path) as archive:
            begin = archive.getinfo("stop_times.txt").header_offset + 30 + len("stop_times.txt")
        damaged = bytearray(path.read_bytes())
        for at in range(begin + 10, begin + 60):
            damaged[at] ^= 0xFF
        path.write_bytes(damaged)
        with pytest.raises(SourceError, match=r"zip: stop_times.txt is damaged and cannot be unpacked") as raised:
            read_feed(path)
        assert "Traceback" not in str(raised.value)


def test_many_unusable_rows_refuse_the_feed(tmp_path):
    rows = "".join(f"T1,07:99:00,07:10:00,S3,{i}\n" for i in range(10, 17))
    with pytest.raises(SourceError):
        read_feed(write_feed(tmp_path, stop_times=TIMES + rows))


FARES = "fare_id,price,currency_type,payment_method,transfers\ntown,3.0,EUR,0,\nferry,1.0,EUR,0,\n"


@pytest.mark.parametrize("rules", ["ferry,boat\n", "ferry,boat\nferry,raft\n"])
def test_a_fare_that_has_lost_all_its_rules_holds_nowhere(rules, tmp_path):
    route = FILES["routes.txt"].splitlines()[1].split(",")[0]
    rows = f"fare_id,route_id\ntown,{route}\n{rules}"
    feed = read_feed(write_feed(tmp_path, fare_attributes=FARES, fare_rules=rows))
    assert list(feed.tables["fare_attributes"]["fare_id"]) == ["town"]
    assert [left.examples for left in of(feed, "fares")] == [("ferry",)]


def test_a_fare_that_keeps_a_rule_or_never_had_one_holds(tmp_path):
    route = FILES["routes.txt"].splitlines()[1].split(",")[0]
    rows = f"fare_id,route_id\ntown,{route}\ntown,boat\n"
    feed = read_feed(write_feed(tmp_path, fare_attributes=FARES, fare_rules=rows))
    assert list(feed.tables["fare_attributes"]["fare_id"]) == ["town", "ferry"]


def test_without_rules_that_can_be_read_no_fare_is_believed(tmp_path):
    rows = "where,which\nhere,there\n"
    feed = read_feed(write_feed(tmp_path, fare_attributes=FARES, fare_rules=rows))
    assert "fare_attributes" not in feed.tables
    assert any("no fare is read" in note for note in feed.notes)
