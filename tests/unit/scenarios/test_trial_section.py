"""Trials in a scenario file: what cannot be is refused where it stands, in a planner's words."""

import pytest

from tesoma_geo.errors import ScenarioError
from tesoma_geo.scenarios.scenario import Scenario
from tesoma_geo.scenarios.trial_section import TrialSection
from tesoma_geo.sources.annotations.schema import KINDS

LINK = '[[links]]\nline = [[23.629155, 61.501585], [23.629135, 61.501670]]\ntags = { highway = "footway" }\n'
TRIAL = '[trial]\nbegins = 2026-05-01\nwho = "City"\nquestion = "Does it help?"\n'


def load(folder, text: str) -> Scenario:
    path = folder / "plan.toml"
    path.write_text(f'name = "Plan"\n{text}', encoding="utf-8")
    return Scenario.load(path)


def test_every_kind_of_answer_may_be_watched(tmp_path):
    for kind in KINDS:
        assert load(tmp_path, f'{LINK}{TRIAL}kind = "{kind}"\n').trial.kind == kind
    assert TrialSection.model_fields["kind"].default in KINDS


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (TRIAL.replace("2026-05-01", '"soon"'), ["trial.begins: 'soon'", "Write year, month and day"]),
        (TRIAL.replace("2026-05-01", "2026-13-01"), ["is not TOML"]),
        (TRIAL + "ends = 2026-04-01\n", ["ends on 2026-04-01, before it begins on 2026-05-01"]),
        (TRIAL.replace('who = "City"\n', ""), ["trial.who: is missing"]),
        (TRIAL.replace('"City"', '""'), ["trial.who: ''"]),
        (TRIAL.replace('question = "Does it help?"\n', ""), ["trial.question: is missing"]),
        (TRIAL + "within_m = -5\n", ["trial.within_m: -5", "greater than 0"]),
        (TRIAL + 'within_m = "near"\n', ["trial.within_m: 'near'"]),
        (TRIAL + "within_m = nan\n", ["trial.within_m: nan"]),
        (TRIAL + 'kind = "complaint"\n', ["trial.kind: 'complaint'", "'barrier'"]),
        (TRIAL + 'expects = "better"\n', ["trial.expects: 'better'", "'fewer' or 'more'"]),
        (TRIAL + "places = [23.6, 61.5]\n", ["trial.places.0: 23.6 is no list", "in brackets"]),
        (TRIAL + "places = [[23.6, 161.5]]\n", ["trial.places.0.1: 161.5"]),
        (TRIAL + 'watch = "walk"\n', ["trial.watch: 'walk' is no list", "in brackets"]),
        (TRIAL + 'rounds = { before = "x" }\n', ["trial.rounds.before: 'x' is no list"]),
        (TRIAL + 'rounds = { earlier = ["x"] }\n', ["trial.rounds.earlier"]),
        (TRIAL + 'sucess = "x"\n', ["trial.sucess", "Did you mean success?"]),
        (TRIAL.replace("2026-05-01", "2026"), ["trial.begins: 2026 is no day", "Write year, month and day"]),
        (TRIAL.replace("2026-05-01", "2026-05-01T12:00:00"), ["trial.begins: 2026-05-01 12:00:00 is no day"]),
        (TRIAL.replace("2026-05-01", "0206-05-01"), ["trial.begins: 0206-05-01 is of the year 206"]),
        (TRIAL.replace('"City"', '"  "'), ["trial.who: '  '"]),
        (TRIAL.replace('"Does it help?"', '" "'), ["trial.question: ' ' has no words"]),
        (TRIAL + "within_m = 0.25\n", ["trial.within_m: 0.25 is less than a metre"]),
        (TRIAL + 'rounds = { before = ["a"], after = ["b", "a"] }\n', ["names the cohort a twice", "under one period"]),
        (TRIAL.replace("[trial]", "[[trial]]"), ["trial: ", "is no table of keys", "below [its name]"]),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_where_it_stands(tmp_path, text, told):
    with pytest.raises(ScenarioError) as refused:
        load(tmp_path, LINK + text)
    for part in told:
        assert part in str(refused.value)
    for jargon in ("tuple", "dictionary", "instance of", "dict["):
        assert jargon not in str(refused.value)


def test_a_word_in_place_of_a_trial_is_no_trial(tmp_path):
    with pytest.raises(ScenarioError, match="trial: 'yes' is no table of keys"):
        load(tmp_path, f'trial = "yes"\n{LINK}')
