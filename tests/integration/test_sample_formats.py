"""Timetable and survey of the bundled district, and its formats, which are those of the real data."""

import re
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest

from tesoma_geo.workspace import Workspace
from tests.sample_files import AGES, SAMPLE, Osm, feed_table, read_feed, read_osm

# Questions whose answers are a respondent's own words.
OWN_WORDS = ("Mikä paikassa on hankalaa?", "Miksi yhteys tarvitaan?", "Kerro tarkemmin")


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
