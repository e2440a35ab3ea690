"""Before and after: sums that hold, nothing from nothing, and figures that the cells give."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import jsonschema
import numpy as np
import pytest

from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.inputs.layers import read_inputs
from tesoma_geo.scenarios.compare import Comparison, compare
from tesoma_geo.scenarios.outcomes import OUTCOMES
from tesoma_geo.scenarios.outputs import write_comparison
from tesoma_geo.scenarios.scenario import Scenario
from tesoma_geo.workspace import Workspace

DOCS = Path(__file__).resolve().parents[3] / "docs"


@pytest.fixture(scope="module")
def plan(tmp_path_factory) -> Callable[[str], Scenario]:
    """A scenario of a text beside its name."""

    def planned(text: str) -> Scenario:
        path = tmp_path_factory.mktemp("plan") / "plan.toml"
        path.write_text(f"name = 'Plan'\n{text}", encoding="utf-8")
        return Scenario.load(path)

    return planned


@pytest.fixture(scope="module")
def few(sample_workspace) -> Inputs:
    """The sample's layers for two ways of moving."""
    inputs = read_inputs(Workspace.load(sample_workspace))
    access = inputs.workspace.access.model_copy(update={"profiles": ("walk", "transit")})
    workspace = inputs.workspace.model_copy(update={"access": access, "targets": {}})
    profiles = tuple(profile for profile in inputs.profiles if profile.name == "walk")
    return replace(inputs, workspace=workspace, profiles=profiles, survey=None)


@pytest.fixture(scope="module")
def comparison(few, sample_workspace) -> Comparison:
    text = sample_workspace.with_name("scenario.toml")
    scenario = Scenario.load(text)
    everybody = tuple(costs.model_copy(update={"profiles": ()}) for costs in scenario.costs)
    return compare(few, scenario.model_copy(update={"costs": everybody}))


@pytest.fixture(scope="module")
def nothing(few, plan) -> Comparison:
    return compare(few, plan(""))


def test_nothing_changes_by_a_scenario_of_nothing(nothing, tmp_path):
    assert nothing.after.summary == nothing.before.summary
    for name in ("before", "after"):
        getattr(nothing, name).origins.to_parquet(tmp_path / name)
    assert (tmp_path / "before").read_bytes() == (tmp_path / "after").read_bytes()
    assert (nothing.differences["walk_gain_min"] == 0).all()
    figures = nothing.figures["profiles"]["walk"]
    assert figures["residents"]["unchanged"] == nothing.figures["population_total"]
    assert figures["mean_gain_min"] is None
    assert nothing.figures["changes"] == {}


@pytest.mark.parametrize("profile", ["walk", "transit"])
def test_every_resident_has_one_outcome_in_all_in_ages_and_in_areas(comparison, profile):
    figures = comparison.figures["profiles"][profile]
    parts = [figures["residents"], *figures["by_age"].values(), *figures["by_area"].values()]
    assert all(sum(row[outcome] for outcome in OUTCOMES) == row["all"] for row in parts)
    for name in ("by_age", "by_area"):
        for column in ("all", *OUTCOMES):
            assert sum(row[column] for row in figures[name].values()) == figures["residents"][column]
    assert figures["residents"]["all"] == comparison.figures["population_total"]
    assert figures["residents"]["gaining"] > 0


def test_figures_are_those_of_the_two_summaries(comparison):
    figures = comparison.figures["profiles"]["walk"]
    for cutoff, pair in figures["population_within"].items():
        sides = [
            getattr(comparison, side).summary["profiles"]["walk"]["population_within"][cutoff]
            for side in ("before", "after")
        ]
        assert [pair["before"], pair["after"], pair["change"]] == [*sides, sides[1] - sides[0]]
    assert figures["population_within"]["15"]["change"] > 0


def test_the_cells_add_up_to_the_figures(comparison):
    table, figures = comparison.differences, comparison.figures["profiles"]["walk"]
    gained = table["walk_gain_min"] >= 1
    assert table["population"][gained].sum() == figures["residents"]["gaining"]
    mean = np.average(table["walk_gain_min"][gained], weights=table["population"][gained])
    assert figures["mean_gain_min"] == pytest.approx(mean, abs=0.051)
    assert figures["resident_min"] == pytest.approx(table["walk_gain_min"] @ table["population"], abs=0.051)
    assert np.allclose(table["walk_before_min"] - table["walk_after_min"], table["walk_gain_min"])


def test_the_figures_keep_their_published_schema(comparison, nothing):
    schema = json.loads((DOCS / "comparison.schema.json").read_text(encoding="utf-8"))
    for figures in (comparison.figures, nothing.figures):
        jsonschema.Draft202012Validator(schema).validate(json.loads(json.dumps(figures)))


def test_a_new_service_is_counted_beside_those_before(comparison):
    library = comparison.figures["services"]["library"]
    assert library["count"]["change"] == 1
    near = library["profiles"]["walk"]["population_within_15_min"]
    assert near["after"] > near["before"]


def test_a_bus_every_five_minutes_leaves_nobody_waiting_longer(few, plan):
    """Of a line that ran every ten minutes: the mean wait falls from five minutes to two and a half at most."""
    done = compare(few, plan("[[headways]]\nline = 'M1'\nheadway_min = 5\nbetween = ['06:30', '09:30']"))
    gain_min = done.differences["transit_gain_min"]
    assert gain_min.max() == pytest.approx(2.5, abs=0.75)
    assert (done.differences["walk_gain_min"] == 0).all()
    oftener = done.figures["connections"]["10"]
    assert oftener["change"] == oftener["after"] - oftener["before"] > 0


def test_the_files_are_the_same_bytes_again(comparison, tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_comparison(comparison, tmp_path / name)
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert names == ["comparison.json", "differences.gpkg", "manifest.json"]
    for name in names[:2]:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_moving_a_library_tells_who_gains_and_loses_it(few, plan):
    """The hub's figures do not change; those of the library do, and the cells add up to them."""
    gone = str(few.services.query("kind == 'library'")["service_id"].iloc[0])
    done = compare(
        few, plan(f"[[services]]\nremove = '{gone}'\n[[services]]\nkind = 'library'\nlon = 23.63\nlat = 61.4995")
    )
    assert done.figures["answers"][0]["to"] == "library"
    assert [row["to"] for row in done.figures["answers"] if row["asked"]] == ["library"] * 2
    assert done.figures["profiles"]["walk"]["residents"]["gaining"] == 0
    row, table = done.figures["services"]["library"]["outcomes"]["walk"], done.differences
    gain = table["walk_library_gain_min"].to_numpy()
    assert table["population"][gain >= 1].sum() == row["residents"]["gaining"] > 0
    assert table["population"][gain <= -1].sum() == row["residents"]["losing"]
    for group in ("by_age", "by_area"):
        assert sum(part["gaining"] for part in row[group].values()) == row["residents"]["gaining"]


def test_the_last_of_a_kind_that_closes_is_lost_by_all(few, plan):
    only = few.services.groupby("kind").filter(lambda rows: len(rows) == 1)
    done = compare(few, plan(f"[[services]]\nremove = '{only['service_id'].iloc[0]}'"))
    row = done.figures["services"][only["kind"].iloc[0]]["outcomes"]["walk"]["residents"]
    assert row["losing"] == row["all"] - row["unreachable"] > 0
