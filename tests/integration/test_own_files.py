"""Somebody's own files in the way of every command that writes: they stay as they are, and the command says so."""

import os
import shutil
import threading
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tesoma_geo._files import written_folder
from tesoma_geo.annotations.geopackage import GeoPackage
from tesoma_geo.cli import commands
from tesoma_geo.errors import OutputError, SourceError
from tesoma_geo.follow_up.register import Register, change_register, started
from tests.small_district import SmallDistrict

#: Commands with ``--out`` that write a folder, and those that write a file with its ending; further words of theirs.
FOLDERS = {
    "run": (), "site": (), "scenario": ("plan.toml",), "unknowns": (), "trial report": (), "annotations lived": (),
    "annotations publish": (), "annotations paper": (), "trend": ("run.d",),
}  # fmt: skip
FILES = {
    "matrix": (".csv", ("places.csv", "places.csv")), "measures": (".csv", ("raam", "places.csv", "places.csv")),
    "isochrones": (".gpkg", ("places.csv",)), "catchments": (".gpkg", ("places.csv",)),
    "links": (".gpkg", ()), "table": (".csv", ()), "still": (".svg", ()), "report": (".html", ()),
}  # fmt: skip
#: They have no --overwrite: a batch goes on in its own folder, a backup replaces an earlier one.
WITHOUT_OVERWRITE = ("batch", "store backup")
WITHOUT_WORKSPACE = ("measures", "table", "trend")


def with_out(group: click.Group, name: str = "") -> set[str]:
    found = set()
    for word, command in group.commands.items():
        if isinstance(command, click.Group):
            found |= with_out(command, f"{name}{word} ")
        if any(option.name == "out" for option in command.params):
            found.add(f"{name}{word}")
    return found


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    SmallDistrict().write(tmp_path)
    (tmp_path / "plan.toml").write_text('name = "Plan"\n', encoding="utf-8")
    (tmp_path / "trials.toml").write_text("", encoding="utf-8")
    (tmp_path / "places.csv").write_text("id,lon,lat\na,23.6,61.5\n", encoding="utf-8")
    return tmp_path


def refused(place: Path, name: str, further: tuple[str, ...], out: Path | str) -> str:
    """What a command says that may not write there, even with --overwrite."""
    words = [*name.split(), *(str(place / one) if "." in one else one for one in further)]
    if name not in WITHOUT_WORKSPACE:
        words += ["--workspace", str(place / "tesoma.toml")]
    done = CliRunner().invoke(commands, [*words, "--out", str(out), "--overwrite"])
    assert done.exit_code != 0, done.output
    assert "Traceback" not in done.output
    return done.output


def test_every_command_that_writes_is_attacked():
    assert with_out(commands) == {*FOLDERS, *FILES, *WITHOUT_OVERWRITE}


@pytest.mark.parametrize("way", ["file", "plain_folder", "link_to_folder"])
def test_a_batch_goes_on_in_no_folder_of_somebody_else(place: Path, way: str):
    (place / "batch.toml").write_text('workspaces = ["tesoma.toml"]\n', encoding="utf-8")
    out, thesis = place / "out", place / "thesis"
    if way == "file":
        out.write_text("thesis")
    else:
        thesis.mkdir()
        (thesis / "chapter.txt").write_text("1")
        if way == "link_to_folder":
            out.symlink_to(thesis)
        else:
            thesis.rename(out)
    before = everything(place)
    done = CliRunner().invoke(commands, ["batch", str(place / "batch.toml"), "--out", str(out)])
    assert done.exit_code == 1, done.output
    assert isinstance(done.exception, OutputError | SystemExit), done.exception
    assert everything(place) == before


@pytest.mark.parametrize("name", FOLDERS)
@pytest.mark.parametrize("way", ["file", "other_program", "plain_folder", "link_to_folder", "store_inside"])
def test_what_is_in_the_way_of_a_folder_stays(place: Path, name: str, way: str):
    out, thesis = place / "out", place / "thesis"
    if way == "file":
        out.write_text("thesis")
    elif way == "store_inside":
        out = place  # the workspace, its layers, its store
    else:
        thesis.mkdir()
        (thesis / "chapter.txt").write_text("1")
        if way == "other_program":
            (thesis / "manifest.json").write_text('{"made_by": "tesoma-geo run", "result": {"made_by": "other"}}')
        if way == "link_to_folder":
            out.symlink_to(thesis)
        else:
            thesis.rename(out)
    before = everything(place)
    assert str(out.resolve()) in refused(place, name, FOLDERS[name], out).replace("\n", "")
    assert everything(place) == before


@pytest.mark.parametrize("name", [*FOLDERS, "matrix"])
def test_no_command_replaces_the_result_of_another(place: Path, name: str):
    further, out = FOLDERS.get(name) or FILES.get(name, ("", ()))[1], place / "out"
    for other in {*FOLDERS, "matrix"} - {name}:
        with written_folder(out, command=other) as draft:
            (draft / "x.txt").write_text("1")
        before = everything(place)
        told = " ".join(refused(place, name, further, f"{out}/").split())
        assert f"is a result of tesoma-geo {other}, which tesoma-geo {name} does not replace" in told
        assert everything(place) == before
        shutil.rmtree(out)


@pytest.mark.parametrize("name", [*FOLDERS, *FILES])
def test_nothing_is_put_into_a_result_that_is_replaced_whole(place: Path, name: str):
    ending, further = FILES.get(name, ("", FOLDERS.get(name, ())))
    with written_folder(place / "out") as draft:
        (draft / "inner").mkdir()
        (draft / "inner" / "x.txt").write_text("1")
    before = everything(place)
    assert "would lie inside" in refused(place, name, further, place / "out" / "inner" / f"new{ending}")
    assert everything(place) == before
    with written_folder(place / "out", overwrite=True):
        pass


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("way", ["folder", "pipe", "link_to_folder"])
def test_what_is_in_the_way_of_a_file_stays(place: Path, name: str, way: str):
    ending, further = FILES[name]
    out = place / f"out{ending}"
    if way == "pipe":
        os.mkfifo(out)
    else:
        folder = out if way == "folder" else place / "thesis"
        folder.mkdir()
        (folder / "chapter.txt").write_text("1")
        if way == "link_to_folder":
            out.symlink_to(folder)
    before = everything(place)
    assert "is no file but" in (told := refused(place, name, further, out)) or "is a folder" in told
    assert everything(place) == before
    assert out.is_fifo() if way == "pipe" else out.is_dir()


def test_a_workspace_is_not_written_over(place: Path):
    before = everything(place)
    with written_folder(place / "result"):
        pass
    before = everything(place)
    for folder in (place, place / "answers.geojson", place / "result", place / "result" / "new"):
        done = CliRunner().invoke(commands, ["init", str(folder)])
        assert done.exit_code == 1
    (place / "link").mkdir()
    (place / "link" / "tesoma.toml").symlink_to(place / "tesoma.toml")
    assert CliRunner().invoke(commands, ["init", str(place / "link")]).exit_code == 1
    assert everything(place) | before == everything(place)
    assert everything(place)["tesoma.toml"] == before["tesoma.toml"]


def test_the_completion_of_another_program_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".zfunc").mkdir()
    own = tmp_path / ".zfunc" / "_tesoma-geo"
    own.write_text("# mine")
    done = CliRunner().invoke(commands, ["completion", "zsh", "--install"])
    assert done.exit_code == 1
    assert "is of another program" in done.output
    own.unlink()
    for _ in range(2):  # our own is replaced
        assert CliRunner().invoke(commands, ["completion", "zsh", "--install"]).exit_code == 0


def test_no_store_is_begun_in_a_result(place: Path):
    with written_folder(place / "result"):
        pass
    with pytest.raises(OutputError, match="would lie inside"):
        GeoPackage.open(place / "result" / "kept" / "annotations.gpkg", "EPSG:3067")
    assert set(everything(place / "result")) == {"manifest.json"}


def test_a_layer_is_not_made_a_store(place: Path):
    before = (place / "areas.gpkg").read_bytes()
    with pytest.raises(SourceError, match="no store of annotations"):
        GeoPackage.open(place / "areas.gpkg", "EPSG:3067")
    assert (place / "areas.gpkg").read_bytes() == before


def test_two_that_write_down_a_trial_at_once_lose_nothing(tmp_path: Path):
    import datetime

    path, barrier, done = tmp_path / "trials.toml", threading.Barrier(8), []

    def begin(number: int) -> None:
        barrier.wait()
        try:
            change_register(path, lambda known: started(known, f"t{number}", "a.toml", datetime.date(2026, 5, 1)))
        except OutputError:
            return
        done.append(f"t{number}")

    threads = [threading.Thread(target=begin, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done
    assert set(Register.load(path).trials) == set(done)
