"""Slips of feeds as they are published: what is read all the same, what is left out and counted, what is refused."""

import io
import zipfile

import pytest

from tesoma_geo.errors import SourceError
from tesoma_geo.network.transit import Timetable
from tesoma_geo.sources.gtfs import read_feed
from tests.gtfs_feeds import FILES, with_line, write_feed

SPANS = "trip_id,start_time,end_time,headway_secs,exact_times\n"
CALLS = FILES["stop_times.txt"]


def more(name, column, value, *rest):
    """A file with a further column, of which the first rows have a value each and the rest the last of them."""
    header, *rows = FILES[f"{name}.txt"].splitlines()
    values = [value, *rest] + [[value, *rest][-1]] * len(rows)
    return {name: "\n".join([f"{header},{column}", *(f"{row},{values[i]}" for i, row in enumerate(rows))]) + "\n"}


#: Values in columns beside the trip itself: what is changed, the file, and how many values count as not given.
BESIDE = {
    "a kind of vehicle that nobody knows": (
        with_line("routes", "Third,3", "Third,2000"),
        "value of feed/routes.txt",
        1,
    ),
    "a kind of vehicle in words": (with_line("routes", "Third,3", "Third,bus"), "value of feed/routes.txt", 1),
    "no kind of vehicle": (with_line("routes", "Third,3", "Third,"), "value of feed/routes.txt", 1),
    "a third direction": ({"trips": FILES["trips.txt"].replace("Third,0", "Third,2")}, "values of feed/trips.txt", 2),
    "accessible, perhaps": (more("trips", "wheelchair_accessible", "3", "1"), "value of feed/trips.txt", 1),
    "boarded in another way": (more("stop_times", "pickup_type", "9"), "values of feed/stop_times.txt", 6),
    "a distance in words": (more("stop_times", "shape_dist_traveled", "far", "2"), "value of feed/stop_times.txt", 1),
    "a station that is not there": (more("stops", "parent_station", "P", ""), "value of feed/stops.txt", 1),
}


@pytest.mark.parametrize("case", BESIDE)
def test_a_value_beside_the_trip_costs_itself_alone(case, tmp_path):
    changed, what, count = BESIDE[case]
    feed = read_feed(write_feed(tmp_path / "feed", **changed))
    assert [len(feed.tables[name]) for name in ("stops", "routes", "trips", "stop_times")] == [3, 1, 2, 6]
    assert [(left.what, left.count) for left in feed.left_out] == [(what, count)]
    assert feed.left_out[0].examples[0].startswith("line 2, column ")


#: Ways of writing the same feed.
ALIKE = {
    "whole numbers as fractions": {"stop_times": CALLS.replace(",2\n", ",2.0\n").replace(",3\n", ",3.00\n")},
    "a comma after each row": {"stops": FILES["stops.txt"].replace(",A\n", ",A,\n").replace(",B\n", ",B, \n")},
    "a comma after each line": {"stop_times": CALLS.replace("\n", ",\n")},
    "two commas after each line": {"stop_times": CALLS.replace("\n", ",,\n")},
    "lines of blanks": {"trips": FILES["trips.txt"] + "   \n\n\t\n"},
    "the end that old programs write": {"routes": FILES["routes.txt"] + "\x1a"},
}


@pytest.mark.parametrize("case", ALIKE)
def test_feeds_that_say_the_same_are_the_same(case, tmp_path):
    plain, feed = read_feed(write_feed(tmp_path / "plain")), read_feed(write_feed(tmp_path / "feed", **ALIKE[case]))
    assert feed.left_out == ()
    for name, table in plain.tables.items():
        assert feed.tables[name].astype(object).equals(table.astype(object)), name


def test_lines_are_counted_where_rows_have_commas_too_many(tmp_path):
    stops = "stop_id,stop_name,stop_lat,stop_lon,\n\nS1,First,61.5,23.6,\n  \nS2,Second,x,23.62,\nS3,Third,61.5,23.64\n"
    feed = read_feed(write_feed(tmp_path / "feed", stops=stops))
    (row,) = feed.left_out
    assert row.examples == ("line 5, column stop_lat: 'x' is not degrees between -90 and 90",)
    assert feed.notes == ("feed/stop_times.txt: 2 rows go with those of stops.txt",)


@pytest.mark.parametrize(
    "row", ["T1,09:00:00,07:00:00,600,0", "T1,07:00:00,07:00:00,600,1", "T1,07:00:00,09:00:00,0,0", "T1,x,09:00:00,9,0"]
)
def test_a_trip_none_of_whose_headways_can_be_used_has_no_hours(row, tmp_path):
    timetable = Timetable.from_gtfs(write_feed(tmp_path / "feed", frequencies=f"{SPANS}{row}\n"), "2022-01-18")
    assert set(timetable.trips["trip_id"]) == {"T2"}
    assert {left.what: left.count for left in timetable.left_out} == {"row of feed/frequencies.txt": 1, "trips": 1}


def test_a_trip_keeps_the_headways_that_can_be_used(tmp_path):
    spans = SPANS + "T1,07:00:00,08:00:00,1200,1\nT1,09:00:00,08:00:00,600,1\n"
    timetable = Timetable.from_gtfs(write_feed(tmp_path / "feed", frequencies=spans), "2022-01-18")
    own = timetable.trips[timetable.trips["service_day"] == 0]
    assert sorted(own["trip_id"]) == ["T1@25200", "T1@26400", "T1@27600", "T2"]


#: Files of which a rule cannot mean what it says: what is changed, and what the notes say of it.
NOTED = {
    "hours that overlap": (
        {"frequencies": SPANS + "T1,07:00:00,09:00:00,600,0\nT1,08:30:00,10:00:00,600,0\n"},
        "1 hours of frequencies.txt overlap",
    ),
    "a seat without trips": (
        {"transfers": "from_stop_id,to_stop_id,transfer_type\nS2,S2,4\n"},
        "1 transfers in the seat (types 4 and 5) name no trips",
    ),
    "a shape that is not there": (more("trips", "shape_id", "X", ""), "1 trips name a shape that shapes.txt"),
    "shapes without an order": (
        {"shapes": "shape_id,shape_pt_lat,shape_pt_lon\nX,61.5,23.6\n"},
        "shapes.txt is not read: is missing (line 1, column shape_pt_sequence)",
    ),
}


@pytest.mark.parametrize("case", NOTED)
def test_what_a_feed_says_without_effect_is_noted(case, tmp_path):
    changed, said = NOTED[case]
    feed = read_feed(write_feed(tmp_path / "feed", **changed))
    assert [note for note in feed.notes if said in note], feed.notes
    assert feed.left_out == ()


@pytest.mark.parametrize("columns", ["S1,S9,,", "S1,S2,T9,T1", "S1,S2,T1,T9"])
def test_a_rule_of_something_that_is_not_there_is_left_out(columns, tmp_path):
    rules = f"from_stop_id,to_stop_id,from_trip_id,to_trip_id,transfer_type\n{columns},1\nS1,S2,,,1\n"
    feed = read_feed(write_feed(tmp_path / "feed", transfers=rules))
    assert [(left.what, left.count) for left in feed.left_out] == [("row of feed/transfers.txt", 1)]
    assert len(feed.tables["transfers"]) == 1


def zipped(files):
    """A zip file's bytes."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"gtfs.zip": zipped(FILES)}, r"holds another zip file \(gtfs\.zip\)\. Unpack it"),
        ({"readme.md": "soon"}, r"holds no file of a GTFS feed; it holds readme\.md"),
        ({}, "holds no file of a GTFS feed; it is empty"),
        ({name: text.replace(",", ";") for name, text in FILES.items()}, "stops.txt: is separated by semicolons"),
        ({name: text.replace(",", "\t") for name, text in FILES.items()}, "stops.txt: is separated by tabulators"),
    ],
    ids=["a zip within a zip", "something else", "nothing", "semicolons", "tabulators"],
)
def test_what_is_no_feed_says_so_in_a_line(content, said, tmp_path):
    (tmp_path / "feed.zip").write_bytes(zipped(content))
    with pytest.raises(SourceError, match=said):
        read_feed(tmp_path / "feed.zip")


def test_a_feed_of_zones_alone_says_so(tmp_path):
    calls = (
        "trip_id,stop_id,stop_sequence,location_id,start_pickup_drop_off_window\nT1,,1,z,08:00:00\nT1,,2,z,08:00:00\n"
    )
    trips = "route_id,service_id,trip_id\nR,WEEK,T1\n"
    with pytest.raises(SourceError, match=r"no row that can be used: 1 served on demand within zones.*Leave this feed"):
        read_feed(write_feed(tmp_path / "feed", stop_times=calls, trips=trips))
