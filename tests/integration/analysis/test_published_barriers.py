"""Lived accessibility from the published file alone, on a street whose times can be worked out by hand."""

import json
from datetime import date
from types import SimpleNamespace

import geopandas as gpd
import pytest
from made_annotations import CORNER, CRS, at
from shapely import box

from tesoma_geo.analysis.barriers import cost_table
from tesoma_geo.analysis.lived_access import lived_access, published_lived_access
from tesoma_geo.analysis.published_barriers import published_barriers
from tesoma_geo.annotations.cohorts import ClosingDate, closed_cohort, no_members, waiting_answers
from tesoma_geo.annotations.privacy import publication
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.publish import feature_collection, script_safe
from tesoma_geo.annotations.survey import unmoderated
from tesoma_geo.inputs.publication import street_places
from tesoma_geo.languages import CATALOGUES
from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.profiles import default_profiles
from tesoma_geo.render.figures.left_out import left_out_line
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.sources.annotations.schema import annotation_reading
from tesoma_geo.workspace.annotations import Experience, Mended, Publish

KEY = Key(b"k" * 32)
SETTINGS = Publish(k=5, cohort=20)
WALK_MS = default_profiles()["walk"].speed_kmh / 3.6
DISTRICT = gpd.GeoDataFrame(
    {"code": ["1"]},
    geometry=[box(CORNER[0] - 500, CORNER[1] - 500, CORNER[0] + 2000, CORNER[1] + 500)], crs=CRS,
)  # fmt: skip
MAIN = {"highway": "residential", "name": "Mallikatu"}
SIDE = {"highway": "residential", "name": "Sivukatu"}


@pytest.fixture(scope="module")
def street(write_osm_once):
    """Mallikatu, 600 m to the hub in the west, and Sivukatu that crosses it 340 m from there."""
    nodes = {number: (20.0 * number, 0.0) for number in range(1, 32)} | {40: (360.0, 200.0), 41: (360.0, -200.0)}
    return StreetNetwork.from_osm(write_osm_once(nodes, [(list(range(1, 32)), MAIN), ([40, 18, 41], SIDE)]), CRS)


def inputs_of(network, **experience):
    origins = gpd.GeoDataFrame({"origin_id": ["home"], "population": [100]}, geometry=[at(620, 0)], crs=CRS)
    workspace = SimpleNamespace(
        experience=Experience.model_validate(experience), network=SimpleNamespace(max_snap_m=250.0), publish=SETTINGS,
        access=SimpleNamespace(cutoffs_min=(5.0, 10.0)),
    )  # fmt: skip
    hub = gpd.GeoDataFrame(geometry=[at(20, 0)], crs=CRS)
    profiles = (default_profiles()["walk"],)
    return SimpleNamespace(
        workspace=workspace, network=network, origins=origins, hub=hub, profiles=profiles, district=DISTRICT
    )


def reports(*people, category="steps", severity=5):
    """A report a person: (who, metres east, metres north)."""
    return [
        {"respondent": who, "question": "q", "kind": "barrier", "category": category, "severity": severity,
         "geometry": at(east, north)} for who, east, north in people
    ]  # fmt: skip


def others(count=20):
    """People who fill the cohort and speak of other things."""
    far = at(900, 300)
    return [{"respondent": f"x{number}", "question": "q", "kind": "place", "geometry": far} for number in range(count)]


def tables(*rows):
    return unmoderated([annotation_reading([row for group in rows for row in group], [], crs=CRS, source="made")], KEY)


def closed(network, annotations, respondents, members=None):
    waiting = waiting_answers(annotations, respondents, no_members() if members is None else members)
    return closed_cohort(ClosingDate("1"), waiting, SETTINGS, today=date(2026, 12, 31),
                         streets=lambda: street_places(network, DISTRICT))  # fmt: skip


def public(annotations, *cohorts):
    done = publication(annotations, cohorts, key=KEY, settings=SETTINGS, areas=DISTRICT)
    return json.loads(script_safe(feature_collection(done)))


def lived_of(network, *rows, **experience):
    annotations, respondents = tables(others(), *rows)
    (cohort, _) = closed(network, annotations, respondents)
    return published_lived_access(inputs_of(network, **experience), public(annotations, cohort))


FIVE = [(f"p{number}", 120.0 + number, 3.0) for number in range(5)]


def test_steps_on_a_stretch_cost_what_the_table_says(street):
    found = lived_of(street, reports(*FIVE))
    assert found.barriers[["category", "respondents", "level", "streets"]].values.tolist() == [
        ["steps", 5, "stretch", "Mallikatu"]
    ]
    assert found.origins["walk_added_min"][0] * 60 == pytest.approx(5 / (5 + 3) * 30.0, rel=0.02)


def test_a_dark_place_reaches_fifty_metres_of_its_stretch(street):
    found = lived_of(street, reports(*FIVE, category="dark"))
    longer_s = 50 / WALK_MS * 5 / (5 + 3) * 0.20  # anywhere on the stretch
    assert found.origins["walk_added_min"][0] * 60 == pytest.approx(longer_s, rel=0.05)


def test_who_is_counted_on_the_whole_street_spoke_of_a_place_of_their_own(street):
    apart = [(f"p{number}", 40.0 + 40 * number, 3.0) for number in range(4)] + [("p4", 500.0, 3.0)]
    found = lived_of(street, reports(*apart))
    assert found.barriers[["respondents", "level"]].values.tolist() == [[5, "street"]]
    assert found.origins["walk_added_min"][0] * 60 == pytest.approx(5 * 1 / (1 + 3) * 30.0, rel=0.02)


def test_five_reports_and_then_one_56_m_further_on(street):
    """A reader subtracts two releases. From the reports: other streets and other minutes; now the same bytes.

    As the reports themselves were used (k = 5): one barrier on Mallikatu; with the sixth, which is on Sivukatu, the
    barrier gains that name and the minutes of all residents change. Closed cohorts: nothing changes before the next
    cohort closes, and then one report alone is in no number.
    """
    near = reports(*((who, 296.0 + number, 3.0) for number, (who, _, _) in enumerate(FIVE)), category="dark")
    sixth = reports(("p9", 353.0, 15.0), category="dark")
    assert near[-1]["geometry"].distance(sixth[0]["geometry"]) < 56
    first, again = tables(others(), near), tables(others(), near, sixth)
    inputs = inputs_of(street)
    old = [lived_access(inputs, one, fewest=5) for one, _ in (first, again)]
    assert [one.barriers["streets"][0] for one in old] == ["Mallikatu", "Mallikatu;Sivukatu"]
    minutes = [one.barriers["walk_resident_min"][0] for one in old]
    assert minutes[1] > 1.2 * minutes[0] > 0, minutes

    cohort, members = closed(street, *first)
    files = [public(one, cohort) for one, _ in (first, again)]
    assert files[0] == files[1]
    figures = [published_lived_access(inputs, file) for file in files]
    assert figures[0].summary == figures[1].summary
    assert figures[0].barriers.equals(figures[1].barriers)
    assert closed(street, *again, members) is None  # one newcomer makes no cohort


def test_one_more_in_the_same_cohort_is_told_coarsely(street):
    found = lived_of(street, reports(*FIVE, ("p9", 500.0, 3.0)))
    assert found.barriers[["respondents", "level"]].values.tolist() == [[6, "street"]]


@pytest.mark.parametrize(
    ("mended", "left"),
    [
        ({"street": "Mallikatu", "on": "2026-12-31"}, 0),
        ({"street": "Mallikatu", "on": "2026-12-30"}, 1),  # before the cohort closed
        ({"street": "Sivukatu", "on": "2027-01-01"}, 1),
        ({"street": "Mallikatu", "category": "dark", "on": "2027-01-01"}, 1),
        ({"at": [23.6149, 61.5077], "on": "2027-01-01"}, 1),
    ],
)
def test_what_was_put_right_costs_nothing_at_once(street, mended, left):
    found = lived_of(street, reports(*FIVE), mended=[mended])
    assert len(found.barriers) == left
    assert [one.count for one in found.left_out if "put right" in one.reason] == [5] * (1 - left)


@pytest.mark.parametrize("language", CATALOGUES)
def test_what_is_left_out_is_told_in_every_language(street, language):
    mended = lived_of(street, reports(*FIVE), mended=[{"street": "Mallikatu", "on": "2026-12-31"}])
    elsewhere = lived_of(street, reports(*FIVE, category="wolves"))
    left_out = [*mended.left_out, *elsewhere.left_out]
    assert len(left_out) == 2
    assert {left_out_line(catalogue(language), item, []).language for item in left_out} == {language}


def test_a_stretch_is_put_right_by_a_place_on_it(street):
    place = gpd.GeoSeries([at(200, 5)], crs=CRS).to_crs(4326)[0]
    assert lived_of(street, reports(*FIVE), mended=[{"at": [place.x, place.y], "on": "2027-01-01"}]).barriers.empty
    with pytest.raises(ValueError, match="names no place"):
        Mended.model_validate({"on": "2027-01-01"})


def test_a_new_map_acts_at_once(street, write_osm):
    """The figures stay; the streets are today's: where the street is gone, nothing is slowed, and it is said."""
    annotations, respondents = tables(others(), reports(*FIVE))
    cohort, _ = closed(street, annotations, respondents)
    told = public(annotations, cohort)
    moved = {number: (20.0 * number, 60.0) for number in range(1, 32)}
    network = StreetNetwork.from_osm(write_osm(moved, [(list(moved), MAIN)]), CRS)
    found = published_barriers(told, network, DISTRICT, cost_table(Experience()))
    assert len(found.edge) == 0
    assert [(one.reason, one.count) for one in found.left_out] == [("no street of the map is where they were", 5)]


def test_squares_of_an_older_publication_are_spread_over_their_streets(street):
    annotations, respondents = tables(others(), reports(*FIVE))
    waiting = waiting_answers(annotations, respondents, no_members())
    cohort, _ = closed_cohort(ClosingDate("1"), waiting, SETTINGS, today=date(2026, 12, 31))
    found = published_lived_access(inputs_of(street), public(annotations, cohort))
    assert found.barriers[["respondents", "level"]].values.tolist() == [[5, "square"]]
    assert found.origins["walk_added_min"][0] > 0
