"""The store on a real PostGIS server, which the tests start and stops: everything that holds on a GeoPackage."""

import importlib.util
import threading
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from made_annotations import CRS, said

from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.store import Store

psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed: pip install tesoma-geo[postgis]")

SHARED_TESTS = Path(__file__).resolve().parent / "test_store.py"
_spec = importlib.util.spec_from_file_location("test_store_on_postgis", SHARED_TESTS)
on_any_store = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(on_any_store)


@pytest.fixture
def address(database):
    return database


@pytest.fixture
def store(address):
    from tesoma_geo.annotations.postgis import PostGIS

    opened = Store(PostGIS.open(address, CRS), Key(b"k" * 32), CRS)
    yield opened
    opened.database.close()


SAME = [
    "test_what_goes_in_comes_out",
    "test_the_same_export_again_changes_nothing",
    "test_hidden_stays_hidden_when_it_changes",
    "test_the_log_tells_who_did_what_and_why_without_texts",
    "test_unknown_ids_change_nothing",
    "test_an_import_that_fails_leaves_what_was",
    "test_the_revision_grows_with_every_change_and_with_no_look",
]


@pytest.mark.parametrize("name", SAME)
def test_what_holds_on_a_geopackage_holds_here(store, name):
    getattr(on_any_store, name)(store)


@pytest.mark.parametrize("other", [{"text": "iso kuoppa"}, {"severity": 5}, {"place": (6, 5)}])
def test_a_change_is_recognised(store, other):
    on_any_store.test_a_change_is_recognised_and_asks_for_review_again(store, other)


def test_erased_respondents_stay_out(store):
    store.import_reading(said(10), "me")
    someone = store.annotations()["respondent"][0]
    assert store.erase(someone, who="me", why="asked") == 2
    again = store.import_reading(said(10), "me")
    assert (again.new, again.erased) == (0, 2)
    assert someone not in set(store.annotations()["respondent"])


def test_many_moderate_at_once(store, address):
    from tesoma_geo.annotations.postgis import PostGIS

    store.import_reading(said(40), "me")
    ids = store.annotations()["annotation_id"].tolist()
    faults = []

    def work(number):
        mine = Store(PostGIS.open(address, CRS), Key(b"k" * 32), CRS)
        try:
            for name in ids[number::4]:
                mine.set_state([name], "approved", who=f"person {number}", why="")
            mine.import_reading(said(40), f"person {number}")
        except Exception as error:  # noqa: BLE001 - told in the thread that asserts
            faults.append(error)
        finally:
            mine.database.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert set(store.annotations()["state"]) == {"approved"}
    assert len(store.annotations()) == len(ids)
    assert len(store.audit()) == 1 + len(ids)


def test_publication_is_that_of_a_geopackage(store, tmp_path):
    from tesoma_geo.annotations.geopackage import GeoPackage
    from tesoma_geo.annotations.privacy import publication
    from tesoma_geo.annotations.store_cohorts import close_due, stored_cohorts
    from tesoma_geo.workspace.annotations import Publish

    settings = Publish(cohort=20)
    embedded = Store(GeoPackage.open(tmp_path / "annotations.gpkg", CRS), Key(b"k" * 32), CRS)
    done = []
    for one in (store, embedded):
        one.import_reading(said(40), "me")
        one.set_state(one.annotations()["annotation_id"], "approved", who="me", why="", shown=True)
        closed = close_due(one, settings, who="me", today=date(2026, 11, 1))
        assert len(closed) == 1
        assert stored_cohorts(one) == closed
        done.append(publication(one.annotations(), closed, key=one.key, settings=settings))
    pd.testing.assert_frame_equal(*(one.features for one in done))
    assert done[0].tables == done[1].tables
