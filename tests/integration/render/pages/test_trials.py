"""The pages of trials have every verdict in every language."""

import datetime
from types import SimpleNamespace

import pytest

import tesoma_geo as tg
from tesoma_geo.follow_up.voices import TrialVoices, VoiceChange
from tesoma_geo.render.pages.trials import result_sentence, trials_sentence
from tesoma_geo.render.text.catalogue import catalogue_of

VERDICTS = ("planned", "running", "unknown", "fewer", "more", "maybe_fewer", "maybe_more", "no_change")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_verdict_is_a_sentence_of_its_own(assessment: tg.Assessment, language: str) -> None:
    voices = TrialVoices((), (VoiceChange("after", 0.5, 0.3, 0.8, 0.973),), (), 5)
    section = SimpleNamespace(kind="barrier", ends=None)
    catalogue = catalogue_of(assessment.workspace, language)
    told = [
        result_sentence(SimpleNamespace(voices=voices, section=section, verdict=verdict), catalogue)  # type: ignore[arg-type]
        for verdict in VERDICTS
    ]
    assert len(set(told)) == len(VERDICTS)
    assert not any("{" in sentence for sentence in told)
    assert all("97" in sentence for sentence in told[3:])


def test_a_trial_past_its_last_day_that_nobody_ended_does_not_run(assessment: tg.Assessment) -> None:
    english = catalogue_of(assessment.workspace, "en")
    section = SimpleNamespace(kind="barrier", ends=datetime.date(2026, 9, 30))
    told = [
        result_sentence(
            SimpleNamespace(voices=None, section=section, verdict="running", overdue=overdue),  # type: ignore[arg-type]
            english,
        )
        for overdue in (False, True)
    ]
    assert told[0].startswith("The trial is to last until 30\u00a0September 2026")
    assert told[1].startswith(
        "The trial should have ended on 30\u00a0September 2026, but nobody has marked it as ended"
    )


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "1 trial is running, 2 trials have ended."),
        ("fi", "1 kokeilu on käynnissä, 2 kokeilua on päättynyt."),
        ("sv", "1 försök pågår, 2 försök är avslutade."),
    ],
)
def test_the_list_begins_with_how_many_are_at_which_stage(
    assessment: tg.Assessment, language: str, expected: str
) -> None:
    trials = [
        SimpleNamespace(overdue=False, trial=SimpleNamespace(state=state)) for state in ("ended", "running", "ended")
    ]
    assert trials_sentence(trials, catalogue_of(assessment.workspace, language)) == expected  # type: ignore[arg-type]


def test_of_the_only_trial_the_list_tells_what_came_of_it(assessment: tg.Assessment) -> None:
    english = catalogue_of(assessment.workspace, "en")
    section = SimpleNamespace(kind="barrier", ends=datetime.date(2026, 9, 30))
    only = SimpleNamespace(
        voices=None, section=section, verdict="running", overdue=True, scenario=SimpleNamespace(name={"en": "A bench"})
    )
    told = trials_sentence([only], english)  # type: ignore[list-item]
    assert told.startswith("A bench: the trial should have ended on 30\u00a0September 2026, but nobody")
