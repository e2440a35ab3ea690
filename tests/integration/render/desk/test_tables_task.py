"""The tables of a run, and what names whom to credit, as two steps that are kept."""

from dataclasses import replace

from tesoma_geo.assessment.outputs import write_results
from tesoma_geo.render.desk.tables_task import credited_task, raster_tasks, tables_task
from tesoma_geo.render.desk.write import write_desk
from tesoma_geo.render.text.credited_files import with_credits
from tests.assessed import without_unshown


def without_hub_name(assessment):
    """What the tables do not name is not there."""
    workspace = assessment.workspace.model_copy()
    workspace.__dict__["hub"] = workspace.hub.model_copy()
    del workspace.hub.__dict__["name"]
    return replace(assessment, inputs=replace(assessment.inputs, workspace=workspace))


def test_their_files_are_those_of_a_run_without_figures(sample_assessment, tmp_path):
    for name in ("whole", "beside"):
        (tmp_path / name).mkdir()
    write_results(sample_assessment, tmp_path / "whole")
    write_desk(sample_assessment, tmp_path / "whole")
    # What the key leaves aside is not there at all: tables that looked at it would fail.
    bare = without_unshown(sample_assessment)
    of_tables, tables = tables_task(without_hub_name(replace(bare, surfaces={})), tmp_path / "beside")
    of_credited, credited = credited_task(replace(bare, surfaces={}), tmp_path / "beside")
    assert "credits" in of_credited
    assert "credits" not in of_tables
    files = {
        path.relative_to(tmp_path / "whole").as_posix(): path.read_bytes()
        for path in (tmp_path / "whole").rglob("*")
        if path.is_file()
    }
    found, named = tables(), credited()
    assert not {*found} & {*named}
    assert {*named} >= {"tables.xlsx", "project-fi.qgz"}
    for of_raster, raster in raster_tasks(bare, tmp_path / "beside").values():
        assert {*of_raster} == {"surface", "profile"}
        found |= raster()
    found |= with_credits(named, sample_assessment.workspace)  # they have marks until they are written
    assert {*files} - {*found} == {"summary.json", "manifest.json"}
    assert found == {name: files[name] for name in found}
    assert not list((tmp_path / "beside").iterdir())
