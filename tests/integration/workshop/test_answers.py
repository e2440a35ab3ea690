"""Any figure at the wall is the one that the scenario command gives for the same file."""

import pytest

from tesoma_geo.scenarios.compare import compare
from tesoma_geo.scenarios.scenario import Scenario
from tesoma_geo.workshop.answers import answer

CLOSED = "[[costs]]\nways = [14]\nclosed = true\n"
SERVICES = '[[services]]\nkind = "library"\nlon = 23.63\nlat = 61.4995\n'
ENTRANCE = "[[entrances]]\nlon = 23.6300\nlat = 61.5040\n"
HOMES = "[[homes]]\nlon = 23.6300\nlat = 61.5000\nresidents = 200\n"


def link(line):
    return f'[[links]]\nline = {line}\ntags = {{ highway = "cycleway", foot = "designated", surface = "asphalt" }}\n'


@pytest.fixture(params=["link", "all"])
def scenario(request, link_line, tmp_path):
    parts = {"link": [link(link_line)], "all": [link(link_line), CLOSED, SERVICES, ENTRANCE, HOMES]}
    path = tmp_path / "plan.toml"
    path.write_text("name = 'Plan'\n" + "\n".join(parts[request.param]), encoding="utf-8")
    return Scenario.load(path)


@pytest.fixture
def link_line(link):
    return link


def test_the_figures_are_those_of_the_scenario_command(district, few, scenario):
    whole = compare(few, scenario, whole=True)
    for profile in ("walk", "wheelchair"):
        quick = answer(district, scenario, profile)
        assert quick.residents == whole.figures["profiles"][profile]
        for kind, figures in whole.figures["services"].items():
            assert quick.services[kind]["count"] == figures["count"]
            assert quick.services[kind]["profiles"][profile] == figures["profiles"][profile]
        assert quick.costs == whole.figures["costs"]
        rings = whole.after.isochrones[profile]
        assert quick.isochrones["population"].tolist() == rings["population"].tolist()
        assert (quick.isochrones.geometry.to_wkb() == rings.geometry.to_wkb()).all()
        assert quick.places.geometry.to_wkb().tolist() == whole.places.geometry.to_wkb().tolist()


def test_a_link_brings_somebody_nearer(district, link_line, tmp_path):
    path = tmp_path / "plan.toml"
    path.write_text("name = 'Plan'\n" + link(link_line), encoding="utf-8")
    assert answer(district, Scenario.load(path), "walk").residents["residents"]["gaining"] > 0
