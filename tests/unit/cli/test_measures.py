"""``tesoma-geo measures``: files in, a table out."""

import io
import re
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from tesoma_geo.cli import commands


@pytest.fixture
def files(tmp_path, monkeypatch):
    """Ids with leading zeros, which a reader of numbers would lose."""
    monkeypatch.chdir(tmp_path)
    pd.DataFrame(
        {"from_id": ["01", "01", "02", "02"], "to_id": ["s", "t", "s", "t"], "travel_time": [5.0, 20, 12, float("inf")]}
    ).to_csv("minutes.csv", index=False)
    places = pd.DataFrame({"id": ["01", "02", "s", "t"], "people": [30, 70, 0, 0], "seats": [0, 0, 10, 10]})
    places.assign(school=[0, 0, 1, 0], library=[0, 0, 0, 1]).to_csv("places.csv", index=False)
    return tmp_path


def invoke(*arguments):
    return CliRunner().invoke(commands, ["measures", *arguments])


def measured(*arguments):
    """The values by id that the command prints."""
    done = invoke(*arguments)
    assert done.exit_code == 0, done.output
    table = pd.read_csv(io.StringIO(done.stdout), dtype={"id": str})
    return dict(zip(table["id"], table["value"], strict=True))


@pytest.mark.parametrize(
    ("measure", "options", "expected"),
    [
        ("cost_to_closest", "--opportunity seats", [5, 12]),
        ("cost_to_closest", "--opportunity seats --k 2", [20, float("inf")]),
        ("cumulative_opportunities", "--opportunity seats --cutoff 20", [20, 10]),
        ("cumulative_interval", "--opportunity seats --interval 11 12", [10, 5]),
        ("gravity", "--opportunity seats --decay stepped:10=1,15=0.5", [10, 5]),
        ("two_step_fca", "--opportunity seats --demand people --decay step:15", [0.1, 0.1]),
        ("x_minute_score", "--basket school=3,library --cutoff 15", None),
        ("x_minute_score", "--basket school=3,library=1 --cutoff 15", [0.75, 0.75]),
        ("service_diversity", "--kinds school,library --cutoff 20", [2, 1]),
    ],
)
def test_measures_from_files(files, measure, options, expected):
    arguments = (measure, "minutes.csv", "places.csv", *options.split())
    if expected is None:
        assert invoke(*arguments).exit_code == 2
    else:
        assert measured(*arguments) == pytest.approx(dict(zip(["01", "02"], expected, strict=True)))


def test_parquet_in_and_out(files):
    pd.read_csv("minutes.csv", dtype={"from_id": str}).to_parquet("minutes.parquet")
    done = invoke(
        "dual_access", "minutes.parquet", "places.csv", "--opportunity", "seats", "--n", "15", "--out", "o.parquet"
    )
    assert done.exit_code == 0, done.output
    assert pd.read_parquet("o.parquet").to_dict("list") == {"id": ["01", "02"], "value": [20, float("inf")]}
    again = invoke("dual_access", "minutes.parquet", "places.csv", "--opportunity", "seats", "--out", "o.parquet")
    assert again.exit_code == 1
    assert "--overwrite" in again.stderr


def test_the_list_names_every_measure_and_its_options():
    done = invoke("--list")
    assert done.exit_code == 0
    assert "two_step_fca\n" in done.stdout
    assert "--opportunity --demand --decay [--group-by] [--passive] [--travel-cost]" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["closest", "minutes.csv", "places.csv"], 2, "closest is no measure. Did you mean cost_to_closest?"),
        (["gravity", "minutes.csv"], 2, "Name two files"),
        (["gravity", "minutes.csv", "places.csv", "--k", "1"], 2, "gravity needs --opportunity."),
        (["gravity", "minutes.csv", "places.csv", "--k", "1"], 2, "gravity takes no --k."),
        (["gravity", "minutes.csv", "places.csv", "--opportunity", "seats", "--decay", "fast:1"], 2, "no decay"),
        (["gravity", "minutes.csv", "places.csv", "--opportunity", "seats", "--decay", "step:far"], 2, "no numbers"),
        (["gravity", "minutes.csv", "places.csv", "--opportunity", "seats", "--decay", "logistic:1"], 2, "mean and sd"),
        (["gravity", "minutes.csv", "places.csv", "--opportunity", "seats", "--decay", "step:0"], 1, "cutoff"),
        (["cost_to_closest", "no.csv", "places.csv", "--opportunity", "seats"], 1, "no.csv cannot be read"),
        (["cost_to_closest", "no.txt", "places.csv", "--opportunity", "seats"], 1, "neither .csv nor .parquet"),
        (["cost_to_closest", "minutes.csv", "places.csv", "--opportunity", "jobs"], 1, "no column jobs"),
        (["cost_to_closest", "minutes.csv", "minutes.csv", "--opportunity", "seats"], 1, "no column id, seats"),
    ],
)
def test_what_cannot_be_done(files, arguments, code, said):
    done = invoke(*arguments)
    assert done.exit_code == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def printed(*arguments):
    done = invoke(*arguments)
    assert done.exit_code == 0, done.output
    return done.stdout.splitlines()


def test_groups_several_numbers_and_the_other_side(files):
    minutes = pd.read_csv("minutes.csv", dtype=str)
    pd.concat([minutes.assign(mode="walk"), minutes.head(1).assign(mode="bus", travel_time=2)]).to_csv("modes.csv")
    asked = ("cumulative_opportunities", "modes.csv", "places.csv", "--group-by", "mode", "--opportunity")
    assert printed(*asked, "seats", "--cutoff", "5,20") == [
        "id,mode,cutoff,value", "01,walk,5.0,10.0", "02,walk,5.0,0.0", "01,walk,20.0,20.0", "02,walk,20.0,10.0",
        "01,bus,5.0,10.0", "02,bus,5.0,0.0", "01,bus,20.0,10.0", "02,bus,20.0,0.0",
    ]  # fmt: skip
    assert printed(*asked, "people", "--cutoff", "12", "--passive")[1:] == [
        "s,walk,100.0", "t,walk,0.0", "s,bus,30.0", "t,bus,0.0",
    ]  # fmt: skip
    interval = ("cumulative_interval", "minutes.csv", "places.csv", "--opportunity", "seats", "--interval", "4", "6")
    assert printed(*interval, "--summary", "median")[1:] == ["01,10.0,0.0,10.0", "02,0.0,0.0,0.0"]


def test_limits_on_further_costs(files):
    minutes = pd.read_csv("minutes.csv", dtype=str).assign(fare=[0, 3, 3, 3])
    minutes.to_csv("fares.csv", index=False)
    asked = ("cumulative_opportunities", "fares.csv", "places.csv", "--opportunity", "seats", "--cutoff", "20")
    assert printed(*asked, "--limits", "fare=2")[1:] == ["01,10.0", "02,0.0"]


@pytest.mark.parametrize(
    ("measure", "options", "message"),
    [
        ("cumulative_opportunities", "--opportunity seats --cutoff soon", "'soon' is not numbers"),
        ("cost_to_closest", "--opportunity seats --k 1.5", "'1.5' is not whole numbers"),
        ("transport_performance", "--opportunity seats --cutoff 5,10 --radius 3", "takes one number"),
        ("cumulative_opportunities", "--opportunity seats --cutoff 5 --limits fare", "'fare' are no limits"),
        ("constrained_accessibility", "--opportunity seats --demand people --decay step:5 --k 2", "takes no --k"),
        ("passive_accessibility", "--demand people --decay step:5 --passive", "takes no --passive"),
    ],
)
def test_numbers_that_are_none_are_told(files, measure, options, message):
    done = invoke(measure, "minutes.csv", "places.csv", *options.split())
    assert done.exit_code == 2
    assert message in done.output


@pytest.fixture
def candidates(tmp_path):
    """Homes and five candidates, of which some homes cannot reach some; ids are numbers."""
    random = np.random.default_rng(21)
    minutes = random.integers(1, 40, (12, 5)).astype(float)
    minutes[3, :4] = np.inf
    people = random.integers(0, 60, 12)
    pairs = [f"{home},{place},{minutes[home, place]}" for home in range(12) for place in range(5)]
    (tmp_path / "minutes.csv").write_text("from_id,to_id,travel_time\n" + "\n".join(pairs), encoding="utf-8")
    rows = [f"{home},{count}" for home, count in enumerate(people)]
    (tmp_path / "homes.csv").write_text("id,people\n" + "\n".join(rows), encoding="utf-8")
    return tmp_path, minutes, people


def of_median(least, people):
    """Residents who reach nothing come first, then the sum of all minutes."""
    return people[np.isinf(least)].sum(), people @ np.nan_to_num(least, posinf=0.0)


@pytest.mark.parametrize(
    ("model", "options", "best"),
    [
        ("p_median", ["--p", "2"], of_median),
        ("p_centre", ["--p", "2"], lambda least, people: (least[people > 0].max(),)),
        ("mclp", ["--p", "2", "--cutoff", "12"], lambda least, people: (-people[least <= 12].sum(),)),
        ("p_median", ["--p", "2", "--existing", "4"], of_median),
    ],
)  # fmt: skip
def test_places_are_the_best_of_all_choices(candidates, model, options, best):
    folder, minutes, people = candidates
    run = invoke(model, str(folder / "minutes.csv"), str(folder / "homes.csv"), "--demand", "people", *options)
    assert run.exit_code == 0, run.output
    table = pd.read_csv(io.StringIO(run.stdout))
    chosen = sorted(int(one) for one in re.search(r"Chosen: ([\d, ]+)\.", run.stderr)[1].split(","))
    choices = [one for one in combinations(range(5), 2) if "--existing" not in options or 4 in one]
    told = best(minutes[:, chosen].min(axis=1), people)
    assert told == min(best(minutes[:, choice].min(axis=1), people) for choice in choices)
    np.testing.assert_array_equal(table["cost"], minutes[:, chosen].min(axis=1))
    assert set(table["site"].dropna()) <= set(chosen)


def test_the_fewest_places_that_cover_everybody(candidates):
    folder, minutes, people = candidates
    files = [str(folder / name) for name in ("minutes.csv", "homes.csv")]
    run = invoke("lscp", *files, "--demand", "people", "--cutoff", "38")
    assert run.exit_code == 0, run.output
    count = len(re.search(r"Chosen: ([\d, ]+)\.", run.stderr)[1].split(","))
    covered = [
        size
        for size in range(1, 6)
        if any((minutes[people > 0][:, one].min(axis=1) <= 38).all() for one in combinations(range(5), size))
    ]
    assert count == min(covered)


@pytest.mark.parametrize(
    ("options", "said"), [(["--p", "9"], "p is 9"), (["--p", "1", "--existing", "x"], "'x' exists")]
)
def test_places_that_cannot_be_chosen(candidates, options, said):
    folder = candidates[0]
    files = [str(folder / name) for name in ("minutes.csv", "homes.csv")]
    run = invoke("p_median", *files, "--demand", "people", *options)
    assert run.exit_code != 0
    assert said in str(run.exception) + run.output


COUNTED = ("cumulative_opportunities", "minutes.csv", "places.csv", "--opportunity", "seats")


@pytest.mark.parametrize(("cutoff", "told"), [("2", "the least is 5"), ("1800", "the largest is 20"), ("15", "")])
def test_a_cutoff_of_another_unit_is_doubted(files, cutoff, told):
    done = invoke(*COUNTED, "--cutoff", cutoff)
    assert done.exit_code == 0
    assert (told in done.stderr) if told else done.stderr == ""


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("places.csv", "s,0,10", 's,0,"1 000"', "'1 000'"),
        ("places.csv", "s,0,10", 's,0,"10,5"', "'10,5'"),
        ("places.csv", "s,0,10", "s,0,-10", "-10"),
        ("minutes.csv", "01,s,5.0", "01,s,five", "'five'"),
        ("minutes.csv", "01,s,5.0", "01,s,-5", "-5"),
        ("minutes.csv", "01,t", "01,s", "there twice"),
    ],
)
def test_an_error_names_the_file_and_the_value(files, file, old, new, told):
    path = files / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    done = invoke(*COUNTED, "--cutoff", "15")
    assert done.exit_code == 1
    assert file in done.stderr
    assert told in done.stderr


def test_names_may_end_in_capitals(files):
    (files / "minutes.csv").rename(files / "MINUTES.CSV")
    done = invoke(COUNTED[0], "MINUTES.CSV", *COUNTED[2:], "--cutoff", "15", "--out", "OUT.CSV")
    assert done.exit_code == 0, done.output
    assert (files / "OUT.CSV").read_text().startswith("id,value")
