"""Barriers: all types of the wiki by mode, access tags in its order, kerbs, locks, widths, lifts."""

import numpy as np
import pandas as pd
import pytest

from tesoma_geo.network.streets.barriers import barrier_costs
from tesoma_geo.network.streets.conditional import SUMMER, When
from tesoma_geo.network.streets.profiles import default_profiles, profiles_with

PROFILES = default_profiles()
WHO = ("walk", "wheelchair", "bicycle", "car")


def seconds(profile: str, when: When = SUMMER, **tags: str) -> float:
    table = pd.DataFrame({key: pd.Series([value], dtype="str") for key, value in tags.items()})
    return float(barrier_costs(table, PROFILES[profile], when)[0])


def passes(**tags: str) -> str:
    """Who passes: w(alkers), r(ollers in a wheelchair), b(icycles), c(ars)."""
    (who,) = passes_each({}, **tags)
    return who


def passes_each(*points: dict[str, str], **tags: str) -> list[str]:
    """Who passes each of some points, with tags of its own and those that all have."""
    table = pd.DataFrame([tags | of_one for of_one in points], dtype="str")
    open_to = [np.isfinite(barrier_costs(table, PROFILES[who], SUMMER)) for who in WHO]
    return ["".join(sign for sign, may in zip("wrbc", row, strict=True) if may) for row in np.transpose(open_to)]


#: https://wiki.openstreetmap.org/wiki/Key:barrier as read in 2026-11: who passes a point of each type without tags.
WIKI = {
    "block": "wrb", "bollard": "wrb", "border_control": "wrbc", "bump_gate": "wrbc", "bus_trap": "wrb",
    "cable_barrier": "", "cattle_grid": "wbc", "chain": "wrb", "city_wall": "", "coupure": "wrbc",
    "cycle_barrier": "wrb", "debris": "wb", "ditch": "", "entrance": "wrbc", "fence": "",
    "full-height_turnstile": "w", "gate": "wrbc", "guard_rail": "", "hampshire_gate": "wrbc", "handrail": "",
    "hedge": "", "height_restrictor": "wrbc", "horse_stile": "wb", "jersey_barrier": "wrb", "kent_carriage_gap": "wrb",
    "kerb": "wbc", "kissing_gate": "w", "lift_gate": "wrbc", "log": "wb", "motorcycle_barrier": "wrb",
    "planter": "wrb", "retaining_wall": "", "rope": "wrb", "sally_port": "wrbc", "sliding_beam": "wrbc",
    "sliding_gate": "wrbc", "spikes": "wrb", "stile": "w", "sump_buster": "wrb", "swing_gate": "wrbc",
    "tank_trap": "", "toll_booth": "wrbc", "turnstile": "w", "wall": "", "wicket_gate": "wrb", "yes": "wrb",
}  # fmt: skip


#: Tags besides the type. Whoever a tag of a mode names passes whatever the type, and nobody whom it refuses.
BESIDES = (
    {}, {"access": "no"}, {"access": "no", "foot": "yes"}, {"bicycle": "yes"}, {"access": "no", "motorcar": "yes"},
    {"motor_vehicle": "no"}, {"foot": "no"}, {"wheelchair": "yes"}, {"wheelchair": "no"},
)  # fmt: skip


@pytest.fixture(scope="module")
def who_passes():
    """Each type of barrier with each of these tags → who passes, all points in one table."""
    answers = iter(passes_each(*({"barrier": kind, **besides} for kind in WIKI for besides in BESIDES)))
    return {kind: [next(answers) for _ in BESIDES] for kind in WIKI}


@pytest.mark.parametrize("kind", WIKI)
def test_who_passes_each_type_of_barrier(who_passes, kind):
    assert who_passes[kind][0] == WIKI[kind]


@pytest.mark.parametrize("kind", WIKI)
def test_access_tags_stand_over_the_type_mode_by_mode(who_passes, kind):
    _, closed, on_foot, ridden, driven, not_driven, not_walked, rolled, not_rolled = who_passes[kind]
    assert closed == ""
    assert "w" in on_foot
    assert "b" in ridden
    assert "c" in driven
    assert "c" not in not_driven
    assert "w" not in not_walked
    assert "r" in rolled
    assert "r" not in not_rolled


def test_a_point_alone_is_passed_as_among_others(who_passes):
    """A table that lacks the columns of other points says the same."""
    for kind, besides in (("gate", {}), ("stile", {"foot": "no"}), ("kerb", {"wheelchair": "yes"}), ("log", {})):
        assert passes(barrier=kind, **besides) == who_passes[kind][BESIDES.index(besides)]


@pytest.mark.parametrize(
    ("tags", "who"),
    [
        ({"barrier": "gate", "access": "private"}, "wrbc"),  # restricted, not closed: see restricted_barriers
        ({"barrier": "gate", "vehicle": "no"}, "wrb"),  # a bicycle is pushed through
        ({"barrier": "gate", "vehicle": "no", "motor_vehicle": "yes"}, "wrbc"),
        ({"barrier": "gate", "motor_vehicle": "no", "motorcar": "yes"}, "wrbc"),
        ({"barrier": "gate", "access": "no", "bicycle": "yes"}, "b"),
        ({"barrier": "gate", "bicycle": "no", "foot": "no"}, "c"),
        ({"barrier": "bollard", "motor_vehicle": "yes"}, "wrbc"),
        ({"barrier": "bollard", "access": "yes"}, "wrbc"),
        ({"barrier": "lift_gate", "access": "no", "foot": "yes"}, "wrb"),
        ({"barrier": "stile", "foot": "yes"}, "wb"),
        ({"barrier": "gate", "wheelchair": "no"}, "wbc"),
        ({"barrier": "kissing_gate", "wheelchair": "yes"}, "wr"),
        ({"barrier": "gate", "foot": "no", "wheelchair": "yes"}, "bc"),
        ({"barrier": "gate", "locked": "yes"}, ""),
        ({"barrier": "gate", "locked": "no"}, "wrbc"),
        ({"barrier": "gate", "locked": "yes", "foot": "yes"}, "wrb"),
        ({"barrier": "gate", "locked": "yes", "access": "private"}, "wrbc"),
        ({"barrier": "gate", "locked": "yes", "motor_vehicle": "private"}, "c"),
        ({"barrier": "gate", "maxwidth:physical": "60 cm"}, "wb"),
        ({"barrier": "gate", "width": "1,2"}, "wrb"),
        ({"barrier": "gate", "width": "3.5 m"}, "wrbc"),
        ({"barrier": "bollard", "width": "0.2"}, "wrb"),
        ({"barrier": "bollard", "maxwidth:physical": "0.7"}, "wb"),
        ({"barrier": "cycle_barrier", "opening": "0.5"}, "w"),
        ({"barrier": "cycle_barrier", "spacing": "2'"}, "wb"),
        ({"barrier": "kerb", "kerb": "lowered"}, "wrbc"),
        ({"barrier": "kerb", "kerb": "flush"}, "wrbc"),
        ({"barrier": "kerb", "kerb": "raised"}, "wbc"),
        ({"barrier": "kerb", "height": "2 cm"}, "wrbc"),
        ({"barrier": "curb"}, "wbc"),
        ({"kerb": "raised"}, "wbc"),
        ({"kerb": "rolled"}, "wbc"),
        ({"kerb": "yes"}, "wrbc"),
        ({"kerb": "yes", "kerb:height": "0.15"}, "wbc"),
        ({"kerb": "raised", "kerb:height": "3 cm"}, "wrbc"),
        ({"kerb": "lowered", "kerb:height": "12 cm"}, "wbc"),
        ({"kerb": "raised", "wheelchair": "yes"}, "wrbc"),
        ({"highway": "elevator"}, "wrb"),
        ({"highway": "elevator", "wheelchair": "no"}, "wb"),
        ({"highway": "elevator", "access": "no"}, ""),
        ({"highway": "elevator", "motor_vehicle": "yes"}, "wrbc"),
        ({"entrance": "yes", "wheelchair": "no"}, "wbc"),
        ({"entrance": "yes", "access": "no"}, ""),
        ({"entrance": "main", "locked": "yes", "foot": "permissive"}, "wrb"),
        ({"highway": "crossing", "access": "no"}, "wrbc"),
        ({"highway": "crossing", "wheelchair": "no"}, "wbc"),
        ({"highway": "bus_stop", "wheelchair": "no"}, "wrbc"),
        ({"railway": "tram_stop", "wheelchair": "no"}, "wrbc"),
        ({"barrier": "bollard;kissing_gate"}, "w"),
        ({"barrier": "unheard-of"}, "wrbc"),
    ],
)  # fmt: skip
def test_who_passes_a_point_so_tagged(tags, who):
    assert passes(**tags) == who


def test_a_gate_that_is_closed_at_times():
    night, noon = When(hour=2), When(hour=12)
    gate = {"barrier": "gate", "access:conditional": "no @ (22:00-06:00)"}
    assert np.isinf(seconds("walk", night, **gate))
    assert np.isfinite(seconds("walk", noon, **gate))
    assert np.isinf(seconds("walk", night, barrier="gate", opening_hours="08:00-20:00"))
    assert np.isinf(seconds("walk", night, **{"barrier": "gate", "locked:conditional": "yes @ (20:00-08:00)"}))


def test_seconds_of_the_table_are_waited():
    assert seconds("wheelchair", barrier="cycle_barrier") == 10
    assert seconds("walk", highway="elevator") == 30


def test_a_workspace_overrides_a_type():
    walk = profiles_with({"walk": {"node_delays_s": {"barrier": {"gate": 7.0, "stile": False}}}})["walk"]
    found = barrier_costs(pd.DataFrame({"barrier": ["gate", "stile", "fence"]}), walk)
    assert found.tolist() == [7.0, np.inf, np.inf]
