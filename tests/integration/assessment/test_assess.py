"""The main job on the real district and on the bundled one: totals, files, nesting, the same bytes twice."""

import json
import re
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import jsonschema
import numpy as np
import pandas as pd
import pytest
import rasterio

import tesoma_geo as tg
from tesoma_geo.assessment.assess import Assessment
from tesoma_geo.assessment.cell_table import MAPPED_TRANSIT_PARTS
from tesoma_geo.assessment.explain_place import explain_place
from tesoma_geo.assessment.outputs import write_results
from tesoma_geo.errors import WorkspaceError
from tesoma_geo.inputs.layers import read_inputs
from tests.workspaces import moved

DOCS = Path(__file__).resolve().parents[3] / "docs"
PROFILES = ("walk", "walk_slow", "wheelchair", "bicycle", "e_bike", "car", "transit")


@pytest.fixture(scope="module")
def real(tesoma_assessment) -> Assessment:
    return tesoma_assessment


@pytest.fixture(scope="module")
def results(real, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    write_results(real, folder)
    return folder


@pytest.fixture(scope="module")
def made_up(sample_assessment) -> Assessment:
    return sample_assessment


def test_every_known_resident_is_somewhere_and_the_unknown_area_is_named(real):
    assert real.summary["population_total"] == 16_191
    assert real.summary["population_unknown_areas"] == ["MYLLYPURO"]
    by_area = real.origins.groupby("area_code")["population"].sum()
    areas = gpd.read_file(real.workspace.resolve("tampere_statistical_areas.gpkg")).set_index("code")["population_2020"]
    assert by_area.to_dict() == areas[by_area.index].astype(int).to_dict()


@pytest.mark.parametrize("district", ["made_up", "real"])
def test_the_summary_keeps_its_published_schema(district, request):
    schema = json.loads((DOCS / "summary.schema.json").read_text(encoding="utf-8"))
    figures = json.loads(json.dumps(request.getfixturevalue(district).summary))
    jsonschema.Draft202012Validator(schema).validate(figures)


def test_the_summary_is_the_origins_counted(real):
    residents = real.origins["population"].to_numpy()
    for profile in PROFILES:
        to_hub_min = real.origins[f"{profile}_to_hub_s"].to_numpy() / 60
        figures = real.summary["profiles"][profile]
        for cutoff, people in figures["population_within"].items():
            assert people == residents[to_hub_min <= float(cutoff)].sum()
        assert figures["unreachable_population"] == residents[np.isinf(to_hub_min)].sum()
        assert sum(figures["unreachable_reasons"].values()) == figures["unreachable_population"]
        repeated = np.repeat(to_hub_min, residents)
        assert figures["median_min"] == pytest.approx(np.quantile(repeated, 0.5, method="inverted_cdf"), abs=0.051)
        assert figures["p90_min"] == pytest.approx(np.quantile(repeated, 0.9, method="inverted_cdf"), abs=0.051)


def test_named_streets_are_those_with_a_name_and_there_may_be_none(real):
    has_name = real.streets["name"].notna()
    assert 0 < has_name.sum() < len(has_name)
    assert real.named_streets.index.tolist() == real.streets.index[has_name].tolist()
    unnamed = replace(real, streets=real.streets.drop(columns="name"))
    assert len(unnamed.named_streets) == 0
    assert unnamed.named_streets.crs == real.streets.crs


def test_faster_profiles_are_never_slower(real):
    origins = real.origins
    assert (origins["walk_to_hub_s"] <= origins["walk_slow_to_hub_s"]).all()
    assert (origins["walk_to_hub_s"] <= origins["wheelchair_to_hub_s"]).all()
    assert (origins["transit_to_hub_s"] <= origins["walk_to_hub_s"] + 1).all()


def test_the_percentiles_of_departures_are_in_order(real):
    columns = [f"transit_to_hub_p{percentile}_s" for percentile in (5, 25, 50, 75, 95)]
    seconds = real.origins[columns].to_numpy()
    assert (np.diff(seconds, axis=1) >= 0).all()
    assert np.array_equal(seconds[:, 2], real.origins["transit_to_hub_s"])


def test_transit_is_explained_from_every_origin(real):
    """Parts of the median, the whole of it for everybody, and a connection for those who ride."""
    cells = real.cells
    parts = cells[[f"transit_{part}_min" for part in MAPPED_TRANSIT_PARTS]]
    np.testing.assert_allclose(parts.sum(axis=1), cells["transit_to_hub_min"], rtol=1e-12)
    np.testing.assert_array_equal(cells["transit_straight_min"], cells["walk_straight_min"])
    riding = cells["transit_riding_min"] < 0
    assert riding.mean() > 0.5
    assert (cells["transit_waiting_min"][riding] >= 1).all()  # a minute at the stop before boarding
    assert (cells["transit_connections"][riding] > 0).all()
    assert "waiting" in set(cells["transit_largest_part"])


def test_barriers_lengthen_the_walks_to_the_stops_too(real):
    mapped, lived = (real.origins[f"transit_{name}_s"].to_numpy(float) for name in ("to_hub", "lived_to_hub"))
    assert (lived >= mapped).all()
    np.testing.assert_allclose(real.cells["transit_added_min"], (lived - mapped) / 60, atol=1e-5)
    assert (lived > mapped).any()


@pytest.mark.parametrize("profile", ["walk", "wheelchair", "transit"])
def test_explain_tells_of_a_place_what_the_run_tells_of_its_origin(real, profile):
    """With residents' barriers, as the cells have them beside the mapped minutes."""
    cells = real.cells
    for row in range(0, len(cells), 60):
        found = explain_place(real.inputs, real.origins.iloc[[row]], profile)
        lived_min, mapped_min = (cells[f"{profile}_{name}_min"].iloc[row] for name in ("lived", "to_hub"))
        assert found.total_s / 60 == pytest.approx(lived_min)
        assert sum(found.parts_s.values()) == pytest.approx(found.total_s)
        if np.isfinite(mapped_min):
            assert found.parts_s["barriers"] / 60 == pytest.approx(lived_min - mapped_min, abs=1e-3)
        told = cells[f"{profile}_largest_part"].iloc[row]
        assert found.largest == told


def test_connections_are_counted_and_stops_written(real, results):
    told, cells = real.summary["transit"], real.cells
    often = cells["transit_every_min"] <= 10
    assert told["residents_connected"]["10"] == cells["population"][often].sum() > 0
    assert told["residents_connected"]["on_foot"] == cells["population"][cells["transit_on_foot"]].sum()
    first, last = told["hours"]  # those of the feed, one morning
    # One leaves home before the first vehicle leaves its stop, by half an hour's walk at most.
    assert first == "06:00"
    assert "05:30" <= told["first_connection"] < "07:00"
    assert "09:00" < told["last_connection"] <= last
    assert {row["line"] for row in told["lines_to_hub"]} >= {"8"}
    stops = gpd.read_parquet(results / "transit_stops.parquet")
    assert len(stops) == told["stops_connected"]
    assert stops.crs == real.origins.crs
    at_hub = stops.distance(real.hub.geometry.iloc[0]).idxmin()
    assert stops.loc[at_hub, "name"].startswith("Tesoma")


@pytest.mark.parametrize("profile", PROFILES)
def test_isochrones_are_valid_nested_and_never_on_water(real, profile):
    rings = real.isochrones[profile]
    assert rings["cutoff_min"].tolist() == [5, 10, 15, 20, 30]
    assert rings.is_valid.all()
    assert rings["area_km2"].to_numpy() == pytest.approx(rings.area / 1e6)
    for inner, outer in zip(rings.geometry[:-1], rings.geometry[1:], strict=True):
        assert outer.covers(inner)
    assert rings.intersection(real.water.union_all()).area.sum() == pytest.approx(0, abs=1.0)
    assert rings["population"].to_dict() == dict(
        enumerate(real.summary["profiles"][profile]["population_within"].values())
    )


@pytest.mark.parametrize("profile", PROFILES)
def test_the_surface_tells_what_the_origins_tell(real, profile, results):
    """At most origins the raster and the exact time differ by no more than the walk across two of its 10 m cells."""
    speeds_ms = {known.name: known.foot_speed_ms for known in real.inputs.profiles}
    near = real.origins[np.isfinite(real.origins[f"{profile}_to_hub_s"])].iloc[::7]
    with rasterio.open(results / f"travel_time_{profile}.tif") as raster:
        assert raster.crs.to_epsg() == 3067
        seconds = np.array([value[0] for value in raster.sample([(p.x, p.y) for p in near.geometry])])
    told = np.isfinite(seconds)
    assert told.mean() > 0.9
    difference_s = np.abs(seconds[told] - near[f"{profile}_to_hub_s"].to_numpy()[told])
    assert np.median(difference_s) < 20 / speeds_ms.get(profile, speeds_ms["walk"])


def test_run_leaves_what_the_contract_names(real, results):
    assert {path.name for path in results.iterdir()} == {
        "summary.json", "origins.parquet", "services.parquet", "cells.gpkg", "isochrones.gpkg", "manifest.json",
        "barriers.gpkg", "betweenness.gpkg", "transit_stops.parquet",
        *(f"travel_time_{profile}.tif" for profile in PROFILES),
    }  # fmt: skip
    origins = gpd.read_parquet(results / "origins.parquet")
    assert {"origin_id", "population", "area_code", "geometry"} <= set(origins.columns)
    for profile in PROFILES:
        assert origins[f"{profile}_to_hub_s"].dtype == np.float32
        assert origins[f"{profile}_from_hub_s"].dtype == np.float32
        assert len(gpd.read_file(results / "isochrones.gpkg", layer=profile)) == 5
    manifest = json.loads((results / "manifest.json").read_text())
    assert {entry["key"] for entry in manifest["inputs"]} >= {"network.osm", "population.source", "elevation.source"}
    said = [entry for entry in manifest["inputs"] if entry["key"].startswith("annotations.")]
    assert all(set(entry) == {"key", "file", "licence"} for entry in said)
    others = [entry for entry in manifest["inputs"] if entry not in said]
    assert all(entry["sha256"] for entry in others if entry["key"] != "hub.entrances")
    assert any("OpenStreetMap" in licence for licence in manifest["licences"])
    assert any(left["examples"] == ["MYLLYPURO"] for left in manifest["left_out"])


def test_everybody_who_walks_passes_the_streets_before_the_hub(real, results):
    passed = gpd.read_file(results / "betweenness.gpkg", layer="walk")
    there = np.isfinite(real.origins["walk_to_hub_s"])
    everybody = real.origins["population"][there].sum()
    assert passed["residents"].max() <= everybody
    assert passed["residents"].max() > everybody / 2
    assert set(passed["osm_id"]) <= set(real.inputs.network.ways["osm_id"])


def test_cells_are_written_as_the_library_has_them(real, results):
    cells = gpd.read_file(results / "cells.gpkg", layer="cells")
    assert list(cells.columns) == list(real.cells.columns)
    assert cells["population"].sum() == real.summary["population_total"]
    assert np.array_equal(cells["wheelchair_to_hub_min"], real.cells["wheelchair_to_hub_min"])
    assert np.isinf(cells["wheelchair_to_hub_min"]).sum() == np.isinf(real.origins["wheelchair_to_hub_s"]).sum()
    minutes = [column for column in cells if column.endswith("_min") and pd.api.types.is_float_dtype(cells[column])]
    assert np.array_equal(np.isinf(cells[minutes]), np.isinf(real.cells[minutes]))


def test_the_hubs_card_is_recomputed_from_the_origins(real):
    """Fairness, winter and the headline figures, from the written columns and numpy alone."""
    origins, card = real.origins, real.summary
    residents = origins["population"].to_numpy()
    for profile in ("walk", "wheelchair", "transit"):
        minutes = origins[f"{profile}_to_hub_s"].to_numpy(float) / 60
        fairness = card["fairness"][profile]
        assert fairness["share_within"] == pytest.approx(residents[minutes <= 15].sum() / residents.sum(), abs=1e-4)
        each = np.repeat(minutes, residents)
        everybody = np.sort(each[np.isfinite(each)])
        rank = np.arange(1, len(everybody) + 1)
        gini = 2 * (rank * everybody).sum() / (len(everybody) * everybody.sum()) - (len(everybody) + 1) / len(everybody)
        assert fairness["spread"]["gini"] == pytest.approx(gini, abs=1e-4)
        for area, told in fairness["by_area"].items():
            there = np.repeat(minutes[origins["area_code"] == area], residents[origins["area_code"] == area])
            assert told["population"] == len(there)
            assert told["median_min"] == pytest.approx(np.quantile(there, 0.5, method="inverted_cdf"), abs=0.051)
    for profile, winter in card["winter"]["profiles"].items():
        after_min = real.cells[f"{profile}_winter_min"].to_numpy()
        assert winter["before"].items() <= card["profiles"][profile].items()
        assert winter["after"]["population_within"]["15"] == residents[after_min <= 15].sum()
        assert winter["after"]["median_min"] >= winter["before"]["median_min"]


def test_every_headline_figure_of_the_streets_has_an_interval(real):
    card = real.summary
    assert set(card["uncertainty"]) == {profile.name for profile in real.inputs.profiles}
    for profile, sure in card["uncertainty"].items():
        told = card["profiles"][profile]
        mapped = {f"population_within_{cutoff}_min": people for cutoff, people in told["population_within"].items()}
        mapped |= {name: value for name, value in told.items() if name.endswith("_min")}
        mapped["unreachable_population"] = told["unreachable_population"]
        for kind, service in card["services"].items():
            mapped |= {f"{kind}_{name}": value for name, value in service["profiles"][profile].items()}
        assert {name: figure["mapped"] for name, figure in sure["figures"].items()} == mapped
        for figure in sure["figures"].values():
            low, middle, high = (figure[name] or 0 for name in ("low", "median", "high"))
            assert low <= middle <= high or figure["high"] is None


def test_cells_on_limit_uncertain_are_counted(real):
    sure = real.summary["uncertainty"]["walk"]
    either = real.cells["walk_limit_uncertain"]
    assert sure["limit_uncertain"] == {
        "origins": either.sum(),
        "population": real.cells["population"][either].sum(),
    }
    assert 0 < either.sum() < len(either)


def test_services_at_the_hub_are_those_within_five_minutes_of_it(real):
    near = real.services[real.services["walk_from_hub_s"] <= 300]
    told = real.summary["hub_services"]
    assert (told["services"], told["kinds"]) == (len(near), near["kind"].nunique())


def test_a_second_run_on_every_core_gives_the_same_bytes(sample_workspace, made_up, tmp_path, every_core):
    """The made-up district twice, all files but the manifest's time stamp."""
    with every_core():
        again = tg.assess(sample_workspace)
    first, second = tmp_path / "first", tmp_path / "second"
    for folder, assessment in ((first, made_up), (second, again)):
        folder.mkdir()
        write_results(assessment, folder)
    for path in first.iterdir():
        one, other = path.read_bytes(), (second / path.name).read_bytes()
        if path.name == "manifest.json":
            one, other = ({**json.loads(text), "made_at": ""} for text in (one, other))
        assert one == other, path.name


def test_the_made_up_district_says_so(made_up):
    assert made_up.summary["made_up"] is True
    assert made_up.summary["population_total"] == 2510
    assert set(made_up.summary["profiles"]) == set(PROFILES)


def test_fairness_tells_of_age_groups_where_they_are_known(made_up):
    told = made_up.summary["fairness"]["walk"]["by_age"]
    for group, figures in told.items():
        people = made_up.origins[f"age_{group}"].to_numpy()
        minutes = np.repeat(made_up.origins["walk_to_hub_s"].to_numpy(float) / 60, people)
        assert figures["population"] == people.sum() > 0
        assert figures["share_within"] == pytest.approx((minutes <= 15).mean(), abs=1e-4)
    assert sum(figures["population"] for figures in told.values()) == made_up.summary["population_total"]


def test_targets_of_the_workspace_stand_beside_what_there_is(made_up):
    told, profiles = made_up.summary["targets"], made_up.summary["profiles"]
    for name, target in made_up.workspace.targets.items():
        profile, cutoff = re.fullmatch(r"(\w+)_within_(\d+)_min", name).groups()
        share = profiles[profile]["population_within"][cutoff] / made_up.summary["population_total"]
        assert told[name] == {"target": target, "value": round(share, 4), "met": share >= target}
    assert {one["met"] for one in told.values()} == {True, False}


def test_age_groups_are_spread_with_the_residents(made_up):
    ages = [column for column in made_up.origins.columns if column.startswith("age_")]
    assert len(ages) == 7
    assert (made_up.origins[ages].sum(axis=1) == made_up.origins["population"]).all()


def test_services_are_reached_as_the_router_says(real):
    """The nearest grocery and how many within 15 minutes, for some origins, straight from the router."""
    inputs, some = real.inputs, real.origins.iloc[::40]
    router = inputs.network.router("walk")
    groceries = real.services[real.services["kind"] == "grocery"]
    seconds = router.travel_times(some, groceries)
    assert np.allclose(seconds.min(axis=1), some["walk_grocery_nearest_s"], atol=0.01)
    assert (seconds <= 15 * 60).sum(axis=1).tolist() == some["walk_grocery_within"].tolist()


def test_lived_times_stand_beside_the_mapped_ones(real):
    """Barriers only ever cost; the mapped figures stay what they are without them."""
    for profile in PROFILES[:-1]:
        mapped, lived = (real.origins[f"{profile}_{name}"].to_numpy(float) for name in ("to_hub_s", "lived_to_hub_s"))
        assert (lived[np.isfinite(mapped)] >= mapped[np.isfinite(mapped)] - 0.1).all()
        assert np.array_equal(np.isinf(mapped), np.isinf(lived))
        told = real.summary["experience"]["profiles"][profile]
        assert told["resident_min"] >= 0
    assert real.summary["experience"]["profiles"]["wheelchair"]["resident_min"] > 0
    assert (real.lived.barriers["respondents"] >= 5).all()


def test_a_hub_that_is_an_area_is_entered_where_streets_cross_its_outline(sample_workspace, made_up, tmp_path):
    hub = made_up.hub.iloc[:1].buffer(60)
    hub.to_frame("geometry").to_file(tmp_path / "hub.gpkg")
    workspace = moved(sample_workspace, tmp_path, (r"^entrances = .*$", 'area = { source = "hub.gpkg" }'))
    entrances = read_inputs(tg.Workspace.load(workspace)).hub
    assert len(entrances) >= 2
    assert entrances.distance(hub.iloc[0].boundary).max() < 0.01


def test_faults_of_all_layers_are_told_at_once(sample_workspace, tmp_path):
    bad = moved(sample_workspace, tmp_path, ('"population_2020"', '"residents"'), ('"walk_slow"', '"hover"'))
    with pytest.raises(WorkspaceError) as refused:
        tg.assess(bad)
    told = "\n".join(str(fault) for fault in refused.value.faults)
    assert "'hover' is no profile" in told
    assert "residents" in told


@pytest.mark.parametrize("district", ["made_up", "real"])
def test_every_published_figure_lies_in_its_interval(district, request):
    outside = [
        (profile, name, figure["low"], figure["mapped"], figure["high"])
        for profile, told in request.getfixturevalue(district).summary["uncertainty"].items()
        for name, figure in told["figures"].items()
        if None not in figure.values() and not figure["low"] <= figure["mapped"] <= figure["high"]
    ]
    assert outside == []


@pytest.mark.parametrize("district", ["made_up", "real"])
def test_who_is_counted_within_minutes_lives_inside_their_outline(district, request):
    assessment = request.getfixturevalue(district)
    for profile in ("walk", "wheelchair"):
        seconds, rings = assessment.origins[f"{profile}_to_hub_s"], assessment.isochrones[profile]
        for ring in rings.itertuples():
            counted = assessment.origins[seconds <= ring.cutoff_min * 60]
            assert counted["population"].sum() == ring.population
            assert counted[~counted.within(ring.geometry)]["population"].sum() <= 0.01 * ring.population
