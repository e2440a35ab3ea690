"""Closed cohorts in a store: kept as they were closed, once each, withdrawn as a whole."""

from datetime import date

import pytest
from made_annotations import said

from tesoma_geo.annotations.cohorts import MEMBER_COLUMNS, ClosingDate
from tesoma_geo.annotations.store_cohorts import (
    close_due,
    migrate,
    remember_shown,
    shown_items,
    stored_cohorts,
    stored_members,
    waiting_in,
    withdraw,
)
from tesoma_geo.errors import InputError
from tesoma_geo.workspace.annotations import Publish
from tests.stores import opened

DAY = date(2026, 12, 31)
SETTINGS = Publish(cohort=20)


@pytest.fixture
def store(path):
    store = opened(path)
    yield store
    store.database.close()


def close(store, name="spring", **keys):
    return close_due(store, SETTINGS, who="me", today=DAY, closings=[ClosingDate(name)], **keys)


def test_a_closed_cohort_is_kept_as_it_was_closed_with_its_members(store):
    (cohort,) = close(store)
    (kept,) = stored_cohorts(store)
    assert kept.to_json() == cohort.to_json()
    assert (kept.name, kept.respondents, kept.withdrawn) == ("spring", 60, False)
    members = stored_members(store)
    assert list(members.columns) == list(MEMBER_COLUMNS)
    assert set(members["cohort"]) == {"spring"}
    assert members["respondent"].nunique() == 60
    assert not waiting_in(store).people


def test_a_name_is_closed_once(store):
    close(store)
    store.import_reading(said(90, seed=2), "me")
    before = [cohort.to_json() for cohort in stored_cohorts(store)]
    assert close(store) == []
    assert [cohort.to_json() for cohort in stored_cohorts(store)] == before
    assert waiting_in(store).people


def test_cohorts_come_in_the_order_in_which_they_were_closed(store):
    close(store, "z")
    store.import_reading(said(90, seed=2), "me")
    close(store, "a")
    assert [cohort.name for cohort in stored_cohorts(store)] == ["z", "a"]


def test_too_few_wait_on(tmp_path, path):
    store = opened(path)
    assert close_due(store, Publish(cohort=61), who="me", today=DAY, closings=[ClosingDate("1")]) == []
    assert stored_cohorts(store) == []
    assert len(waiting_in(store).people) == 60
    store.database.close()


def test_a_withdrawn_cohort_stays_withdrawn_and_its_answers_are_not_counted_again(store):
    close(store)
    withdraw(store, "spring", who="me", why="a fault in the question")
    (kept,) = stored_cohorts(store)
    assert kept.withdrawn
    assert not waiting_in(store).people
    assert close(store, "summer") == []
    ((who, why),) = store.database.query("SELECT who, why FROM audit WHERE action = 'withdraw cohort'")
    assert (who, why) == ("me", "a fault in the question")


def test_a_cohort_that_is_not_there_cannot_be_withdrawn(store):
    with pytest.raises(InputError, match="no cohort 'autumn'"):
        withdraw(store, "autumn", who="me", why="")


def test_what_was_shown_once_of_somebody_stays_the_one(store):
    remember_shown(store, {"person": "first", "other": "x"})
    remember_shown(store, {"person": "second", "third": "y"})
    assert shown_items(store) == {"person": "first", "other": "x", "third": "y"}


def test_nothing_shown_writes_nothing(store):
    def changes():
        return store.database.query("SELECT count(*) FROM audit"), store.database.has_table("shown_items")

    before = changes()
    remember_shown(store, {})
    assert changes() == before
    assert shown_items(store) == {}


def test_a_store_without_an_older_publication_is_left_as_it_is(store):
    before = store.database.query("SELECT * FROM audit")
    migrate(store, SETTINGS, who="me")
    assert stored_cohorts(store) == []
    assert store.database.query("SELECT * FROM audit") == before
