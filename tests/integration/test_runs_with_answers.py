"""A run of a district with a store of answers, a register of trials, metrics or kept inputs is had again as any other.

And never where the store is another one: what is told follows from the answers as they are now, and a run that wrote
into the store is not had again in its place.
"""

import json
import shutil

import pytest
from click.testing import CliRunner
from made_annotations import copied_sample, said

from tesoma_geo._files import cache_folder
from tesoma_geo.annotations.store_cohorts import stored_cohorts, withdraw
from tesoma_geo.annotations.store_location import open_store
from tesoma_geo.cli import commands
from tesoma_geo.follow_up.kept_inputs import KEPT, kept_run
from tesoma_geo.workspace import Workspace
from tests.finished_runs import FinishedRun, differing, told
from tests.workspaces import moved, of_profiles

PLAN = """
name = "Crossing"
[[links]]
line = [[23.629155, 61.501585], [23.629135, 61.501670]]
tags = { highway = "footway" }
[trial]
begins = 2026-05-01
who = "City"
question = "Does it help?"
"""


def answered(sample_folder, folder):
    """The workspace of the sample on foot in English, in a folder of its own, its survey in a store."""
    english = (r"^languages = .*$", 'languages = ["en"]')
    workspace = moved(copied_sample(sample_folder), folder, *of_profiles("walk"), english)
    told("annotations", "import", "--workspace", workspace)
    return workspace


@pytest.fixture(scope="module")
def one_run(tmp_path_factory):
    """A run after which nothing is due, with what was kept of it."""
    folder = tmp_path_factory.mktemp("answered")
    (folder / "workspace").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TESOMA_GEO_CACHE", str(folder / "cache"))
        patch.delenv("TESOMA_GEO_ANNOTATIONS", raising=False)
        workspace = answered(folder, folder / "workspace")
        told("annotations", "publish", "--workspace", workspace, "--out", folder / "published")
        told("run", "-q", "--workspace", workspace, "--out", folder / "results")
    return FinishedRun(workspace, folder / "results", folder / "cache")


@pytest.fixture
def run(one_run, tmp_path, monkeypatch):
    """That run; whatever a test changes of its workspace is put back, and its cache is a copy."""
    shutil.copytree(one_run.cache, tmp_path / "cache")
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("TESOMA_GEO_ANNOTATIONS", raising=False)
    place = one_run.workspace.parent
    shutil.copytree(place, tmp_path / "before")
    yield one_run
    shutil.rmtree(place)
    shutil.copytree(tmp_path / "before", place)


def asked(run, out, *options):
    words = ["run", "--explain", "--workspace", run.workspace, "--out", out, *options]
    return CliRunner().invoke(commands, [str(word) for word in words])


def would_assess(done):
    """Whether a run asked for what a test refuses."""
    return done.exit_code == 1 and "assessed again" in f"{done.output} {done.exception!r}"


def figures_of(file):
    lines = [line for line in file.read_text().splitlines() if not line.startswith("#")]
    return dict(line.rsplit(" ", 1) for line in lines)


@pytest.mark.usefixtures("nobody_assesses")
def test_a_night_without_news_reads_no_layer_and_leaves_its_figures(run, tmp_path):
    done = asked(run, tmp_path / "again", "--metrics", tmp_path / "again.prom", "--log-format", "json")
    assert done.exit_code == 0, done.output
    # As of a run that finds all steps one by one: the words of a log do not tell whether the store changed.
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    told_of = [line["part"] for line in lines if line["message"] == "part"]
    assert told_of == ["reading the layers", "writing the results and drawing the pages"]
    steps = [line for line in lines if line["message"] == "step"]
    assert {(line["kept"], line["why"]) for line in steps} == {(True, "nothing that it follows from changed")}
    assert [line["step"] for line in steps] == sorted(line["step"] for line in steps)
    assert " done: " not in done.stderr
    assert set(differing(run.results, tmp_path / "again")) <= {"manifest.json"}
    figures = figures_of(tmp_path / "again.prom")
    summary = json.loads((run.results / "summary.json").read_text(encoding="utf-8"))
    manifest = json.loads((run.results / "manifest.json").read_text(encoding="utf-8"))
    assert int(figures["tesoma_geo_residents"]) == summary["population_total"]
    assert int(figures["tesoma_geo_left_out_kinds"]) == len(manifest["left_out"])
    assert figures['tesoma_geo_step_seconds{step="reach walk",kept="1"}'] == "0"


def test_another_contact_is_told_with_the_same_answers(run, tmp_path, request):
    text = run.workspace.read_text(encoding="utf-8")
    run.workspace.write_text(text.replace("[site]", '[site]\ncontact = "a@b.example"'), encoding="utf-8")
    assert asked(run, tmp_path / "anew", "--no-cache").exit_code == 0
    request.getfixturevalue("nobody_assesses")
    assert asked(run, tmp_path / "said").exit_code == 0
    assert set(differing(tmp_path / "said", tmp_path / "anew")) <= {"manifest.json"}


def test_another_name_of_the_hub_is_told_with_the_same_answers(run, tmp_path, request):
    text = run.workspace.read_text(encoding="utf-8")
    old = 'en = "Länsikeskus (made-up sample)"'
    assert old in text
    run.workspace.write_text(text.replace(old, 'en = "Elsewhere"'), encoding="utf-8")
    assert asked(run, tmp_path / "anew", "--no-cache").exit_code == 0
    request.getfixturevalue("nobody_assesses")
    assert asked(run, tmp_path / "said").exit_code == 0
    assert set(differing(tmp_path / "said", tmp_path / "anew")) <= {"manifest.json"}


#: What may happen to a store between two nights.
NEWS = {
    "an answer": lambda store, first: store.import_reading(said(3), "me"),
    "moderated": lambda store, first: store.set_state([first], "approved", who="me", why="read"),
    "hidden": lambda store, first: store.set_state([first], "hidden", who="me", why="no"),
    "redacted": lambda store, first: store.redact(first, None, who="me", why="a name"),
    "withdrawn": lambda store, first: withdraw(store, stored_cohorts(store)[0].name, who="me", why="wrong"),
    "erased": lambda store, first: store.erase(store.respondents()["respondent"].iloc[0], who="me", why="asked"),
}


@pytest.mark.usefixtures("nobody_assesses")
@pytest.mark.parametrize("what", NEWS)
def test_a_store_with_news_is_always_read_anew(run, tmp_path, what):
    store = open_store(Workspace.load(run.workspace))
    NEWS[what](store, store.annotations()["annotation_id"].iloc[0])
    store.database.close()
    done = asked(run, tmp_path / "again")
    assert would_assess(done)
    text = run.workspace.read_text(encoding="utf-8")
    run.workspace.write_text(text.replace("[site]", '[site]\ncontact = "a@b.example"'), encoding="utf-8")
    assert would_assess(asked(run, tmp_path / "again"))


@pytest.mark.usefixtures("nobody_assesses")
@pytest.mark.parametrize("file", ["annotations.key", "annotations.gpkg"])
def test_a_store_without_its_key_or_a_key_without_its_store_is_told_by_a_run_anew(run, tmp_path, file):
    (run.workspace.parent / file).unlink()
    assert would_assess(asked(run, tmp_path / "again"))


def test_a_run_that_wrote_into_the_store_is_not_had_again_where_the_store_is_put_back(tmp_path, monkeypatch):
    """Else its cohort would be published and not be in the store: what came later could be told apart from it."""
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("TESOMA_GEO_ANNOTATIONS", raising=False)
    (tmp_path / "workspace").mkdir()
    workspace = answered(tmp_path, tmp_path / "workspace")
    store = workspace.with_name("annotations.gpkg")
    shutil.copy(store, tmp_path / "imported.gpkg")
    told("run", "-q", "--workspace", workspace, "--out", tmp_path / "first")
    assert not list(cache_folder().glob("run-*"))
    shutil.copy(tmp_path / "imported.gpkg", store)
    told("run", "-q", "--workspace", workspace, "--out", tmp_path / "second")
    opened = open_store(Workspace.load(workspace))
    (cohort,) = stored_cohorts(opened)
    opened.database.close()
    assert cohort.respondents
    told("run", "-q", "--workspace", workspace, "--out", tmp_path / "third")  # of the store as it is now
    assert list(cache_folder().glob("run-*"))


@pytest.mark.usefixtures("nobody_assesses")
def test_inputs_are_kept_of_a_run_that_is_had_again_and_only_where_they_are_asked_for(run, tmp_path):
    out = tmp_path / "runs" / "first"
    assert asked(run, out, "--keep-inputs", "--as-of", "2026-01-01").exit_code == 0
    assert kept_run(out).date == "2026-01-01"
    assert asked(run, tmp_path / "runs" / "second", "--keep-inputs", "--as-of", "2026-02-01").exit_code == 0
    assert kept_run(tmp_path / "runs" / "second").date == "2026-02-01"
    assert asked(run, tmp_path / "runs" / "third").exit_code == 0
    assert not (tmp_path / "runs" / "third" / KEPT).exists()


def test_the_newest_of_equal_results_is_taken_so_that_older_ones_may_go(run, tmp_path, nobody_assesses):
    assert asked(run, tmp_path / "second").exit_code == 0
    shutil.move(run.results, tmp_path / "away")
    done = asked(run, tmp_path / "third")
    shutil.move(tmp_path / "away", run.results)
    assert done.exit_code == 0, done.output
    assert set(differing(run.results, tmp_path / "third")) <= {"manifest.json"}


def test_trials_are_had_again_as_their_register_and_plans_are(run, tmp_path, request):
    place = run.workspace.parent
    (place / "crossing.toml").write_text(PLAN, encoding="utf-8")
    (place / "trials.toml").write_text('[trials.crossing]\nscenario = "crossing.toml"\n', encoding="utf-8")
    assert asked(run, tmp_path / "tried").exit_code == 0
    text = run.workspace.read_text(encoding="utf-8")
    contact = text.replace("[site]", '[site]\ncontact = "a@b.example"')
    run.workspace.write_text(contact, encoding="utf-8")
    assert asked(run, tmp_path / "anew", "--no-cache").exit_code == 0
    request.getfixturevalue("nobody_assesses")
    assert asked(run, tmp_path / "said").exit_code == 0
    assert set(differing(tmp_path / "said", tmp_path / "anew")) <= {"manifest.json"}
    assert "Does it help?" in "".join(page.read_text("utf-8") for page in (tmp_path / "said" / "site").glob("*.html"))
    run.workspace.write_text(text.replace("Länsikeskus (made-up", "Elsewhere (made-up"), encoding="utf-8")
    assert would_assess(asked(run, tmp_path / "named"))  # streets are asked
    run.workspace.write_text(text, encoding="utf-8")
    assert asked(run, tmp_path / "again").exit_code == 0
    (place / "crossing.toml").write_text(PLAN.replace("City", "Town"), encoding="utf-8")
    assert would_assess(asked(run, tmp_path / "planned"))
