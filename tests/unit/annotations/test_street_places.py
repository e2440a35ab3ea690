"""Where on the streets something was said, and how it is counted there."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from made_annotations import CRS, at
from shapely import LineString, box

from tesoma_geo.annotations.counted_records import said_records
from tesoma_geo.annotations.k_anonymity import disclosure_groups
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.street_places import NOWHERE, StreetPlaces
from tesoma_geo.annotations.survey import unmoderated
from tesoma_geo.sources.annotations.schema import annotation_reading


def line(*places):
    return LineString([at(*place).coords[0] for place in places])


@pytest.fixture
def streets():
    """Mallikatu in two stretches of 200 m, an unnamed path that leaves it, another street in another area."""
    segments = np.array(
        [line((0, 0), (100, 0)), line((100, 0), (200, 0)), line((200, 0), (400, 0)), line((200, 0), (200, 300)),
         line((1500, 0), (1700, 0))], object,
    )  # fmt: skip
    corner = at(0, 0)
    areas = gpd.GeoDataFrame(
        {"code": ["W", "E"]},
        geometry=[box(corner.x - 500, corner.y - 500, corner.x + 1000, corner.y + 500),
                  box(corner.x + 1000, corner.y - 500, corner.x + 2000, corner.y + 500)], crs=CRS,
    )  # fmt: skip
    names = np.array(["Mallikatu", "Mallikatu", "", "Mallikatu"], object)
    return StreetPlaces.of(segments, np.array([0, 0, 1, 2, 3]), names, areas)


def groups_of(streets, *said, k=3):
    rows = [
        {"respondent": f"p{number}", "question": "q", "kind": "barrier", "category": "dark", "geometry": at(*place)}
        for number, places in enumerate(said)
        for place in places
    ]
    annotations, _ = unmoderated([annotation_reading(rows, [], crs=CRS, source="made")], Key(bytes(32)))
    groups = [group for group, _ in disclosure_groups(said_records(annotations, 250.0, streets), k)]
    return streets.with_outlines(groups)


def test_a_report_is_on_the_nearest_street(streets):
    area, street, stretch = streets.places_of(np.array([at(50, 30)], object))[0]
    assert (area, street, stretch[:3]) == (("area", "W"), ("street", "W", "Mallikatu"), ("stretch", "W", "Mallikatu"))
    assert streets.places_of(np.array([at(210, 250)], object))[0][1][2].startswith("#")  # a path without a name
    assert streets.places_of(np.array([at(1600, 0)], object))[0][1] == ("street", "E", "Mallikatu")
    assert streets.places_of(np.array([at(600, 400)], object))[0] == ((NOWHERE,),) * 3


def test_k_at_one_stretch_are_a_group_of_the_stretch(streets):
    (group,) = groups_of(streets, *[[(50, 5)]] * 3)
    assert (group.place[0], group.voices) == ("stretch", 3)
    outline = gpd.GeoSeries([shapely.from_wkt(group.outline)], crs=4326).to_crs(CRS)[0]
    assert outline.hausdorff_distance(line((0, 0), (200, 0))) < 0.2


def test_news_appears_coarsely_first(streets):
    """Three at one stretch are told apart from those elsewhere only when these are three as well."""
    level = [group.place and group.place[0] for group in groups_of(streets, *[[(50, 5)]] * 3, [(300, 5)])]
    assert level == ["street"]
    groups = groups_of(streets, *[[(50, 5)]] * 3, *[[(300, 5)]] * 2, [(210, 250)])
    assert [(group.place[0], group.voices) for group in groups] == [("area", 6)]
    groups = groups_of(streets, *[[(50, 5)]] * 3, *[[(300, 5)]] * 3)
    assert [(group.place[0], group.voices) for group in groups] == [("stretch", 3), ("stretch", 3)]


def test_a_street_less_the_stretch_that_is_told_apart(streets):
    groups = groups_of(streets, *[[(50, 5)]] * 3, *[[(300, 5)]] * 3, *[[(1600, 5)]] * 3)
    assert all(group.voices == 3 for group in groups)
    rest = streets.outline(("street", "W", "Mallikatu"), [group.place for group in groups if "W" in group.place][:1])
    metric = gpd.GeoSeries([shapely.from_wkt(rest)], crs=4326).to_crs(CRS)[0]
    assert metric.length == pytest.approx(200, abs=1)


def test_a_person_with_pins_everywhere_counts_once(streets):
    groups = groups_of(streets, *[[(50, 5)]] * 3, [(50, 5), (300, 5), (210, 250), (1600, 5)])
    assert sum(group.voices for group in groups) == 4


def test_other_kinds_are_counted_in_squares(streets):
    rows = [
        {"respondent": f"p{number}", "question": "q", "kind": "place", "geometry": at(50, 5)} for number in range(3)
    ]
    annotations, _ = unmoderated([annotation_reading(rows, [], crs=CRS, source="made")], Key(bytes(32)))
    ((group, _),) = disclosure_groups(said_records(annotations, 250.0, streets), 3)
    assert group.cell is not None
    assert group.place is None


def test_who_stands_behind_a_record_decides_nothing(streets):
    """G2 on streets: exchanging who said what within the table leaves every group as it was."""
    dice = np.random.default_rng(7)
    places = [(float(x), 5.0) for x in dice.uniform(0, 400, 30)]
    rows = [{"respondent": f"p{number % 20}", "question": "q", "kind": "barrier", "category": "dark",
             "geometry": at(*place)} for number, place in enumerate(places)]  # fmt: skip
    annotations, _ = unmoderated([annotation_reading(rows, [], crs=CRS, source="made")], Key(bytes(32)))
    records = said_records(annotations, 250.0, streets)
    groups = [group for group, _ in disclosure_groups(records, 3)]
    names = sorted(set(records["respondent"]))
    other = dict(zip(names, dice.permutation(names), strict=True))
    shuffled = records.assign(respondent=records["respondent"].map(other)).sample(frac=1, random_state=1)
    assert [group for group, _ in disclosure_groups(pd.DataFrame(shuffled.reset_index(drop=True)), 3)] == groups
