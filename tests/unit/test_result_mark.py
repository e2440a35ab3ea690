"""A folder is replaced only where everything in it is this program's own, as it wrote it."""

import json
import shutil

import pytest

from tesoma_geo._files import require_free_folder, written_folder
from tesoma_geo._result_mark import MANIFEST, UNREAD, mark_of, marked, require_ours
from tesoma_geo.errors import OutputError


def test_the_mark_names_each_file_and_goes_into_the_manifest(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "a.txt").write_text("abc")
    (tmp_path / "manifest.json").write_text('{"made_at": "2026-01-01", "k": 5}')
    marked(tmp_path)
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    mark = manifest.pop("result")
    assert manifest == {"made_at": "2026-01-01", "k": 5}
    assert mark["made_by"] == "tesoma_geo"
    assert mark["files"] == {"site/a.txt": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}
    require_ours(tmp_path, tmp_path)


def test_a_folder_that_is_one_table_has_its_manifest_where_readers_leave_it_alone(tmp_path):
    out = tmp_path / "table"
    for content in ("one", "other"):
        with written_folder(out, overwrite=True, manifest=UNREAD) as draft:
            (draft / "a.parquet").write_text(content)
    assert {path.name: path.read_text() for path in out.glob("[!_]*")} == {"a.parquet": "other"}
    with pytest.raises(OutputError, match="would lie inside"), written_folder(out / "further"):
        pass
    (out / "manifest.json").write_text("{}")
    with pytest.raises(OutputError, match="is no result"):
        require_ours(out, out)


@pytest.mark.parametrize("table", [False, True])
@pytest.mark.parametrize("command", ["matrix", "run", "trial report"])
def test_a_command_replaces_what_it_wrote_and_no_result_of_another(tmp_path, command, table):
    out, manifest = tmp_path / "out", UNREAD if table else MANIFEST
    for content in ("one", "other"):
        with written_folder(out, overwrite=True, manifest=manifest, command=command) as draft:
            (draft / "a.parquet").write_text(content)
    before = listing(out)
    assert before["a.parquet"] == b"other"
    for another in {"matrix", "site", "run", "trial report"} - {command}:
        with pytest.raises(OutputError, match=rf"is a result of tesoma-geo {command}, which tesoma-geo {another} does"):
            require_free_folder(out, overwrite=True, command=another)
        with pytest.raises(OutputError), written_folder(out, overwrite=True, command=another):
            raise AssertionError("the work began")
    assert listing(out) == before
    require_ours(out, out)


def test_a_result_of_another_command_that_appears_during_the_work_stays(tmp_path):
    out = tmp_path / "out"
    for _ in range(2):
        with written_folder(out, overwrite=True, command="run") as draft:
            (draft / "a.txt").write_text("run")

    def work():
        shutil.rmtree(out)
        with written_folder(tmp_path / "other", command="site") as draft:
            (draft / "a.txt").write_text("site")
        (tmp_path / "other").rename(out)

    with pytest.raises(OutputError, match="tesoma-geo site"), written_folder(out, overwrite=True, command="run"):
        work()
    assert (out / "a.txt").read_text() == "site"


def test_of_a_version_that_named_no_command_tables_are_told_from_all_else(tmp_path):
    for manifest, may, may_not in ((MANIFEST, "run", "matrix"), (UNREAD, "matrix", "run")):
        out = tmp_path / may
        with written_folder(out, manifest=manifest) as draft:
            (draft / "a.parquet").write_text("1")
        with pytest.raises(OutputError, match="does not replace"):
            require_free_folder(out, overwrite=True, command=may_not)
        require_free_folder(out, overwrite=True, command=may)


def thesis(out):
    (out / "thesis.txt").write_text("years of work")


def manifest_of_another_program(out):
    thesis(out)
    (out / "manifest.json").write_text('{"made_by": "webpack", "files": {"thesis.txt": ""}}')


def manifest_that_is_no_json(out):
    thesis(out)
    (out / "manifest.json").write_text("[" * 100_000)


def file_added(out):
    with written_folder(out) as draft:
        (draft / "a.txt").write_text("ours")
    thesis(out)


def file_added_below(out):
    with written_folder(out) as draft:
        (draft / "site").mkdir()
        (draft / "site" / "a.txt").write_text("ours")
    (out / "site" / "thesis.txt").write_text("years of work")


def file_changed(out):
    with written_folder(out) as draft:
        (draft / "thesis.txt").write_text("draft")
    thesis(out)


def manifest_changed(out):
    file_added_below(out)
    (out / "site" / "thesis.txt").unlink()
    manifest = json.loads((out / "manifest.json").read_text())
    (out / "manifest.json").write_text(json.dumps({**manifest, "thesis.txt": "years of work"}))


def link_added(out):
    with written_folder(out) as draft:
        (draft / "a.txt").write_text("ours")
    (out / "thesis.txt").symlink_to(out.parent / "elsewhere")


def empty_folder_added(out):
    with written_folder(out) as draft:
        (draft / "a.txt").write_text("ours")
    (out / "thesis.txt").mkdir()


def file_replaced_by_a_link(out):
    with written_folder(out) as draft:
        (draft / "thesis.txt").write_text("ours")
    (out / "thesis.txt").unlink()
    (out.parent / "same.txt").write_text("ours")
    (out / "thesis.txt").symlink_to(out.parent / "same.txt")


THESES = (
    thesis, manifest_of_another_program, manifest_that_is_no_json, file_added, file_added_below, file_changed,
    manifest_changed, link_added, empty_folder_added, file_replaced_by_a_link,
)  # fmt: skip


@pytest.mark.parametrize("way", ["nothing", "file", "other", "changed"])
def test_what_reads_a_result_says_how_to_name_one(tmp_path, way):
    out = tmp_path / "out"
    if way == "file":
        thesis(tmp_path)
        out = tmp_path / "thesis.txt"
    elif way == "other":
        out.mkdir()
        thesis(out)
    elif way == "changed":
        file_changed(out)
    with pytest.raises(OutputError) as raised:
        mark_of(out)
    assert str(out) in raised.value.problem
    assert not {"--out", "remove"} & set(raised.value.remedy.split())


def listing(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else path.is_symlink()
        for path in folder.rglob("*")
    }


@pytest.mark.parametrize("make", THESES, ids=[make.__name__ for make in THESES])
def test_what_somebody_else_put_or_changed_there_stops_it(make, tmp_path):
    out = tmp_path / "home"
    if make not in THESES[3:]:
        out.mkdir()
    make(out)
    before = listing(tmp_path)
    with pytest.raises(OutputError) as raised, written_folder(out, overwrite=True):
        raise AssertionError("the work began")
    assert listing(tmp_path) == before
    assert make in THESES[:3] or "thesis.txt" in str(raised.value) or "manifest.json" in str(raised.value)
