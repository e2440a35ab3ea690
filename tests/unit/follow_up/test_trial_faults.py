"""What a trial asks for that nobody can answer is told before the trial begins."""

import pytest
import shapely

from tesoma_geo.crs import to_metric
from tesoma_geo.follow_up.trial_faults import known_topics, trial_faults
from tesoma_geo.scenarios.scenario import Scenario
from tesoma_geo.workspace import Workspace

LINK = '[[links]]\nline = [[23.629155, 61.501585], [23.629135, 61.501670]]\ntags = { highway = "footway" }\n'
TRIAL = '[trial]\nbegins = 2026-05-01\nwho = "City"\nquestion = "Does it help?"\n'


@pytest.fixture(scope="module")
def workspace(sample_workspace):
    return Workspace.load(sample_workspace)


def faults(workspace, folder, text, study_area=None, released=()):
    path = folder / "plan.toml"
    path.write_text(f'name = "Plan"\n{text}', encoding="utf-8")
    scenario = Scenario.load(path)
    found = trial_faults(scenario, scenario.trial, workspace, study_area, released)
    return {fault.where: f"{fault.problem}. {fault.remedy}" for fault in found}


WELL = [
    LINK + TRIAL,
    LINK + TRIAL + 'watch = ["walk_within_15_min", "bicycle_median_min", "walk_library_within_15_min", "residents"]\n',
    LINK + TRIAL + 'topics = ["no_crossing", "steps"]\n',
    LINK + TRIAL + 'kind = "idea"\ntopics = ["anything"]\n',
    TRIAL + "places = [[23.6291, 61.5016]]\n",
]
FAULTY = [
    (LINK + TRIAL + 'watch = ["walk_within_17_min"]\n', "trial.watch.0", "Did you mean walk_within_1"),
    (LINK + TRIAL + 'watch = ["residents", "wakl_median_min"]\n', "trial.watch.1", "Did you mean walk_median_min?"),
    (LINK + TRIAL + 'watch = ["happiness"]\n', "trial.watch.0", "Use one of residents, "),
    (LINK + TRIAL + 'topics = ["no_crosing"]\n', "trial.topics.0", "Did you mean no_crossing?"),
    (LINK + TRIAL + 'topics = ["noise"]\n', "trial.topics.0", "Use dark, no_crossing, "),
    (LINK + TRIAL + "places = [[61.5016, 23.6291]]\n", "trial.places.0", "longitude first, then latitude"),
    (LINK + TRIAL + "places = [[23.6291, 61.5016], [-46.6, -23.5]]\n", "trial.places.1", "Correct the place"),
    (LINK + TRIAL + "places = [[0, 0]]\n", "trial.places.0", "outside the district"),
    (TRIAL, "trial.places", "Add places"),
]


@pytest.mark.parametrize("text", WELL)
def test_what_can_be_is_no_fault(workspace, tmp_path, text):
    assert faults(workspace, tmp_path, text) == {}


@pytest.mark.parametrize(("text", "key", "says"), FAULTY)
def test_what_cannot_be_is_told_where_it_stands(workspace, tmp_path, text, key, says):
    found = faults(workspace, tmp_path, text)
    assert list(found) == [key]
    assert says in found[key]


def test_the_district_tells_more_exactly_than_the_hub(workspace, tmp_path):
    text = LINK + TRIAL + "places = [[23.70, 61.51]]\n"
    lon, lat = workspace.hub.entrances[0]
    study_area = shapely.Point(*to_metric(lon, lat, workspace.district.crs)).buffer(1500)
    assert faults(workspace, tmp_path, text) == {}
    assert list(faults(workspace, tmp_path, text, study_area)) == ["trial.places.0"]


def test_a_topic_that_was_released_is_known(workspace, tmp_path):
    assert faults(workspace, tmp_path, LINK + TRIAL + 'topics = ["noise"]\n', released=("noise",)) == {}


def test_topics_are_unknown_where_options_stand_for_themselves(workspace):
    assert known_topics(workspace, "barrier") >= {"steps", "dark", "slippery"}
    (survey,) = workspace.annotations
    asked = survey.questions[0].model_copy(
        update={"category": survey.questions[0].category.model_copy(update={"map": {}})}
    )
    open_survey = survey.model_copy(update={"questions": (asked,)})
    assert known_topics(workspace.model_copy(update={"annotations": (open_survey,)}), "barrier") is None
