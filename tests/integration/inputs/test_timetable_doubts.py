"""What ``check`` tells of a timetable that does not suit the district, and windows that are none."""

import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from tesoma_geo.errors import WorkspaceError
from tesoma_geo.inputs.layers import check_inputs
from tesoma_geo.workspace import Workspace
from tests.workspaces import moved, of_profiles


@pytest.fixture
def doubts(sample_workspace, tmp_path):
    """The doubts of ``check`` on a timetable of the bundled district with its stops moved."""

    def of(*changes, stops=None):
        feed = Path(sample_workspace).parent / "sample" / "gtfs.zip"
        if stops is not None:
            with zipfile.ZipFile(feed) as old, zipfile.ZipFile(tmp_path / "gtfs.zip", "w") as new:
                for name in old.namelist():
                    content = old.read(name).decode()
                    new.writestr(name, stops(content) if name == "stops.txt" else content)
            changes = (*changes, (r'"[^"]*sample/gtfs.zip"', '"gtfs.zip"'))
        workspace = moved(Path(sample_workspace), tmp_path, *of_profiles("walk", "transit"), *changes)
        _, reports = check_inputs(Workspace.load(workspace))
        assert not [fault for report in reports for fault in report.faults]
        (report,) = [report for report in reports if report.key == "transit.gtfs"]
        return [str(doubt) for doubt in report.doubts]

    return of


def window(start, end):
    return (r"^window = .*$", f'window = ["{start}", "{end}"]')


def shifted(lon, lat):
    """Stops moved by degrees."""

    def moved_stops(content):
        table = pd.read_csv(io.StringIO(content), dtype=str)
        table["stop_lon"] = table["stop_lon"].astype(float) + lon
        table["stop_lat"] = table["stop_lat"].astype(float) + lat
        return table.to_csv(index=False)

    return moved_stops


def swapped(content):
    return content.replace("stop_lat", "?").replace("stop_lon", "stop_lat").replace("?", "stop_lon")


def test_a_timetable_that_suits_has_no_doubt(doubts):
    assert not doubts()


def test_hours_without_a_vehicle_are_told(doubts):
    (doubt,) = doubts(window("02:00", "03:00"))
    assert "no vehicle leaves a stop at 02:00–03:00" in doubt
    assert "vehicles run at 06:04" in doubt


def test_swapped_stops_are_told(doubts):
    (doubt,) = doubts(stops=swapped)
    assert "look swapped in stops.txt" in doubt


@pytest.mark.parametrize(("lon", "lat"), [(0.0, 0.001), (0.002, 0.0), (0.004, -0.003), (-0.0012, 0.0008)])
def test_shifted_stops_are_told(lon, lat, doubts):
    found = doubts(stops=shifted(lon, lat))
    assert any("they look shifted" in doubt for doubt in found), found


def test_the_feed_of_another_place_is_told(doubts):
    (doubt,) = doubts(stops=shifted(-10.0, 0.0))
    assert "feed of another place" in doubt


@pytest.mark.parametrize("turned", [("09:00", "07:00"), ("07:00", "07:00"), ("23:00", "01:00")])
def test_a_reversed_window_is_refused(turned, sample_workspace, tmp_path):
    path = moved(Path(sample_workspace), tmp_path, window(*turned))
    with pytest.raises(WorkspaceError) as raised:
        Workspace.load(path)
    (fault,) = raised.value.faults
    assert fault.where == "transit.window"
    assert "ends before it begins" in fault.problem
    assert "24:00" in fault.remedy
