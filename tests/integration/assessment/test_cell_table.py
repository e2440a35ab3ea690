"""Cells hold what the measures say of the bundled district, each column as the docs tell it."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import tesoma_geo as tg
from tesoma_geo import columns
from tesoma_geo.assessment import cell_table
from tesoma_geo.assessment.cell_table import MAPPED_PARTS, MAPPED_TRANSIT_PARTS, cells
from tesoma_geo.network.streets.seasons import in_winter, winter_maintenance

DOCS = Path(__file__).resolve().parents[3] / "docs" / "outputs.md"


@pytest.fixture(scope="module")
def made_up(sample_assessment):
    return sample_assessment


def mapped_parts(profile) -> tuple[str, ...]:
    return MAPPED_TRANSIT_PARTS if profile == "transit" else MAPPED_PARTS


def documented(assessment) -> set[str]:
    """The columns that the docs name, their places filled with what the assessment has."""
    section = DOCS.read_text(encoding="utf-8").split("## `cells.gpkg`")[1].split("\n## ")[0]
    names = re.findall(r"^\| `([^`]+)` \|.*\| ([^|]+) \|$", section, re.MULTILINE)
    every = assessment.workspace.access.profiles
    streets = [profile.name for profile in assessment.inputs.profiles]
    on_foot = [profile.name for profile in assessment.inputs.profiles if profile.mode == "foot"]
    whose = {"every row": [""], "all profiles": every, "profiles on foot": on_foot}
    whose |= dict.fromkeys((columns.ASKED, columns.WITH_SERVICES), every)
    whose["`transit`, where the feed has fares"] = ["transit"]
    whose |= {f"`{profile}`": [profile] for profile in every}
    kinds = assessment.services["kind"].unique()
    ages = [name.removeprefix("age_") for name in assessment.origins if name.startswith("age_")]
    found = set()
    for name, there_for in names:
        for profile in whose.get(there_for, streets):
            filled = [name.replace("<profile>", profile)]
            for place, values in {"<kind>": kinds, "<part>": mapped_parts(profile), "<group>": ages}.items():
                filled = [one.replace(place, value) for one in filled for value in (values if place in one else [""])]
            found |= set(filled)
    return found


def test_the_docs_name_the_columns_that_are_written(made_up):
    assert documented(made_up) == set(made_up.cells.columns) - {"geometry"}


def test_a_cell_an_origin_around_where_its_residents_are(made_up):
    cells, origins = made_up.cells, made_up.origins
    assert cells["origin_id"].tolist() == origins["origin_id"].tolist()
    assert cells.crs == origins.crs
    assert np.allclose(cells.area, made_up.workspace.population.cell_m**2)
    assert cells.geometry.covers(origins.geometry, align=False).all()
    corner = cells.bounds[["minx", "miny"]].astype(int).to_numpy()
    named = cells["origin_id"].str.extract(r"^E(\d+)N(\d+)").astype(int).to_numpy()
    assert (corner == named).all()


def test_the_parts_sum_to_the_mapped_minutes(made_up):
    for profile in made_up.workspace.access.profiles:
        total = made_up.cells[f"{profile}_to_hub_min"]
        parts = made_up.cells[[f"{profile}_{part}_min" for part in mapped_parts(profile)]].sum(axis=1)
        np.testing.assert_allclose(parts, total, rtol=1e-6)
        assert np.isfinite(total).any()


def test_the_largest_part_is_the_one_that_costs_most(made_up):
    cells = made_up.cells
    for profile in made_up.workspace.access.profiles:
        beside = [part for part in mapped_parts(profile) if part != "straight"]
        minutes = cells[[f"{profile}_{part}_min" for part in beside]].set_axis(beside, axis=1)
        if f"{profile}_added_min" in cells:
            minutes["barriers"] = cells[f"{profile}_added_min"].fillna(0)
        named = cells[f"{profile}_largest_part"]
        told = [row[part] if part else 0.0 for part, (_, row) in zip(named, minutes.iterrows(), strict=True)]
        np.testing.assert_array_equal(told, minutes.max(axis=1).clip(lower=0))


def test_services_are_counted_as_the_router_reaches_them(made_up):
    """The basket, its points and the gravity, from the router's own times and the formulas of the docs."""
    cells, services = made_up.cells, made_up.services
    for profile in ("walk", "wheelchair"):
        minutes = made_up.inputs.network.router(profile).travel_times(made_up.origins, services) / 60.0
        kinds = sorted(services["kind"].unique())
        nearest = np.column_stack([minutes[:, (services["kind"] == kind).to_numpy()].min(axis=1) for kind in kinds])
        np.testing.assert_allclose(cells[f"{profile}_x_minute_score"], (nearest <= 15).mean(axis=1))
        points = 100 * np.maximum(0, 1 - nearest / 30).mean(axis=1)
        np.testing.assert_allclose(cells[f"{profile}_basket_points"], points, atol=1e-3)
        np.testing.assert_allclose(cells[f"{profile}_services_gravity"], np.exp(-minutes / 15).sum(axis=1), rtol=1e-4)
        for number, kind in enumerate(kinds):
            np.testing.assert_allclose(cells[f"{profile}_{kind}_nearest_min"], nearest[:, number], rtol=1e-5)


def test_origins_asked_for_some_at_a_time_have_the_same_bytes(made_up, monkeypatch):
    random = np.random.default_rng(4)
    seconds = random.uniform(0, 3000, (len(made_up.origins), len(made_up.services))).astype(np.float32)
    seconds[random.random(seconds.shape) < 0.1] = np.inf
    given = made_up.origins, made_up.services, {"walk": seconds}, made_up.street_analysis, None, 15.0
    at_once = cells(*given)
    monkeypatch.setattr(cell_table, "PAIRS_TOGETHER", 7 * len(made_up.services))
    assert len(made_up.origins) > 7
    pd.testing.assert_frame_equal(cells(*given), at_once, check_exact=True)


def test_winter_is_the_router_of_a_snowy_network(made_up):
    inputs = made_up.inputs
    walk = next(profile for profile in inputs.profiles if profile.name == "walk")
    snowy = in_winter(inputs.network, walk, inputs.winter)
    router = tg.StreetRouter.build(*snowy, inputs.workspace.network.max_snap_m)
    seconds = router.travel_times(inputs.origins, inputs.hub).min(axis=1)
    np.testing.assert_allclose(made_up.cells["walk_winter_min"], seconds / 60.0, rtol=1e-6)
    assert (made_up.cells["walk_winter_min"] > made_up.cells["walk_to_hub_min"]).all()


def test_the_district_s_own_layer_tells_more_than_the_tags(made_up):
    inputs = made_up.inputs
    by_tags, told = (winter_maintenance(inputs.network, layer) for layer in (None, inputs.winter))
    assert (told == "unknown").sum() < (by_tags == "unknown").sum()
    named = inputs.network.ways["name"] == "Rantapolku"
    assert set(by_tags[named]) == {"unmaintained"}
    assert set(told[named]) == {"maintained"}
    report = next(report for report in made_up.reports if report.key == "winter")
    assert (report.rows, report.licence) == (45, "Made-up data, CC0 1.0")
    assert made_up.summary["winter"]["ways_km"].keys() == {"maintained", "unmaintained", "unknown"}


def test_a_way_is_never_shorter_than_the_straight_line(made_up):
    reached = made_up.cells[np.isfinite(made_up.cells["walk_to_hub_min"])]
    assert (reached["walk_circuity"] >= 1 - 1e-3).all()


def test_limit_uncertain_is_about_the_minutes_of_the_workspace(made_up):
    cells = made_up.cells
    assert (cells["walk_low_min"] <= cells["walk_high_min"]).all()
    assert (cells["walk_within_probability"][cells["walk_high_min"] <= 15] >= 0.95).all()
    assert (cells["walk_within_probability"][cells["walk_low_min"] > 15] <= 0.05).all()
    between = cells["walk_within_probability"].between(0.05, 0.95, inclusive="neither")
    assert (cells["walk_limit_uncertain"] == between).all()


def test_the_summary_tells_the_timetable(made_up):
    told, study = made_up.summary["transit"], made_up.transit_analysis
    assert told["residents_connected"] == study.residents_connected
    assert [row["clock"] for row in told["day"]] == list(study.departure_clocks)
    assert told["first_connection"] == min(clock for clock in study.connections["first"] if clock)
    assert told["last_connection"] == study.connections["last"].max()
    assert {row["line"] for row in told["lines_to_hub"]} == set(study.lines["line"])
