"""A folder is replaced only where everything in it is this program's own, as it wrote it."""

import json

import pytest

from tesoma_geo._files import written_folder
from tesoma_geo._result_mark import UNREAD, marked, require_ours
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
