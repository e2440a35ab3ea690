"""One file of a feed: every fault with its line and column."""

import pytest

from tesoma_geo.sources.gtfs.delimited import LISTED_FAULTS, Faults, Text, read_table
from tesoma_geo.sources.gtfs.schema import SCHEMA

STOPS = SCHEMA["stops"]
HEADER = "stop_id,stop_name,stop_lat,stop_lon\n"


def read(content):
    faults = Faults()
    content = content if isinstance(content, bytes) else content.encode()
    return read_table(Text("feed.zip/stops.txt", content), STOPS, faults), faults


def test_values_are_typed_and_stripped():
    table, faults = read('\ufeff Stop_ID ,stop_name,stop_lat,stop_lon\nA," Tesoma, itä ", 61.5 ,23.6\n')
    assert faults.found == []
    assert table["stop_id"].tolist() == ["A"]
    assert table["stop_lat"].tolist() == [61.5]
    assert "Tesoma, itä" in table["stop_name"].tolist()


def test_a_faulty_value_is_told_with_line_and_column_even_after_a_text_of_two_lines():
    _, faults = read(HEADER + 'A,"two\nlines",61.5,23.6\nB,b,north,23.6\n')
    assert [(fault.where, "north" in fault.problem) for fault in faults.found] == [
        ("feed.zip/stops.txt, line 4, column stop_lat", True)
    ]
    assert not faults.fatal


def test_many_faults_of_one_column_are_counted():
    rows = "".join(f"{number},n,x,23.6\n" for number in range(LISTED_FAULTS + 7))
    _, faults = read(HEADER + rows)
    assert len(faults.found) == LISTED_FAULTS + 1
    assert faults.found[-1].problem == "7 more rows like these"
    assert faults.rows_of(Text("feed.zip/stops.txt", b""))[0] == LISTED_FAULTS + 7


def test_rows_of_another_length_are_left_out_and_told():
    table, faults = read(HEADER + "A,a,61.5,23.6\nB,b,61.5\nC,c,61.5,23.6,9\n")
    assert table["stop_id"].tolist() == ["A"]
    assert faults.ragged == {"feed.zip/stops.txt": 2}
    assert [fault.where for fault in faults.found] == ["feed.zip/stops.txt, line 3", "feed.zip/stops.txt, line 4"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is empty"),
        (HEADER.replace("stop_lat", "stop_id"), "is named twice"),
        ("stop_name\nA\n", "is missing"),
        (HEADER.encode() + b"A,\xff,61.5,23.6\n", "is not UTF-8 text"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(content, problem):
    table, faults = read(content)
    assert table is None
    assert faults.fatal
    assert any(problem in fault.problem for fault in faults.found)


def test_a_file_of_a_header_alone_is_an_empty_table():
    table, faults = read(HEADER)
    assert len(table) == 0
    assert faults.found == []
