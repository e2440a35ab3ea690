"""After one changed setting a run takes what it may, and gives the bytes of a run anew: each section changed alone."""

import json
import re
import shutil

import pytest
from click.testing import CliRunner

from tesoma_geo.cli import commands
from tesoma_geo.render.stills import basemap
from tesoma_geo.workspace import Workspace
from tests.finished_runs import FinishedRun, differing, told
from tests.workspaces import moved, of_profiles

#: What is told of former figures alone: no layer is read. Pattern, replacement.
RETOLD = {
    "targets": (r"^walk_within_15_min = .*$", "walk_within_15_min = 0.2\nwalk_within_5_min = 0.5"),
    "targets, none": (r"^\[targets\]\nwalk_within_15_min = .*$", ""),
    "workshop": (r"\Z", "\n[workshop.cost_eur_per_m]\nfootway = 900\n"),
    "site": (r"^\[site\]$", '[site]\ncontact = "a@b.example"'),
    "district, a licence": (
        r"\"planning_area == 'Mallila'\"",
        '''"planning_area == 'Mallila'", licence = "the <City>"''',
    ),
    "network, a licence": (r'^(buffer_m = 300.*\n)licence = ".*?"', r'\1licence = "© somebody"'),
    "elevation, a licence": (r'^(source = ".*elevation.tif"\n)licence = ".*?"', r'\1licence = "of the ground"'),
    "basemap, a licence": (r'(water.gpkg", licence = )".*?"', r'\1"of lakes"'),
    "population, no licence": (r'^(cell_m = .*\n)licence = ".*?"', r"\1"),
    "services, a licence": (r'^(name = "name"\n)licence = ".*?"', r'\1licence = "of libraries"'),
    "hub, its name": (r'en = "Länsikeskus \(made-up sample\)"', 'en = "Elsewhere"'),
    "annotations, other words": (r'"made up: answers"', '"Made up by <Somebody> & 5–7 others"'),
    "annotations, a licence": (r'^(respondents = .*\n)licence = ".*?"', r'\1licence = "of those who answered"'),
}
#: What figures follow from, or names of places that files hold.
COMPUTED = {
    "district": (r'en = "Tesoma \(made-up sample\)"', 'en = "Elsewhere"'),
    "hub": (r"^entrances = \[\[23.6274961, 61.5052244\], ", "entrances = ["),
    "hubs": (r"\Z", '\n[[hubs]]\nname = { en = "Second" }\nentrances = [[23.6255, 61.5060]]\n'),
    "network": (r"^buffer_m = 300 ", "buffer_m = 250 "),
    "elevation": (r'^(source = ".*elevation.tif"\n)', r"\1error_m = 3.0" + "\n"),
    "population": (r"^cell_m = 50 ", "cell_m = 60 "),
    "services": (r'^playground = ".*"$', ""),
    "nature": (r"\Z", '\n[nature]\nareas = "LAYERS/water.gpkg"\n'),
    "winter": (r'"II" = "maintained"', '"II" = "unmaintained"'),
    "annotations": (r'^severity = ".*"\n', ""),
    "access": (r"^cutoffs_min = .*$", "cutoffs_min = [5, 10, 20]"),
    "profiles": (r"\Z", "\n[profiles.walk]\nspeed_kmh = 4.2\n"),
    "themes": (r"\Z", '\n[themes]\n"Leikki" = "play"\n'),
    "moderation": (r"\Z", "\n[moderation]\nfar_m = 1500.0\n"),
    "publish": (r"^k = 5", "k = 6"),
    "experience": (r"\Z", "\n[experience]\nmax_factor = 3.0\n"),
}
#: Without several hubs nothing follows from how people choose; the others need layers that the sample has not.
NOT_CHANGED = {"path", "hub_choice", "survey_walk", "basemap", "transit", "site", "targets", "workshop"}


@pytest.fixture(scope="module")
def one_language(sample_workspace, tmp_path_factory):
    """A run on foot in English, with what was kept of it."""
    folder = tmp_path_factory.mktemp("changed")
    answers = (r'^(respondents = .*\n)licence = ".*?"', r'\1licence = "made up: answers"')
    changes = (*of_profiles("walk"), (r"^languages = .*$", 'languages = ["en"]'), answers)
    workspace = moved(sample_workspace, folder, *changes)
    run = FinishedRun(workspace, folder / "results", folder / "cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TESOMA_GEO_CACHE", str(run.cache))
        told("run", "-q", "--workspace", workspace, "--out", run.results)
    return run


@pytest.fixture
def changed(one_language, sample_workspace, tmp_path, monkeypatch):
    """Changes the workspace of the run while a test lasts; the cache is a copy."""
    shutil.copytree(one_language.cache, tmp_path / "cache")
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))
    before = one_language.workspace.read_text(encoding="utf-8")

    def change(old, new):
        new = new.replace("LAYERS", str(sample_workspace.parent / "sample"))
        text, count = re.subn(old, new, before, count=1, flags=re.MULTILINE)
        assert count == 1
        one_language.workspace.write_text(text, encoding="utf-8")
        return one_language.workspace

    yield change
    one_language.workspace.write_text(before, encoding="utf-8")


def alike(one, other):
    """Whether two results are the same but for the moment that they were made at."""
    manifests = [json.loads((folder / "manifest.json").read_text(encoding="utf-8")) for folder in (one, other)]
    return (
        differing(one, other) in ([], ["manifest.json"])
        and len({json.dumps({**m, "made_at": ""}) for m in manifests}) == 1
    )


@pytest.mark.parametrize("what", RETOLD)
def test_what_is_told_otherwise_gives_the_bytes_of_a_run_anew(changed, what, tmp_path, request):
    workspace = changed(*RETOLD[what])
    anew = ("run", "-q", "--no-cache", "--workspace", workspace, "--out", tmp_path / "anew")
    told(*anew)
    request.getfixturevalue("nobody_assesses")
    told("run", "-q", "--workspace", workspace, "--out", tmp_path / "kept")
    assert alike(tmp_path / "kept", tmp_path / "anew")
    # What is drawn of it later is what it was written from.
    told("site", "--results", tmp_path / "kept", "--out", tmp_path / "site")
    for page in (tmp_path / "kept" / "site").glob("*.html"):
        assert page.read_bytes() == (tmp_path / "site" / page.name).read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("what", COMPUTED)
def test_each_section_changed_alone_gives_the_bytes_of_a_run_anew(changed, what, tmp_path):
    workspace = changed(*COMPUTED[what])
    told("run", "-q", "--workspace", workspace, "--out", tmp_path / "kept")
    told("run", "-q", "--no-cache", "--workspace", workspace, "--out", tmp_path / "anew")
    assert alike(tmp_path / "kept", tmp_path / "anew")


def test_what_is_drawn_of_a_former_run_may_be_damaged(changed, tmp_path):
    workspace = changed(*RETOLD["targets"])
    for kept in (tmp_path / "cache").glob("finished-*/value.pickle"):
        kept.write_bytes(b"")
    told("run", "-q", "--workspace", workspace, "--out", tmp_path / "kept")
    assert '"walk_within_5_min"' in (tmp_path / "kept" / "summary.json").read_text(encoding="utf-8")


def test_stills_stay_where_answers_have_other_terms(changed, tmp_path):
    run = ["run", "--explain", "--workspace", str(changed(*RETOLD["annotations, a licence"]))]
    done = CliRunner().invoke(commands, [*run, "--out", str(tmp_path / "kept")], catch_exceptions=False)
    of_stills = [line for line in done.stderr.splitlines() if line.startswith("stills walk")]
    assert of_stills
    assert all(" kept: " in line for line in of_stills)


@pytest.mark.parametrize("what", ["hub, its name", "basemap, a licence"])
def test_nothing_of_a_map_but_words_is_drawn_where_these_alone_change(changed, what, tmp_path, monkeypatch):
    workspace = changed(*RETOLD[what])

    def drawn(*_, **__):
        raise AssertionError("a map is drawn")

    for part in ("below_homes", "homes", "above_homes"):
        monkeypatch.setattr(basemap, part, drawn)
    run = ["run", "--explain", "--workspace", str(workspace), "--out", str(tmp_path / "kept")]
    done = CliRunner().invoke(commands, run, catch_exceptions=False)
    assert done.exit_code == 0
    assert [line.split()[4] for line in done.stderr.splitlines() if line.startswith("stills walk")] == ["done:"]


def test_every_section_is_changed_by_a_test():
    assert {*Workspace.model_fields} == {what.partition(",")[0] for what in COMPUTED} | NOT_CHANGED
    assert {what.partition(",")[0] for what in RETOLD} | {*COMPUTED} >= NOT_CHANGED - {
        "path", "hub_choice", "survey_walk", "transit"
    }  # fmt: skip


def test_no_mark_is_left_in_any_file(one_language):
    for path in one_language.results.rglob("*"):
        if path.suffix in (".html", ".js", ".json", ".csv", ".qml", ".qgs"):
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"\ue000|\\ue000|<!--(targets|site):", text), path


def test_other_words_of_a_licence_ask_for_no_step(changed, tmp_path, nobody_assesses):
    run = ["run", "--explain", "--workspace", str(changed(*RETOLD["annotations, other words"]))]
    done = CliRunner().invoke(commands, [*run, "--out", str(tmp_path / "kept")], catch_exceptions=False)
    assert [line.split("  ")[0] for line in done.stderr.splitlines() if " done: " in line] == [
        "targets, licences and words of the site"
    ]
    page = (tmp_path / "kept" / "site" / "index.html").read_text(encoding="utf-8")
    assert "Made up by &lt;Somebody&gt; &amp; " in page


def test_it_is_told_which_steps_another_target_asked_for(changed, tmp_path, nobody_assesses):
    run = ["run", "--explain", "--workspace", str(changed(*RETOLD["targets"])), "--out", str(tmp_path / "kept")]
    done = CliRunner().invoke(commands, run, catch_exceptions=False)
    lines = [line for line in done.stderr.splitlines() if " done: " in line or " kept: " in line]
    assert [line.split("  ")[0] for line in lines if " done: " in line] == ["targets, licences and words of the site"]
    assert [line.partition("done: ")[2] for line in lines if " done: " in line] == ["changed: [targets]"]
    assert {line.split("  ")[0] for line in lines if " kept: " in line} >= {
        "reach walk",
        "voices en",
        "stills walk",
        "pages en",
    }
    page = (tmp_path / "kept" / "site" / "figures-en.html").read_text(encoding="utf-8")
    assert "20" in page


def test_what_changed_is_told_by_section_and_layer_against_the_last_run(changed, tmp_path, nobody_assesses):
    def why(number, *change):
        run = ["run", "--explain", "--workspace", str(changed(*change)), "--out", str(tmp_path / str(number))]
        done = CliRunner().invoke(commands, run, catch_exceptions=False)
        assert done.exit_code == 0
        return [line.partition("done: ")[2] for line in done.stderr.splitlines() if " done: " in line]

    assert why(1, *RETOLD["site"]) == ["changed: [site]"]
    assert why(2, *RETOLD["annotations, other words"]) == ["changed: [site], licence of annotations.0"]
    assert why(3, r"\Z", "") == []  # as at first: the first result is written again
    assert why(4, *RETOLD["workshop"]) == ["changed: [workshop]"]
    assert why(5, r"\Z", "\n[workshop.cost_eur_per_m]\nfootway = 900\n# a remark\n") == [
        "what is kept is of another workspace file"
    ]


def test_targets_and_a_former_result_that_was_changed_by_hand(changed, one_language, tmp_path, nobody_assesses):
    workspace = changed(*RETOLD["targets"])
    page = one_language.results / "site" / "index.html"
    before = page.read_bytes()
    page.write_bytes(b"mine")
    done = CliRunner().invoke(commands, ["run", "--workspace", str(workspace), "--out", str(tmp_path / "kept")])
    page.write_bytes(before)
    assert done.exit_code == 1  # it would assess
