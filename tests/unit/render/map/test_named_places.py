import geopandas as gpd
import numpy as np
import pytest
import shapely

from tesoma_geo.render.figures.encoding import packed_integers, pixels
from tesoma_geo.render.map.named_places import named_places

CRS = "EPSG:3067"
X, Y = 320_000.0, 6_820_000.0


def at(x: float, y: float) -> shapely.Point:
    return shapely.Point(X + x, Y + y)


@pytest.fixture
def district() -> gpd.GeoDataFrame:
    halves = [shapely.box(X, Y, X + 1000, Y + 1000), shapely.box(X + 1000, Y, X + 2000, Y + 1000)]
    return gpd.GeoDataFrame({"code": ["1", "2"], "name": ["WEST", "EAST"]}, geometry=halves, crs=CRS)


@pytest.fixture
def homes() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=[at(500, 500), at(1500, 500)], crs=CRS)


def lines(*rows: tuple[str | None, float, float, float, float]) -> gpd.GeoDataFrame:
    shapes = [shapely.LineString([at(a, b), at(c, d)]) for _, a, b, c, d in rows]
    return gpd.GeoDataFrame({"name": [row[0] for row in rows]}, geometry=shapes, crs=CRS)


def addresses(*rows: tuple[str, str, float, float]) -> gpd.GeoDataFrame:
    table = {"street": [row[0] for row in rows], "number": [row[1] for row in rows]}
    return gpd.GeoDataFrame(table, geometry=[at(row[2], row[3]) for row in rows], crs=CRS)


def test_a_street_is_told_once_for_each_area(district: gpd.GeoDataFrame, homes: gpd.GeoDataFrame) -> None:
    streets = lines(("Long", 400, 480, 500, 480), ("Long", 500, 480, 600, 480), ("Long", 1400, 480, 1500, 480))
    made = named_places(streets, addresses(), homes, district)
    assert made["names"] == ["Long", "Long"]
    assert made["areas"] == ["East", "West"]


def test_streets_far_from_homes_and_district_and_without_a_name_are_not_found(
    district: gpd.GeoDataFrame, homes: gpd.GeoDataFrame
) -> None:
    streets = lines(("Far", 0, -1010, 100, -1010), (None, 480, 480, 520, 480), ("Near", 450, 450, 550, 450))
    assert named_places(streets, addresses(), homes, district)["names"] == ["Near"]


def test_streets_in_and_around_the_district_are_found_where_nobody_lives(
    district: gpd.GeoDataFrame, homes: gpd.GeoDataFrame
) -> None:
    streets = lines(("Inside", 0, 0, 100, 0), ("Beside", 0, -200, 100, -200), ("Near", 450, 450, 550, 450))
    made = named_places(streets, addresses(("Inside", "1", 50, 5)), homes, district)
    assert made["names"] == ["Beside", "Inside", "Near"]
    assert made["numbers"] == [[], [], []], "house numbers are of homes"


def test_house_numbers_stand_in_their_natural_order(district: gpd.GeoDataFrame, homes: gpd.GeoDataFrame) -> None:
    streets = lines(("Near", 450, 450, 550, 450))
    numbers = addresses(("Near", "10", 500, 455), ("Near", "2 B", 470, 455), ("Near", "2", 460, 455))
    made = named_places(streets, numbers, homes, district)
    assert made["numbers"] == [["2", "2 B", "10"]]


def test_an_address_alone_makes_its_street_known(district: gpd.GeoDataFrame, homes: gpd.GeoDataFrame) -> None:
    made = named_places(lines(), addresses(("Yard", "1", 500, 505)), homes, district)
    assert (made["names"], made["numbers"]) == (["Yard"], [["1"]])


def test_where_nothing_has_a_name_there_is_nothing(district: gpd.GeoDataFrame, homes: gpd.GeoDataFrame) -> None:
    made = named_places(lines(), addresses(), homes, district)
    assert (made["names"], made["xy"], made["numbers_xy"]) == ([], "", "")


def test_the_order_of_the_rows_changes_nothing(district: gpd.GeoDataFrame, homes: gpd.GeoDataFrame) -> None:
    streets = lines(("B", 450, 450, 550, 450), ("a", 450, 520, 550, 520), ("Ä", 480, 480, 530, 480))
    shuffled = streets.iloc[np.array([2, 0, 1])].reset_index(drop=True)
    assert named_places(streets, addresses(), homes, district) == named_places(shuffled, addresses(), homes, district)


def test_the_pin_of_a_street_stands_on_its_part_with_homes(district: gpd.GeoDataFrame) -> None:
    homes = gpd.GeoDataFrame(geometry=[at(x, 30) for x in (600, 650, 700)], crs=district.crs)
    streets = lines(("Long", 0, 0, 900, 0), ("Bare", 0, 140, 900, 140))
    made = named_places(streets, addresses(), homes, district)
    assert made["names"] == ["Bare", "Long"]
    # Beside the first nobody lives: its own middle.
    first, second = pixels(np.array([(X + 450, Y + 140), (X + 650, Y)]), CRS)
    assert made["xy"] == packed_integers([*first, *(second - first)])
