"""``tesoma-geo explain``: one place, in parts that add up."""

import json

import pytest
from click.testing import CliRunner

from tesoma_geo.cli import commands


def invoke(*arguments):
    return CliRunner().invoke(commands, ["explain", *arguments])


def test_the_parts_add_up(sample_workspace):
    done = invoke("23.6252", "61.5069", "--workspace", str(sample_workspace), "--winter", "--json")
    assert done.exit_code == 0, done.output
    content = json.loads(done.stdout)
    assert sum(content["parts_min"].values()) == pytest.approx(content["total_min"], abs=0.005)
    assert content["parts_min"]["winter"] > 0
    assert content["lines"]["route"][0] == content["lines"]["straight"][0] == [23.6252, 61.5069]


def test_as_a_table(sample_workspace):
    done = invoke("23.6252", "61.5069", "--workspace", str(sample_workspace), "--profile", "bicycle")
    assert done.exit_code == 0, done.output
    parts = [line.split()[0] for line in done.stdout.splitlines()[2:]]
    assert parts[0] == "straight"
    assert parts[-2:] == ["parking", "in"]
    assert "Costs most beside the straight line: " in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["23.6", "61.5", "--profile", "broom"], 1, "--profile broom"),
        (["61.5", "123.6"], 2, "123.6"),
    ],
)
def test_what_cannot_be_done(sample_workspace, arguments, code, said):
    done = invoke(*arguments, "--workspace", str(sample_workspace))
    assert done.exit_code == code
    assert said in done.stderr
