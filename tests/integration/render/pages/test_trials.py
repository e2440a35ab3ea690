"""The pages of trials have every verdict in every language."""

from types import SimpleNamespace

import pytest

import tesoma_geo as tg
from tesoma_geo.follow_up.voices import TrialVoices, VoiceChange
from tesoma_geo.render.pages.trials import result_sentence
from tesoma_geo.render.text.catalogue import catalogue_of

VERDICTS = ("planned", "running", "unknown", "fewer", "more", "maybe_fewer", "maybe_more", "no_change")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_verdict_is_a_sentence_of_its_own(assessment: tg.Assessment, language: str) -> None:
    voices = TrialVoices((), (VoiceChange("after", 0.5, 0.3, 0.8, 0.973),), (), 5)
    section = SimpleNamespace(kind="barrier")
    catalogue = catalogue_of(assessment.workspace, language)
    told = [
        result_sentence(SimpleNamespace(voices=voices, section=section, verdict=verdict), catalogue)  # type: ignore[arg-type]
        for verdict in VERDICTS
    ]
    assert len(set(told)) == len(VERDICTS)
    assert not any("{" in sentence for sentence in told)
    assert all("97" in sentence for sentence in told[3:])
