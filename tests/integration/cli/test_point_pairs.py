"""Two layers of points on the command line: a measure of them is that of the matrix, and wrong usage is told."""

import pandas as pd
import pytest
from click.testing import CliRunner

from tesoma_geo.cli import commands


@pytest.fixture(scope="module")
def homes(sample_inputs):
    places = sample_inputs.origins.iloc[::12].geometry.centroid.to_crs("EPSG:4326")
    return pd.DataFrame({"longitude": places.x.to_numpy(), "latitude": places.y.to_numpy()}).round(6)


def test_a_measure_without_the_matrix_is_that_of_the_matrix(homes, tmp_path):
    table = homes.assign(id=[f"h{row}" for row in range(len(homes))], people=range(len(homes)))
    table.to_csv(tmp_path / "homes.csv", index=False)
    files = str(tmp_path / "homes.csv"), str(tmp_path / "homes.csv")
    options = ("--opportunity", "people", "--demand", "people", "--decay", "step:12")
    calls = [
        ["matrix", *files, "--out", str(tmp_path / "minutes.parquet")],
        ["measures", "two_step_fca", str(tmp_path / "minutes.parquet"), files[0], *options],
        ["measures", "two_step_fca", *files, "--profile", "walk", *options],
    ]
    written, kept, streamed = [CliRunner().invoke(commands, call) for call in calls]
    assert (written.exit_code, kept.exit_code, streamed.exit_code) == (0, 0, 0), streamed.output
    assert kept.stdout == streamed.stdout
    assert "MB at most" in written.stderr


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("raam", "--profile", "walk", "--demand", "x", "--opportunity", "x", "--tau", "1"), "whole travel matrix"),
        (("cost_to_closest", "--profile", "walk", "--opportunity", "x", "--group-by", "mode"), "--group-by"),
        (("cost_to_closest", "--opportunity", "x", "--unit", "s"), "--unit and --scheduler are for --profile"),
        (("cost_to_closest", "--opportunity", "x", "--scheduler", "processes"), "beside the file of --out"),
    ],
)
def test_what_two_layers_of_points_cannot_give_is_wrong_usage(options, told):
    measure, *rest = options
    answer = CliRunner().invoke(commands, ["measures", measure, "homes.csv", "homes.csv", *rest])
    assert answer.exit_code == 2
    assert told in answer.output
