"""The tables of the pages hold the figures of the results, counted again here from the origins."""

from dataclasses import replace

import numpy as np
import pytest

import tesoma_geo as tg
from tesoma_geo.columns import FROM_HUB_S, TO_HUB_S
from tesoma_geo.render.figures import headline
from tesoma_geo.render.sections import page_tables
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.workspace import LANGUAGES

ENGLISH = catalogue("en")


@pytest.fixture(scope="module")
def profiles(assessment: tg.Assessment):
    return headline.profiles(assessment)


def minutes_of(assessment, profile):
    return assessment.origins[TO_HUB_S.of(profile)].to_numpy(float) / 60


def values(table):
    return [[cell.plain for cell in row.values] for row in table.rows]


def column(table, key):
    at = [one.key for one in table.columns].index(key)
    return [row[at] for row in values(table)]


def middle(minutes, weights, part):
    """Weighted quantile by sorting: the first value that so large a part does not exceed."""
    order = np.argsort(minutes, kind="stable")
    share = np.cumsum(weights[order]) / weights.sum()
    return minutes[order][np.searchsorted(share, part - 1e-12)]


def test_residents_within_each_cutoff(assessment, profiles):
    table, residents = page_tables.reach(assessment, ENGLISH), assessment.origins["population"].to_numpy(float)
    for profile, row in zip(profiles, values(table), strict=True):
        minutes = minutes_of(assessment, profile)
        cutoffs = assessment.workspace.access.cutoffs_min
        assert row[1 : 1 + len(cutoffs)] == [round(residents[minutes <= cutoff].sum()) for cutoff in cutoffs]
        assert row[-1] == round(residents[np.isinf(minutes)].sum())


def test_one_profile_has_a_row_a_cutoff_with_its_area(assessment):
    reach = headline.reaches(assessment)[0]
    table = page_tables.of_profile(assessment, ENGLISH, reach)
    assert column(table, "cutoff_min") == list(assessment.workspace.access.cutoffs_min)
    rings = assessment.isochrones[reach.profile].set_index("cutoff_min")["area_km2"]
    assert column(table, "area_km2") == pytest.approx([rings[cutoff] for cutoff in rings.index], abs=1e-3)
    assert column(table, "residents") == sorted(column(table, "residents"))


def test_areas_have_the_residents_and_medians_of_their_origins(assessment, profiles):
    table = page_tables.areas(assessment, ENGLISH, profiles)
    assert table is not None
    origins = assessment.origins
    by_residents = {}
    for code in origins["area_code"].dropna().unique():
        rows = (origins["area_code"] == code).to_numpy()
        by_residents[code] = round(origins["population"][rows].sum())
    assert sorted(column(table, "residents")) == sorted(by_residents.values())
    assert all(-180 <= row.place[0] <= 180 for row in table.rows if row.place is not None)
    assert any(row.place is not None for row in table.rows)


def test_tenths_of_residents_are_those_of_the_origins_sorted(assessment, profiles):
    table, residents = page_tables.fairness(assessment, ENGLISH), assessment.origins["population"].to_numpy(float)
    for profile, (_, near, half, far, gap) in zip(profiles, values(table), strict=True):
        expected = [middle(minutes_of(assessment, profile), residents, part) for part in (0.1, 0.5, 0.9)]
        for told, value in zip((near, half, far), expected, strict=True):
            assert told is None if np.isinf(value) else told == pytest.approx(value, abs=0.051)
        assert gap is None if far is None else gap == pytest.approx(expected[2] - expected[0], abs=0.051)


def test_every_service_is_listed_once_with_its_minutes(assessment, profiles):
    table = page_tables.places(assessment, ENGLISH, profiles)
    assert table is not None
    assert len(table.rows) == len(assessment.services)
    for profile in profiles:
        if FROM_HUB_S.of(profile) in assessment.services:
            told = [value for value in column(table, f"{profile}_from_hub_min") if value is not None]
            known = assessment.services[FROM_HUB_S.of(profile)].to_numpy(float) / 60
            assert sorted(told) == pytest.approx(sorted(known[np.isfinite(known)]), abs=0.051)


def test_shares_of_kinds_and_ages_are_shares(assessment, profiles):
    for table in (page_tables.kinds(assessment, ENGLISH, profiles), page_tables.by_age(assessment, ENGLISH, profiles)):
        assert table is not None
        for profile in profiles:
            shares = [value for value in column(table, f"{profile}_share") if value is not None]
            assert shares
            assert all(0 <= share <= 1 or 0 <= share <= 100 for share in shares)


def test_services_of_the_district_are_counted_apart_from_those_around_it(assessment, profiles):
    district = assessment.district.geometry.union_all()
    east = assessment.services.geometry.x > assessment.services.geometry.x.median()
    moved = assessment.services.geometry.where(~east, assessment.services.geometry.translate(100_000))
    table = page_tables.kinds(replace(assessment, services=assessment.services.set_geometry(moved)), ENGLISH, profiles)
    here = moved.intersects(district).groupby(assessment.services["kind"], sort=False).sum().to_list()
    assert column(table, "places_here") == here
    assert 0 < sum(here) < sum(column(table, "places")) == len(assessment.services)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_tells_the_same_figures(assessment, profiles, language):
    text = catalogue(language)
    for make in (page_tables.areas, page_tables.kinds, page_tables.by_age):
        one, other = make(assessment, ENGLISH, profiles), make(assessment, text, profiles)
        assert [row[1:] for row in values(one)] == [row[1:] for row in values(other)]
        assert one.source == other.source
    assert [row[1:] for row in values(page_tables.reach(assessment, text))] == [
        row[1:] for row in values(page_tables.reach(assessment, ENGLISH))
    ]
