"""A reader of all releases attacks them: who left, joined or changed something cannot be read off any byte.

Before cohorts, erasing one of 60 respondents changed exactly the rows of the one who left in 60 of 60 cases; now
in none of 240.

A part is attacked each time: every eighth respondent and 10 orders. All 240 and 50 orders::

    ATTACK_FULL=1 python -m pytest tests/integration/annotations/test_cohort_attacks.py
"""

import json
import os
import shutil
from datetime import date
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
from made_annotations import CRS, at, copied_sample, said
from PIL import Image
from shapely import box

from tesoma_geo.annotations.database import PLAIN_TABLES
from tesoma_geo.annotations.geopackage import GeoPackage
from tesoma_geo.annotations.privacy import publication
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.publish import publish, write_publication
from tesoma_geo.annotations.store import Store
from tesoma_geo.annotations.store_cohorts import close_due, remember_shown, shown_items, stored_cohorts, waiting_in
from tesoma_geo.annotations.store_location import open_store
from tesoma_geo.annotations.survey import Survey, district_areas, survey_of_store
from tesoma_geo.inputs.publication import streets_of
from tesoma_geo.sources.annotations.platforms import read_annotations
from tesoma_geo.sources.annotations.schema import annotation_reading
from tesoma_geo.workspace import Workspace
from tesoma_geo.workspace.annotations import Publish

TODAY = date(2026, 12, 31)
#: Every so manyth of the 240 respondents leaves, and so many orders are tried.
EVERY, ORDERS = (1, 50) if os.environ.get("ATTACK_FULL") else (8, 10)


def release(store: Store, settings: Publish, folder: Path, areas: gpd.GeoDataFrame, streets=None) -> dict[str, str]:
    """Every file of a release, closing what is due."""
    close_due(store, settings, who="me", today=TODAY, areas=areas, streets=streets)
    return files_of(store.annotations(), store, settings, folder, areas)


def files_of(annotations, store, settings, folder, areas):
    done = publication(
        annotations, stored_cohorts(store), key=store.key, settings=settings, areas=areas,
        shown_before=shown_items(store),
    )  # fmt: skip
    remember_shown(store, done.shown)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    write_publication(done, folder)
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


@pytest.fixture
def store(tmp_path):
    made = Store(GeoPackage.open(tmp_path / "annotations.gpkg", CRS), Key(b"k" * 32), CRS)
    yield made
    made.database.close()


@pytest.fixture
def areas() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"code": ["1"]}, geometry=[box(300_000, 6_800_000, 340_000, 6_850_000)], crs=CRS)


def test_erasing_any_respondent_of_the_shared_survey_changes_no_byte(shared_data, store, areas, tmp_path):
    workspace = Workspace.load(shared_data / "tesoma.toml")
    for reading in read_annotations(workspace):
        store.import_reading(reading, "me")
    settings, folder = workspace.publish, tmp_path / "public"
    before = release(store, settings, folder, areas, lambda: streets_of(workspace, district_areas(workspace)))
    told = [one["properties"] for one in json.loads(before["annotations_public.geojson"])["features"]]
    assert len([one for one in told if one.get("level") == "stretch"]) >= 5
    assert len(json.loads(before["annotations_tables.json"])["by_topic"]) > 15
    everything = survey_of_store(store)
    people = everything.respondents["respondent"].tolist()
    assert len(people) == 240
    for person in people[::EVERY]:  # gone from the tables as erasing leaves them
        assert files_of(without(everything, person).annotations, store, settings, folder, areas) == before
    for person in people[::24]:
        store.erase(person, who="me", why="asked")
        assert release(store, settings, folder, areas) == before
    tables = [name for name in PLAIN_TABLES if name not in ("erased", "audit")]  # these two say who asked to leave
    left = str([store.database.query(f"SELECT * FROM {name}") for name in ("annotations", *tables)])
    assert not [name for name in people[::24] if name in left]


def without(survey: Survey, person: str) -> Survey:
    annotations = survey.annotations[survey.annotations["respondent"] != person].reset_index(drop=True)
    return Survey(annotations, survey.respondents[survey.respondents["respondent"] != person])


@pytest.mark.parametrize("seed", range(ORDERS))
def test_in_any_order_a_release_changes_only_when_a_cohort_closes(seed, tmp_path, areas):
    """Joining, changing, leaving, hiding and releasing in random orders: figures change by whole cohorts alone."""
    dice = np.random.default_rng(seed)
    store = Store(GeoPackage.open(tmp_path / "annotations.gpkg", CRS), Key(b"k" * 32), CRS)
    settings, joined = Publish(k=5, cohort=20), 0
    last: tuple[int, dict[str, str]] | None = None
    for _ in range(8):
        act = dice.choice(["join", "change", "leave", "hide", "release"], p=[0.35, 0.15, 0.15, 0.1, 0.25])
        if act == "join" or not joined:
            joined += int(dice.integers(4, 20))
            store.import_reading(said(joined), "me")
        elif act == "change":
            store.import_reading(said(joined, seed=int(dice.integers(2, 5))), "me")
        elif act == "leave" and len(store.respondents()) > 1:
            store.erase(str(dice.choice(store.respondents()["respondent"])), who="me", why="asked")
        elif act == "hide" and len(store.annotations()):
            store.set_state([str(dice.choice(store.annotations()["annotation_id"]))], "hidden", who="me", why="spam")
        files = release(store, settings, tmp_path / "public", areas)
        cohorts = stored_cohorts(store)
        for cohort in cohorts:
            assert all(group.voices >= 5 for group in cohort.groups)
        if last is not None and last[0] == len(cohorts):
            assert files == last[1], act
        last = (len(cohorts), files)
    store.database.close()


def test_a_newcomer_s_47_ideas_are_in_nothing_before_their_cohort_closes(store, areas, tmp_path):
    store.import_reading(said(60), "me")
    before = release(store, Publish(), tmp_path / "public", areas)
    store.import_reading(said(61, each=2), "me")
    loud = said(1, seed=9, each=47)
    loud.respondents["respondent"] = loud.annotations["respondent"] = "loud"
    loud.annotations["annotation_id"] = [f"loud-{number}" for number in range(47)]
    store.import_reading(loud, "me")
    assert len(waiting_in(store).people) >= 1
    assert release(store, Publish(), tmp_path / "public", areas) == before


def test_approving_and_hiding_change_the_one_item_of_that_respondent_alone(store, areas, tmp_path):
    store.import_reading(said(60), "me")
    first = release(store, Publish(), tmp_path / "public", areas)
    person = store.annotations()["respondent"][0]
    own = store.annotations()["annotation_id"][store.annotations()["respondent"] == person].tolist()
    store.set_state(own, "approved", who="me", why="", shown=True)
    second = release(store, Publish(), tmp_path / "public", areas)
    added = differing_features(first, second)
    assert [one["properties"]["type"] for one in added] == ["shown"]
    store.set_state(own, "hidden", who="me", why="")
    assert release(store, Publish(), tmp_path / "public", areas) == first


def differing_features(first, second):
    """What the second has more; everything else must be the same."""
    name = "annotations_public.geojson"
    assert {key: text for key, text in first.items() if key != name} == {
        key: text for key, text in second.items() if key != name
    }
    known = json.loads(first[name])["features"]
    more = [one for one in json.loads(second[name])["features"] if one not in known]
    assert len(json.loads(second[name])["features"]) == len(known) + len(more)
    return more


def test_a_changed_answer_counts_in_the_next_cohort(store, areas):
    store.import_reading(said(20), "me")
    settings = Publish(cohort=20)
    (first,) = close_due(store, settings, who="me", today=TODAY, areas=areas)
    store.import_reading(said(20, seed=2), "me")  # everybody moved something
    assert len(waiting_in(store).people) == 20
    (second,) = close_due(store, settings, who="me", today=TODAY, areas=areas)
    assert first.groups != second.groups
    assert second.respondents is None  # they were counted as people in the first
    assert stored_cohorts(store) == [first, second]


def test_a_workspace_s_store_publishes_its_cohort_and_says_what_waits_to_the_moderator_alone(tmp_path, monkeypatch):
    monkeypatch.delenv("TESOMA_GEO_ANNOTATIONS", raising=False)
    workspace = Workspace.load(copied_sample(tmp_path))
    store = open_store(workspace)
    for reading in read_annotations(workspace):
        store.import_reading(reading, "me")
    store.database.close()
    first = publish(workspace, who="me", today=TODAY)
    assert first.held_back["respondents whose answers wait for the next cohort"] == 0
    store = open_store(workspace)
    store.import_reading(said(7), "me")
    store.database.close()
    second = publish(workspace, who="me", today=TODAY)
    assert second.held_back["respondents whose answers wait for the next cohort"] == 7
    assert (second.tables, second.audit()) == (first.tables, first.audit())


def test_a_photograph_whose_file_changed_is_published_no_more_before_somebody_looked_again(tmp_path, monkeypatch):
    monkeypatch.delenv("TESOMA_GEO_ANNOTATIONS", raising=False)
    workspace = Workspace.load(copied_sample(tmp_path))
    file = workspace.path.parent / "bench.jpg"
    Image.new("RGB", (4, 4), "green").save(file)
    row = {"annotation_id": "1", "respondent": "a", "question": "q", "kind": "place", "photo": file.name,
           "geometry": at(500, 500)}  # fmt: skip
    store = open_store(workspace)
    store.import_reading(annotation_reading([row], [], crs=CRS, source="made"), "me")
    ids = store.annotations()["annotation_id"].tolist()

    def photographs():
        folder = tmp_path / "public"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        write_publication(publish(workspace, who="me", today=TODAY), folder, workspace.path.parent)
        features = json.loads((folder / "annotations_public.geojson").read_text(encoding="utf-8"))["features"]
        (shown,) = [one["properties"] for one in features if one["properties"]["type"] == "shown"]
        written = sorted(path.name for path in folder.rglob("*.jpg"))
        assert written == ([Path(shown["photo"]).name] if "photo" in shown else [])
        return written

    def look():
        store.set_state(ids, "approved", who="me", why="", shown=True, photo=True)

    look()
    first = photographs()
    assert len(first) == 1
    Image.new("RGB", (4, 4), "red").save(file)
    assert photographs() == []
    assert photographs() == []  # nor later
    look()
    assert photographs() == first
    store.database.close()
