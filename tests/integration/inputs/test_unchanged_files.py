"""A layer that changes while a command reads it: nothing is written, and the key and the file are named."""

from pathlib import Path

import pytest

from tesoma_geo.cli.output import result_file, result_folder
from tesoma_geo.errors import SourceError
from tesoma_geo.inputs.unchanged_files import unchanged_files
from tesoma_geo.workspace import Workspace
from tests.small_district import SmallDistrict


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.load(SmallDistrict().with_transit().write(tmp_path))


def grow(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n")


CHANGES = {
    "network.osm": lambda folder: grow(folder / "town.osm"),
    "elevation.source": lambda folder: (folder / "heights.tif").unlink(),
    "services.files.0.source": lambda folder: (folder / "libraries.csv").write_text("name,lon,lat\n"),
    "transit.gtfs.0": lambda folder: grow(folder / "gtfs" / "trips.txt"),
    "annotations.0.geometries": lambda folder: (folder / "new").replace(folder / "answers.geojson"),
}


@pytest.mark.parametrize("key", CHANGES)
def test_a_layer_that_changes_meanwhile_is_named_and_nothing_is_written(workspace: Workspace, key: str):
    folder = workspace.path.parent
    (folder / "new").write_bytes((folder / "answers.geojson").read_bytes())
    told = pytest.raises(SourceError, match=rf"{key}: .* changed while it was read")
    with told, result_folder(workspace, folder / "out", False, "run") as draft:
        (draft / "summary.json").write_text("{}")
        CHANGES[key](folder)
    assert not (folder / "out").exists()
    with result_file(workspace, folder / "table.csv", False) as draft:
        draft.write_text("1")
    assert (folder / "table.csv").exists()


def test_a_part_of_a_shapefile_belongs_to_it(workspace: Workspace):
    folder = workspace.path.parent
    SmallDistrict().areas.to_file(folder / "areas.shp")
    text = workspace.path.read_text(encoding="utf-8")
    workspace.path.write_text(text.replace("areas.gpkg", "areas.shp"), encoding="utf-8")
    changed = Workspace.load(workspace.path)
    with pytest.raises(SourceError, match=r"areas\.shp changed"), unchanged_files(changed):
        grow(folder / "areas.dbf")


def test_what_is_read_alone_changes_nothing(workspace: Workspace):
    with unchanged_files(workspace):
        for path in workspace.path.parent.rglob("*"):
            if path.is_file():
                path.read_bytes()
