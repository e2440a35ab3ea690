"""The ways of moving that a workspace asks for, and what is wrong with those that it cannot have."""

from types import SimpleNamespace

import pytest

from tesoma_geo.errors import WorkspaceError
from tesoma_geo.inputs.wanted_profiles import wanted_profiles


def asking(*names, transit=None):
    return SimpleNamespace(profiles={}, access=SimpleNamespace(profiles=list(names)), transit=transit)


def test_they_stand_in_the_order_of_the_workspace_without_the_timetable_s():
    chosen = wanted_profiles(asking("wheelchair", "transit", "walk", transit="a feed"))
    assert [profile.name for profile in chosen] == ["wheelchair", "walk"]


@pytest.mark.parametrize(
    ("names", "problems"),
    [
        (("walk", "skates"), ["'skates' is no profile"]),
        (("walk", "transit"), ["'transit' needs a timetable"]),
        (("skates", "transit"), ["'skates' is no profile", "'transit' needs a timetable"]),
    ],
)
def test_all_faults_are_told_at_once(names, problems):
    with pytest.raises(WorkspaceError) as refused:
        wanted_profiles(asking(*names))
    assert [fault.problem for fault in refused.value.faults] == problems


def test_a_misspelt_way_of_moving_is_told_the_nearest_and_another_one_all():
    with pytest.raises(WorkspaceError) as refused:
        wanted_profiles(asking("wallk", "skates"))
    misspelt, unknown = (fault.remedy for fault in refused.value.faults)
    assert misspelt == "Did you mean walk?"
    assert unknown.startswith("Use walk, ")


def test_a_timetable_alone_has_nobody_to_walk_to_the_stops():
    with pytest.raises(WorkspaceError, match="no profile that moves on streets alone"):
        wanted_profiles(asking("transit", transit="a feed"))
