"""The privacy gate under attack: whatever is published, and however it is combined, nobody is alone in it."""

import json

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from injection_texts import INJECTIONS
from made_annotations import CRS, at, said
from shapely import LineString
from shapely.geometry import shape

from tesoma_geo.annotations.cohorts import ClosingDate, closed_cohort, no_members, waiting_answers
from tesoma_geo.annotations.privacy import ALLOWED, publication
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.publish import script_safe, write_publication
from tesoma_geo.annotations.released_points import offset_m
from tesoma_geo.annotations.survey import unmoderated
from tesoma_geo.sources.annotations.schema import annotation_reading
from tesoma_geo.workspace.annotations import Publish

KEY = Key(b"k" * 32)
SETTINGS = Publish(cohort=20)


def test_one_person_s_fifty_pins_count_once():
    rows = [{"respondent": "spammer", "question": "q", "kind": "barrier", "category": "dark", "geometry": at(n, 0)}
            for n in range(50)]  # fmt: skip
    assert published(annotation_reading(rows, [], crs=CRS, source="made")).features.empty


def published(read, **state):
    annotations, respondents = unmoderated([read], KEY)
    return published_tables(annotations.assign(**state), respondents)


def published_tables(annotations, respondents):
    waiting = waiting_answers(annotations, respondents, no_members())
    done = closed_cohort(ClosingDate("1", final=True), waiting, SETTINGS, today=None)
    return publication(annotations, [done[0]] if done else [], key=KEY, settings=SETTINGS)


def test_nothing_unmoderated_is_a_point_or_a_text():
    done = published(said(60))
    assert set(done.features["type"]) == {"cell"}
    assert done.tables["quotes"] == []


def test_approved_texts_are_quoted_without_a_place_and_points_only_on_purpose():
    approved = published(said(60), state="approved")
    assert set(approved.features["type"]) == {"cell"}
    assert len(approved.tables["quotes"]) == 60  # one a respondent
    assert set(approved.tables["quotes"][0]) == {"kind", "category", "text", "language"}
    shown = published(said(60), state="approved", shown=True)
    assert 50 < (shown.features["type"] == "shown").sum() <= 60


def test_shown_points_are_moved_the_same_way_in_every_release():
    first = published(said(30), state="approved", shown=True).features
    second = published(said(40), state="approved", shown=True).features
    texts = first.dropna(subset="text").set_index("text").geometry
    later = second.dropna(subset="text").set_index("text").geometry
    both = texts.index[texts.index.duplicated(keep=False) == False].intersection(  # noqa: E712
        later.index[later.index.duplicated(keep=False) == False]  # noqa: E712
    )
    assert len(both) > 10
    assert all(texts[text].equals(later[text]) for text in both)


@given(person=st.text(min_size=1, max_size=8), column=st.integers(-9, 9), row=st.integers(-9, 9))
def test_offsets_stay_in_their_ring_and_need_the_key(person, column, row):
    moved = offset_m(KEY, person, (column, row), (30.0, 80.0))
    assert 30.0 <= np.hypot(*moved) <= 80.0
    assert moved == offset_m(KEY, person, (column, row), (30.0, 80.0))
    assert moved != offset_m(Key(b"x" * 32), person, (column, row), (30.0, 80.0))


def test_many_pins_of_one_person_at_one_place_do_not_average_the_offset_away():
    assert len({offset_m(KEY, "p", (3, 4), (30.0, 80.0)) for _ in range(50)}) == 1


def test_no_drawing_is_a_feature_however_it_was_approved():
    line = LineString([at(0, 0), at(400, 0)])
    rows = [{"respondent": name, "question": "q", "kind": "missing_link", "geometry": line} for name in "abcdef"]
    done = published(annotation_reading(rows, [], crs=CRS, source="made"), state="approved", shown=True)
    assert not (done.features["type"] == "shown").any()
    assert done.held_back["drawn lines: never on the map, their texts are quoted"] == 6


def test_homes_and_daily_places_are_in_nothing():
    rows = [{"respondent": f"p{n}", "question": "Missä asut?", "kind": "place", "private": True, "geometry": at(0, 0)}
            for n in range(40)]  # fmt: skip
    rows += [{"respondent": "p1", "question": "q", "kind": "barrier", "category": "dark", "text": "oven edessä",
              "geometry": at(30, 0)}]  # fmt: skip
    rows += [{"respondent": "p2", "question": "q", "kind": "barrier", "text": f"taas {n}", "geometry": at(900 + n, 900)}
             for n in range(3)]  # fmt: skip
    done = published(annotation_reading(rows, [], crs=CRS, source="made"), state="approved", shown=True)
    assert done.features.empty
    assert done.held_back["annotations on homes and daily places"] == 40
    assert done.held_back["points near a home or a daily place of who said it"] == 4


def test_texts_with_personal_data_are_held_back_though_approved():
    rows = [{"respondent": "p", "question": "q", "kind": "barrier", "text": "Soita 040 1234567", "geometry": at(0, 0)}]
    done = published(annotation_reading(rows, [], crs=CRS, source="made"), state="approved", shown=True)
    assert done.features["text"].isna().all()
    assert done.held_back["approved texts with personal data: redact them first"] == 1


def test_features_have_allowed_columns_alone_and_times_are_months(tmp_path):
    write_publication(published(said(60), state="approved", shown=True), tmp_path)
    collection = json.loads((tmp_path / "annotations_public.geojson").read_text(encoding="utf-8"))
    kinds = set()
    for feature in collection["features"]:
        properties = feature["properties"]
        kinds.add(properties["type"])
        assert set(properties) <= set(ALLOWED[properties["type"]])
        assert properties.get("month", "2025-08") == "2025-08"
        if feature["geometry"] is not None:
            lon, lat = shape(feature["geometry"]).representative_point().coords[0]
            assert 23 < lon < 24
            assert 61 < lat < 62
    assert kinds == {"cell", "shown"}


@given(text=st.text())
def test_published_json_can_stand_in_a_page(text):
    safe = script_safe({"text": text})
    assert json.loads(safe) == {"text": text}
    assert not set("<>&\u2028\u2029") & set(safe)


def test_texts_that_try_to_run_stay_texts(tmp_path):
    assert len(INJECTIONS) == 100
    rows = [{"respondent": f"p{number}", "question": "q", "kind": "idea", "text": text, "geometry": at(number * 300, 0)}
            for number, text in enumerate(INJECTIONS)]  # fmt: skip
    done = published(
        annotation_reading(rows, [], crs=CRS, source="made"), state="approved", shown=True, second_look="somebody"
    )
    write_publication(done, tmp_path)
    for path in tmp_path.iterdir():
        assert "<" not in path.read_text(encoding="utf-8")
    features = json.loads((tmp_path / "annotations_public.geojson").read_text(encoding="utf-8"))["features"]
    texts = {feature["properties"]["text"] for feature in features if feature["properties"]["type"] == "shown"}
    assert texts == {text.strip() for text in INJECTIONS}
