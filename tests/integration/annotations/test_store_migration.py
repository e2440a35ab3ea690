"""What a store older than cohorts published becomes one closed cohort with exactly those figures."""

import hashlib
import json
from datetime import date

import pytest
from made_annotations import said

from tesoma_geo.annotations.cohorts import (
    MEMBER_COLUMNS,
    PERSON,
    ClosingDate,
    closed_cohort,
    no_members,
    waiting_answers,
)
from tesoma_geo.annotations.counted_records import AGE, fingerprints, said_records
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.store_cohorts import migrate, stored_cohorts, stored_members
from tesoma_geo.annotations.store_migration import EARLIER, migrated_release
from tesoma_geo.annotations.survey import unmoderated
from tesoma_geo.workspace.annotations import Publish
from tests.stores import opened

SETTINGS = Publish(cohort=20)


def older_mark(record):
    """The hash that older stores kept of a record."""
    fields = [str(getattr(record, name)) for name in ("respondent", "kind", "topic", "column", "row", "severity")]
    return hashlib.sha256("|".join(fields).encode()).hexdigest()[:16]


def older_release(annotations, respondents):
    """Parts and released rows as an older store kept them, of today's groups."""
    waiting = waiting_answers(annotations, respondents, no_members())
    cohort, _ = closed_cohort(ClosingDate("any"), waiting, SETTINGS, today=date(2026, 1, 1))
    parts = {f"part-{i:03}": group.to_json() for i, group in enumerate(cohort.groups)}
    records = said_records(annotations, SETTINGS.cell_m)
    released = [(row.annotation_id, row.topic, older_mark(row)) for row in records.itertuples(index=False)]
    released += [(f"{AGE}:{person}", "18-29", "") for person in respondents["respondent"]]
    return parts, released


@pytest.fixture
def survey():
    return unmoderated([said(60)], Key(b"k" * 32))


def migrated(survey, parts, released):
    return migrated_release(parts, released, *survey, SETTINGS, closed="2026-01-01")


def test_the_figures_are_those_that_were_published(survey):
    parts, released = older_release(*survey)
    cohort, members = migrated(survey, parts, released)
    assert [group.to_json() for group in cohort.groups] == list(parts.values())
    assert (cohort.name, cohort.closed, cohort.respondents) == (EARLIER, "2026-01-01", 60)
    assert list(members.columns) == list(MEMBER_COLUMNS)
    assert set(members[members["item"] == PERSON]["respondent"]) == set(survey[1]["respondent"])


def test_unchanged_answers_are_marked_with_what_they_are_now(survey):
    _, members = migrated(survey, *older_release(*survey))
    told = dict(zip(members["item"], members["fingerprint"], strict=True))
    now = dict(zip(survey[0]["annotation_id"], fingerprints(survey[0]), strict=True))
    assert all(told[item].startswith(mark) for item, mark in now.items())


@pytest.mark.parametrize("column", ["severity", "themes", "kind"])
def test_an_answer_that_changed_since_counts_as_changed(survey, column):
    annotations, respondents = survey
    parts, released = older_release(annotations, respondents)
    changed = annotations.copy()
    changed.loc[4, column] = {"severity": 99, "themes": "quite;other", "kind": "wish"}[column]
    _, members = migrated((changed, respondents), parts, released)
    empty = set(members[(members["fingerprint"] == "") & (members["item"] != PERSON)]["item"])
    assert empty == {annotations["annotation_id"].iloc[4]}


def test_who_is_gone_is_no_member_and_the_figures_stay(survey):
    annotations, respondents = survey
    parts, released = older_release(annotations, respondents)
    gone = respondents["respondent"].iloc[0]
    left = annotations[annotations["respondent"] != gone].reset_index(drop=True), respondents.iloc[1:]
    cohort, members = migrated(left, parts, released)
    assert gone not in set(members["respondent"])
    assert [group.to_json() for group in cohort.groups] == list(parts.values())


def test_what_was_not_released_is_no_member(survey):
    annotations, respondents = survey
    parts, released = older_release(annotations, respondents)
    late = annotations["annotation_id"].iloc[7]
    _, members = migrated(survey, parts, [row for row in released if row[0] != late])
    assert late not in set(members["item"])


def test_a_store_is_migrated_once_and_its_old_tables_are_emptied(path):
    store = opened(path)
    parts, released = older_release(store.annotations(), store.respondents())
    with store.writing():
        store.database.create(store.crs)
        rows = [(name, json.dumps(content)) for name, content in parts.items()]
        store.database.execute_many("INSERT INTO parts VALUES (?, ?)", rows)
        store.database.execute_many("INSERT INTO released VALUES (?, ?, 'part-000', ?)", released)
        store.log("me", "publish", "", "")
    migrate(store, SETTINGS, who="me")
    (cohort,) = stored_cohorts(store)
    assert [group.to_json() for group in cohort.groups] == list(parts.values())
    assert cohort.closed == store.database.query("SELECT time FROM audit WHERE action = 'publish'")[0][0][:10]
    assert len(stored_members(store)) == 60 * 2 + 60
    assert store.database.query("SELECT * FROM parts") == store.database.query("SELECT * FROM released") == []
    migrate(store, SETTINGS, who="me")
    assert len(stored_cohorts(store)) == 1
    store.database.close()
