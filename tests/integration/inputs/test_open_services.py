"""``[services] open_at = "window"`` and numbers, from the workspace file to the figures."""

import numpy as np
import pytest

from tesoma_geo.analysis.uncertainty import hub_uncertainty
from tesoma_geo.assessment.travel_assessment import travel_times
from tesoma_geo.columns import NEAREST_S, WITHIN
from tesoma_geo.errors import WorkspaceError
from tesoma_geo.inputs.layers import check_inputs, read_inputs
from tesoma_geo.workspace import Workspace
from tests.workspaces import moved, of_profiles

HOURS = {
    "A": ("5", "Mo-Fr 08:10-20:00"),
    "B": ("7.5", "Sa 10:00-12:00"),
    "C": ("", ""),
    "D": ("30", "Mo-Fr 06:00-07:30"),
}
PLACES = {"A": (23.6115, 61.5039), "B": (23.6411, 61.5009), "C": (23.6300, 61.5050), "D": (23.6320, 61.5030)}


@pytest.fixture(scope="module")
def inputs(sample_workspace, tmp_path_factory):
    folder = tmp_path_factory.mktemp("open")
    lines = [f"{name},{PLACES[name][0]},{PLACES[name][1]},{seats},{hours}" for name, (seats, hours) in HOURS.items()]
    (folder / "rooms.csv").write_text("name,lon,lat,seats,opening_hours\n" + "\n".join(lines), encoding="utf-8")
    layer = (
        f'[[services.files]]\nkind = "room"\nsource = "{folder}/rooms.csv"\n'
        'lon = "lon"\nlat = "lat"\ncapacity = "seats"\n\n'
    )
    changes = (*of_profiles("walk"), (r"^\[services\.osm\]$", '[services]\nopen_at = "window"\n\n[services.osm]'))
    path = moved(sample_workspace, folder, *changes, (r"^\[\[services\.files\]\]", f"{layer}[[services.files]]"))
    return read_inputs(Workspace.load(path))


def test_what_is_closed_on_arrival_counts_for_nobody_and_numbers_add_up(inputs):
    times = travel_times(inputs)
    rooms = inputs.services[inputs.services["kind"] == "room"]
    router, at = times.routers["walk"], times.snapped["walk"]
    seconds = router.times_between(at.origins, at.services.take(rooms.index.to_numpy()))
    of = dict(zip(rooms["name"], seconds.T, strict=True))
    # From 07:00 to 09:00: half of those who set out find A open after 10 minutes, B never, D never, C at all times.
    counted = {"A": np.where(of["A"] >= 600.0 - 1e-3, of["A"], np.inf), "C": of["C"]}
    nearest = np.minimum(counted["A"], counted["C"])
    np.testing.assert_allclose(times.columns[NEAREST_S.of("walk", "room")], nearest)
    seats = 5 * (counted["A"] <= 900.0)  # C tells no number, and is told to count for nothing
    np.testing.assert_array_equal(times.columns[WITHIN.of("walk", "room")], seats)
    assert 0 < seats.sum() < 5 * len(seats)


def test_the_interval_is_of_the_same_services(inputs):
    times = travel_times(inputs)
    known = hub_uncertainty(
        times.routers["walk"], inputs.origins, inputs.hub, inputs.services, runs=40, snapped=times.snapped["walk"]
    ).figures.set_index("figure")
    minutes, residents = times.columns[NEAREST_S.of("walk", "room")] / 60.0, inputs.origins["population"].to_numpy()
    row = known.loc["room_population_within_15_min"]
    assert row["mapped"] == residents[minutes <= 15.0].sum()
    assert row["low"] <= row["mapped"] <= row["high"]


def test_the_share_without_hours_is_told(inputs):
    told = {doubt.where: doubt.problem for report in inputs.reports for doubt in report.doubts}
    n = len(inputs.services)
    assert f"{(n - 3) / n:.0%} of the services have no hours" in told["services.open_at"]
    assert {"opening hours", "services"} <= {one.what for one in inputs.left_out}


def test_a_window_is_needed(sample_workspace, tmp_path):
    changes = (*of_profiles("walk"), (r"^\[services\.osm\]$", '[services]\nopen_at = "window"\n\n[services.osm]'))
    path = moved(sample_workspace, tmp_path, *changes, (r"^\[transit\]\n(.+\n)+", ""))
    with pytest.raises(WorkspaceError, match=r"open_at"):
        Workspace.load(path)


def test_hours_change_nothing_where_nobody_asks(sample_workspace, tmp_path):
    given, _ = check_inputs(Workspace.load(moved(sample_workspace, tmp_path, *of_profiles("walk"))))
    assert given is not None
    assert not given.services["open_from_s"].any()
    assert np.isinf(given.services["open_until_s"]).all()
