"""The gate: what it lets through, and what it refuses at the last look. The properties test attacks it."""

import geopandas as gpd
import pytest
from made_annotations import CORNER, CRS, said
from shapely import box

from tesoma_geo.annotations.cohorts import ClosingDate, closed_cohort, no_members, waiting_answers
from tesoma_geo.annotations.privacy import ALLOWED, HELD_BACK, NEVER, publication
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.survey import unmoderated
from tesoma_geo.workspace.annotations import Publish

KEY = Key(b"k" * 32)
SETTINGS = Publish(cohort=20)


def published(areas=None, **state):
    annotations, respondents = unmoderated([said(30)], KEY)
    annotations = annotations.assign(**state)
    waiting = waiting_answers(annotations, respondents, no_members())
    cohort, _ = closed_cohort(ClosingDate("1"), waiting, SETTINGS, today=None)
    return publication(annotations, [cohort], key=KEY, settings=SETTINGS, areas=areas)


def test_pending_annotations_are_numbers_alone():
    done = published()
    assert set(done.features["type"]) == {"cell"}
    assert done.features["text"].isna().all()
    assert done.tables["quotes"] == []
    assert done.features.crs == "EPSG:4326"


def test_hidden_and_private_ones_are_in_no_number():
    assert published(state="hidden").features.empty
    assert published(private=True).features.empty


def test_shown_ones_have_the_columns_that_are_allowed():
    done = published(state="approved", shown=True)
    shown = done.features[done.features["type"] == "shown"]
    assert len(shown) > 0
    filled = {name for name in shown.columns if shown[name].notna().any()}
    assert filled <= {*ALLOWED["shown"], "geometry"}
    assert not filled & set(NEVER)


def test_patterns_are_found_where_areas_are_given_and_nobody_is_counted_by_area():
    square = box(*CORNER, CORNER[0] + 2000, CORNER[1] + 2000)
    areas = gpd.GeoDataFrame({"code": ["1"]}, geometry=[square], crs=CRS)
    done = published(areas)
    assert done.tables["areas"] == []  # it would link the tables of topics (docs/privacy.md, G2)
    assert "findings" in done.tables
    assert "findings" not in published().tables


def test_a_text_with_personal_data_does_not_pass_the_last_look(monkeypatch):
    monkeypatch.setattr("tesoma_geo.annotations.released_points.text_flags", lambda text: ())
    monkeypatch.setattr("tesoma_geo.annotations.privacy.text_flags", lambda text: ("phone",))
    with pytest.raises(AssertionError, match="personal data"):
        published(state="approved", shown=True)


def test_the_audit_says_the_same_whatever_is_held_back():
    for done in (published(), published(state="approved"), published(state="approved", shown=True)):
        assert done.audit()["held_back"] == list(HELD_BACK)
        assert done.audit() == published().audit()


def test_of_one_respondent_one_item_is_shown():
    done = published(state="approved", shown=True)
    assert len(done.features[done.features["type"] == "shown"]) + len(done.tables["quotes"]) == len(done.shown) <= 30


def test_what_was_shown_once_stays_the_one_and_nothing_takes_its_place():
    annotations, _ = unmoderated([said(30)], KEY)
    annotations = annotations.assign(state="approved")
    first = publication(annotations, [], key=KEY, settings=SETTINGS)
    gone = annotations["annotation_id"].isin(set(first.shown.values()))
    without = annotations.assign(state=["hidden" if one else "approved" for one in gone])
    later = publication(without, [], key=KEY, settings=SETTINGS, shown_before=first.shown)
    assert (len(first.tables["quotes"]), later.tables["quotes"]) == (30, [])
