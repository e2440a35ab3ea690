"""The bundled district: made again it is the same, it holds what it promises, its formats are the real ones."""

import csv
import io
import math
import re
import subprocess
import sys
import zipfile
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import networkx as nx
import numpy as np
import osmium
import pandas as pd
import pyogrio
import pyproj
import pytest
import rasterio
import shapely
from geopandas.testing import assert_geodataframe_equal

from tesoma_geo.workspace import Workspace

LAYERS = Path(__file__).resolve().parents[2] / "layers"
SAMPLE = LAYERS / "sample"
AGES = ["age_0_6", "age_7_17", "age_18_29", "age_30_64", "age_65_79", "age_80_plus"]
# Questions whose answers are a respondent's own words.
OWN_WORDS = ("Mikä paikassa on hankalaa?", "Miksi yhteys tarvitaan?", "Kerro tarkemmin")


@dataclass(frozen=True)
class Osm:
    """The whole content of an OpenStreetMap file."""

    places: dict[int, tuple[float, float]]
    node_tags: dict[int, dict[str, str]]
    ways: dict[int, tuple[list[int], dict[str, str]]]
    relations: dict[int, tuple[list[tuple[str, int, str]], dict[str, str]]]

    @property
    def streets(self) -> list[tuple[list[int], dict[str, str]]]:
        """Ways that people and vehicles move on."""
        unbuilt = {"construction", "proposed"}
        return [way for way in self.ways.values() if "highway" in way[1] and way[1]["highway"] not in unbuilt]

    def line(self, nodes: list[int]) -> shapely.LineString:
        """A way's line in EPSG:3067."""
        return shapely.LineString([self._metres[node] for node in nodes])

    @cached_property
    def _metres(self) -> dict[int, tuple[float, float]]:
        lon, lat = np.array([*self.places.values()]).T
        x, y = pyproj.Transformer.from_crs(4326, 3067, always_xy=True).transform(lon, lat)
        return dict(zip(self.places, zip(x, y, strict=True), strict=True))


def read_osm(path: Path) -> Osm:
    content = Osm({}, {}, {}, {})
    for element in osmium.FileProcessor(path):
        tags = dict(element.tags)
        if element.is_node():
            content.places[element.id] = (element.location.lon, element.location.lat)
            content.node_tags[element.id] = tags
        elif element.is_way():
            content.ways[element.id] = ([node.ref for node in element.nodes], tags)
        else:
            content.relations[element.id] = ([(m.type, m.ref, m.role) for m in element.members], tags)
    return content


def read_feed(path: Path) -> dict[str, list[list[str]]]:
    with zipfile.ZipFile(path) as archive:
        return {name: list(csv.reader(io.StringIO(archive.read(name).decode("utf-8")))) for name in archive.namelist()}


def feed_table(name: str) -> pd.DataFrame:
    with zipfile.ZipFile(SAMPLE / "gtfs.zip") as archive:
        return pd.read_csv(archive.open(name), dtype=str)


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
def lines() -> list[str]:
    """The lines of the survey's table."""
    return (SAMPLE / "survey" / "data.csv").read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def answers() -> dict[str, gpd.GeoDataFrame]:
    """The survey's map answers by question."""
    path = SAMPLE / "survey" / "geopackage.gpkg"
    return {layer: gpd.read_file(path, layer=layer) for layer, _ in pyogrio.list_layers(path)}


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


class TestTimetable:
    def test_two_lines(self) -> None:
        assert dict(feed_table("routes.txt")[["route_id", "route_type"]].to_numpy()) == {"M1": "3", "J2": "2"}

    def test_a_weekday_lasts_from_six_to_past_midnight(self) -> None:
        trips, times = feed_table("trips.txt"), feed_table("stop_times.txt")
        weekday = times[times["trip_id"].isin(trips.loc[trips["service_id"] == "ARKI_2026", "trip_id"])]
        assert "06:00:00" <= weekday["departure_time"].min() < "06:30:00"
        past_midnight = weekday.loc[weekday["departure_time"] >= "24:00:00", "trip_id"]
        assert past_midnight.nunique() >= 1

    def test_times_go_forward_and_stops_are_known(self) -> None:
        times = feed_table("stop_times.txt").astype({"stop_sequence": int})
        assert times["stop_id"].isin(feed_table("stops.txt")["stop_id"]).all()
        for _, trip in times.groupby("trip_id"):
            seen = trip.sort_values("stop_sequence")[["arrival_time", "departure_time"]].to_numpy().ravel()
            assert (seen[1:] >= seen[:-1]).all()
            assert (trip["arrival_time"] < trip["departure_time"].max()).sum() == len(trip) - 1

    def test_the_workspace_asks_for_an_ordinary_weekday(self, sample_workspace: Path) -> None:
        transit = Workspace.load(sample_workspace).transit
        assert transit is not None
        calendar = feed_table("calendar.txt").set_index("service_id")
        day = f"{transit.date:%Y%m%d}"
        assert transit.date.weekday() < 5
        assert calendar.loc["ARKI_2026", "start_date"] <= day <= calendar.loc["ARKI_2026", "end_date"]
        exceptions = feed_table("calendar_dates.txt")
        assert day not in set(exceptions["date"])
        assert set(exceptions["exception_type"]) == {"1", "2"}

    def test_bus_stops_stand_beside_the_streets(self, streets: Osm) -> None:
        mapped = {tags["ref"] for tags in streets.node_tags.values() if tags.get("highway") == "bus_stop"}
        assert len(mapped) == 16
        assert mapped < set(feed_table("stops.txt")["stop_id"])


class TestSurvey:
    def test_some_answered_on_the_map_alone_and_some_not_at_all_there(
        self, lines: list[str], answers: dict[str, gpd.GeoDataFrame]
    ) -> None:
        in_table = {int(line.split(",")[0]) for line in lines[1:]}
        on_map = {number for table in answers.values() for number in table["Vastaustunniste"]}
        assert on_map - in_table
        assert in_table - on_map
        assert len(in_table | on_map) == 60

    def test_personal_cells_are_dropped_where_empty(self, lines: list[str]) -> None:
        columns = len(lines[0].split('","'))
        named = [line for line in lines[1:] if "@example.org," in line]
        # Rows without own words, so that a comma is always a boundary of cells.
        commas = {line in named: line.count(",") for line in lines[1:] if line.endswith(",,")}
        assert 0 < len(named) < len(lines) - 1
        assert commas == {True: columns - 1, False: columns - 3}

    def test_quotation_marks_within_answers_are_bare(self, lines: list[str]) -> None:
        assert any(re.search(r'\w "\w+', line) for line in lines[1:])
        assert not any(re.search(r'\w ""\w', line) for line in lines[1:])

    def test_answers_lie_in_the_district(self, answers: dict[str, gpd.GeoDataFrame], areas: gpd.GeoDataFrame) -> None:
        district = areas.union_all()
        assert all(table.intersects(district).all() for table in answers.values())

    def test_three_languages(self, answers: dict[str, gpd.GeoDataFrame]) -> None:
        spoken = {word for table in answers.values() for word in table["Vastauskieli"]}
        assert spoken == {"suomi", "ruotsi", "englanti"}


class TestSameFormatsAsTheRealData:
    @pytest.mark.parametrize(
        ("ours", "real"),
        [
            ("water.gpkg", "tampere_lakes.gpkg"),
            ("areas.gpkg", "tampere_statistical_areas.gpkg"),
            ("survey/geopackage.gpkg", "survey/geopackage.gpkg"),
        ],
    )
    def test_geopackages(self, shared_data: Path, ours: str, real: str) -> None:
        layers = dict(pyogrio.list_layers(SAMPLE / ours))
        assert layers == dict(pyogrio.list_layers(shared_data / real))
        for layer in layers:
            mine, theirs = (pyogrio.read_info(path, layer=layer) for path in (SAMPLE / ours, shared_data / real))
            columns = [c for c in zip(mine["fields"], mine["dtypes"], strict=True) if c[0] not in AGES]
            assert columns == list(zip(theirs["fields"], theirs["dtypes"], strict=True))
            assert mine["crs"] == theirs["crs"]
            assert mine["geometry_name"] == theirs["geometry_name"]

    def test_timetable(self, shared_data: Path) -> None:
        ours, real = read_feed(SAMPLE / "gtfs.zip"), read_feed(shared_data / "nysse_gtfs.zip")
        assert {name: rows[0] for name, rows in ours.items()} == {name: rows[0] for name, rows in real.items()}

    def test_survey_table(self, shared_data: Path) -> None:
        ours, real = (
            (folder / "survey" / "data.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
            for folder in (SAMPLE, shared_data)
        )
        assert [column for column in ours if "Vastaajan" not in column] == real

    def test_no_answer_is_taken_from_the_real_export(self, shared_data: Path) -> None:
        def words(folder: Path) -> set[str]:
            path = folder / "survey" / "geopackage.gpkg"
            tables = [gpd.read_file(path, layer=layer) for layer, _ in pyogrio.list_layers(path)]
            columns = [table[c] for table in tables for c in table.columns if c.endswith(OWN_WORDS)]
            return {text for column in columns for text in column.dropna()}

        ours, real = words(SAMPLE), words(shared_data)
        assert len(ours) > 20
        assert len(real) > 20
        assert ours.isdisjoint(real)
