"""The folder of a batch: what anybody else put there stays, and one call at a time works on it."""

import json
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from tesoma_geo._files import sha256
from tesoma_geo.batch.folder import MARK, batch_folder, drop_others, write_summary
from tesoma_geo.batch.results import LocalFolder
from tesoma_geo.batch.work import cells_name, record_name
from tesoma_geo.errors import OutputError

TABLE = gpd.GeoDataFrame({"district": ["a"]}, geometry=[shapely.Point(0, 0)], crs="EPSG:3067")


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    with batch_folder(LocalFolder(tmp_path / "out")):
        write_summary(TABLE, LocalFolder(tmp_path / "out"))
    return tmp_path / "out"


def write_record(out: Path, district: str) -> None:
    (out / record_name(district)).parent.mkdir(exist_ok=True)
    content = {"key": "k", "district": district, "name": district, "reason": "", "figures": {}}
    (out / record_name(district)).write_text(json.dumps(content), encoding="utf-8")
    (out / cells_name(district)).parent.mkdir(parents=True, exist_ok=True)
    (out / cells_name(district)).write_bytes(b"cells")


@pytest.mark.parametrize("mark", ['{"theirs": 1}', "[]", "", '{"tesoma_geo": "run"}'])
def test_the_batch_of_another_program_stays(tmp_path: Path, mark: str):
    (tmp_path / MARK).write_text(mark)
    (tmp_path / "summary.csv").write_text("thesis")
    before = everything(tmp_path)
    with pytest.raises(OutputError, match="holds no batch"), batch_folder(LocalFolder(tmp_path)):
        pass
    assert everything(tmp_path) == before


@pytest.mark.parametrize("name", ["summary.csv", "summary.parquet"])
@pytest.mark.parametrize("when", ["before", "meanwhile"])
def test_a_table_that_somebody_changed_stays(out: Path, name: str, when: str):
    if when == "before":
        (out / name).write_text("thesis")
        with pytest.raises(OutputError, match=f"holds {name}"), batch_folder(LocalFolder(out)):
            pass
    else:
        with batch_folder(LocalFolder(out)):
            (out / name).write_text("thesis")
            with pytest.raises(OutputError, match=f"holds {name}"):
                write_summary(TABLE, LocalFolder(out))
    assert (out / name).read_text() == "thesis"


def test_only_what_the_batch_wrote_is_dropped(out: Path):
    write_record(out, "a")
    write_record(out, "b")
    (out / "notes.txt").write_text("mine")
    (out / "records" / "mine.json").write_text('{"district": "b"}')
    (out / cells_name("c")).parent.mkdir()
    (out / cells_name("c")).write_bytes(b"mine")
    drop_others(LocalFolder(out), {"a"})
    assert set(everything(out)) == {
        MARK, "notes.txt", "summary.csv", "summary.parquet", "records/a.json", "records/mine.json",
        "cells/district=a/cells.parquet", "cells/district=c/cells.parquet",
    }  # fmt: skip


def test_one_call_at_a_time(out: Path):
    with (
        batch_folder(LocalFolder(out)),
        pytest.raises(OutputError, match="another tesoma-geo is at work"),
        batch_folder(LocalFolder(out)),
    ):
        pass
    with batch_folder(LocalFolder(out)):
        pass


def test_a_call_that_ended_between_the_tables_goes_on(out: Path, monkeypatch: pytest.MonkeyPatch):
    import os

    done, replace = [], os.replace

    def ending(source: Path, target: Path) -> None:
        if len(done) == 2:  # the mark and the first table
            raise KeyboardInterrupt
        done.append(target)
        replace(source, target)

    monkeypatch.setattr(os, "replace", ending)
    with pytest.raises(KeyboardInterrupt), batch_folder(LocalFolder(out)):
        write_summary(TABLE.assign(district="b"), LocalFolder(out))
    monkeypatch.undo()
    assert done == [out / MARK, out / "summary.csv"]
    with batch_folder(LocalFolder(out)):
        write_summary(TABLE.assign(district="b"), LocalFolder(out))
    assert list(gpd.read_parquet(out / "summary.parquet")["district"]) == ["b"]


def test_pages_of_an_earlier_call_go_and_somebodys_own_stay(out: Path):
    with batch_folder(LocalFolder(out)):
        write_summary(TABLE, LocalFolder(out), {"index.html": b"one", "assets/old.js": b"old"})
    (out / "page" / "notes.txt").write_text("mine")
    with batch_folder(LocalFolder(out)):
        write_summary(TABLE, LocalFolder(out), {"index.html": b"two"})
    assert (out / "page" / "index.html").read_bytes() == b"two"
    assert not (out / "page" / "assets").exists()
    assert (out / "page" / "notes.txt").read_text() == "mine"
    with batch_folder(LocalFolder(out)):
        write_summary(TABLE, LocalFolder(out))
    assert sorted(path.name for path in (out / "page").iterdir()) == ["notes.txt"]


def test_a_page_that_somebody_changed_stays(out: Path):
    with batch_folder(LocalFolder(out)):
        write_summary(TABLE, LocalFolder(out), {"index.html": b"one"})
    (out / "page" / "index.html").write_text("thesis")
    with pytest.raises(OutputError, match=r"holds page/index\.html"), batch_folder(LocalFolder(out)):
        pass
    assert (out / "page" / "index.html").read_text() == "thesis"


def test_a_page_that_was_there_before_stays(out: Path):
    (out / "page").mkdir()
    (out / "page" / "index.html").write_text("thesis")
    with batch_folder(LocalFolder(out)), pytest.raises(OutputError, match=r"holds page/index\.html"):
        write_summary(TABLE, LocalFolder(out), {"index.html": b"one"})
    assert (out / "page" / "index.html").read_text() == "thesis"


@pytest.mark.parametrize(
    "name", ["../theirs.txt", "page/../../theirs.txt", "page/..\\..\\theirs.txt", "records/a.json"]
)
def test_a_mark_from_elsewhere_removes_nothing_outside(out: Path, name: str):
    theirs = out.parent / "theirs.txt"
    theirs.write_text("theirs")
    write_record(out, "a")
    mark = json.loads((out / MARK).read_text(encoding="utf-8"))
    mark["files"][name] = [sha256(theirs)]
    (out / MARK).write_text(json.dumps(mark), encoding="utf-8")
    with batch_folder(LocalFolder(out)):
        write_summary(TABLE, LocalFolder(out))
    assert theirs.read_text() == "theirs"
    assert (out / record_name("a")).exists()


def test_a_link_out_of_the_folder_is_not_followed(out: Path):
    elsewhere = out.parent / "elsewhere"
    elsewhere.mkdir()
    (out / "page").symlink_to(elsewhere, target_is_directory=True)
    with batch_folder(LocalFolder(out)), pytest.raises(OutputError, match="leads out of"):
        write_summary(TABLE, LocalFolder(out), {"index.html": b"one"})
    assert list(elsewhere.iterdir()) == []
