"""The store: imports that repeat, moderation that sticks, erasure that holds. The same tests on both databases."""

import stat

import geopandas as gpd
import pandas as pd
import pytest
from made_annotations import CRS, at, said

from tesoma_geo.annotations.geopackage import GeoPackage
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.store import Store
from tesoma_geo.errors import InputError, SourceError, WorkspaceError
from tesoma_geo.sources.annotations.schema import annotation_reading


@pytest.fixture
def store(tmp_path):
    return Store(GeoPackage.open(tmp_path / "annotations.gpkg", CRS), Key(b"k" * 32), CRS)


def one(text="kuoppa", severity=3, respondent="maija", place=(5, 5)):
    row = {"annotation_id": "42", "respondent": respondent, "question": "q", "kind": "barrier", "category": "surface",
           "severity": severity, "text": text, "geometry": at(*place)}  # fmt: skip
    return annotation_reading([row], [], crs=CRS, source="made")


def test_what_goes_in_comes_out(store):
    made = said(20)
    store.import_reading(made, "me")
    back = store.annotations()
    assert len(back) == len(made.annotations)
    assert set(back["state"]) == {"pending"}
    assert sorted(back["text"]) == sorted(made.annotations["text"])
    assert back.crs == CRS
    mine = made.annotations.set_index("text").geometry
    for text, geometry in zip(back["text"], back.geometry, strict=True):
        if (made.annotations["text"] == text).sum() == 1:
            assert geometry.equals(mine[text])


def test_the_same_export_again_changes_nothing(store):
    first = store.import_reading(said(20), "me")
    before, log = store.annotations(), store.audit()
    second = store.import_reading(said(20), "me")
    assert (first.new, second.new, second.changed, second.unchanged) == (40, 0, 0, 40)
    pd.testing.assert_frame_equal(before, store.annotations())
    assert len(store.audit()) == len(log)


@pytest.mark.parametrize("other", [{"text": "iso kuoppa"}, {"severity": 5}, {"place": (6, 5)}])
def test_a_change_is_recognised_and_asks_for_review_again(store, other):
    store.import_reading(one(), "me")
    name = store.annotations()["annotation_id"][0]
    store.set_state([name], "approved", who="me", why="fine", shown=True)
    done = store.import_reading(one(**other), "me")
    row = store.annotations().iloc[0]
    assert (done.new, done.changed) == (0, 1)
    assert (row["annotation_id"], row["state"], row["shown"]) == (name, "pending", False)


def test_hidden_stays_hidden_when_it_changes(store):
    store.import_reading(one(), "me")
    store.set_state(store.annotations()["annotation_id"], "hidden", who="me", why="spam")
    store.import_reading(one(text="spam again"), "me")
    assert store.annotations()["state"].tolist() == ["hidden"]


def test_nothing_of_the_platform_s_ids_is_kept(store, tmp_path):
    store.import_reading(one(respondent="maija.meikalainen"), "me")
    row = store.annotations().iloc[0]
    assert row["respondent"].startswith("r")
    assert len(row["respondent"]) == 16
    assert b"maija.meikalainen" not in (tmp_path / "annotations.gpkg").read_bytes()


def test_another_key_gives_other_pseudonyms_and_is_refused(store, tmp_path):
    assert Key(b"a" * 32).pseudonym("s", "7") != Key(b"b" * 32).pseudonym("s", "7")
    store.import_reading(one(), "me")
    stranger = Store(GeoPackage.open(tmp_path / "annotations.gpkg", CRS), Key(b"x" * 32), CRS)
    with pytest.raises(WorkspaceError, match="another key"):
        stranger.import_reading(one(), "me")


def test_redacting_removes_the_text_from_the_file_and_from_later_imports(store, tmp_path):
    store.import_reading(one(text="soita KANARIALINTU"), "me")
    name = store.annotations()["annotation_id"][0]
    store.redact(name, "soita …", who="me", why="phone")
    assert b"KANARIALINTU" not in (tmp_path / "annotations.gpkg").read_bytes()
    store.import_reading(one(text="soita KANARIALINTU"), "me")
    assert store.annotations()["text"].tolist() == ["soita …"]


def test_erasing_removes_a_respondent_for_good(store, tmp_path):
    store.import_reading(said(10), "me")
    store.import_reading(one(text="KANARIALINTU", respondent="maija"), "me")
    pseudonym = store.pseudonym_of("maija")
    assert store.erase(pseudonym, who="me", why="asked") == 1
    assert b"KANARIALINTU" not in (tmp_path / "annotations.gpkg").read_bytes()
    again = store.import_reading(one(text="KANARIALINTU", respondent="maija"), "me")
    assert (again.new, again.erased) == (0, 1)
    assert pseudonym not in set(store.annotations()["respondent"]) | set(store.respondents()["respondent"])
    with pytest.raises(InputError, match="no respondent"):
        store.pseudonym_of("maija")


def test_the_log_tells_who_did_what_and_why_without_texts(store):
    store.import_reading(one(text="KANARIALINTU"), "anna")
    name = store.annotations()["annotation_id"][0]
    store.set_state([name], "hidden", who="bert", why="advertising")
    store.redact(name, None, who="cecilia", why="phone number")
    log = store.audit()
    assert log["who"].tolist() == ["anna", "bert", "cecilia"]
    assert log["action"].tolist() == ["import", "hidden", "redact"]
    assert log["why"].tolist()[1:] == ["advertising", "phone number"]
    assert "KANARIALINTU" not in log.to_csv()


def test_unknown_ids_change_nothing(store):
    store.import_reading(said(3), "me")
    ids = store.annotations()["annotation_id"].tolist()
    with pytest.raises(InputError, match="no annotation 'nobody'"):
        store.set_state([*ids, "nobody"], "approved", who="me", why="")
    assert set(store.annotations()["state"]) == {"pending"}


def test_an_import_that_fails_leaves_what_was(store):
    store.import_reading(said(5), "me")
    before = store.annotations()
    broken = said(6, seed=2)
    broken.respondents["answers"] = None  # refused by the last table that is written
    with pytest.raises(Exception, match=r"NOT NULL|null value|not-null"):
        store.import_reading(broken, "me")
    pd.testing.assert_frame_equal(before, store.annotations())


def test_the_file_is_a_geopackage_for_its_owner_alone(store, tmp_path):
    store.import_reading(said(5), "me")
    path = tmp_path / "annotations.gpkg"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    layer = gpd.read_file(path, layer="annotations")
    assert (len(layer), str(layer.crs)) == (10, CRS)
    Key.read_or_create(tmp_path / "annotations.key")
    assert stat.S_IMODE((tmp_path / "annotations.key").stat().st_mode) == 0o600


def test_a_file_that_is_no_database_is_refused(tmp_path):
    path = tmp_path / "annotations.gpkg"
    path.write_bytes(b"x" * 5000)
    with pytest.raises(SourceError, match="no GeoPackage"):
        GeoPackage.open(path, CRS)


def test_the_revision_grows_with_every_change_and_with_no_look(store):
    assert store.revision() == 0
    store.import_reading(said(3), "me")
    imported = store.revision()
    store.annotations()
    store.import_reading(said(3), "me")
    assert store.revision() == imported > 0
    store.set_state(store.annotations()["annotation_id"][:1], "hidden", who="me", why="")
    assert store.revision() > imported
