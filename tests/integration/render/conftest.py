"""The sample, assessed once for all tests of this room."""

from dataclasses import replace

import pytest

import tesoma_geo as tg
from tesoma_geo.scenarios.compare import Comparison, compare
from tesoma_geo.scenarios.scenario import Scenario
from tesoma_geo.workspace import LANGUAGES

HOSTILE = '<img src=x onerror="alert(1)">'


@pytest.fixture(scope="session")
def assessment(sample_assessment: tg.Assessment) -> tg.Assessment:
    return sample_assessment


@pytest.fixture(scope="session")
def comparison(assessment: tg.Assessment) -> Comparison:
    """The sample's plan with names that nobody should trust, for two ways of moving."""
    inputs = assessment.inputs
    access = inputs.workspace.access.model_copy(update={"profiles": ("walk", "car")})
    workspace = inputs.workspace.model_copy(update={"access": access, "targets": {}, "transit": None})
    profiles = tuple(profile for profile in inputs.profiles if profile.name in access.profiles)
    scenario = Scenario.load(workspace.path.with_name("scenario.toml"))
    (link,) = scenario.links
    hostile = scenario.model_copy(
        update={
            "name": dict.fromkeys(LANGUAGES, HOSTILE),
            "links": (link.model_copy(update={"tags": {**link.tags, "name": HOSTILE}}),),
            "services": tuple(service.model_copy(update={"name": HOSTILE}) for service in scenario.services),
            "headways": (),
        }
    )
    return compare(
        replace(inputs, workspace=workspace, profiles=profiles, survey=None, timetable=None), hostile, whole=True
    )
