"""Further steps of a map where most residents live beyond the workspace's last."""

from dataclasses import replace

import numpy as np

import tesoma_geo as tg
from tesoma_geo.columns import TO_HUB_S
from tesoma_geo.render.figures import headline
from tesoma_geo.render.figures.map_steps import map_steps


def slowed(assessment: tg.Assessment, times: float) -> tuple[tg.Assessment, headline.Reach]:
    """Everybody's walk takes so many times as long."""
    origins, column = assessment.origins.copy(), TO_HUB_S.of("walk")
    origins[column] = origins[column] * times
    cutoffs, residents = assessment.workspace.access.cutoffs_min, origins["population"].to_numpy(float)
    at_min = origins[column].to_numpy(float) / 60
    within = {cutoff: int(residents[at_min <= cutoff].sum()) for cutoff in cutoffs}
    total = int(residents.sum())
    never = int(residents[~np.isfinite(at_min)].sum())
    bands = (*(int(step) for step in np.diff([0, *within.values(), total - never])), never)
    return replace(assessment, origins=origins), headline.Reach("walk", within, bands, total, None, 70.0, {})


def test_where_half_live_within_the_last_step_it_stays_the_last(assessment: tg.Assessment) -> None:
    reach = next(one for one in headline.reaches(assessment) if one.profile == "bicycle")
    steps = map_steps(assessment, reach)
    assert (steps.minutes, steps.bands) == (assessment.workspace.access.cutoffs_min, reach.bands)
    assert steps.end_min == steps.minutes[-1]


def test_where_most_live_beyond_it_there_are_further_steps_that_add_up(assessment: tg.Assessment) -> None:
    far, reach = slowed(assessment, 6.0)
    last = assessment.workspace.access.cutoffs_min[-1]
    assert 2 * reach.bands[-2] > reach.residents
    steps = map_steps(far, reach)
    assert steps.minutes == (*assessment.workspace.access.cutoffs_min, 1.5 * last, 2 * last)
    assert len(steps.bands) == len(steps.minutes) + 2
    assert sum(steps.bands) == reach.residents
    seconds, residents = far.origins[TO_HUB_S.of("walk")].to_numpy(float), far.origins["population"].to_numpy(float)
    between = residents[(seconds > 1.5 * last * 60) & (seconds <= 2 * last * 60)].sum()
    assert abs(steps.bands[-3] - between) <= 1
    # Nine in ten are there within 70 minutes, which a chart shows whole.
    assert 70.0 <= steps.end_min <= 3 * last
