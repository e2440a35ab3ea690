"""The scenario file: every fault is found at the door, and named."""

import pytest

from tesoma_geo.errors import ScenarioError
from tesoma_geo.languages import CATALOGUES
from tesoma_geo.scenarios.scenario import Scenario


@pytest.fixture
def load(tmp_path):
    def loaded(text: str) -> Scenario:
        path = tmp_path / "plan.toml"
        path.write_text(text, encoding="utf-8")
        return Scenario.load(path)

    return loaded


def faults_of(load, text: str) -> dict[str, str]:
    with pytest.raises(ScenarioError) as refused:
        load(text)
    return {fault.where: str(fault) for fault in refused.value.faults}


def test_the_sample_has_a_made_up_plan(sample_workspace):
    scenario = Scenario.load(sample_workspace.with_name("scenario.toml"))
    assert "made up" in scenario.name["en"]
    assert {"links", "costs", "services", "headways"} <= set(scenario.parameters())


def test_a_name_is_enough(load):
    scenario = load('name = "Nothing"')
    assert scenario.name == dict.fromkeys(CATALOGUES, "Nothing")
    assert scenario.parameters() == {"name": scenario.name}


LINE = "line = [[23.62, 61.50], [23.63, 61.50]]"
FAULTY = [
    (f"[[links]]\n{LINE}", "links.0", "no highway"),
    ("[[links]]\nline = [[23.62, 61.50]]", "links.0.line", "at least 2"),
    ("[[links]]\ntags = { highway = 'path' }", "links.0", "none of line, source"),
    ("[[links]]\nsource = 'no.gpkg'", "links.0.source", "no such file"),
    ("[[costs]]\nways = [3]", "costs.0", "changes nothing"),
    (f"[[costs]]\nways = [3]\n{LINE}\nclosed = true", "costs.0", "names ways and line"),
    (f"[[costs]]\narea = {LINE[7:-1]}, [23.63, 61.51]]\ndelay_s = 9", "costs.0", "no stretch"),
    ("[[costs]]\nways = [3]\nfactor = -1", "costs.0.factor", "-1"),
    ("[[costs]]\nways = [3]\nfactr = 2", "costs.0.factr", "Did you mean factor?"),
    ("[[services]]\nkind = 'library'\nlat = 61.5", "services.0", "lacks lon"),
    ("[[services]]\nkind = 'library'\nlon = 623.0\nlat = 61.5", "services.0.lon", "623"),
    ("[[headways]]\nline = 'M1'\nheadway_min = 0\nbetween = ['07:00', '9']", "headways.0.headway_min", "0"),
    ("[[headways]]\nline = 'M1'\nheadway_min = 5\nbetween = ['07:00', '9']", "headways.0.between.1", "07:00"),
    ("[[stops]]\nstop_id = '9001'\nlon = 23.6", "stops.0.lat", "is missing"),
    ("[[lines]]\nname = 'X'", "lines.0", "lacks stops, minutes, headway_min, between"),
    ("[[entrances]]\nlon = 23.6", "entrances.0.lat", "docs/scenarios.md"),
    ("[cost_eur_per_m]\nfotway = 3", "cost_eur_per_m.fotway", "Did you mean footway?"),
    ("[cost_eur_per_m]\nzeppelin = 3", "cost_eur_per_m.zeppelin", "Write a highway, bridge or tunnel"),
    (f"[[costs]]\narea = {LINE[7:-1]}, [23.64, 61.50]]\nclosed = true", "costs.0", "corners lie on one line"),
    ("[[homes]]\narea = [[23.6, 61.5], [23.7, 61.5], [23.6, 61.5]]\nresidents = 9", "homes.0", "on one line"),
    ("[[homes]]\nlon = 23.6\nlat = 61.5\nresidents = -3", "homes.0.residents", "greater than 0"),
    ("[[bridges]]\nlon = 23.6", "bridges", "is not a key of the scenario file"),
]


@pytest.mark.parametrize(("text", "key", "says"), FAULTY, ids=[f"{key}-{says}" for _, key, says in FAULTY])
def test_a_fault_names_its_key_and_what_is_wrong(load, text, key, says):
    assert says in faults_of(load, f"name = 'Plan'\n{text}")[key]


MADE_OF_OTHERS = [
    "[[homes]]\nlon = 23.6\nlat = 61.5\nresidents = -3",
    "[[links]]\nline = [[nan, 61.5], [23.6, 61.5]]\ntags = { highway = 'path' }",
]


@pytest.mark.parametrize("text", MADE_OF_OTHERS)
def test_what_follows_from_another_fault_is_not_told(load, text):
    with pytest.raises(ScenarioError) as refused:
        load(f"name = 'Plan'\n{text}")
    assert len(refused.value.faults) == 1


def test_all_faults_are_told_at_once(load):
    text = "\n".join(text for text, key, _ in FAULTY if key.startswith("services") or key.startswith("stops"))
    assert {"name", "services.0", "services.1.lon", "stops.0.lat"} == faults_of(load, text).keys()


@pytest.mark.parametrize(("content", "says"), [(b"[[links]\n", "is not TOML"), (b"name = '\xe4'", "is not UTF-8")])
def test_a_file_that_cannot_be_read_says_why(tmp_path, content, says):
    path = tmp_path / "plan.toml"
    path.write_bytes(content)
    with pytest.raises(ScenarioError, match=says):
        Scenario.load(path)


def test_a_file_that_is_not_there_says_so(tmp_path):
    with pytest.raises(ScenarioError, match=r"no such scenario file"):
        Scenario.load(tmp_path / "no.toml")


def test_names_may_be_in_the_languages_of_the_workspace(tmp_path):
    path = tmp_path / "plan.toml"
    path.write_text('name = { en = "Bridge", se = "Šaldi" }', encoding="utf-8")
    assert Scenario.load(path, ("se",)).name["se"] == "Šaldi"
    with pytest.raises(ScenarioError, match=r"name\.se: 'se' is no language of the pages"):
        Scenario.load(path)
