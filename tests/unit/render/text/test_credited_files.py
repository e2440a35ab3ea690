"""Projects and the workbook get the licences of now, escaped, and are packed as before."""

import io
import zipfile
from pathlib import Path

import pytest

from tesoma_geo.render.desk.qgis_project import write_project
from tesoma_geo.render.text.credited_files import with_credits
from tesoma_geo.workspace import Workspace
from tesoma_geo.workspace.licences import with_marks


@pytest.fixture
def workspace(sample_workspace: Path) -> Workspace:
    read = Workspace.load(sample_workspace)
    return read.model_copy(update={"network": read.network.model_copy(update={"licence": "A & <B>"})})


def project(folder: Path, licence: str | None) -> bytes:
    write_project(folder / "project.qgz", f"<qgis><license>{licence}</license></qgis>\n")
    return (folder / "project.qgz").read_bytes()


def test_a_project_has_the_words_in_place_of_marks(workspace: Workspace, tmp_path: Path) -> None:
    marked = with_marks(workspace).network.licence
    files = {"project-fi.qgz": project(tmp_path, marked), "project.gpkg": f"{marked}".encode()}
    written = with_credits(files, workspace)
    assert written["project-fi.qgz"] == project(tmp_path, "A &amp; &lt;B&gt;")
    assert written["project.gpkg"] == files["project.gpkg"]  # which names nobody
    with zipfile.ZipFile(io.BytesIO(written["project-fi.qgz"])) as archive:
        assert archive.testzip() is None


def archive(members: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as written:
        for name, text in members.items():
            written.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def test_what_has_no_mark_stays_packed_as_it_is_in_its_place(workspace: Workspace) -> None:
    marked = f"{with_marks(workspace).network.licence}"
    before = "x" * ((1 << 20) + 1 - len(marked.encode()))  # the mark ends beyond what is read at once
    given = {"first.xml": "plain " * 9, "long.xml": before + marked, "between.xml": "ä", "last.xml": marked}
    wanted = {**given, "long.xml": before + "A &amp; &lt;B&gt;", "last.xml": "A &amp; &lt;B&gt;"}
    written = with_credits({"tables.xlsx": archive(given)}, workspace)["tables.xlsx"]
    assert written == archive(wanted)
