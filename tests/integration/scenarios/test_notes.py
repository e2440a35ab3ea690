"""What a reader must know of a plan beside who gains and loses."""

import pytest

from tesoma_geo.scenarios.notes import notes_on
from tesoma_geo.scenarios.scenario import Scenario


@pytest.fixture
def notes(sample_inputs, tmp_path):
    def told(text: str) -> dict[str, str]:
        path = tmp_path / "plan.toml"
        path.write_text(f'name = "Plan"\n{text}', encoding="utf-8")
        found = notes_on(Scenario.load(path), sample_inputs, sample_inputs, [])
        return {note["key"]: note["text"] for note in found}

    return told


def service(kind: str) -> str:
    return f'[[services]]\nkind = "{kind}"\nlon = 23.6275\nlat = 61.5053\n'


def test_a_plan_without_changes_says_so(notes):
    assert "changes nothing" in notes("")["the scenario"]
    assert notes(service("library")) == {}


def test_a_kind_that_there_is_none_of_is_told_with_the_nearest(notes):
    assert notes(service("library") + service("libary")) == {
        "services.1": "'libary' is a kind of service that there is none of today. Did you mean library?"
    }
    assert "Did you mean" not in notes(service("observatory"))["services.0"]


def test_winter_maintenance_changes_winter_alone(notes):
    assert list(notes("[[winter_maintenance]]\nways = [1]\n")) == ["winter_maintenance"]
