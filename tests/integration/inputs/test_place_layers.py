"""The layers of a place stay while settings change that none of them is read by; what is said of settings does not."""

import pytest

from tesoma_geo._content import Contents
from tesoma_geo._steps import Steps
from tesoma_geo.inputs.layers import check_inputs, read_inputs
from tesoma_geo.inputs.place_layers import LAYERS, UNREAD, UNREAD_KEYS
from tesoma_geo.workspace import Workspace
from tests.workspaces import moved, of_profiles

#: What no layer of the place is read by: pattern, replacement.
UNSEEN = {
    "speed": (r"\Z", "\n[profiles.walk]\nspeed_kmh = 9.0\n"),
    "cutoffs": (r"^cutoffs_min = .*$", "cutoffs_min = [1, 200]"),
    "name of the hub": (r'en = "Länsikeskus \(made-up sample\)"', 'en = "x"'),
    "name of the district in another language": (r'sv = "Tesoma \(påhittad modell\)"', 'sv = "x"'),
    "k": (r"^k = 5", "k = 2"),
    "licence": (r'(water.gpkg", licence = )".*?"', r'\1"of lakes"'),
}
SEEN = {
    "buffer": (r"^buffer_m = 300 ", "buffer_m = 250 "),
    "name of the district": (r'fi = "Tesoma \(keksitty malli\)"', 'fi = "Toinen"'),
    "cell": (r"^cell_m = 50 ", "cell_m = 60 "),
    "hub": (r"^entrances = \[\[23.6274961, 61.5052244\], ", "entrances = ["),
    "hubs": (r"\Z", '\n[[hubs]]\nname = { en = "Second" }\nentrances = [[23.6255, 61.5060]]\n'),
}


@pytest.fixture(scope="module")
def folder(sample_workspace, tmp_path_factory):
    """Where the workspace lies, and a cache that has its layers as it is."""
    folder = tmp_path_factory.mktemp("place")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TESOMA_GEO_CACHE", str(folder / "cache"))
        _, record = read(Workspace.load(moved(sample_workspace, folder, *of_profiles("walk"))))
    assert not record.kept
    return folder


@pytest.fixture
def opened(sample_workspace, folder, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(folder / "cache"))
    return lambda *changes: Workspace.load(moved(sample_workspace, folder, *of_profiles("walk"), *changes))


def read(workspace):
    """The layers, and whether they were taken as they were kept."""
    steps = Steps("one job")
    inputs = read_inputs(workspace, steps=steps)
    steps.finish()
    (record,) = steps.records
    assert record.name == LAYERS
    return inputs, record


@pytest.mark.parametrize("what", UNSEEN)
def test_layers_stay_and_what_is_told_of_them_is_that_of_today(opened, what):
    changed = opened(UNSEEN[what])
    inputs, record = read(changed)
    anew = read_inputs(changed)
    assert record.kept
    assert inputs.reports == anew.reports
    assert inputs.left_out == anew.left_out
    assert inputs.workspace == changed
    for name in ("network", "origins", "services", "water", "green", "hub", "survey", "profiles"):
        assert Contents().digest(getattr(inputs, name)) == Contents().digest(getattr(anew, name)), name


@pytest.mark.parametrize("what", SEEN)
def test_layers_are_read_anew_by_other_settings(opened, what):
    _, record = read(opened(SEEN[what]))
    assert not record.kept
    assert "changed: [" in record.why


def test_names_of_several_hubs_tell_them_apart(opened):
    second = '\n[[hubs]]\nname = {{ en = "{}" }}\nentrances = [[23.6255, 61.5060]]\n'
    read(opened((r"\Z", second.format("Second"))))
    assert not read(opened((r"\Z", second.format("Other"))))[1].kept


def test_another_content_of_a_file_and_another_place_of_the_workspace_are_read_anew(opened, sample_workspace, tmp_path):
    copied = tmp_path / "water.gpkg"
    copied.write_bytes((sample_workspace.parent / "sample" / "water.gpkg").read_bytes())
    elsewhere = (r'"[^"]*water.gpkg"', f'"{copied}"')
    assert not read(opened(elsewhere))[1].kept
    assert read(opened(elsewhere))[1].kept
    copied.with_name("water.gpkg.json").write_text('{"date": "2020-05-05"}', encoding="utf-8")
    inputs, record = read(opened(elsewhere))
    assert not record.kept
    assert "2020-05-05" in {report.date for report in inputs.reports}
    moved_away = Workspace.load(moved(sample_workspace, tmp_path, *of_profiles("walk")))
    assert moved_away.path in {report.path for report in read(moved_away)[0].reports}


def test_layers_with_faults_are_not_kept(opened, tmp_path):
    (tmp_path / "lakes.gpkg").write_bytes(b"no lakes")
    steps = Steps("one job")
    inputs, reports = check_inputs(opened((r'"[^"]*water.gpkg"', f'"{tmp_path}/lakes.gpkg"')), steps=steps)
    assert inputs is None
    assert any(report.faults for report in reports)
    assert steps.records == []


def test_what_no_layer_is_read_by_is_called_by_its_name(opened):
    workspace = opened()
    assert {*UNREAD, *UNREAD_KEYS} <= {*Workspace.model_fields}
    for section, names in UNREAD_KEYS.items():
        assert {*names} <= {*type(getattr(workspace, section)).model_fields}
