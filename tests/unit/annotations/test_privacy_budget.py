"""The privacy budget is shared by the announced cohorts, and nothing closes when it is used up."""

from datetime import date

import pytest

from tesoma_geo.annotations.cohorts import ClosingDate, Cohort
from tesoma_geo.annotations.noise import Noise
from tesoma_geo.annotations.privacy_budget import privacy_budget, require_one_privacy, share_of_budget
from tesoma_geo.errors import InputError
from tesoma_geo.workspace.annotations import Publish

DAYS = [date(2026, 6, 1), date(2026, 12, 31), date(2027, 6, 1)]


def settings(closes=DAYS, **others):
    return Publish(privacy="differential", cohort_closes=closes, rows={"idea": ["routes"]}, **others)


def closed(name, epsilon, *, withdrawn=False):
    noise = None if epsilon is None else Noise(epsilon, 1.0, 3, {})
    return Cohort(name, "2026-06-01", 9, 5, 250.0, (), withdrawn=withdrawn, noise=noise)


def test_announced_cohorts_share_the_budget_alike_and_it_is_all_spent_at_the_last():
    spent = []
    for day in DAYS:
        share = share_of_budget(settings(epsilon=1.5), spent, ClosingDate(day.isoformat()))
        spent.append(closed(day.isoformat(), share))
    assert [one.noise.epsilon for one in spent] == pytest.approx([0.5, 0.5, 0.5])
    assert privacy_budget(settings(epsilon=1.5), spent).left == 0


def test_days_that_passed_without_a_cohort_leave_their_share_to_the_later_ones():
    assert share_of_budget(settings(), [], ClosingDate("2026-12-31")) == pytest.approx(0.5)
    assert privacy_budget(settings(), [closed("2026-12-31", 0.5)]).ahead == 1


def test_rounds_share_it_whatever_their_order():
    rounds = settings({"market": date(2026, 9, 1), "survey": date(2026, 12, 31)})
    first = share_of_budget(rounds, [], ClosingDate("market", round="market"))
    assert first == pytest.approx(0.5)
    assert share_of_budget(rounds, [closed("market", first)], ClosingDate("survey")) == pytest.approx(0.5)


@pytest.mark.parametrize("withdrawn", [False, True])
def test_a_budget_that_is_used_up_refuses_in_clear_words(withdrawn):
    with pytest.raises(InputError, match=r"budget is used up: 1 of publish.epsilon = 1 .* 2027-06-01") as no:
        share_of_budget(settings(), [closed("2026-12-31", 1.0, withdrawn=withdrawn)], ClosingDate("2027-06-01"))
    assert "cohort_closes" in no.value.remedy


def test_a_cohort_that_nobody_announced_does_not_close():
    with pytest.raises(InputError, match="not announced"):
        share_of_budget(settings(), [], ClosingDate("1"))


@pytest.mark.parametrize("withdrawn", [False, True])
def test_exact_and_noisy_figures_are_never_in_one_store(withdrawn):
    with pytest.raises(InputError, match="exact numbers in old"):
        require_one_privacy(settings(), [closed("old", None, withdrawn=withdrawn)])
    with pytest.raises(InputError, match="numbers with noise in old"):
        require_one_privacy(Publish(), [closed("old", 0.5, withdrawn=withdrawn)])
    require_one_privacy(settings(), [closed("old", 0.5)])
    require_one_privacy(Publish(), [closed("old", None)])
