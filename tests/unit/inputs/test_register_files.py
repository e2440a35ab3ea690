"""What is told of trials follows from their register, from the plans that it names, and from what these name."""

import pytest

from tesoma_geo.inputs.register_files import register_files
from tesoma_geo.workspace import Workspace

REGISTER = '[trials.crossing]\nscenario = "plans/crossing.toml"\n'
PLAN = 'name = "Crossing"\n[[links]]\nsource = "links.gpkg"\n[[services]]\nsource = "https://example.org/shops.gpkg"\n'


@pytest.fixture
def workspace(sample_workspace, tmp_path):
    (tmp_path / "plans").mkdir()
    return Workspace.load(sample_workspace).model_copy(update={"path": tmp_path / "tesoma.toml"})


def test_without_a_register_there_are_none(workspace):
    assert register_files(workspace) == ()


def test_plans_and_what_they_are_made_of_are_among_them(workspace, tmp_path):
    (tmp_path / "trials.toml").write_text(REGISTER)
    (tmp_path / "plans" / "crossing.toml").write_text(PLAN)
    register, plan, links, shops = register_files(workspace)
    assert register == tmp_path / "trials.toml"
    assert plan == tmp_path / "plans" / "crossing.toml"
    assert links == tmp_path / "plans" / "links.gpkg"
    assert shops.parent == tmp_path / "plans" / "fetched"


@pytest.mark.parametrize("plan", [None, "name =", "\x00"])
def test_a_plan_that_cannot_be_read_leaves_all_untold(workspace, tmp_path, plan):
    (tmp_path / "trials.toml").write_text(REGISTER)
    if plan is not None:
        (tmp_path / "plans" / "crossing.toml").write_text(plan)
    assert register_files(workspace) is None


@pytest.mark.parametrize("text", ["trials = 3", "[trials]\na = 1", '[trials.a]\nstate = "running"'])
def test_a_register_that_names_no_plan_is_its_own_file(workspace, tmp_path, text):
    (tmp_path / "trials.toml").write_text(text)
    assert register_files(workspace) == (tmp_path / "trials.toml",)


def test_a_register_that_is_no_toml_leaves_all_untold(workspace, tmp_path):
    (tmp_path / "trials.toml").write_text("<<<<<<< ours")
    assert register_files(workspace) is None
