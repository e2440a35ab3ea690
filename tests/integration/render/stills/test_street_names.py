"""Names of streets on a still: along their streets, over nothing, the main ones first."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
import shapely

import tesoma_geo as tg
from tesoma_geo.render.stills.basemap import palette, words
from tesoma_geo.render.stills.layout import layout
from tesoma_geo.render.stills.street_names import named_lines, placed

ROOM = (10.0, 10.0)


def line(*places: tuple[float, float]) -> np.ndarray:
    return np.array([shapely.LineString(places)], object)


def test_a_name_lies_along_its_street_and_is_never_upside_down():
    named = list(
        placed(
            [("Level", line((1, 1), (4, 1))), ("Falling", line((9, 9), (6, 6))), ("Up", line((1, 9), (1, 5)))],
            8,
            ROOM,
            [],
        )
    )
    assert [(name.text, round(name.degrees)) for name in named] == [("Level", 0), ("Falling", 45), ("Up", -90)]
    assert (named[0].x, named[0].y) == pytest.approx((2.5, 1.0), abs=0.1)


def test_a_name_gives_way_to_what_is_there_and_stays_away_without_room():
    street = line((1, 1), (4, 1))
    (free,) = placed([("Street", street)], 8, ROOM, [])
    (moved,) = placed([("Street", street)], 8, ROOM, [(2.3, 0.9, 2.7, 1.1)])
    assert abs(moved.x - free.x) > 0.3
    assert list(placed([("Street", street)], 8, ROOM, [(0, 0, 10, 2)])) == []
    assert [one.text for one in placed([("First", street), ("Second", street)], 8, (3.0, 10.0), [])] == [
        "First",
        "Second",
    ]
    assert [
        one.text for one in placed([("First", line((1, 1), (1.6, 1))), ("Second", line((1, 1), (1.6, 1)))], 8, ROOM, [])
    ] == ["First"]


def test_a_crooked_or_short_street_has_no_name():
    around = np.linspace(0, 2 * np.pi, 40)
    ring = [(5 + 0.2 * np.cos(turn), 5 + 0.2 * np.sin(turn)) for turn in around]
    assert list(placed([("A ring road", line(*ring))], 8, ROOM, [])) == []
    assert list(placed([("A very long name of a street", line((1, 1), (1.3, 1)))], 8, ROOM, [])) == []


def test_main_streets_come_first_and_each_name_once(assessment: tg.Assessment):
    whole = shapely.union_all(assessment.district.geometry.to_numpy())
    names = [name for name, _ in named_lines(assessment.streets, whole)]
    assert len(names) == len(set(names)) > 3
    for _, parts in named_lines(assessment.streets, whole):
        assert (np.diff(shapely.length(parts)) <= 0).all()
    assert list(named_lines(assessment.streets.drop(columns="name"), whole)) == []


def written(assessment, size_mm):
    at = layout(assessment, size_mm)
    figure = plt.figure(figsize=(at.map[2], at.map[3]), dpi=100)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(at.metres[0], at.metres[2]), ylim=(at.metres[1], at.metres[3]))
    words(axes, assessment, "Hub", at)
    assert palette()["map-text"] == axes.texts[-1].get_color()
    names = {str(name) for name in assessment.streets["name"].dropna()}
    found = [text for text in axes.texts if text.get_text() in names]
    plt.close(figure)
    return found


def test_paper_has_names_of_streets_and_a_small_picture_none(assessment: tg.Assessment):
    assert len(written(assessment, (420, 297))) >= len(written(assessment, (297, 210))) > 3
    assert all(text.get_fontsize() >= 6 for text in written(assessment, (297, 210)))
    assert written(assessment, (120, 85)) == []
