"""Addresses of a table: house numbers, streets, and what is not there."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from tesoma_geo.inputs.located_addresses import located

POINT = shapely.Point
ADDRESSES = gpd.GeoDataFrame(
    {"street": ["Tesomankatu", "Tesomankatu", "6. linja", "Torni"], "number": ["5", "5b", "7", "1"]},
    geometry=[POINT(5, 0), POINT(5, 1), POINT(0, 67), POINT(9, 9)], crs=3067,
)  # fmt: skip
STREETS = gpd.GeoDataFrame(
    {"name": ["Tesomankatu", "Tesomankatu", "6. linja", "Ylä-Voima", None]},
    geometry=[shapely.LineString(line) for line in (
        [(0, 0), (10, 0)], [(20, 0), (24, 0)], [(0, 60), (0, 70)], [(50, 50), (60, 50)], [(1, 1), (2, 2)],
    )], crs=3067,
)  # fmt: skip


def places(*texts):
    reading = located(pd.DataFrame({"id": range(len(texts)), "address": texts}), ADDRESSES, STREETS)
    return reading, dict(zip(reading.table["id"], zip(reading.table.geometry.x, reading.table.geometry.y, strict=True)))  # noqa: B905


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tesomankatu 5", (5, 0)), ("  tesomankatu   5 , 33310 Tampere", (5, 0)), ("TESOMANKATU 5 B 12", (5, 1)),
        ("Tesomankatu 5b", (5, 1)), ("Tesomankatu 5 C 1", (5, 0)), ("Tesomankatu 5-7", (5, 0)),
        ("6. linja 7", (0, 67)), ("6. linja", (0, 65)), ("Tesomankatu 99", (5, 0)), ("Tesomankatu", (5, 0)),
        ("Ylä-Voima 3; Tampere", (55, 50)), ("Torni 8", (9, 9)),
    ],
)  # fmt: skip
def test_where_an_address_lies(text, expected):
    reading, found = places(text)
    assert found == {0: expected}
    assert not reading.left_out


def test_how_it_was_found_stands_beside_it():
    reading, _ = places("Tesomankatu 5 B", "Tesomankatu 99", "Ylä-Voima")
    assert reading.table["placed_by"].tolist() == ["house number", "middle of the street", "middle of the street"]


def test_what_is_not_found_is_counted_with_the_nearest_name():
    reading, found = places("Tesomankuja 5", None, "", "Tesomankatu 5", "12", "<b>")
    assert found == {3: (5, 0)}
    (left_out,) = reading.left_out
    assert left_out.count == 5
    assert "Tesomankuja 5 (did you mean Tesomankatu?)" in left_out.examples


def test_a_file_without_streets_or_numbers():
    nothing = located(pd.DataFrame({"address": ["A 1"]}), ADDRESSES.iloc[:0], STREETS.iloc[:0])
    assert nothing.table.empty
    assert nothing.left_out[0].count == 1


def test_addresses_placed_by_their_street_alone_are_noted():
    reading, _ = places("Tesomankatu 5", "Tesomankatu 99", "6. linja", "Nowhere 1")
    (note,) = reading.notes
    assert note.startswith("2 addresses lie in the middle of their street")
    assert "Tesomankatu 99, 6. linja" in note
    assert places("Tesomankatu 5")[0].notes == ()
