"""Reading GTFS feeds: what is read, and every fault with its file, line and column."""

import zipfile

import pytest

from tesoma_geo.errors import SourceError
from tesoma_geo.sources.gtfs import read_feed
from tests.gtfs_feeds import FILES, with_line, write_feed

CALENDAR = FILES["calendar.txt"]


def test_a_zip_a_folder_and_a_zip_with_a_folder_inside_are_the_same_feed(tmp_path):
    folder = write_feed(tmp_path / "feed")
    with zipfile.ZipFile(tmp_path / "flat.zip", "w") as flat, zipfile.ZipFile(tmp_path / "nested.zip", "w") as nested:
        for file in folder.iterdir():
            flat.write(file, file.name)
            nested.write(file, f"export/{file.name}")
    feeds = [read_feed(path) for path in (folder, tmp_path / "flat.zip", tmp_path / "nested.zip")]
    assert [len(feed.tables["stop_times"]) for feed in feeds] == [6, 6, 6]
    assert {feed.timezone for feed in feeds} == {"Europe/Helsinki"}


def test_byte_order_marks_quotes_blanks_and_windows_lines_do_not_matter(tmp_path):
    stops = (
        FILES["stops.txt"].replace("First", '"First, by the ""lake"""').replace("S3,", " S3 ,").replace("\n", "\r\n")
    )
    feed = read_feed(write_feed(tmp_path, stops="\ufeff" + stops))
    assert list(feed.tables["stops"]["stop_id"]) == ["S1", "S2", "S3"]
    assert feed.tables["stops"]["stop_name"][0] == 'First, by the "lake"'


#: Slips in a feed: what is changed, and where and what the account of what was left out must say.
SLIPS = {
    "no such time": (
        with_line("stop_times", "07:05:00,07:05:00", "7:65,07:05:00"),
        "stop_times.txt, line 3, column arrival_time",
        "'7:65' is not a time",
    ),
    "unknown stop": (
        with_line("stop_times", "07:35:00,S2", "07:35:00,S9"),
        "stop_times.txt, line 6, column stop_id",
        "'S9' is not in stops.txt",
    ),
    "place off the globe": (
        with_line("stops", "61.50,23.62", "2362000,23.62"),
        "stops.txt, line 3, column stop_lat",
        "'2362000' is not degrees",
    ),
    "unknown service": (
        with_line("trips", "R,WEEK,T2", "R,FEAST,T2"),
        "trips.txt, line 3, column service_id",
        "'FEAST' is neither",
    ),
    "ragged row": (
        with_line("stops", "S2,Second,", "S2,Second,by the lake,"),
        "stops.txt, line 3",
        "6 fields where the header has 5",
    ),
    "no times at the end": (
        with_line("stop_times", "07:40:00,07:40:00", ","),
        "stop_times.txt, line 7, column departure_time",
        "empty at an end",
    ),
}

#: Feeds that cannot be used: what is changed, and where and what the error must say.
BROKEN = {
    "no file": ({"trips": None}, "trips.txt", "is missing"),
    "no column": (
        with_line("routes", "route_type", "route_kind"),
        "routes.txt, line 1, column route_type",
        "is missing",
    ),
    "no calendar": ({"calendar": None}, "calendar.txt", "calendar_dates.txt"),
    "no such day": (
        {"calendar": CALENDAR.replace("20220630", "20220631")},
        "calendar.txt, line 2, column end_date",
        "'20220631' is not a date",
    ),
    "ends before it starts": (
        {"calendar": CALENDAR.replace("20220630", "20211231")},
        "calendar.txt, line 2, column end_date",
        "before start_date",
    ),
    "no such zone": (
        with_line("agency", "Europe/Helsinki", "Europe/Tesoma"),
        "agency.txt, line 2, column agency_timezone",
        "not a time zone",
    ),
    "empty file": ({"stop_times": FILES["stop_times.txt"].splitlines()[0] + "\n"}, "stop_times.txt", "has no row"),
    "twice the same trip, and not alike": (
        with_line("trips", "R,WEEK,T2,Third", "R,WEEK,T1,Second"),
        "trips.txt, line 3, column trip_id",
        "in a row above",
    ),
}


@pytest.mark.parametrize("case", SLIPS, ids=str)
def test_a_row_that_cannot_be_used_is_left_out_and_counted(case, tmp_path):
    changed, where, problem = SLIPS[case]
    feed = read_feed(write_feed(tmp_path / "feed", **changed))
    file = where.partition(",")[0]
    (left,) = [left for left in feed.left_out if left.what == f"row of feed/{file}"]
    assert left.count == 1
    assert left.examples[0].startswith(where.partition(", ")[2])
    assert problem in left.examples[0]
    assert len(feed.tables["trips"])


@pytest.mark.parametrize("case", BROKEN, ids=str)
def test_a_broken_feed_gives_one_clear_error(case, tmp_path):
    changed, where, problem = BROKEN[case]
    with pytest.raises(SourceError) as raised:
        read_feed(write_feed(tmp_path / "feed", **changed))
    assert [fault for fault in raised.value.faults if fault.where == f"feed/{where}" and problem in fault.problem], str(
        raised.value
    )
    assert all(fault.remedy for fault in raised.value.faults)


def test_a_file_that_is_not_text_or_not_a_zip_is_named(tmp_path):
    (tmp_path / "feed.zip").write_bytes(b"not a zip")
    with pytest.raises(SourceError, match=r"feed\.zip is not a zip file"):
        read_feed(tmp_path / "feed.zip")
    with pytest.raises(SourceError, match=r"none\.zip: no such file"):
        read_feed(tmp_path / "none.zip")
    folder = write_feed(tmp_path / "latin")
    (folder / "stops.txt").write_bytes(FILES["stops.txt"].replace("Second", "Hämeenkatu").encode("latin-1"))
    with pytest.raises(SourceError, match=r"stops.txt, line 3: is not UTF-8"):
        read_feed(folder)


def test_all_faults_are_told_at_once_and_many_of_one_sort_are_counted(tmp_path):
    rows = "".join(f"T1,07:99:00,07:10:00,S3,{i}\n" for i in range(10, 60))
    changed = {**with_line("routes", "R,1,", "R,1,"), "stop_times": FILES["stop_times.txt"] + rows}
    changed.update(with_line("stops", "61.50,23.64", "sixty,23.64"))
    with pytest.raises(SourceError) as raised:
        read_feed(write_feed(tmp_path, **changed))
    told = [fault for fault in raised.value.faults if "arrival_time" in fault.where and "'07:99:00'" in fault.problem]
    assert len(told) == 20
    assert any("30 more rows like these" in fault.problem for fault in raised.value.faults)
    assert any("stops.txt, line 4, column stop_lat" in fault.where for fault in raised.value.faults)


def test_line_numbers_count_lines_of_the_file_not_rows(tmp_path):
    stops = (
        FILES["stops.txt"]
        .replace("First", '"First\nof all"')
        .replace("\nS3", "\n\nS3")
        .replace("61.50,23.64", "x,23.64")
    )
    (left,) = read_feed(write_feed(tmp_path, stops=stops)).left_out
    assert left.examples == ("line 6, column stop_lat: 'x' is not degrees between -90 and 90",)


def test_a_file_that_no_trip_needs_and_that_cannot_be_read_is_noted(tmp_path):
    feed = read_feed(write_feed(tmp_path, pathways="pathway_id\nP\n", shapes="", fare_rules="\ufeff\n"))
    assert not {"pathways", "shapes", "fare_rules"} & set(feed.tables)
    for name in ("pathways.txt is not read: is missing", "shapes.txt is empty", "fare_rules.txt is empty"):
        assert any(name in note for note in feed.notes), feed.notes
