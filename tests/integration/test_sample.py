"""The bundled district: made again it is the same, and it holds what it promises."""

import math
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import networkx as nx
import numpy as np
import pyogrio
import pytest
import rasterio
import shapely
from geopandas.testing import assert_geodataframe_equal

from tesoma_geo.workspace import Workspace
from tests.sample_files import AGES, LAYERS, SAMPLE, Osm, read_feed, read_osm


def make(folder: Path) -> Path:
    subprocess.run([sys.executable, "-m", "make_sample", str(folder)], cwd=LAYERS, check=True)
    return folder


def files(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file() and p.suffix != ".md")


@pytest.fixture(scope="module")
def made_again(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def streets() -> Osm:
    return read_osm(SAMPLE / "streets.osm.pbf")


@pytest.fixture(scope="module")
def areas() -> gpd.GeoDataFrame:
    return gpd.read_file(SAMPLE / "areas.gpkg")


class TestMadeAgain:
    def test_the_same_files_come_out(self, made_again: Path) -> None:
        assert files(made_again) == files(SAMPLE)

    def test_a_third_time_gives_the_same_bytes(self, made_again: Path, tmp_path: Path) -> None:
        third = make(tmp_path / "third")
        assert [p for p in files(third) if (third / p).read_bytes() != (made_again / p).read_bytes()] == []

    def test_streets(self, made_again: Path, streets: Osm) -> None:
        again = read_osm(made_again / "streets.osm.pbf")
        assert again.ways == streets.ways
        assert again.relations == streets.relations
        assert again.node_tags == streets.node_tags
        assert again.places.keys() == streets.places.keys()
        np.testing.assert_allclose([*again.places.values()], [*streets.places.values()], atol=2e-7)

    @pytest.mark.parametrize("name", ["areas.gpkg", "water.gpkg", "survey/geopackage.gpkg"])
    def test_geopackages(self, made_again: Path, name: str) -> None:
        layers = [layer for layer, _ in pyogrio.list_layers(SAMPLE / name)]
        assert [layer for layer, _ in pyogrio.list_layers(made_again / name)] == layers
        for layer in layers:
            ours, again = (gpd.read_file(folder / name, layer=layer) for folder in (SAMPLE, made_again))
            again.geometry = [
                mine if other.equals_exact(mine, 0.01) else other
                for mine, other in zip(ours.geometry, again.geometry, strict=True)
            ]
            assert_geodataframe_equal(again, ours)

    def test_elevation(self, made_again: Path) -> None:
        with (
            rasterio.open(SAMPLE / "elevation.tif") as ours,
            rasterio.open(made_again / "elevation.tif") as again,
        ):
            assert again.profile == ours.profile
            # A tenth of a metre is the step of the stored values.
            np.testing.assert_allclose(again.read(1), ours.read(1), atol=0.11)

    @pytest.mark.parametrize("name", ["libraries.csv", "survey/data.csv"])
    def test_tables(self, made_again: Path, name: str) -> None:
        assert (made_again / name).read_bytes() == (SAMPLE / name).read_bytes()

    def test_timetable(self, made_again: Path) -> None:
        assert read_feed(made_again / "gtfs.zip") == read_feed(SAMPLE / "gtfs.zip")


class TestWhatItHolds:
    def test_it_is_small(self) -> None:
        assert sum(p.stat().st_size for p in SAMPLE.rglob("*") if p.is_file()) < 1_000_000

    def test_its_workspace_is_whole_and_says_that_it_is_made_up(self, sample_workspace: Path) -> None:
        workspace = Workspace.load(sample_workspace)
        assert workspace.district.made_up
        for names in (workspace.district.name, workspace.hub.name):
            assert "keksitty" in str(names["fi"])
            assert "påhittad" in names["sv"]
            assert "made-up" in names["en"]

    def test_the_hub_is_reached_at_its_mapped_entrances(self, sample_workspace: Path, streets: Osm) -> None:
        outline, _ = next(way for way in streets.ways.values() if way[1].get("shop") == "mall")
        mapped = {streets.places[node] for node in outline if "entrance" in streets.node_tags[node]}
        assert {tuple(entrance) for entrance in Workspace.load(sample_workspace).hub.entrances} == mapped

    def test_residents(self, areas: gpd.GeoDataFrame) -> None:
        known = areas[areas["population_2020"].notna()]
        assert known["population_2020"].sum() == 2510
        assert (known[AGES].sum(axis=1) == known["population_2020"]).all()
        unknown = areas[areas["population_2020"].isna()]
        assert list(unknown["name"]) == ["KEKSINMETSÄ"]
        assert unknown[AGES].isna().all(axis=None)

    def test_areas_lie_side_by_side(self, areas: gpd.GeoDataFrame) -> None:
        assert len(areas) == 6
        assert areas.is_valid.all()
        assert math.isclose(areas.area.sum(), areas.union_all().area, rel_tol=1e-6)

    def test_junctions(self, streets: Osm) -> None:
        directions = Counter(node for nodes, _ in streets.streets for pair in pairwise(nodes) for node in pair)
        assert 370 <= sum(count > 2 for count in directions.values()) <= 450

    def test_every_street_is_reached_but_the_islands(self, streets: Osm) -> None:
        graph = nx.Graph()
        for nodes, _ in streets.streets:
            nx.add_path(graph, nodes)
        pieces = sorted(nx.connected_components(graph), key=len, reverse=True)
        lake = next(members for members, tags in streets.relations.values() if tags.get("water") == "lake")
        island = shapely.Polygon(streets.line(next(streets.ways[ref][0] for _, ref, role in lake if role == "inner")))
        assert len(pieces) == 2
        alone = [nodes for nodes, _ in streets.streets if pieces[1].issuperset(nodes)]
        assert alone
        assert all(island.contains(streets.line(nodes)) for nodes in alone)

    def test_no_street_runs_into_the_lake(self, streets: Osm) -> None:
        water = gpd.read_file(SAMPLE / "water.gpkg")
        lines = gpd.GeoSeries([streets.line(nodes) for nodes, _ in streets.streets], crs=3067)
        assert not lines.intersects(water.union_all().buffer(-1.0)).any()

    def test_no_building_stands_on_a_street(self, streets: Osm) -> None:
        buildings = gpd.GeoSeries(
            [shapely.Polygon(streets.line(nodes)) for nodes, tags in streets.ways.values() if "building" in tags]
        )
        assert len(buildings) > 500
        open_ways = [streets.line(nodes) for nodes, tags in streets.streets if tags.get("service") != "driveway"]
        left, _ = shapely.STRtree(buildings.to_numpy()).query(open_ways, predicate="intersects")
        assert len(left) == 0

    def test_one_underpass_and_one_bridge_cross_the_railway(self, streets: Osm) -> None:
        (rail,) = [streets.line(nodes) for nodes, tags in streets.ways.values() if tags.get("railway") == "rail"]
        crossing = [tags for nodes, tags in streets.streets if streets.line(nodes).intersects(rail)]
        assert {(tags.get("tunnel"), tags.get("bridge"), tags.get("layer")) for tags in crossing} == {
            ("yes", None, "-1"),
            (None, "yes", "1"),
        }
        assert len(crossing) == 2

    def test_obstacles_are_there(self, streets: Osm) -> None:
        tags = [tags for _, tags in streets.streets]
        steps = [t for t in tags if t["highway"] == "steps"]
        assert {t.get("ramp") for t in steps} == {"yes", "no"}
        assert any(t["highway"] == "path" and t.get("lit") == "no" for t in tags)
        assert any(t.get("oneway") == "yes" for t in tags)
        assert any(t["highway"] == "service" and t.get("access") == "private" for t in tags)
        assert any(t.get("highway") == "construction" for _, t in streets.ways.values())
        crossings = [t for t in streets.node_tags.values() if t.get("highway") == "crossing"]
        assert any(t.get("crossing") == "traffic_signals" for t in crossings)
        assert any("crossing" not in t for t in crossings)
        assert {"raised", "lowered"} <= {t["kerb"] for t in crossings if "kerb" in t}

    def test_a_path_climbs_the_ridge_steeply(self, streets: Osm) -> None:
        nodes, _ = next(way for way in streets.streets if way[1].get("name") == "Jyrkkäpolku")
        line = streets.line(nodes)
        at = [line.interpolate(metres) for metres in range(0, int(line.length), 20)]
        with rasterio.open(SAMPLE / "elevation.tif") as raster:
            height_m = np.array([value for (value,) in raster.sample([(p.x, p.y) for p in at])])
        grade = np.diff(height_m) / 20
        assert 0.10 < grade.mean() < 0.16
        assert (grade > 0).all()

    def test_the_ground_covers_the_streets_and_lies_level_under_the_lake(self, streets: Osm) -> None:
        lake = gpd.read_file(SAMPLE / "water.gpkg").iloc[0]
        with rasterio.open(SAMPLE / "elevation.tif") as raster:
            assert raster.crs.to_epsg() == 3067
            assert raster.nodata == -9999.0
            assert raster.dtypes == ("float32",)
            assert shapely.box(*raster.bounds).contains(
                shapely.union_all([streets.line(nodes) for nodes, _ in streets.streets])
            )
            assert not (raster.read(1) == raster.nodata).any()
            middle = lake.geometry.buffer(-30).representative_point()
            (height_m,) = next(raster.sample([(middle.x, middle.y)]))
        assert height_m == lake["level_m"] == 112.0

    def test_unknown_is_the_rule(self, streets: Osm) -> None:
        tags = [tags for _, tags in streets.ways.values() if "highway" in tags]
        share = {key: sum(key in t for t in tags) / len(tags) for key in ("surface", "lit", "width", "smoothness")}
        assert 0.40 < share["surface"] < 0.55
        assert 0.14 < share["lit"] < 0.24
        assert 0.05 < share["width"] < 0.15
        assert share["smoothness"] < 0.02

    @pytest.mark.parametrize(
        ("key", "values", "nodes", "ways", "relations"),
        [
            ("amenity", {"school"}, 0, 1, 1),
            ("amenity", {"kindergarten"}, 1, 2, 0),
            ("amenity", {"doctors", "dentist"}, 2, 0, 0),
            ("amenity", {"pharmacy"}, 1, 0, 0),
            ("shop", {"supermarket"}, 1, 1, 0),
            ("amenity", {"library"}, 0, 1, 0),
            ("leisure", {"playground"}, 3, 1, 0),
            ("leisure", {"sports_centre", "pitch", "fitness_station", "swimming_area"}, 2, 2, 0),
        ],
    )
    def test_services(self, streets: Osm, key: str, values: set[str], nodes: int, ways: int, relations: int) -> None:
        assert sum(tags.get(key) in values for tags in streets.node_tags.values()) == nodes
        assert sum(tags.get(key) in values for _, tags in streets.ways.values()) == ways
        assert sum(tags.get(key) in values for _, tags in streets.relations.values()) == relations
