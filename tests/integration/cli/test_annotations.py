"""Residents' annotations from import to publication, as a moderator runs the commands."""

import json
import multiprocessing
import os
import signal
import time

import pytest
from click.testing import CliRunner
from made_annotations import CANARIES, CRS, SUBMISSION, copied_sample, said, with_texts

from tesoma_geo.annotations.geopackage import GeoPackage
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.publish import publish, write_publication
from tesoma_geo.annotations.store import Store
from tesoma_geo.cli import commands
from tesoma_geo.inputs.reports import TOLD_TO_MODERATORS
from tesoma_geo.sources.annotations.platforms import read_annotations
from tesoma_geo.workspace import Workspace


@pytest.fixture
def workspace_file(tmp_path, monkeypatch):
    monkeypatch.delenv("TESOMA_GEO_ANNOTATIONS", raising=False)
    return copied_sample(tmp_path)


@pytest.fixture
def run(workspace_file):
    def run(*arguments, code=0):
        name, *others = arguments
        done = CliRunner().invoke(
            commands,
            ["annotations", name, *map(str, others), "--workspace", str(workspace_file)],
            catch_exceptions=False,
        )
        assert done.exit_code == code, done.output
        return done

    return run


def listed(run, *options):
    return json.loads(run("list", "--json", *options).stdout)


def test_from_import_to_publication(run, tmp_path):
    assert json.loads(run("summary", "--json").stdout)["by_state"] == {"pending": 159}  # without a store: the files
    assert "159 new" in run("import").stderr
    assert "159 unchanged" in run("import").stderr
    with_text = [row for row in listed(run) if row["text"] and not row["flags"]]
    # a drawn line is never shown, of one respondent one item is, and which rows come first follows from the key
    shown = next(row for row in with_text if row["kind"] != "missing_link")
    quoted, hidden = [row for row in with_text if row["respondent"] != shown["respondent"]][:2]
    run("approve", shown["id"], "--show", "--why", "a street", "--by", "anna")
    run("approve", quoted["id"])
    run("hide", hidden["id"], "--why", "spam")
    assert json.loads(run("summary", "--json").stdout)["by_state"] == {"approved": 2, "hidden": 1, "pending": 156}
    detail = json.loads(run("show", shown["id"], "--json").stdout)
    assert [(line["who"], line["action"], line["why"]) for line in detail["log"]] == [
        ("anna", "approved, shown", "a street")
    ]
    told = run("publish", "--out", tmp_path / "public").stderr
    assert "Held back: 1 annotations hidden by a moderator" in told
    features = json.loads((tmp_path / "public" / "annotations_public.geojson").read_text(encoding="utf-8"))["features"]
    texts = [feature["properties"].get("text") for feature in features if feature["properties"]["type"] == "shown"]
    assert texts == [shown["text"]]
    tables = json.loads((tmp_path / "public" / "annotations_tables.json").read_text(encoding="utf-8"))
    assert [quote["text"] for quote in tables["quotes"]] == [quoted["text"]]


def test_summary_counts_what_the_contract_names(run):
    content = json.loads(run("summary", "--json").stdout)
    assert content["by_kind"] == {"area": 13, "barrier": 75, "missing_link": 21, "place": 50}
    assert set(content["by_theme"]) == {"business", "communication", "routes", "together", "youth"}
    assert content["respondents"] == 60


def test_flags_are_listed(run, workspace_file):
    with_texts(workspace_file)
    flags = {flag for row in listed(run, "--flagged") for flag in row["flags"]}
    assert {"phone", "identity_code", "email", "address", "name"} <= flags
    assert {row["flags"][0] for row in listed(run, "--flag", "identity_code")} == {"identity_code"}


def test_erase_takes_the_id_of_the_export_and_holds(run, tmp_path):
    run("import")
    before = json.loads(run("summary", "--json").stdout)
    run("erase", "7005", "--why", "asked")
    after = json.loads(run("summary", "--json").stdout)
    assert after["respondents"] == before["respondents"] - 1
    assert after["annotations"] < before["annotations"]
    run("import")
    assert json.loads(run("summary", "--json").stdout)["annotations"] == after["annotations"]
    assert "no respondent" in run("erase", "7005", code=1).stderr


def test_two_publications_are_the_same_bytes(run, tmp_path):
    run("import")
    run("approve", *[row["id"] for row in listed(run)], "--show")
    run("publish", "--out", tmp_path / "a")
    run("publish", "--out", tmp_path / "b")
    files = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert files == ["annotations_audit.json", "annotations_public.geojson", "annotations_tables.json", "manifest.json"]
    for name in files:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_patterns_and_paper_run_on_the_sample(run, tmp_path):
    found = json.loads(run("summary", "--patterns").stdout)["patterns"]
    assert found["clusters"][0]["respondents"] >= 5
    assert found["representativeness"]["by_age"]
    run("paper", "--out", tmp_path / "paper")
    assert "<svg" in (tmp_path / "paper" / "paper_map.html").read_text(encoding="utf-8")


def test_no_canary_gets_through_even_when_everything_is_approved(run, workspace_file, tmp_path):
    with_texts(workspace_file)
    run("import")
    run("approve", *[row["id"] for row in listed(run)], "--show")
    run("publish", "--out", tmp_path / "public")
    key = workspace_file.with_name("annotations.key").read_text().strip()
    names = {row["id"] for row in listed(run)} | {row["respondent"] for row in listed(run)}
    files = [path for path in (tmp_path / "public").rglob("*") if path.is_file()]
    assert len(files) == 4
    for path in files:
        content = path.read_text(encoding="utf-8")
        found = CANARIES.search(content) or SUBMISSION.search(content)
        assert found is None, f"{path.name} holds {found}"
        assert key not in content
        assert not [name for name in names if name in content]


def test_the_store_and_its_key_are_outside_what_is_published(run, workspace_file, tmp_path):
    run("import")
    assert workspace_file.with_name("annotations.gpkg").is_file()
    assert workspace_file.with_name("annotations.key").is_file()
    workspace_file.with_name("annotations.key").unlink()
    assert "key of the annotations is gone" in run("list", code=1).stderr


def test_without_a_store_nothing_is_a_point_or_a_text(workspace_file, tmp_path):
    done = publish(Workspace.load(workspace_file), who="me")
    write_publication(done, tmp_path)
    features = json.loads((tmp_path / "annotations_public.geojson").read_text(encoding="utf-8"))["features"]
    assert features
    assert {feature["properties"]["type"] for feature in features} == {"cell"}
    assert not workspace_file.with_name("annotations.gpkg").exists()


def _import(path, started):
    store = Store(GeoPackage.open(path, CRS), Key(b"k" * 32), CRS)
    started.set()
    store.import_reading(READING, "me")
    store.import_reading(MORE, "me")


READING, MORE = said(150), said(300)


@pytest.mark.slow
def test_killed_in_the_middle_of_an_import_fifty_times(tmp_path):
    """SIGKILL at fifty moments: the store opens, and holds nothing, the first import, or both."""
    fork = multiprocessing.get_context("fork")

    def begun(path):
        started = fork.Event()
        process = fork.Process(target=_import, args=(path, started))
        process.start()
        assert started.wait(300)
        return process, time.monotonic()

    # The moments are parts of the time that it takes on this machine, busy as it is.
    whole, beginning = begun(tmp_path / "whole.gpkg")
    whole.join()
    duration_s = time.monotonic() - beginning
    sizes = []
    for number in range(50):
        path = tmp_path / f"{number}.gpkg"
        process, _ = begun(path)
        time.sleep(duration_s * number / 45)
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        store = Store(GeoPackage.open(path, CRS), Key(b"k" * 32), CRS)
        sizes.append((len(store.annotations()), len(store.respondents())))
        assert store.import_reading(MORE, "me").respondents == 300
        assert len(store.annotations()) == (EVERYTHING if sizes[-1][0] else 600)
        store.database.close()
    assert set(sizes) <= {(0, 0), (300, 150), (EVERYTHING, 300)}
    assert len(set(sizes)) > 1, "no kill came before the end or after the beginning"


#: Made with different sizes, the two readings share the first people's ids but not their places.
EVERYTHING = len(set(READING.annotations["annotation_id"]) | set(MORE.annotations["annotation_id"]))


def test_the_shared_survey_goes_into_the_store_once(shared_data, tmp_path):
    (reading,) = read_annotations(Workspace.load(shared_data / "tesoma.toml"))
    store = Store(GeoPackage.open(tmp_path / "annotations.gpkg", CRS), Key(b"k" * 32), CRS)
    first, again = (store.import_reading(reading, "me") for _ in range(2))
    assert (first.new, first.respondents) == (304 + 90 + 190 + 47, 240)
    assert (again.new, again.changed, again.unchanged) == (0, 0, first.new)
    assert store.annotations()["kind"].value_counts().to_dict() == {
        "barrier": 304, "place": 190, "missing_link": 90, "area": 47,
    }  # fmt: skip
    store.database.close()


def checked(workspace_file, code=0):
    done = CliRunner().invoke(commands, ["check", "--json", "--workspace", str(workspace_file)], catch_exceptions=False)
    assert done.exit_code == code, done.output
    return {layer["key"]: layer for layer in json.loads(done.stdout)["layers"]}


def test_import_tells_what_of_a_survey_cannot_be_used_and_check_no_number_of_it(run, workspace_file):
    title = 'title = "Puuttuva yhteys"'
    text = workspace_file.read_text(encoding="utf-8")
    wrong = text.replace(title, f'{title}\nseverity = "Miksi yhteys tarvitaan?"')
    workspace_file.write_text(wrong, encoding="utf-8")
    survey = checked(workspace_file)["annotations.0.geometries"]
    assert (survey["rows"], survey["extent"], survey["crs"]) == (None, None, CRS)
    assert survey["notes"] == [TOLD_TO_MODERATORS]
    assert "not a number from 1 to 5" in run("import").stderr


def test_check_tells_the_faults_of_every_survey_at_once(workspace_file):
    (workspace_file.parent / "sample" / "survey" / "geopackage.gpkg").write_bytes(b"no GeoPackage")
    second = '\n[[annotations]]\nplatform = "table"\nname = "walk"\ngeometries = "walk.geojson"\nkind = "idea"\n'
    (workspace_file.parent / "walk.geojson").write_text("{}", encoding="utf-8")
    workspace_file.write_text(workspace_file.read_text(encoding="utf-8") + second, encoding="utf-8")
    layers = checked(workspace_file, code=1)
    assert [key for key, layer in layers.items() if layer["faults"]] == [
        "annotations.0.geometries", "annotations.1.geometries",
    ]  # fmt: skip


def test_what_was_imported_counts_and_check_says_so(run, workspace_file):
    run("import")
    run("hide", listed(run)[0]["id"])
    notes = [note for layer in checked(workspace_file).values() for note in layer["notes"]]
    assert [note for note in notes if "what was imported counts as it is in the store" in note]
    assert "159" not in str(notes)


def test_show_and_list_tell_streets_and_services(run):
    run("import")
    rows = listed(run, "--kind", "barrier")
    told = [row for row in rows if row["streets"]]
    assert len(told) > 60
    assert all(0 < row["streets"][0]["confidence"] <= 1 for row in told)
    assert [row for row in rows if row["services"]]
    detail = json.loads(run("show", told[0]["id"], "--json").stdout)
    assert detail["streets"] == told[0]["streets"]
    assert f"osm_id={told[0]['streets'][0]['osm_id']}" in run("show", told[0]["id"]).stdout


def test_cohorts_are_listed_closed_and_withdrawn(run, workspace_file, tmp_path):
    text = workspace_file.read_text(encoding="utf-8")
    workspace_file.write_text(
        text.replace("[publish]\n", "[publish]\ncohort_closes = [2999-12-31]\n"), encoding="utf-8"
    )
    run("import")
    run("publish", "--out", tmp_path / "early")
    early = json.loads((tmp_path / "early" / "annotations_tables.json").read_text(encoding="utf-8"))
    assert (early["cohorts"], early["by_topic"]) == ([], [])
    listed_now = json.loads(run("cohorts", "list", "--json").stdout)
    assert listed_now["waiting"] == listed_now["needed"] == 60
    assert [row["state"] for row in listed_now["cohorts"]] == ["announced"]
    assert "0 respondents wait" in run("cohorts", "close", "--round", "nowhere", code=1).stderr
    run("cohorts", "close", "--name", "workshop")
    assert "closed already" in run("cohorts", "close", "--name", "workshop", code=1).stderr
    run("publish", "--out", tmp_path / "closed")
    closed = json.loads((tmp_path / "closed" / "annotations_tables.json").read_text(encoding="utf-8"))
    assert [(row["cohort"], row["respondents"]) for row in closed["cohorts"]] == [("workshop", 60)]
    run("cohorts", "withdraw", "workshop", "--why", "wrong survey")
    run("publish", "--out", tmp_path / "withdrawn")
    for name in ("annotations_tables.json", "annotations_public.geojson", "annotations_audit.json"):
        assert (tmp_path / "withdrawn" / name).read_bytes() == (tmp_path / "early" / name).read_bytes()
    assert json.loads(run("cohorts", "list", "--json").stdout)["waiting"] == 0
