"""The small map of a plan: what is near it is drawn, cut by its edge, and nothing of what anybody said."""

import re

import geopandas as gpd
import numpy as np
import pytest
import shapely

import tesoma_geo as tg
from tesoma_geo.render.figures.plan_sketch import (
    HEIGHT,
    LETTER,
    LINE,
    WIDTH,
    placed_names,
    plan_sketch,
    won_step,
)
from tesoma_geo.render.text import assets
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.render.text.place_names import area_names, short_name


@pytest.fixture(scope="module")
def place(assessment: tg.Assessment) -> shapely.Point:
    """300 m south of the hub."""
    hub = assessment.inputs.hub.geometry.iloc[0]
    return shapely.Point(hub.x, hub.y - 300)


def dots(path: str) -> np.ndarray:
    return np.array(re.findall(r"(-?[\d.]+) (-?[\d.]+)", path), float)


def test_streets_the_hub_and_the_place_lie_on_the_sheet(assessment: tg.Assessment, place: shapely.Point) -> None:
    drawn = plan_sketch(assessment.inputs, [place, place.buffer(40).boundary], near_m=150.0)
    for path in (drawn.streets, drawn.main_streets, drawn.lines, drawn.near):
        at = dots(path)
        assert len(at) > 1
        assert (at >= -0.1).all()
        assert (at <= (WIDTH + 0.1, HEIGHT + 0.1)).all()
    assert len(drawn.points) == 1
    across = np.ptp(dots(drawn.near)[:, 0])
    metres_a_dot = drawn.bar[1] / drawn.bar[0]
    assert across * metres_a_dot == pytest.approx(2 * 150 + 80, rel=0.02)


def test_the_hub_is_one_sign_amid_its_entrances(assessment: tg.Assessment, place: shapely.Point) -> None:
    entrances = assessment.inputs.hub.geometry
    assert len(entrances) > 1
    drawn = plan_sketch(assessment.inputs, [place, *entrances])
    middle = np.mean(drawn.points[1:], axis=0)
    assert drawn.hub == pytest.approx(middle, abs=0.1)


def test_who_is_far_from_the_hub_does_not_see_it(assessment: tg.Assessment, place: shapely.Point) -> None:
    far = shapely.Point(place.x, place.y - 3000)
    assert plan_sketch(assessment.inputs, [far]).hub is None
    near = plan_sketch(assessment.inputs, [place])  # a point alone has no extent, and is on its map all the same
    assert near.hub is not None
    assert len(near.points) == 1
    assert len(dots(near.streets)) > 10


def test_what_is_too_short_to_be_seen_has_a_ring_and_what_is_long_has_none(
    assessment: tg.Assessment, place: shapely.Point
) -> None:
    short, long = (shapely.LineString([(place.x, place.y), (place.x + metres, place.y)]) for metres in (10, 400))
    drawn = plan_sketch(assessment.inputs, [short, long])
    (middle,) = drawn.ringed
    first = dots(drawn.lines)[0]
    assert middle == pytest.approx(first, abs=10)


def test_a_step_of_minutes_is_that_of_the_maps_script() -> None:
    minutes = np.array([-np.inf, -5.0, -4.9, -2.0, -1.0, -0.9, 0.0, 0.9, 1.0, 2.0, 4.9, 5.0, np.inf])
    assert won_step(minutes).tolist() == [0, 0, 1, 1, 2, 3, 3, 3, 4, 5, 5, 6, 6]


def test_homes_that_win_are_squares_of_their_step(assessment: tg.Assessment, place: shapely.Point) -> None:
    squares = [shapely.box(place.x + at, place.y, place.x + at + 50, place.y + 50) for at in (0, 50, 100)]
    cells = gpd.GeoDataFrame({"gain": [0.0, 6.0, np.nan]}, geometry=squares, crs=assessment.inputs.hub.crs)
    drawn = plan_sketch(assessment.inputs, [place], cells=cells, gain="gain")
    assert sorted(drawn.won) == [3, 6]
    assert drawn.district != ""


def test_names_on_it_stay_text(assessment: tg.Assessment, place: shapely.Point) -> None:
    page = assets.environment().from_string(
        '{% from "sketch.html.j2" import sketch %}{{ sketch(t, map, "<b>here", "<i>hub") }}'
    )
    html = page.render(t=catalogue("en"), map=plan_sketch(assessment.inputs, [place]))
    assert "<b>" not in html
    assert "<i>" not in html
    assert "&lt;b&gt;here" in html


def test_a_kind_is_named_once_with_all_its_names(assessment: tg.Assessment, place: shapely.Point) -> None:
    line = shapely.LineString([(place.x, place.y), (place.x + 50, place.y)])
    named = [("link", "A <path>"), ("link", ""), ("link", "A bridge")]
    drawn = plan_sketch(assessment.inputs, [line, line, line], named=named)
    page = assets.environment().from_string('{% from "sketch.html.j2" import sketch %}{{ sketch(t, map, "The plan") }}')
    assert "New link: A &lt;path&gt;, A bridge</span></li>" in page.render(t=catalogue("en"), map=drawn)


def test_each_sign_has_its_own_line_in_the_legend(assessment: tg.Assessment, place: shapely.Point) -> None:
    line = shapely.LineString([(place.x, place.y), (place.x + 50, place.y)])
    named = [("link", "A path"), ("service", "A library"), ("closed", "A street"), ("service_closed", "")]
    drawn = plan_sketch(assessment.inputs, [line, place, line, place], named=named)
    assert drawn.named == {
        "lines": (("link", "A path"),),
        "points": (("service", "A library"),),
        "closed_lines": (("closed", "A street"),),
        "closed_points": (("service_closed", ""),),
    }
    english = catalogue("en")
    page = assets.environment().from_string('{% from "sketch.html.j2" import sketch %}{{ sketch(t, map, "The plan") }}')
    sketch = page.render(t=english, map=drawn)
    told = (
        "New link: A path</span></li>",
        "New service: A library</span></li>",
        "Closed: A street</span></li>",
        "Service that closes</span></li>",
    )
    assert all(one in sketch for one in told)
    assert ">The plan</span></li>" not in sketch


def test_streets_or_areas_are_named(assessment: tg.Assessment, place: shapely.Point) -> None:
    streets = {name for *_, name in plan_sketch(assessment.inputs, [place], near_m=250.0).names}
    assert streets
    assert streets <= set(assessment.inputs.network.ways["name"])
    square = gpd.GeoDataFrame({"gain": [6.0]}, geometry=[place.buffer(50)], crs=assessment.inputs.hub.crs)
    areas = {name for *_, name in plan_sketch(assessment.inputs, [place], cells=square, gain="gain").names}
    assert areas <= set(map(str, area_names(assessment.inputs.district).values()))
    assert len(areas) > 1


def test_a_name_keeps_off_homes_that_win_where_its_area_has_room(
    assessment: tg.Assessment, place: shapely.Point
) -> None:
    far = shapely.Point(place.x, place.y - 3000)

    def names(around: shapely.Point) -> dict[str, tuple[float, float]]:
        square = gpd.GeoDataFrame({"gain": [6.0]}, geometry=[around.buffer(60)], crs=assessment.inputs.hub.crs)
        drawn = plan_sketch(assessment.inputs, [place], cells=square, gain="gain")
        return {name: (x, y) for x, y, name in drawn.names}

    undisturbed = names(far)
    name, (x, y) = next(iter(undisturbed.items()))
    area = assessment.inputs.district[
        [names_of == name for names_of in area_names(assessment.inputs.district).values()]
    ].geometry.iloc[0]
    assert names(area.point_on_surface())[name] != (x, y)


def test_no_name_lies_on_another_or_on_a_sign_or_is_cut() -> None:
    street = [(240.0, 150.0), (310.0, 152.0)]
    wanted = [
        (3.0, street, "Long street"),
        (2.0, [(320.0, 152.0), (320.0, 152.0 + 1.2 * LINE)], "Beside"),
        (1.0, [(2.0, 100.0), (60.0, 100.0)], "At the edge"),
    ]
    on_street, beside, edge = placed_names(wanted, [(240.0, 150.0)])
    assert on_street == (*street[1], "Long street")  # beside the sign, on its street
    assert beside[1] == pytest.approx(152.0 + 1.2 * LINE)
    assert edge == (60.0, 100.0, "At the edge")
    # One that stands already keeps its room.
    assert placed_names([(1.0, [(240.0, 150.0)], "Street")], (), [(300.0, 155.0, 40.0)]) == ()
    assert (
        placed_names([(1.0, [(240.0, HEIGHT)], "On the bar"), (1.0, [(240.0, 150.0)], "On a sign")], [(240.0, 150.0)])
        == ()
    )


def test_no_street_has_its_name_under_the_hubs_in_any_language(assessment: tg.Assessment, place: shapely.Point) -> None:
    longest = max(len(short_name(str(name))) for name in assessment.workspace.hub.name.values())
    hub = assessment.inputs.hub.geometry.iloc[0]
    for x, y in ((0, -300), (0, -150), (150, 0), (-200, 100), (250, 250)):
        drawn = plan_sketch(assessment.inputs, [shapely.Point(hub.x + x, hub.y + y)], near_m=150.0)
        assert drawn.hub_name is not None
        half = longest * LETTER / 2
        assert half <= drawn.hub_name[0] <= WIDTH - half, "nothing of it is cut"
        for at, height, name in drawn.names:
            beside = abs(at - drawn.hub_name[0]) >= half + len(name) * LETTER / 2
            assert beside or abs(height - drawn.hub_name[1]) >= LINE, name
        # Nor does it lie on the sign of what changes.
        ((change_x, change_y),) = drawn.points
        assert abs(change_x - drawn.hub_name[0]) >= half or abs(change_y - drawn.hub_name[1]) >= LINE / 2


def test_the_hub_is_a_star_and_what_is_drawn_has_its_day(assessment: tg.Assessment, place: shapely.Point) -> None:
    page = assets.environment().from_string(
        '{% from "sketch.html.j2" import sketch %}{{ sketch(t, map, "Here", "The centre (made up)") }}'
    )
    drawn, english = plan_sketch(assessment.inputs, [place]), catalogue("en")
    html = page.render(t=english, map=drawn)
    assert html.count('class="star"') == 2  # on the map and in the legend
    assert "The centre (made up)" not in html
    assert ">The centre</text>" in html
    assert set(drawn.days) == {"network"}
    day = drawn.days["network"]
    told = f"{english('section.network')}: {english.day(day)}" if day else "Streets (date not known)"
    assert told in html
    assert ('class="rail"' in html) == bool(len(assessment.inputs.ground.railways) and drawn.railways)


def test_a_name_of_the_plan_stands_in_the_legend_in_the_language_of_the_page(
    assessment: tg.Assessment, place: shapely.Point
) -> None:
    drawn = plan_sketch(assessment.inputs, [place], named=[("service", "Etelän kirjasto")])
    page = assets.environment().from_string(
        '{% from "sketch.html.j2" import sketch %}{{ sketch(t, map, "The plan", called=called) }}'
    )
    called = {"fi": "Etelän kirjasto", "sv": "Södra biblioteket"}
    html = page.render(t=catalogue("sv"), map=drawn, called=called)
    assert "Södra biblioteket</span>" in html
    assert "Etelän" not in html
