"""What a cohort drew, as lines of the map: routes without their ends, and wished links between junctions."""

import geopandas as gpd
import numpy as np
import pytest
from conftest import CORNER, CRS
from shapely import LineString, MultiLineString, Point

from tesoma_geo.inputs.drawn_lines import DrawnLines
from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.junction_pieces import public_pieces
from tesoma_geo.workspace.annotations import Publish

SIDE_M = 150
ROAD = {"highway": "residential"}


@pytest.fixture(scope="module")
def lines(tmp_path_factory):
    """Two towns of 13 by 5 junctions, 150 m apart, north and south of a railway that nobody may cross.

    Thirty residents live at each junction.
    """
    from conftest import write_osm_file

    nodes = {100 * i + j + 1: at_metres(i, j) for i in range(13) for j in range(10)}
    ways = [[a, b] for a in nodes for b in (a + 1, a + 100) if b in nodes and (b == a + 100 or a % 100 != 5)]
    path = write_osm_file(tmp_path_factory.mktemp("town") / "town.osm", nodes, [(way, ROAD) for way in ways])
    pieces = public_pieces(StreetNetwork.from_osm(path, CRS))
    homes = np.array(list(nodes.values())) + CORNER
    return DrawnLines(pieces, homes, np.full(len(homes), 30.0))


def at_metres(i, j):
    return SIDE_M * i, SIDE_M * j + (60 if j > 4 else 0)


def drawing(*places):
    return LineString([np.add(CORNER, at_metres(i, j)) for i, j in places])


def said(*drawings, kind="idea", people=None):
    """Annotations, each of another respondent unless told."""
    people = people or [f"p{number}" for number in range(len(drawings))]
    columns = {"respondent": people, "kind": kind, "source": "made", "round": "survey", "time": None}
    return gpd.GeoDataFrame(columns, geometry=list(drawings), crs=CRS)


def steps_of(figures):
    return [(figure["type"], figure["voices_at_least"]) for figure in figures]


def reach_m(figures):
    """From how far in the west to how far in the east lines lie, in sides of the town's squares."""
    east = [place[0] for figure in figures for line in figure["lines"] for place in line]
    return round((min(east) - CORNER[0]) / SIDE_M), round((max(east) - CORNER[0]) / SIDE_M)


def test_a_route_that_twelve_drew_loses_what_is_near_its_ends(lines):
    figures = lines.figures(said(*[drawing((0, 2), (12, 2))] * 12), Publish())
    assert steps_of(figures) == [("route", 10)]
    assert reach_m(figures) == (4, 10)  # 200 m beyond the squares of 250 m round its ends


@pytest.mark.parametrize("place", [(3.0, 2.0), (3.4, 2.0), (4.0, 2.6), (6.0, 0.1)])
def test_where_in_a_square_a_drawing_begins_decides_nothing(lines, place):
    """Within a square of 250 m every end hides the same."""
    end = np.add(CORNER, at_metres(*place))
    corner = np.floor(end / 250) * 250
    squares = [lines.hidden_round(corner + np.array(at), Publish()) for at in ((0, 0), (249, 0), (10, 120), (249, 249))]
    assert len({(square.wkt, metres) for square, metres in squares}) == 1
    square, metres = squares[0]
    homes = [Point(home).distance(square) <= metres for home in lines.home_xy]
    assert metres >= 200
    assert 30 * sum(homes) >= 100


@pytest.mark.parametrize(("residents", "left"), [(100, (4, 10)), (300, (4, 10)), (900, (5, 7)), (5000, None)])
def test_where_few_live_more_is_cut(lines, residents, left):
    figures = lines.figures(said(*[drawing((0, 2), (12, 2))] * 12), Publish(line_ends_residents=residents))
    assert (reach_m(figures) if figures else None) == left


def test_a_walk_that_comes_home_another_way_hides_all_that_is_near_home(lines):
    there_and_back = drawing((1, 0), (8, 0), (8, 1), (1, 1), (1, 0))
    figures = lines.figures(said(*[there_and_back] * 10), Publish())
    home = Point(np.add(CORNER, at_metres(1, 0)))
    assert all(LineString(line).distance(home) >= 200 for figure in figures for line in figure["lines"])
    assert reach_m(figures) == (3, 8)


def test_fewer_than_twice_k_and_many_drawings_of_one_show_nothing(lines):
    walk = drawing((0, 2), (12, 2))
    assert lines.figures(said(*[walk] * 9), Publish()) == []
    assert lines.figures(said(*[walk] * 19, people=["a"] * 11 + list("bcdefghi")), Publish()) == []
    assert lines.figures(said(*[walk] * 12, kind=["idea"] * 6 + ["place"] * 6), Publish()) == []


def test_whichever_way_it_was_drawn_it_is_one_street(lines):
    there, back = drawing((0, 2), (12, 2)), drawing((12, 2), (0, 2))
    assert steps_of(lines.figures(said(*[there, back] * 5), Publish())) == [("route", 10)]
    parts = MultiLineString([there, drawing((3, 4), (9, 4))])
    figures = lines.figures(said(*[parts] * 10), Publish())
    north = {round(place[1] - CORNER[1]) for figure in figures for line in figure["lines"] for place in line}
    assert north == {2 * SIDE_M, 4 * SIDE_M}


def wish(i, j, k, m, dice, noise_m=30.0):
    ends = np.array([np.add(CORNER, at_metres(i, j)), np.add(CORNER, at_metres(k, m))], float)
    angle, away_m = dice.uniform(0, 2 * np.pi, 2), dice.uniform(5, noise_m, 2)
    return LineString(ends + np.column_stack([away_m * np.cos(angle), away_m * np.sin(angle)]))


def test_wished_links_join_junctions_across_the_gap(lines):
    dice = np.random.default_rng(2)
    wishes = [wish(3, 4, 3, 5, dice) for _ in range(7)] + [wish(9, 4, 9, 5, dice) for _ in range(4)]
    (figure,) = lines.figures(said(*wishes, kind="missing_link"), Publish())
    assert (figure["type"], figure["voices_at_least"]) == ("wished_link", 5)
    ((one, other),) = (sorted(line, key=lambda place: place[1]) for line in figure["lines"])
    assert one == pytest.approx(np.add(CORNER, at_metres(3, 4)), abs=0.1)
    assert other == pytest.approx(np.add(CORNER, at_metres(3, 5)), abs=0.1)


def test_a_wish_that_was_drawn_from_home_along_streets_is_where_it_leaves_them(lines):
    from_homes = [drawing((i, 1), (6, 1), (6, 8), (i, 8)) for i in range(5)]
    figures = lines.figures(said(*from_homes, kind="missing_link"), Publish())
    assert reach_m(figures) == (6, 6)


def test_many_wishes_of_one_count_once(lines):
    dice = np.random.default_rng(2)
    wishes = [wish(3, 4, 3, 5, dice) for _ in range(30)]
    people = ["loud"] * 26 + ["a", "b", "c", "d"]
    assert steps_of(lines.figures(said(*wishes, kind="missing_link", people=people), Publish())) == [("wished_link", 5)]
    assert lines.figures(said(*wishes[:29], kind="missing_link", people=people[:29]), Publish()) == []


def test_of_an_open_channel_no_more_than_its_share_counts(lines):
    walks = said(*[drawing((0, 2), (12, 2))] * 12)
    walks["source"] = ["open"] * 8 + ["met"] * 4
    walks["time"] = [f"2026-05-{day:02d}T10:00:00+03:00" for day in range(1, 13)]
    assert steps_of(lines.figures(walks, Publish())) == [("route", 10)]
    assert steps_of(lines.figures(walks, Publish(trust={"open": "open"}))) == [("route", 5)]
    walks["source"] = "open"
    assert lines.figures(walks, Publish(trust={"open": "open"})) == []


def test_neither_order_nor_names_decide_anything(lines):
    dice = np.random.default_rng(5)
    drawn = [drawing((int(dice.integers(0, 3)), int(dice.integers(0, 5))), (6, 2), (12, int(dice.integers(0, 5))))
             for _ in range(25)]  # fmt: skip
    drawn += [wish(int(dice.integers(0, 4)), 4, 3, 5, dice) for _ in range(25)]
    table = said(*drawn, kind=["idea"] * 25 + ["missing_link"] * 25)
    first = lines.figures(table, Publish(k=3, cohort=12))
    assert {figure["type"] for figure in first} == {"route", "wished_link"}
    for _ in range(5):
        other = table.iloc[dice.permutation(len(table))].reset_index(drop=True)
        other["respondent"] = other["respondent"].map(dict(zip(table["respondent"], dice.permutation(50), strict=True)))
        assert lines.figures(other.astype({"respondent": str}), Publish(k=3, cohort=12)) == first
