"""Where somebody was, guessed from the points that are shown: over many releases, with edits, and with a lost key."""

import numpy as np
import pytest
from made_annotations import CRS, at, said

from tesoma_geo.annotations.geopackage import GeoPackage
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.released_points import released_points
from tesoma_geo.annotations.store import Store
from tesoma_geo.annotations.store_location import open_store
from tesoma_geo.annotations.survey import unmoderated
from tesoma_geo.errors import WorkspaceError
from tesoma_geo.sources.annotations.schema import annotation_reading
from tesoma_geo.workspace import Workspace
from tesoma_geo.workspace.annotations import Publish
from tests.workspaces import moved

KEY = Key(b"k" * 32)
PINS = 200


def shown(key, east_m=0.0):
    """The points that a release shows of one pin each of many, 1,000 m apart, all of them ``east_m`` farther east."""
    rows = [
        {"annotation_id": str(number), "respondent": f"p{number}", "question": "q", "kind": "idea", "text": str(number),
         "geometry": at(1000.0 * number + 100 + east_m, 100.0)} for number in range(PINS)
    ]  # fmt: skip
    table = unmoderated([annotation_reading(rows, [], crs=CRS, source="made")], KEY)[0]
    done = released_points(table.assign(state="approved", shown=True), key, Publish())
    by_text = {int(row["text"]): row["geometry"] for row in done.rows}
    return np.array([(by_text[number].x, by_text[number].y) for number in range(PINS)])


def errors(guesses, east_m=0.0):
    true = np.array([(at(1000.0 * number + 100 + east_m, 100.0).x, at(0, 100.0).y) for number in range(PINS)])
    return np.hypot(*(guesses - true).T)


def test_the_mean_of_many_releases_tells_no_more_than_one():
    releases = [shown(KEY) for _ in range(5)]
    assert all((release == releases[0]).all() for release in releases)
    assert errors(np.mean(releases, axis=0)).min() >= 29.9


def test_a_pin_that_was_edited_within_its_square_keeps_its_offset():
    """Nudging a pin by a few metres between releases gives the nudge away, and nothing of the place."""
    releases = [shown(KEY, east_m) - np.array([east_m, 0.0]) for east_m in (0.0, 5.0, 10.0)]
    assert np.allclose(releases, releases[0], atol=1e-6)


def test_other_keys_would_give_the_place_away():
    """Why a changed key is refused: the mean of 30 releases under 30 keys lies within 20 m of nearly every pin."""
    releases = [shown(Key(bytes([number]) * 32)) for number in range(30)]
    one, many = np.median(errors(releases[0])), np.median(errors(np.mean(releases, axis=0)))
    assert one > 50
    assert many < 15


def test_a_changed_key_is_refused_by_everything_that_opens_the_store(sample_workspace, tmp_path):
    workspace = Workspace.load(moved(sample_workspace, tmp_path))
    store = open_store(workspace)
    store.import_reading(said(5), "me")
    store.database.close()
    (tmp_path / "annotations.key").write_text(Key.random().secret.hex() + "\n", encoding="ascii")
    with pytest.raises(WorkspaceError, match="made with another key"):
        open_store(workspace)


def test_a_store_opens_with_the_key_that_it_was_made_with(tmp_path):
    store = Store(GeoPackage.open(tmp_path / "annotations.gpkg", CRS), KEY, CRS)
    store.require_same_key()
    store.import_reading(said(5), "me")
    store.require_same_key()
    with pytest.raises(WorkspaceError, match="another key"):
        Store(store.database, Key(b"x" * 32), CRS).require_same_key()


def test_a_photograph_needs_its_own_look(tmp_path):
    row = {"annotation_id": "1", "respondent": "a", "question": "q", "kind": "praise", "text": "Tori", "photo": "a.jpg",
           "geometry": at(5, 5)}  # fmt: skip
    store = Store(GeoPackage.open(tmp_path / "annotations.gpkg", CRS), KEY, CRS)
    store.import_reading(annotation_reading([row], [], crs=CRS, source="made"), "me")
    ids = store.annotations()["annotation_id"]

    def photos():
        return list(released_points(store.annotations(), KEY, Publish()).photos.values())

    store.set_state(ids, "approved", who="Anna", why="", shown=True)
    assert photos() == []
    store.set_state(ids, "approved", who="Anna", why="", shown=True, photo=True)
    assert photos() == ["a.jpg"]
    assert store.audit()["action"].tolist()[-1] == "photograph approved"
    store.import_reading(annotation_reading([row | {"photo": "b.jpg"}], [], crs=CRS, source="made"), "me")
    store.set_state(ids, "approved", who="Anna", why="", shown=True)
    assert photos() == []
