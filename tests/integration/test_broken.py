"""Broken workspaces and broken files: one clear error each, and nothing left behind."""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pytest
import rasterio
import shapely
import tomlkit
from click.testing import CliRunner
from rasterio.transform import Affine

from tesoma_geo.cli import commands


@dataclass(frozen=True)
class Broken:
    """A copy of the sample workspace, to be broken in one way."""

    file: Path

    @property
    def folder(self) -> Path:
        return self.file.parent

    def change(self, **sections: dict) -> None:
        """Set keys of sections of the workspace file; ``None`` takes a key away."""
        content = tomlkit.parse(self.file.read_text(encoding="utf-8"))
        for name, keys in sections.items():
            for key, value in keys.items():
                if value is None:
                    content[name].pop(key)
                else:
                    content.setdefault(name, tomlkit.table())[key] = value
        self.file.write_text(tomlkit.dumps(content), encoding="utf-8")

    def named(self, section: str, key: str) -> Path:
        """The file that the workspace names."""
        value = tomlkit.parse(self.file.read_text(encoding="utf-8"))[section][key]
        return self.folder / (value["source"] if isinstance(value, dict) else value)

    def areas(self, change: Callable[[gpd.GeoDataFrame], gpd.GeoDataFrame], **section: str) -> None:
        """Write the areas anew and let the population section read them."""
        table = change(gpd.read_file(self.named("population", "source")))
        table.to_file(self.folder / "changed.gpkg", layer="changed")
        self.change(population={"source": "changed.gpkg", "layer": "changed", **section})


def truncated_streets(broken: Broken) -> None:
    path = broken.named("network", "osm")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def streets_that_are_something_else(broken: Broken) -> None:
    broken.named("network", "osm").write_text("<html>Not found</html>")


def streets_of_another_place(broken: Broken) -> None:
    (broken.folder / "elsewhere.osm").write_text(
        '<osm version="0.6"><node id="1" lat="48.1" lon="11.5"/><node id="2" lat="48.2" lon="11.6"/>'
        '<way id="3"><nd ref="1"/><nd ref="2"/><tag k="highway" v="residential"/></way></osm>'
    )
    broken.change(network={"osm": "elsewhere.osm"})


def services_file(broken: Broken, name: str, text: str) -> None:
    (broken.folder / name).write_text(text)
    files = tomlkit.aot()
    files.append(tomlkit.item({"kind": "library", "source": name}))
    broken.change(services={"files": files})


def csv_without_coordinates(broken: Broken) -> None:
    services_file(broken, "libraries.csv", "name,street\nMain library,High Street 1\n")


def csv_with_swapped_coordinates(broken: Broken) -> None:
    services_file(broken, "libraries.csv", "name,lon,lat\nA,61.505,23.627\nB,61.506,23.628\n")


def crs_in_degrees(broken: Broken) -> None:
    broken.change(district={"crs": "EPSG:4326"})


def crs_that_does_not_exist(broken: Broken) -> None:
    broken.change(district={"crs": "EPSG:30670"})


def empty_layer(broken: Broken) -> None:
    broken.areas(lambda table: table.iloc[:0])


def layer_without_crs(broken: Broken) -> None:
    broken.areas(lambda table: table.set_crs(None, allow_override=True))


def layer_that_is_not_there(broken: Broken) -> None:
    broken.change(population={"layer": "no_such_layer"})


def condition_that_no_row_fulfils(broken: Broken) -> None:
    broken.change(population={"where": "code == 'no such code'"})


def condition_that_is_a_program(broken: Broken) -> None:
    broken.change(population={"where": "__import__('os').system('true')"})


def column_that_is_not_there(broken: Broken) -> None:
    broken.change(population={"column": "inhabitants"})


def negative_residents(broken: Broken) -> None:
    column = tomlkit.parse(broken.file.read_text(encoding="utf-8"))["population"]["column"]
    broken.areas(lambda table: table.assign(**{column: -table[column]}))


def residents_that_are_words(broken: Broken) -> None:
    column = tomlkit.parse(broken.file.read_text(encoding="utf-8"))["population"]["column"]
    broken.areas(lambda table: table.assign(**{column: "many"}))


def swapped_hub(broken: Broken) -> None:
    broken.change(hub={"entrances": [[61.5052, 23.6275]]})


def hub_outside_the_network(broken: Broken) -> None:
    hub = gpd.GeoDataFrame(geometry=[shapely.box(25.0, 60.1, 25.01, 60.11)], crs="EPSG:4326")
    hub.to_file(broken.folder / "hub.geojson")
    broken.change(hub={"entrances": None, "area": "hub.geojson"})


def elevation_of_another_place(broken: Broken) -> None:
    path = broken.named("elevation", "source")
    with rasterio.open(path, "r+") as raster:
        raster.transform = Affine.translation(200_000, 0) @ raster.transform


def elevation_that_is_no_raster(broken: Broken) -> None:
    broken.named("elevation", "source").write_text("elevation")


def unknown_key(broken: Broken) -> None:
    broken.change(network={"bufer_m": 1000})


def missing_key(broken: Broken) -> None:
    broken.change(district={"name": None})


def missing_file(broken: Broken) -> None:
    broken.named("network", "osm").unlink()


def not_toml(broken: Broken) -> None:
    broken.file.write_text("[district\nname = ")


def not_utf8(broken: Broken) -> None:
    broken.file.write_bytes("# Länsikeskus".encode("latin-1"))


def cutoffs_out_of_order(broken: Broken) -> None:
    broken.change(access={"cutoffs_min": [5, 15, 10]})


def unknown_profile(broken: Broken) -> None:
    broken.change(access={"profiles": ["walk", "hovercraft"]})
    broken.change(targets={"wheelchair_within_20_min": None, "transit_within_20_min": None})


def winter_classes_that_nobody_explains(broken: Broken) -> None:
    broken.change(winter={"values": {"1": "maintained"}})


def winter_class_of_another_word(broken: Broken) -> None:
    broken.change(winter={"values": {"I": "icy"}})


#: What breaks, the thing that the error must name, and a word of the remedy.
CASES: list[tuple[Callable[[Broken], None], str, str]] = [
    (truncated_streets, r"network\.osm: \S+streets\.osm\.pbf", "download"),
    (streets_that_are_something_else, r"network\.osm: \S+streets\.osm\.pbf", "download"),
    (streets_of_another_place, r"network\.osm: no street", "OpenStreetMap file covers the district"),
    (csv_without_coordinates, r"services\.files\.0: \S+libraries\.csv.* name, street", "lon = "),
    (csv_with_swapped_coordinates, r"services\.files\.0: \S+libraries\.csv.*swapped", "lon = 'lat'"),
    (crs_in_degrees, r"district\.crs: 'EPSG:4326'", "EPSG:3067"),
    (crs_that_does_not_exist, r"district\.crs: 'EPSG:30670'", "EPSG:3067"),
    (empty_layer, r"population.*changed\.gpkg.*no rows", "Export"),
    (layer_without_crs, r"population.*changed\.gpkg.*coordinate reference system", "EPSG:3067"),
    (layer_that_is_not_there, r"population\.layer.*'no_such_layer'.*statistical_areas", "Name one"),
    (condition_that_no_row_fulfils, r"population\.where.*no such code.*code holds '900101'", "Correct"),
    (condition_that_is_a_program, r"population\.where.*__import__", "a column with a value"),
    (column_that_is_not_there, r"population.*'inhabitants'.*population_2020", "Name one"),
    (negative_residents, r"population.*'population_2020'.*-740", "Correct"),
    (residents_that_are_words, r"population.*'population_2020'.*'many'", "Correct"),
    (swapped_hub, r"hub\.entrances: 61\.505", "Longitude comes first"),
    (hub_outside_the_network, r"hub\.area: 25\.00", "Correct the place"),
    (elevation_of_another_place, r"elevation\.source.*does not cover", "raster of the district"),
    (elevation_that_is_no_raster, r"elevation\.source.*raster", "GeoTIFF"),
    (unknown_key, r"network\.bufer_m", "Did you mean buffer_m"),
    (missing_key, r"district\.name: is missing", "Add it"),
    (missing_file, r"network\.osm: 'sample/streets\.osm\.pbf'", "correct the path"),
    (not_toml, r"tesoma\.toml is not TOML", "init"),
    (not_utf8, r"tesoma\.toml is not UTF-8", "Save"),
    (cutoffs_out_of_order, r"access\.cutoffs_min: \[5, 15, 10\]", "smallest"),
    (winter_classes_that_nobody_explains, r"winter\.values: names none.*'I', 'II'", "Say what they mean"),
    (winter_class_of_another_word, r"winter\.values\.I: 'icy'", "Use one of the values"),
    (unknown_profile, r"access\.profiles: 'hovercraft'", "walk, walk_slow"),
]


@pytest.fixture
def broken(sample_workspace, tmp_path) -> Broken:
    folder = tmp_path / "workspace"
    shutil.copytree(sample_workspace.parent / "sample", folder / "sample")
    shutil.copy(sample_workspace, folder)
    return Broken(folder / sample_workspace.name)


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
@pytest.mark.parametrize(("break_it", "thing", "remedy"), CASES, ids=[case[0].__name__ for case in CASES])
def test_gives_one_clear_error_and_leaves_nothing_behind(broken, break_it, thing, remedy):
    break_it(broken)
    before = sorted(broken.folder.parent.rglob("*"))
    run = CliRunner().invoke(
        commands, ["run", "--workspace", str(broken.file), "--out", str(broken.folder.parent / "results")]
    )
    check = CliRunner().invoke(commands, ["check", "--workspace", str(broken.file)])
    for result in (run, check):
        assert result.exit_code == 1
        assert "This should not happen" not in result.stderr
        why, what_to_do = result.stderr.splitlines()[-2:]
        assert re.search(thing, why), why
        assert re.search(remedy, what_to_do), what_to_do
    assert len(run.stderr.splitlines()) == 2, run.stderr
    assert run.stdout == ""
    assert sorted(broken.folder.parent.rglob("*")) == before


def test_all_faults_are_told_at_once(broken):
    broken.change(network={"bufer_m": 1000}, access={"cutoffs_min": [5, 15, 10]})
    broken.named("elevation", "source").unlink()
    result = CliRunner().invoke(commands, ["check", "--workspace", str(broken.file)])
    assert result.exit_code == 1
    assert re.findall(r"^  \d\. (\S+):", result.stderr, re.MULTILINE) == [
        "network.bufer_m",
        "access.cutoffs_min",
        "elevation.source",
    ]


def test_the_sample_itself_is_in_order(broken):
    """Otherwise the tests above could pass for another reason."""
    assert CliRunner().invoke(commands, ["check", "--workspace", str(broken.file)]).exit_code == 0
