"""The tables of a run as one step that is kept."""

from tesoma_geo.assessment.outputs import write_results
from tesoma_geo.render.desk.tables_task import tables_task
from tesoma_geo.render.desk.write import write_desk
from tests.assessed import without_unshown


def test_its_files_are_those_of_a_run_without_figures(sample_assessment, tmp_path):
    for name in ("whole", "beside"):
        (tmp_path / name).mkdir()
    write_results(sample_assessment, tmp_path / "whole")
    write_desk(sample_assessment, tmp_path / "whole")
    # What the key leaves aside is not there at all: tables that looked at it would fail.
    _, made = tables_task(without_unshown(sample_assessment), tmp_path / "beside")
    files = {
        path.relative_to(tmp_path / "whole").as_posix(): path.read_bytes()
        for path in (tmp_path / "whole").rglob("*")
        if path.is_file()
    }
    found = made()
    assert {*files} - {*found} == {"summary.json", "manifest.json"}
    assert found == {name: files[name] for name in found}
    assert not list((tmp_path / "beside").iterdir())
