"""What is told of a trial follows the released answers."""

import datetime
from dataclasses import replace

import pytest

from tesoma_geo.follow_up.register import Register, ended, started
from tesoma_geo.follow_up.trial_report import trial_reports
from tesoma_geo.inputs.layers import read_inputs
from tesoma_geo.inputs.publication import with_publication
from tesoma_geo.workspace import Workspace
from tests.trials import trial_workspace


@pytest.fixture
def workspace(sample_workspace, tmp_path):
    return trial_workspace(sample_workspace, tmp_path / "workspace")


def test_the_result_follows_the_released_answers(workspace):
    """The one cohort of the sample, closed before; and after the trial twenty times as many people say less of it."""
    begun = started(Register(), "crossing", "crossing.toml", datetime.date(2026, 5, 1))
    ended(begun, "crossing", datetime.date(2026, 9, 30), None).write(workspace.with_name("trials.toml"))
    inputs = with_publication(read_inputs(Workspace.load(workspace)), who=None)
    (first,) = inputs.publication.cohorts
    assert trial_reports(inputs)[0].verdict == "unknown"
    rarer = tuple(replace(one, voices=max(one.voices // 3, 5)) for one in first.groups)
    cohorts = (
        replace(first, name="a", closed="2026-04-30"),
        replace(first, name="b", closed="2026-09-30", groups=()),
        replace(first, name="c", closed="2026-12-31", groups=rarer, respondents=20 * first.respondents),
    )
    (report,) = trial_reports(replace(inputs, publication=replace(inputs.publication, cohorts=cohorts)))
    before, _, after = report.voices.periods
    assert after.voices < before.voices
    assert report.verdict == "fewer"
