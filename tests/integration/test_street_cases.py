"""Small streets that came out wrong once: each with its right answer.

Most have a short way of 400 m and a way round of 1,600 m between the same two places.
"""

import csv
import itertools
from pathlib import Path

import numpy as np
import pytest

import tesoma_geo as tg
from tesoma_geo.network.streets.profiles import Profile, default_profiles
from tesoma_geo.network.streets.seasons import in_winter

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases"
ROWS = list(csv.DictReader((CASES / "streets.csv").open(encoding="utf-8"))) if CASES.is_dir() else []
#: Metres of the two ways.
SHORT_M, ROUND_M = 400.0, 1600.0


def flat_kmh(profile: Profile) -> float:
    """The speed on the residential streets of the cases."""
    return profile.class_speeds_kmh.get("residential", profile.speed_kmh) * profile.limit_share


def metres(row: dict[str, str], profile: str | None = None, winter: bool = False) -> float:
    """The way from one place of a case to the other, as metres at the profile's speed on the flat."""
    network = tg.StreetNetwork.from_osm(CASES / row["file"], crs="EPSG:3067")
    moving = default_profiles()[profile or row["profile"]]
    router = tg.StreetRouter.build(*in_winter(network, moving)) if winter else network.router(moving)
    ends = [[float(part) for part in row[end].split()] for end in ("from_lon_lat", "to_lon_lat")]
    seconds = float(router.travel_times([ends[0]], [ends[1]])[0, 0]) - router.profile.terminal_s
    return seconds * flat_kmh(router.profile) / 3.6


def is_about(found_m: float, right: str) -> bool:
    """Whether a way is the one that is right; delays and slow surfaces may add to it, not another way."""
    if right.startswith("short"):
        return found_m < 2 * SHORT_M
    if right.startswith("round,") or (right.startswith("round") and "bay" not in right):
        return 0.8 * ROUND_M < found_m < 2 * ROUND_M
    raise AssertionError(right)


@pytest.mark.parametrize(
    "row",
    [row for row in ROWS if row["right"] in ("short", "round") or row["right"].startswith("round, or")],
    ids=lambda row: row["case"],
)
def test_the_right_way_is_taken(row):
    assert is_about(metres(row), row["right"]), row["why"]


@pytest.mark.parametrize("row", [row for row in ROWS if row["kind"] == "condition"], ids=lambda row: row["case"])
def test_a_way_that_is_closed_in_winter(row):
    assert is_about(metres(row), "short"), row["why"]
    assert is_about(metres(row, winter=True), "round"), row["why"]


def case(name: str) -> dict[str, str]:
    if not ROWS:
        pytest.skip("the cases (../shared/cases) are not beside the checkout")
    return next(row for row in ROWS if row["case"] == name)


@pytest.mark.parametrize("profile", ["walk", "car", "bicycle", "wheelchair"])
def test_home_up_a_private_drive(profile):
    assert 500 < metres(case(f"private-drive {profile}")) < 3000


def test_a_left_turn_that_is_forbidden():
    row = case("no-left-turn")
    network = tg.StreetNetwork.from_osm(CASES / row["file"], crs="EPSG:3067")
    assert metres(row, "walk") == pytest.approx(600, rel=0.01)
    car = network.router("car")
    nodes = [int(np.flatnonzero(network.node_id == node)[0]) for node in (1, 2, 3, 5, 4)]
    longest = car.travel_times(*([[[network.lon[n], network.lat[n]]] for n in (nodes[0], nodes[4])]))
    driven_m = sum(
        np.hypot(network.x[a] - network.x[b], network.y[a] - network.y[b]) for a, b in itertools.pairwise(nodes)
    )
    assert driven_m == pytest.approx(1716, rel=0.01)
    assert np.isfinite(longest).all()
    assert metres(row) > metres(row, "walk")


def test_across_a_square():
    row = case("square")
    assert metres(row) / (4.70 / 3.6) == pytest.approx(230, rel=0.03)


def test_the_street_is_open_up_to_a_bollard():
    assert np.isfinite(metres(case("bollard-at-the-end")))


def test_a_plan_that_was_not_uploaded():
    assert metres(case("planned-way-negative-ids")) == pytest.approx(700, rel=0.02)


def test_no_street_over_a_gap():
    assert np.isinf(metres(case("clipped")))


def test_a_deleted_way_is_no_way():
    assert metres(case("deleted-visible-false")) == pytest.approx(4200, rel=0.05)


def test_ways_before_nodes():
    assert np.isfinite(metres(case("ways-first")))
