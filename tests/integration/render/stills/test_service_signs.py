"""Signs of services on a still: each seen, none on another, near its place."""

import numpy as np
import pytest
import shapely

import tesoma_geo as tg
from tesoma_geo.render.stills.layout import layout
from tesoma_geo.render.stills.service_signs import (
    FARTHEST,
    HUB_IN,
    SIGN_IN,
    SIGNS,
    apart,
    sign_of,
    sign_outline,
    sign_places,
    whole_on_map,
)

HUB = np.array([50.0, 50.0])


def test_kinds_of_services_have_signs_of_their_own_as_long_as_there_are_enough():
    assert len({sign_of(kind) for kind in range(len(SIGNS))}) == len(SIGNS)
    assert sign_of(len(SIGNS)) == sign_of(0)


def test_signs_of_one_place_stand_beside_each_other_and_beside_the_hub():
    places = np.array([[0.0, 0.0]] * 5 + [[50.0, 50.0], [90.0, 10.0]])
    moved = apart(places, HUB, 1.0, 3.0)
    gaps = np.linalg.norm(moved[:, None] - moved[None], axis=2)[np.triu_indices(len(moved), 1)]
    assert gaps.min() >= 2.0 - 1e-9
    assert np.linalg.norm(moved - HUB, axis=1).min() >= 4.0 - 1e-9
    assert np.linalg.norm(moved - places, axis=1).max() <= FARTHEST
    assert moved[0].tolist() == [0.0, 0.0], "the first stays"
    assert moved[-1].tolist() == [90.0, 10.0], "what is alone stays"


def test_where_there_is_no_room_a_sign_stays_at_its_place():
    places = np.zeros((200, 2))
    assert apart(places, HUB, 1.0, 3.0)[-1].tolist() == [0.0, 0.0]


@pytest.mark.parametrize("size_mm", [(297.0, 210.0), (420.0, 297.0)])
def test_no_sign_of_the_sample_lies_on_another(assessment: tg.Assessment, size_mm):
    at = layout(assessment, size_mm)
    inches = at.map[2] / (at.metres[2] - at.metres[0])
    places = sign_places(assessment, at) * inches
    gaps = np.linalg.norm(places[:, None] - places[None], axis=2)[np.triu_indices(len(places), 1)]
    assert gaps.min() >= 2 * SIGN_IN * at.unit - 1e-9
    hub = np.array([assessment.hub.geometry.x.mean(), assessment.hub.geometry.y.mean()]) * inches
    assert np.linalg.norm(places - hub, axis=1).min() >= (SIGN_IN + HUB_IN) * at.unit - 1e-9
    own = shapely.get_coordinates(assessment.services.geometry.to_numpy()) * inches
    assert np.linalg.norm(places - own, axis=1).max() <= FARTHEST * SIGN_IN * at.unit + 1e-9


def test_a_sign_that_the_frame_would_cut_is_not_whole(assessment: tg.Assessment):
    at = layout(assessment, (297.0, 210.0))
    west, south, east, north = at.metres
    half = SIGN_IN * at.unit * (east - west) / at.map[2]
    middle = (south + north) / 2
    places = np.array([[west + 1.1 * half, middle], [west + 0.9 * half, middle], [east + half, middle]])
    assert whole_on_map(places, at).tolist() == [True, False, False]


@pytest.mark.parametrize("sign", SIGNS)
def test_an_outline_is_as_large_as_its_sign_about_its_middle(sign: str):
    points = np.array([pair.split(",") for pair in sign_outline(sign, 10.0).strip("MZ").split()], float)
    assert 3.5 < np.abs(points).max() <= 7.1
    assert np.abs(points.min(axis=0) + points.max(axis=0)).max() < 2.6


def test_an_outline_stands_upright():
    points = {tuple(map(float, pair.split(","))) for pair in sign_outline("^", 10.0).strip("MZ").split()}
    highest = min(y for _, y in points)  # up is less in an SVG
    assert [x for x, y in points if y == highest] == [0.0], "a triangle's tip is above"
