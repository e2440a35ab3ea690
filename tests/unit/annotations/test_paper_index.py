"""A street is found by the square that the index names."""

import re

import geopandas as gpd
import pytest
from shapely import LineString, MultiLineString

from tesoma_geo.annotations.paper_drawing import HEIGHT_MM, WIDTH_MM, PrintFrame
from tesoma_geo.annotations.paper_index import COLUMNS, ROWS, index_section, square_lines, street_squares

#: A metre a millimetre, from the origin.
FRAME = PrintFrame(0.0, 0.0, 1.0)
WIDE, HIGH = WIDTH_MM / COLUMNS, HEIGHT_MM / ROWS


def streets(**lines):
    return gpd.GeoDataFrame({"name": list(lines)}, geometry=list(lines.values()), crs=3067)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (LineString([(5, 5), (20, 5)]), "A6"),  # squares are counted from the upper left corner
        (LineString([(5, HEIGHT_MM - 5), (WIDE + 5, HEIGHT_MM - 5)]), "A1, B1"),
        (LineString([(5, HEIGHT_MM - 5), (4 * WIDE + 5, HEIGHT_MM - HIGH - 5)]), "A1–E2"),
        (LineString([(-500, 5), (WIDTH_MM + 500, 5)]), "A6–J6"),  # no farther than the map
        (MultiLineString([[(5, 5), (20, 5)], [(WIDTH_MM - 1, 5), (WIDTH_MM, 5)]]), "A6, J6"),
    ],
)
def test_a_street_is_told_with_its_squares(line, told):
    assert street_squares(streets(Katu=line), FRAME) == [("Katu", told)]


def test_what_is_not_on_the_map_or_has_no_name_is_not_told_and_names_are_in_order():
    there = LineString([(5, 5), (20, 5)])
    table = streets(b=there, A=there, far=LineString([(-9, -9), (-5, -9)]))
    table.loc[len(table)] = [None, there]
    assert [name for name, _ in street_squares(table, FRAME)] == ["A", "b"]


def test_every_square_has_its_letter_and_its_number_on_both_sides():
    told = re.findall(r'x="([\d.]+)" y="([\d.]+)"[^>]*>(\w)</text>', square_lines())
    assert [name for *_, name in told[:COLUMNS]] == list("ABCDEFGHIJ")
    assert sorted(name for *_, name in told[COLUMNS:]) == sorted("123456" * 2)
    for x, _, name in told[:COLUMNS]:
        assert int(float(x) // WIDE) == ord(name) - ord("A")
    assert all(0 < float(x) < WIDTH_MM and 0 < float(y) < HEIGHT_MM for x, y, _ in told)


def test_names_stay_text_and_a_title_is_told_once():
    page = index_section(streets(**{"<b>Katu": LineString([(5, 5), (20, 5)])}), FRAME, ["Kadut", "Gator", "Gator"])
    assert "<li><span>&lt;b&gt;Katu</span> <b>A6</b></li>" in page
    assert "<h1>Kadut / Gator</h1>" in page
    assert index_section(streets(), FRAME, ["Kadut"]) == ""
