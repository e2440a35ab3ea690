"""Where residents marked most: each place by what most told of it, and no greater number of it on any page."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import tesoma_geo as tg
from tesoma_geo.annotations.privacy import Publication
from tesoma_geo.inputs.publication import published
from tesoma_geo.render.pages.themes import theme_context, themes_with_page
from tesoma_geo.render.sections.voices_where import marked_there, told_where
from tesoma_geo.render.text.catalogue import catalogue

ENGLISH = catalogue("en")


@pytest.fixture(scope="module")
def publication(assessment: tg.Assessment) -> Publication:
    public = published(assessment.inputs, who="tests")
    assert public is not None
    return public


def _of_places(
    assessment: tg.Assessment, publication: Publication, *rows: tuple[shapely.Geometry, str, str, int]
) -> Publication:
    """A publication of such places: outline, kind, topic and respondents."""
    shapes, kinds, topics, voices = zip(*rows, strict=True)
    features = gpd.GeoDataFrame(
        {"kind": kinds, "topic": topics, "type": "cell", "voices": voices, "text": None, "themes": None},
        geometry=list(shapes), crs=assessment.district.crs,
    ).to_crs(publication.features.crs)  # fmt: skip
    totals = dict.fromkeys(zip(kinds, topics, strict=True), 0)
    for _, kind, topic, number in rows:
        totals[kind, topic] += number
    told = [{"kind": kind, "topic": topic, "voices": number} for (kind, topic), number in totals.items()]
    return replace(publication, features=features, tables={**publication.tables, "by_topic": told})


def _numbers(lines: tuple[str, ...]) -> dict[str, int]:
    """The greatest number of each place, from sentences."""
    told: dict[str, int] = {}
    for line in lines:
        place, _, things = line.partition(": ")
        numbers = [int(thing.split()[0]) for thing in things.split(", ") if thing[:1].isdigit()]
        if numbers and not line.startswith("Other places"):
            told[place] = max([told.get(place, 0), *numbers])
    return told


def test_a_place_is_told_once_with_its_commonest_topic(assessment: tg.Assessment, publication: Publication) -> None:
    district = assessment.district
    wide, narrow = shapely.box(*district.total_bounds), shapely.buffer(district.geometry.iloc[0].centroid, 50)
    told = told_where(
        assessment,
        _of_places(
            assessment, publication,
            (wide, "barrier", "dark", 7), (wide, "barrier", "crossing", 6), (narrow, "barrier", "steps", 5),
            (wide, "missing_link", "unspecified", 8), (narrow, "place", "routes", 10),
        ),
        ENGLISH,
    )  # fmt: skip
    largest = str(district.loc[district.geometry.area.idxmax(), "name"]).capitalize()
    street, area = told.sentences
    assert street.startswith("Near ")
    assert street.endswith(": 10 respondents marked a good place (innovative routes).")
    assert area == f"In and around {largest}: 8 respondents wished for a link."
    assert told.first == f"Most about one place: {street[0].lower()}{street[1:-1].replace(':', ',', 1)}."
    km = max(wide.bounds[2] - wide.bounds[0], wide.bounds[3] - wide.bounds[1]) / 1000
    assert f"up to {max(km, 1):.2g}\N{NO-BREAK SPACE}km wide" in told.care[1]
    assert "its most common topic" in told.care[0]


def test_no_place_is_said_to_be_first_beside_one_with_nearly_as_many(
    assessment: tg.Assessment, publication: Publication
) -> None:
    middles = [area.centroid for area in assessment.district.geometry]
    for most, first in ((9, False), (11, False), (12, True)):
        numbers = [most, *[9] * (len(middles) - 1)]
        rows = [
            (shapely.buffer(at, 50), "place", "routes", number) for at, number in zip(middles, numbers, strict=True)
        ]
        told = told_where(assessment, _of_places(assessment, publication, *rows), ENGLISH)
        assert told.sentences
        assert bool(told.first) == first
    nowhere = replace(publication, features=publication.features.iloc[:0])
    assert told_where(assessment, nowhere, ENGLISH).sentences == ()


@pytest.mark.parametrize("seed", range(6))
def test_no_page_of_a_theme_has_a_greater_number_of_a_listed_place(
    assessment: tg.Assessment, publication: Publication, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    west, south, east, north = assessment.district.total_bounds
    corners = np.column_stack([rng.uniform(west, east, 12), rng.uniform(south, north, 12)])
    squares = [
        shapely.box(x, y, x + side, y + side) for (x, y), side in zip(corners, [200, 500, 1500] * 4, strict=True)
    ]
    rows = [
        (squares[rng.integers(12)], kind, topic, int(rng.integers(5, 40)))
        for kind in ("place", "area") for topic in ("routes", "youth", "together") for _ in range(6)
    ]  # fmt: skip
    public = _of_places(assessment, publication, *rows)
    listed = _numbers(told_where(assessment, public, ENGLISH).sentences)
    assert len(listed) > 2
    assert list(listed.values()) == sorted(listed.values(), reverse=True)
    assert max(listed.values()) == max(number for *_, number in rows)
    for theme in themes_with_page(public, assessment.workspace):
        context = theme_context(assessment, public, theme, ENGLISH)
        (places,) = (section for section in context["sections"] if section.key == "theme-places")
        for place, number in _numbers(places.sentences).items():
            assert listed.get(place, number) >= number, place
            # What is left out is no greater than the last that is told.
            told = any(one.startswith(place) or place.startswith(one) for one in listed)
            assert told or number <= min(listed.values())


def test_the_sample_tells_the_greatest_number_of_each_place(
    assessment: tg.Assessment, publication: Publication
) -> None:
    placed = publication.features[publication.features.geometry.notna() & publication.features["voices"].notna()]
    most = pd.to_numeric(placed["voices"]).max()
    assert max(_numbers(told_where(assessment, publication, ENGLISH).sentences).values()) == most


def test_of_places_with_equal_numbers_none_is_left_out_and_the_others_are_counted() -> None:
    places = [(f"in {name}", "place", n) for name, n in zip("ABCDEFGHI", (12, 11, 9, 9, 7, 7, 6, 6, 5), strict=True)]
    lines = marked_there(ENGLISH, [*places, ("", "place", 20), ("in H", "barrier", 5), ("in A", "barrier", 5)])
    assert [line.split()[1].rstrip(":") for line in lines[:-1]] == list("ABCDEF")
    assert lines[-1] == "Other places: 3, with 6 respondents at most in each."
    assert "5" in lines[0]  # a place once with all that was marked there
    assert len(marked_there(ENGLISH, places[:6])) == 6
    twice = [("in A", "place", 9), ("in A", "place", 7), ("in A", "area", 6)]
    assert marked_there(ENGLISH, twice) == ("In A: 9 respondents marked a good place, 6 marked an area to develop.",)
