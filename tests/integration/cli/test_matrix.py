"""``tesoma-geo matrix``: what turns cost is counted where it is asked for."""

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from tesoma_geo.cli import commands
from tesoma_geo.network.streets.profiles import default_profiles, with_turn_costs


@pytest.fixture(scope="module")
def points(sample_inputs, tmp_path_factory):
    """A file of some homes, and their places."""
    homes = sample_inputs.origins.iloc[::12].geometry.centroid.to_crs("EPSG:4326")
    table = pd.DataFrame({"longitude": homes.x.to_numpy(), "latitude": homes.y.to_numpy()}).round(6)
    path = tmp_path_factory.mktemp("points") / "homes.csv"
    table.to_csv(path, index=False)
    return path, table.to_numpy()


def matrix(path, *options):
    answer = CliRunner().invoke(commands, ["matrix", str(path), str(path), "--unit", "s", *options])
    return answer, answer.exit_code


def seconds(path, out, *options):
    answer, code = matrix(path, "--out", str(out), *options)
    assert code == 0, answer.output
    table = pd.read_csv(out)
    return table["travel_time"].to_numpy()


@pytest.mark.parametrize("profile", ["car", "bicycle"])
def test_turn_costs_are_those_of_a_router_that_counts_them(sample_inputs, points, tmp_path, profile):
    path, places = points
    without = seconds(path, tmp_path / "without.csv", "--profile", profile)
    counted = seconds(path, tmp_path / "counted.csv", "--profile", profile, "--turn-costs")
    router = sample_inputs.network.router(with_turn_costs(default_profiles()[profile]))
    expected = router.travel_times(places, places).ravel()
    np.testing.assert_allclose(counted, expected, rtol=1e-5, atol=1e-2)
    there = np.isfinite(without)
    assert (np.isfinite(counted) == there).all()
    longer_s = (counted - without)[there]
    assert (longer_s > -1e-2).all()
    assert (longer_s > 2.0).mean() > 0.5


@pytest.mark.parametrize("profile", ["walk", "wheelchair"])
def test_on_foot_turns_cost_nothing_and_the_option_is_refused(points, tmp_path, profile):
    path, _ = points
    answer, code = matrix(path, "--out", str(tmp_path / "minutes.csv"), "--profile", profile, "--turn-costs")
    assert code != 0
    assert f"--turn-costs: on foot ({profile}) turns cost nothing" in answer.output
    assert "use car or bicycle" in answer.output
    assert not (tmp_path / "minutes.csv").exists()


def test_a_folder_as_out_holds_the_rows_of_the_file(points, tmp_path):
    path, places = points
    table = tmp_path / "seconds.parquet"
    for out in (str(table), f"{tmp_path}/seconds/"):
        answer, code = matrix(path, "--out", out)
        assert code == 0, answer.output
    assert f"{len(places) ** 2:,} travel times in {tmp_path}/seconds" in answer.output
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "seconds"), pd.read_parquet(table), check_exact=True)
    again, code = matrix(path, "--out", f"{tmp_path}/seconds/")
    assert code != 0
    assert "exists already" in again.output


def test_a_folder_that_holds_an_input_is_no_place_for_the_matrix(points):
    path, _ = points
    answer, code = matrix(path, "--out", f"{path.parent}/", "--overwrite")
    assert code != 0
    assert "would lie inside" in answer.output
    assert [file.name for file in path.parent.iterdir()] == ["homes.csv"]
