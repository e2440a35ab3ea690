"""The privacy gate under attack: whatever is published, and however it is combined, nobody is alone in it."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from injection_texts import INJECTIONS
from made_annotations import CRS, at, said
from shapely import LineString
from shapely.geometry import shape

from tesoma_geo.annotations.k_anonymity import DisclosureGroup, next_release
from tesoma_geo.annotations.privacy import ALLOWED, publication
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.publish import script_safe, write_publication
from tesoma_geo.annotations.released_points import offset_m
from tesoma_geo.annotations.survey import unmoderated
from tesoma_geo.sources.annotations.schema import annotation_reading
from tesoma_geo.workspace.annotations import Publish

EMPTY = pd.DataFrame(columns=["annotation_id", "topic", "part", "fingerprint"])
KEY = Key(b"k" * 32)
KINDS, TOPICS = ["barrier", "place"], ["a", "b", "c"]

#: One thing said: who, kind, topic, column and row of the smallest cell.
THING = st.tuples(st.integers(0, 40), st.sampled_from(KINDS), st.sampled_from(TOPICS), st.integers(0, 40),
                  st.integers(0, 40))  # fmt: skip
#: What happens before each release: things said, people erased, things moved.
STEP = st.tuples(st.lists(THING, max_size=60), st.lists(st.integers(0, 40), max_size=3),
                 st.lists(st.integers(0, 40), max_size=3))  # fmt: skip


def table_of(things):
    """Records of a state; each person says a thing of a kind and topic once."""
    rows = [
        {"annotation_id": f"{who}-{kind}", "topic": topic, "respondent": f"p{who}", "family": "said", "kind": kind,
         "column": float(column), "row": float(row), "severity": np.nan, "fingerprint": f"{column}-{row}"}
        for (who, kind, topic), (column, row) in sorted(things.items())
    ]  # fmt: skip
    columns = ["annotation_id", "topic", "respondent", "family", "kind", "column", "row", "severity", "fingerprint"]
    return pd.DataFrame(rows, columns=columns)


def history(steps, k):
    """Releases one after another: (records, release) of each."""
    things, ledger, parts = {}, EMPTY, {}
    gone = set()  # who is erased stays out
    for said_now, erased, moved in steps:
        for who, kind, topic, column, row in said_now:
            if who not in gone:
                things.setdefault((who, kind, topic), (column, row))
        gone |= set(erased)
        things = {key: place for key, place in things.items() if key[0] not in erased}
        things = {key: (place[0] + 7, place[1]) if key[0] in moved else place for key, place in things.items()}
        records = table_of(things)
        done = next_release(records, ledger, parts, k)
        yield records, done
        there = set(records["annotation_id"])
        ledger = done.members[done.members["annotation_id"].isin(there)].reset_index(drop=True)
        parts = {
            name: DisclosureGroup.from_json(json.loads(json.dumps(part.to_json())))
            for name, part in done.groups.items()
        }


def people_of(records, done):
    """Group → its members as (person, kind, topic)."""
    joined = records.merge(done.members, on=["annotation_id", "topic"])
    return {
        name: {(row.respondent, row.kind, row.topic) for row in group.itertuples()}
        for name, group in joined.groupby("part")
        if name
    }


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=st.lists(STEP, min_size=1, max_size=5), k=st.sampled_from([2, 3, 5]))
def test_no_combination_of_published_numbers_stands_for_fewer_than_k(steps, k):
    """Numbers of all releases are a system of equations: none of what follows from it is about fewer than k.

    A derived number is a sum of published ones with any coefficients. Members who are counted in the same
    numbers cannot be told apart by any of them (a class); a set of classes is exposed when the numbers
    have a combination in which they alone are left, that is when the rank falls without them.
    """
    figures = []
    for records, done in history(steps, k):
        members = people_of(records, done)
        assert set(members) == set(done.groups)
        for name, part in done.groups.items():
            assert part.voices == len({person for person, _, _ in members[name]}) >= k
            figures.append(frozenset(members[name]))
    classes = {}
    for token in sorted(set().union(*figures)):
        classes.setdefault(tuple(token in figure for figure in figures), set()).add(token[0])
    if not classes:
        return
    columns = np.array(list(classes), float).T
    people = list(classes.values())
    rank = np.linalg.matrix_rank(columns)
    small = [number for number, who in enumerate(people) if len(who) < k]
    for first in small:
        for second in small:
            hidden = {first, second}
            if len(people[first] | people[second]) < k:
                rest = [number for number in range(len(people)) if number not in hidden]
                assert np.linalg.matrix_rank(columns[:, rest]) == rank, "somebody can be singled out"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=st.lists(STEP, min_size=1, max_size=4), k=st.sampled_from([2, 5]))
def test_totals_and_nested_cells_are_sums_of_whole_parts(steps, k):
    for records, done in history(steps, k):
        members = people_of(records, done)
        everyone = [token for tokens in members.values() for token in tokens]
        assert len(everyone) == len(set(everyone)), "parts overlap"
        joined = records.merge(done.members, on=["annotation_id", "topic"])
        for row in joined[joined["part"] != ""].itertuples():
            cell, without = done.groups[row.part].cell, done.groups[row.part].without
            inside = [(level, row.column // 2**level, row.row // 2**level) for level in range(6)]
            assert cell is None or cell in inside
            assert not set(without) & set(inside)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(things=st.lists(THING, min_size=20, max_size=120), k=st.sampled_from([2, 5]))
def test_the_same_records_again_are_the_same_release(things, k):
    (_, first), (_, second) = history([(things, [], []), ([], [], [])], k)
    assert first.groups == second.groups
    assert second.changed == 0


def test_one_person_s_fifty_pins_count_once():
    rows = [{"respondent": "spammer", "question": "q", "kind": "barrier", "category": "dark", "geometry": at(n, 0)}
            for n in range(50)]  # fmt: skip
    assert published(annotation_reading(rows, [], crs=CRS, source="made")).features.empty


def test_an_erased_person_takes_k_along_and_leaves_nothing_else_changed():
    annotations, respondents = unmoderated([said(60)], KEY)
    before = published_tables(annotations, respondents)
    victim = annotations["respondent"][0]
    kept = annotations["respondent"] != victim
    ledger = before.release.members
    after = publication(
        annotations[kept].reset_index(drop=True), respondents[respondents["respondent"] != victim],
        ledger[ledger["annotation_id"].isin(annotations["annotation_id"][kept])
               | (ledger["annotation_id"].str.contains(":") & ~ledger["annotation_id"].str.endswith(victim))],
        {name: part.to_json() for name, part in before.release.groups.items()}, key=KEY, settings=Publish(),
    )  # fmt: skip
    touched = set(ledger["part"][ledger["annotation_id"].isin(annotations["annotation_id"][~kept])])
    touched |= set(ledger["part"][ledger["annotation_id"].str.endswith(victim)])
    assert touched
    for name, part in before.release.groups.items():
        now = after.release.groups.get(name)
        if name in touched:
            assert now is None or part.voices - now.voices >= 5
        else:
            assert now == part


def published(read, **state):
    annotations, respondents = unmoderated([read], KEY)
    return published_tables(annotations.assign(**state), respondents)


def published_tables(annotations, respondents):
    return publication(annotations, respondents, EMPTY, {}, key=KEY, settings=Publish())


def test_nothing_unmoderated_is_a_point_or_a_text():
    done = published(said(60))
    assert set(done.features["type"]) == {"cell"}
    assert done.tables["quotes"] == []


def test_approved_texts_are_quoted_without_a_place_and_points_only_on_purpose():
    approved = published(said(60), state="approved")
    assert set(approved.features["type"]) == {"cell"}
    assert len(approved.tables["quotes"]) == 120
    assert set(approved.tables["quotes"][0]) == {"kind", "category", "text", "language"}
    shown = published(said(60), state="approved", shown=True)
    assert (shown.features["type"] == "shown").sum() > 100


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


def test_line_ends_are_cut_and_short_lines_not_shown():
    def line(who, length):
        return {
            "respondent": who,
            "question": "q",
            "kind": "missing_link",
            "geometry": LineString([at(0, 0), at(length, 0)]),
        }

    done = published(
        annotation_reading([line("a", 400), line("b", 110)], [], crs=CRS, source="made"), state="approved", shown=True
    )
    (shown,) = done.features[done.features["type"] == "shown"].to_crs(CRS).geometry
    assert shown.length == pytest.approx(300, abs=0.5)
    assert done.held_back["lines too short once their ends are cut"] == 1


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


def test_the_report_of_what_was_held_back_gives_nobody_away():
    done = published(said(9))
    for count in done.audit()["held_back"].values():
        assert count.startswith("fewer than") or int(count.split()[0]) % done.k == 0


@given(text=st.text())
def test_published_json_can_stand_in_a_page(text):
    safe = script_safe({"text": text})
    assert json.loads(safe) == {"text": text}
    assert not set("<>&\u2028\u2029") & set(safe)


def test_texts_that_try_to_run_stay_texts(tmp_path):
    assert len(INJECTIONS) == 100
    rows = [{"respondent": f"p{number}", "question": "q", "kind": "idea", "text": text, "geometry": at(number * 300, 0)}
            for number, text in enumerate(INJECTIONS)]  # fmt: skip
    done = published(annotation_reading(rows, [], crs=CRS, source="made"), state="approved", shown=True)
    write_publication(done, tmp_path)
    for path in tmp_path.iterdir():
        assert "<" not in path.read_text(encoding="utf-8")
    features = json.loads((tmp_path / "annotations_public.geojson").read_text(encoding="utf-8"))["features"]
    texts = {feature["properties"]["text"] for feature in features if feature["properties"]["type"] == "shown"}
    assert texts == {text.strip() for text in INJECTIONS}
