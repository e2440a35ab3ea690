"""A store made by the package of November 2026 opens, takes the same export, and publishes the same figures.

The store, its key and what was published from it are made up; ``tests/data/store-2026-11/make.py`` made them.
"""

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from tesoma_geo.annotations.publish import publish, write_publication
from tesoma_geo.annotations.store_cohorts import stored_members, waiting_in
from tesoma_geo.annotations.store_location import open_store
from tesoma_geo.sources.annotations.platforms import read_annotations
from tesoma_geo.workspace import Workspace

KEPT = Path(__file__).resolve().parents[1] / "data" / "store-2026-11"


@pytest.fixture
def workspace(tmp_path, monkeypatch) -> Workspace:
    monkeypatch.delenv("TESOMA_GEO_ANNOTATIONS", raising=False)
    shutil.copytree(KEPT, tmp_path / "kept")
    return Workspace.load(tmp_path / "kept" / "tesoma.toml")


@pytest.fixture
def store_file(workspace) -> Path:
    return workspace.path.with_name("store-2026-11.gpkg")


def rows_of(store_file: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row that is neither a line of the log nor a time of change."""
    tables = ("annotations", "respondents", "erased", "parts", "released", "about")
    connection = sqlite3.connect(store_file)
    try:
        return {name: connection.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in tables}
    finally:
        connection.close()


def written(workspace: Workspace, folder: Path) -> dict[str, object]:
    """The files of a publication."""
    folder.mkdir()
    write_publication(publish(workspace, who="made up"), folder, workspace.path.parent)
    return {path.name: json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.*json")}


def test_what_was_published_is_one_closed_cohort_with_the_same_figures(workspace, tmp_path):
    files = written(workspace, tmp_path / "public")
    expected = json.loads((KEPT / "expected" / "first_release.json").read_text(encoding="utf-8"))
    tables = files["annotations_tables.json"]
    assert {name: tables[name] for name in expected["tables"]} == expected["tables"]
    features = files["annotations_public.geojson"]["features"]
    assert [one for one in features if one["properties"]["type"] == "cell"] == expected["features"]
    assert tables["cohorts"] == [{"cohort": "earlier", "closed": "2026-11-25", "respondents": 50}]


def test_what_was_shown_is_shown_still_one_item_a_respondent(workspace, tmp_path):
    files = written(workspace, tmp_path / "public")
    before = json.loads((KEPT / "expected" / "annotations_public.geojson").read_text(encoding="utf-8"))
    shown, earlier = (
        [one for one in features if one["properties"]["type"] == "shown"]
        for features in (files["annotations_public.geojson"]["features"], before["features"])
    )
    assert 0 < len(shown) < len(earlier)
    assert all(one in earlier for one in shown)


def test_the_next_release_is_the_same_and_who_came_later_waits(workspace, store_file, tmp_path):
    first = written(workspace, tmp_path / "first")
    assert written(workspace, tmp_path / "second") == first
    rows = rows_of(store_file)
    assert (rows["parts"], rows["released"]) == ([], [])
    store = open_store(workspace)
    waiting = waiting_in(store)
    members = stored_members(store)
    store.database.close()
    assert len(waiting.respondents) == 12
    assert store.key.pseudonym("made", "made-7") not in set(members["respondent"])


def test_erasing_before_the_first_release_of_today_removes_what_was_remembered(workspace, store_file):
    store = open_store(workspace)
    pseudonym = store.key.pseudonym("made", "made-8")
    store.erase(pseudonym, who="made up", why="asked")
    store.database.close()
    assert pseudonym.encode() not in b"".join(str(row).encode() for row in rows_of(store_file)["released"])
    publish(workspace, who="made up")
    store = open_store(workspace)
    members = stored_members(store)
    store.database.close()
    assert len(members) > 100
    assert pseudonym not in set(members["respondent"])


def test_the_same_export_again_changes_no_row(workspace, store_file):
    before = rows_of(store_file)
    store = open_store(workspace)
    done = [store.import_reading(reading, "made up") for reading in read_annotations(workspace)]
    store.database.close()
    assert [(one.new, one.changed, one.unchanged, one.erased) for one in done] == [(0, 0, 183, 3)]
    assert rows_of(store_file) == before


def test_an_erased_respondent_is_still_known_by_the_same_pseudonym(workspace, store_file):
    store = open_store(workspace)
    pseudonym = store.key.pseudonym("made", "made-7")
    store.database.close()
    assert rows_of(store_file)["erased"] == [(pseudonym,)]


def members_and_waiting(workspace):
    store = open_store(workspace)
    found = stored_members(store), waiting_in(store)
    store.database.close()
    return found


def imported(workspace, change) -> None:
    """The survey again, with every answer of the first respondents changed."""
    path = workspace.path.with_name("survey.geojson")
    survey = json.loads(path.read_text(encoding="utf-8"))
    for feature in survey["features"]:
        if feature["properties"]["respondent"] in {f"made-{number}" for number in range(5)}:
            change(feature["properties"])
    path.write_text(json.dumps(survey, ensure_ascii=False), encoding="utf-8")
    store = open_store(workspace)
    for reading in read_annotations(workspace):
        store.import_reading(reading, "made up")
    store.database.close()


def on_another_topic(known) -> None:
    known.update(kind="barrier", category="steep", themes=None)


def test_who_changed_the_topic_before_the_first_release_of_today_counts_in_no_table_again(workspace):
    """Nobody knows any more on what they were counted, so they are taken as counted on everything."""
    imported(workspace, on_another_topic)
    publish(workspace, who="made up")
    store = open_store(workspace)
    changed = {store.key.pseudonym("made", f"made-{number}") for number in range(5)}
    store.database.close()
    members, waiting = members_and_waiting(workspace)
    assert changed <= set(members["respondent"][members["item"] == ""])
    assert not changed & (set(waiting.annotations["respondent"]) | set(waiting.respondents["respondent"]))
    imported(workspace, lambda known: known.update(category="dark"))
    _, waiting = members_and_waiting(workspace)
    assert changed <= set(waiting.unseen["respondent"])  # they did say something new
    assert not changed & set(waiting.annotations["respondent"])
    assert len(waiting.annotations) > 0  # while newcomers count


def test_members_of_a_cohort_closed_before_it_was_kept_where_they_were_counted_count_in_no_table_again(
    workspace, store_file
):
    publish(workspace, who="made up")
    connection = sqlite3.connect(store_file)
    connection.execute("UPDATE cohort_members SET fingerprint = substr(fingerprint, 1, 16)")  # as it was on 25 November
    connection.commit()
    connection.close()
    imported(workspace, on_another_topic)
    members, waiting = members_and_waiting(workspace)
    assert len(members) > 100
    assert not set(members["respondent"]) & set(waiting.annotations["respondent"])
    assert len(waiting.respondents) == 12
