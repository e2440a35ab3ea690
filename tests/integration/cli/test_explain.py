"""``tesoma-geo explain``: one place, in parts that add up."""

import json

import pytest
from click.testing import CliRunner

from tesoma_geo.cli import commands

#: A place of the bundled district from which one takes the bus.
FAR = ("23.6232", "61.5130")


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


def test_a_trip_by_timetable_is_told_leg_by_leg(sample_workspace):
    done = invoke(*FAR, "--workspace", str(sample_workspace), "--profile", "transit", "--json")
    assert done.exit_code == 0, done.output
    content = json.loads(done.stdout)
    assert sum(content["parts_min"].values()) == pytest.approx(content["total_min"], abs=0.01)
    assert content["parts_min"]["riding"] < 0 < content["parts_min"]["waiting"]
    trip = content["itinerary"]
    assert [leg["kind"] for leg in trip["legs"]] == ["walk", "ride", "walk"]
    walk, ride, _ = trip["legs"]
    assert trip["asked"] <= trip["leaves"] == walk["starts"] < walk["ends"] < ride["starts"] < trip["arrives"]
    assert (ride["stops"][0], ride["stops"][-1]) == (ride["from_stop"], ride["to_stop"])
    assert all(len(leg["geometry"]) >= 2 for leg in trip["legs"])
    assert trip["fare"]["price"] > 0
    assert content["lines"].keys() == {"straight"}
    assert content["worst_place"]["kind"] == "waiting"
    assert content["missed_changes"] == []
    home = content["last_way_home"]
    assert trip["asked"] < home["leaves"] < home["arrives"]
    assert home["covers_day"] is True


def test_the_legs_stand_under_the_parts(sample_workspace):
    done = invoke(*FAR, "--workspace", str(sample_workspace), "--profile", "transit")
    assert done.exit_code == 0, done.output
    parts, legs = done.stdout.split("in all")
    assert parts.split("\n")[2].startswith("straight")
    assert "line M1" in legs
    assert "fare" in legs
    assert "The place that costs most: the wait for the first vehicle at " in done.stderr


def test_barriers_of_residents_are_a_part_where_they_were_asked(sample_workspace, tmp_path):
    """The same place in the workspace with its survey, and without; only the barriers are between the two."""
    text = sample_workspace.read_text(encoding="utf-8").replace('"sample/', f'"{sample_workspace.parent}/sample/')
    unasked = tmp_path / "tesoma.toml"
    unasked.write_text(text.split("[[annotations]]")[0] + "[access]" + text.split("[access]")[1], encoding="utf-8")
    lived, mapped = (
        json.loads(invoke(*FAR, "--workspace", str(workspace), "--profile", "wheelchair", "--json").stdout)
        for workspace in (sample_workspace, unasked)
    )
    assert mapped["parts_min"].pop("barriers") == 0
    barriers_min = lived["parts_min"].pop("barriers")
    assert barriers_min > 0
    assert lived["parts_min"] == mapped["parts_min"]
    assert lived["total_min"] == pytest.approx(mapped["total_min"] + barriers_min, abs=0.002)


def test_a_place_far_from_every_street(sample_workspace):
    done = invoke("23.5", "61.6", "--workspace", str(sample_workspace), "--json")
    content = json.loads(done.stdout)
    assert (content["total_min"], content["largest"], content["worst_place"]) == (None, "detour", {})
    said = invoke("23.5", "61.6", "--workspace", str(sample_workspace)).stderr
    assert "no street within 250 m" in said


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["23.6", "61.5", "--profile", "broom"], 1, "no profile 'broom'"),
        (["61.5", "123.6"], 2, "123.6"),
    ],
)
def test_what_cannot_be_done(sample_workspace, arguments, code, said):
    done = invoke(*arguments, "--workspace", str(sample_workspace))
    assert done.exit_code == code
    assert said in done.stderr
