"""What is told of a trial follows the released answers."""

import datetime
from dataclasses import replace

import pytest

from tesoma_geo.follow_up.register import Register, TrialNote, ended, started
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


def test_a_note_after_the_last_day_tells_that_nobody_ended_it(workspace):
    begun = started(Register(), "crossing", "crossing.toml", datetime.date(2026, 5, 1))
    plan = workspace.with_name("crossing.toml")
    plan.write_text(plan.read_text("utf-8").replace("[trial]", "[trial]\nends = 2026-08-30"), encoding="utf-8")
    inputs = read_inputs(Workspace.load(workspace))
    for day, overdue in ((30, False), (31, True)):
        last = begun.trials["crossing"].model_copy(
            update={"notes": (TrialNote(date=datetime.date(2026, 8, day), text="Seen"),)}
        )
        Register(trials={"crossing": last}).write(workspace.with_name("trials.toml"))
        assert trial_reports(inputs)[0].overdue is overdue
