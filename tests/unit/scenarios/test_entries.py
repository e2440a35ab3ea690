"""What an entry of a scenario file must say, and what it stands for."""

import pytest
from pydantic import ValidationError

from tesoma_geo.errors import ScenarioError
from tesoma_geo.scenarios.entries import LinksEntry
from tesoma_geo.scenarios.scenario import Scenario

LINE = "line = [[23.62, 61.50], [23.63, 61.50]]"


@pytest.fixture
def load(tmp_path):
    def loaded(text: str) -> Scenario:
        path = tmp_path / "plan.toml"
        path.write_text(f"name = 'Plan'\n{text}", encoding="utf-8")
        return Scenario.load(path)

    return loaded


@pytest.mark.parametrize(
    ("text", "key", "says"),
    [
        ("[[ramps]]", "ramps.0", "none of ways, line, area, source"),
        ("[[ramps]]\nways = [3]\nincline_percent = 40", "ramps.0.incline_percent", "40"),
        ("[[paving]]\nways = [3]\nsurfce = 'asphalt'", "paving.0.surfce", "Did you mean surface?"),
        (f"[[lighting]]\nways = [3]\n{LINE}", "lighting.0", "names ways and line"),
        ("[[winter_maintenance]]\nways = [3]\nmaintained = 'maybe'", "winter_maintenance.0.maintained", "maybe"),
        ("[[homes]]\nlon = 23.6\nlat = 61.5", "homes.0.residents", "is missing"),
        ("[[homes]]\nlon = 23.6\nresidents = 5", "homes.0", "lacks lat"),
        ("[[homes]]\nresidents = 5", "homes.0", "none of lon, area"),
        ("[[homes]]\nlon = 23.6\nlat = 61.5\nresidents = { '0-6' = 0 }", "homes.0", "has no residents"),
        ("[[homes]]\nlon = 23.6\nlat = 61.5\nresidents = 5\ndate = 'soon'", "homes.0.date", "2026-03-10"),
        (f"[[links]]\n{LINE}\ntags = {{ highway = 'path' }}\ncost_eur = -3", "links.0.cost_eur", "-3"),
        (
            f"[[links]]\n{LINE}\ntags = {{ highway = 'path' }}\ncost_eur = 3\ncost_eur_per_m = 1",
            "links.0",
            "names cost_eur and cost_eur_per_m",
        ),
    ],
)
def test_a_fault_names_its_key(load, text, key, says):
    with pytest.raises(ScenarioError) as refused:
        load(text)
    told = {fault.where: str(fault) for fault in refused.value.faults}
    assert any(where.startswith(key) and says in text for where, text in told.items()), told


def test_a_place_at_zero_degrees_is_a_place(load):
    assert load("[[homes]]\nlon = 0.0\nlat = 51.5\nresidents = 5").homes[0].people == 5


def test_improvements_say_what_the_street_is_afterwards(load):
    text = "[[ramps]]\nways = [1]\nincline_percent = 6\n[[paving]]\nways = [2]\nsurface = 'concrete'\n"
    text += "[[lighting]]\nways = [3]"
    tags = {key: better.tags() for key, better in load(text).improvements}
    assert tags["ramps.0"]["highway"] == "footway"
    assert tags["ramps.0"]["incline"] == "6%"
    assert tags["ramps.0"]["step_count"] is None
    assert tags["paving.0"]["surface"] == "concrete"
    assert tags["lighting.0"] == {"lit": "yes"}


def test_a_link_of_one_point_is_refused():
    with pytest.raises(ValidationError, match="one point"):
        LinksEntry.model_validate({"line": [[23.6, 61.5], [23.6, 61.5]], "tags": {"highway": "footway"}})
