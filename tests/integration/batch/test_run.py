"""A whole batch over the areas of the sample: its files, how it goes on, and what it refuses."""

import json

import geopandas as gpd
import pyarrow.dataset
import pytest

from tesoma_geo.batch.file import Batch
from tesoma_geo.batch.run import run_batch
from tesoma_geo.batch.schedule import Schedule
from tesoma_geo.errors import OutputError
from tesoma_geo.render.pages.districts import district_pages
from tests.integration.batch.made_batches import content, sample_batch
from tests.workspaces import moved, of_profiles

#: What may be the matter with a workspace of several: changes of its file, and a part of the reason.
BROKEN = {
    "absent": ((r'"[^"]*areas\.gpkg", where', '"nowhere.gpkg", where'), "'nowhere.gpkg': there is no such file"),
    "empty": ((r"== 'Mallila'", "== 'Atlantis'"), "Atlantis"),
    "misspelt": ((r"^buffer_m", "bufer_m"), "bufer_m: is not a key"),
    "torn": ((r'"[^"]*elevation\.tif"', '"torn.tif"'), "torn.tif"),
    "untyped": ((r"^crs = .*$", "crs ="), "untyped.toml: is not TOML"),
    "wordless": ((r"where = \"[^\"]*\"", 'where = "planning_area ==="'), "district.area"),
}


def test_a_batch_serial_again_in_processes_and_changed(sample_workspace, tmp_path):
    batch = sample_batch(sample_workspace, tmp_path)
    serial = run_batch(batch, tmp_path / "serial")
    (failed,) = serial.failed  # the sample knows nobody who lives in one of its areas
    record = json.loads((tmp_path / "serial" / "records" / "900106.json").read_text(encoding="utf-8"))
    assert record == failed.record
    assert "nobody is known to live in the district" in record["reason"]
    assert not (tmp_path / "serial" / "cells" / "district=900106").exists()
    table = gpd.read_parquet(tmp_path / "serial" / "summary.parquet")
    assert list(table["reason"] != "") == [district == "900106" for district in table["district"]]
    assert list(table["district"]) == sorted(table["district"])
    table = table[table["reason"] == ""]
    assert (table["walk_median_min"] > 0).all()
    cells = pyarrow.dataset.dataset(tmp_path / "serial" / "cells", partitioning="hive").to_table().to_pandas()
    by_district = cells.groupby(cells["district"].astype(str))["population"].sum()
    assert by_district.to_dict() == dict(zip(table["district"], table["population"], strict=True))

    before = content(tmp_path / "serial")
    told = []
    again = run_batch(batch, tmp_path / "serial", progress=told.append)
    assert [one.district for one in again.done if not one.kept] == ["900106"]
    assert told == [f"{len(again.done) - 1} of {len(again.done)} districts were done before"]
    assert content(tmp_path / "serial") == before

    run_batch(batch, tmp_path / "two", schedule=Schedule("processes", 2))
    assert content(tmp_path / "two") == before

    lost, other = table["district"].iloc[0], table["district"].iloc[1]
    (tmp_path / "serial" / "records" / f"{lost}.json").unlink()
    (tmp_path / "serial" / "cells" / f"district={other}" / "cells.parquet").unlink()
    mended = run_batch(batch, tmp_path / "serial")
    assert {one.district for one in mended.done if not one.kept} == {lost, other, "900106"}
    assert content(tmp_path / "serial") == before

    fewer = batch.model_copy(update={"districts": batch.districts.model_copy(update={"where": f"code == {lost!r}"})})
    run_batch(fewer, tmp_path / "serial")
    assert [path.stem for path in (tmp_path / "serial" / "records").iterdir()] == [lost]
    assert [path.name for path in (tmp_path / "serial" / "cells").iterdir()] == [f"district={lost}"]


def test_the_district_of_most_residents_is_handed_over_first(sample_workspace, tmp_path):
    asked = []

    class Asked(Schedule):
        def done(self, errands, memory, tell):
            asked.extend(errand.task for errand in errands)
            return (errand.fail("not begun") for errand in errands)

    result = run_batch(sample_batch(sample_workspace, tmp_path), tmp_path / "out", schedule=Asked())
    assert {task.district for task in asked} == set(result.table["district"])
    costs = [task.cost for task in asked]
    assert costs == sorted(costs, reverse=True)
    assert len(set(costs)) > 1


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="holds no batch"):
        run_batch(Batch(path=tmp_path / "batch.toml", workspaces=("a.toml",)), tmp_path / "out")
    assert content(tmp_path / "out") == {"mine.txt": b"mine"}


def test_a_workspace_that_cannot_be_used_is_told_and_the_others_are_whole(sample_workspace, tmp_path):
    heights = (sample_workspace.parent / "sample" / "elevation.tif").read_bytes()
    (tmp_path / "torn.tif").write_bytes(heights[: len(heights) // 3])
    changes = {"aa": (), "whole": (), **{name: (change,) for name, (change, _) in BROKEN.items()}}
    for name, change in changes.items():
        moved(sample_workspace, tmp_path, *of_profiles("walk"), *change).rename(tmp_path / f"{name}.toml")
    named = [f"{name}.toml" for name in (*changes, "never_written")]
    batch = Batch(path=tmp_path / "batch.toml", workspaces=tuple(named))
    result = run_batch(batch, tmp_path / "out", pages=district_pages)
    reasons = {one.district: one.record["reason"] for one in result.done}
    assert sorted(name for name, reason in reasons.items() if not reason) == ["aa", "whole"]
    for name, (_, says) in {**BROKEN, "never_written": (None, "no such workspace file")}.items():
        assert says in reasons[name]
    table = gpd.read_parquet(tmp_path / "out" / "summary.parquet")
    assert set(table[table.is_empty]["district"]) == {*BROKEN, "never_written"} - {"torn"}  # its areas are there
    assert table["population"].notna().sum() == 2
    for page in ("index.html", "sv.html", "en.html"):
        told = (tmp_path / "out" / "page" / page).read_text(encoding="utf-8")
        assert "never_written" in told
        assert "NaN" not in told
    before = content(tmp_path / "out")
    again = run_batch(batch, tmp_path / "out", schedule=Schedule("processes", 2), pages=district_pages)
    assert sorted(one.district for one in again.done if one.kept) == ["aa", "whole"]
    assert content(tmp_path / "out") == before
    moved(sample_workspace, tmp_path, *of_profiles("walk")).rename(tmp_path / "never_written.toml")
    assert "never_written" not in {one.district for one in run_batch(batch, tmp_path / "out").failed}
