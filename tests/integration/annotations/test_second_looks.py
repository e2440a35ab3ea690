"""No text with a hint of personal data is published without a second person's look at it as it stands."""

import pytest
from made_annotations import CRS, at

from tesoma_geo.annotations.geopackage import GeoPackage
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.released_points import released_points
from tesoma_geo.annotations.second_looks import photograph
from tesoma_geo.annotations.store import Store
from tesoma_geo.errors import InputError
from tesoma_geo.sources.annotations.schema import annotation_reading
from tesoma_geo.workspace.annotations import Publish

TEXT = "Matti Virtanen piti täällä kioskia, 040 1234567"


def reading(text):
    row = {
        "annotation_id": "1",
        "respondent": "a",
        "question": "q",
        "kind": "praise",
        "text": text,
        "geometry": at(5, 5),
    }
    return annotation_reading([row], [], crs=CRS, source="made")


@pytest.fixture
def store(tmp_path):
    store = Store(GeoPackage.open(tmp_path / "annotations.gpkg", CRS), Key(b"k" * 32), CRS)
    store.import_reading(reading(TEXT), "me")
    return store


def approve(store, **more):
    store.set_state(store.annotations()["annotation_id"], "approved", who="Anna", why="", shown=True, **more)


def published_texts(store):
    return [row["text"] for row in released_points(store.annotations(), store.key, Publish()).rows]


def test_without_a_second_look_the_text_stays(store):
    approve(store)
    assert published_texts(store) == [None]


def test_with_one_it_is_published_and_the_log_names_who_looked(store):
    approve(store, second_look="Liisa")
    assert published_texts(store) == [TEXT]
    assert store.annotations()["second_look"].tolist() == ["Liisa"]
    looks = store.audit().query("action == 'second look'")
    assert looks["who"].tolist() == ["Liisa"]
    assert TEXT not in looks.to_json()


@pytest.mark.parametrize("name", ["anna", " Anna ", "", "  "])
def test_the_one_who_approves_is_no_second_person(store, name):
    with pytest.raises(InputError):
        approve(store, second_look=name)
    assert set(store.annotations()["state"]) == {"pending"}


def test_another_text_needs_another_look(store):
    approve(store, second_look="Liisa")
    store.import_reading(reading(TEXT + "!"), "me")
    approve(store)
    assert published_texts(store) == [None]


def test_a_redacted_text_with_a_new_number_needs_another_look(store):
    approve(store, second_look="Liisa")
    store.redact(store.annotations()["annotation_id"][0], "Soita 050 7654321", who="Anna", why="")
    assert published_texts(store) == [None]


def test_harmless_texts_need_none(store):
    store.import_reading(reading("Mukava kioski"), "me")
    approve(store)
    assert published_texts(store) == ["Mukava kioski"]


def test_another_file_under_the_name_of_an_approved_photograph_needs_another_look(tmp_path):
    (tmp_path / "a.jpg").write_bytes(b"first")
    first = photograph("a.jpg", tmp_path)
    assert first == photograph("a.jpg", tmp_path)
    (tmp_path / "a.jpg").write_bytes(b"other")
    assert photograph("a.jpg", tmp_path) != first
    assert photograph("https://example.fi/a.jpg", tmp_path) == "https://example.fi/a.jpg"
    assert photograph("gone.jpg", tmp_path) == "gone.jpg"
