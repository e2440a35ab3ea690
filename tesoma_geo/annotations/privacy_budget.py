"""The privacy budget of differential releases: shared over the cohorts that are announced, never spent twice."""

from collections.abc import Sequence
from dataclasses import dataclass

from tesoma_geo.annotations.cohorts import ClosingDate, Cohort, announced_closings
from tesoma_geo.errors import InputError
from tesoma_geo.workspace.annotations import Publish

#: ``[publish] privacy`` for totals with noise.
DIFFERENTIAL = "differential"
#: Less than this is nothing: what is left of a budget in sums of floats.
NOTHING = 1e-9


@dataclass(frozen=True)
class PrivacyBudget:
    """What of ε is spent, and what is left.

    Attributes
    ----------
    epsilon
        The budget, as the workspace sets it.
    spent
        By cohorts that are closed, withdrawn ones too: what was published stays known.
    left
        For cohorts to come, 0 at least.
    ahead
        Announced cohorts that are not closed yet, which share what is left alike.
    """

    epsilon: float
    spent: float
    left: float
    ahead: int


def privacy_budget(settings: Publish, closed: Sequence[Cohort]) -> PrivacyBudget:
    """The budget after the cohorts that are closed.

    Parameters
    ----------
    settings
        The workspace's ``[publish]``.
    closed
        Cohorts that are closed, withdrawn ones too.

    Returns
    -------
    PrivacyBudget
    """
    spent = sum(cohort.noise.epsilon for cohort in closed if cohort.noise is not None)
    left = settings.epsilon - spent
    ahead = len(_ahead(settings, closed))
    return PrivacyBudget(settings.epsilon, spent, left if left > NOTHING else 0.0, ahead)


def share_of_budget(settings: Publish, closed: Sequence[Cohort], closing: ClosingDate) -> float:
    """The ε of a cohort that is to close: what is left, shared alike by it and the announced ones after it.

    Parameters
    ----------
    settings
        The workspace's ``[publish]``.
    closed
        Cohorts that are closed, withdrawn ones too.
    closing
        The cohort.

    Returns
    -------
    float

    Raises
    ------
    InputError
        The cohort was not announced, or nothing is left.
    """
    ahead = _ahead(settings, closed)
    if closing.name not in [one.name for one in ahead]:
        raise InputError(
            f"the cohort {closing.name!r} is not announced in publish.cohort_closes",
            "With differential privacy a cohort closes on its day, whoever has answered: announce the day",
        )
    budget = privacy_budget(settings, closed)
    if not budget.left:
        raise InputError(
            f"the privacy budget is used up: {budget.spent:g} of publish.epsilon = {budget.epsilon:g} is spent, and "
            f"{closing.name} is to close",
            "Take its day out of publish.cohort_closes. A larger publish.epsilon breaks what was promised to everybody "
            "who answered",
        )
    names = [one.name for one in ahead]
    return budget.left / (len(names) - names.index(closing.name))


def require_one_privacy(settings: Publish, closed: Sequence[Cohort]) -> None:
    """Exact and noisy figures of the same store are never published both: the exact ones would undo the noise.

    Parameters
    ----------
    settings
        The workspace's ``[publish]``.
    closed
        Cohorts that are closed, withdrawn ones too.

    Raises
    ------
    InputError
        A cohort was closed under the other kind of privacy.
    """
    wanted = settings.privacy == DIFFERENTIAL
    other = [cohort.name for cohort in closed if (cohort.noise is not None) != wanted]
    if other:
        published = "exact numbers" if wanted else "numbers with noise"
        before = "groups" if wanted else DIFFERENTIAL
        raise InputError(
            f'publish.privacy is "{settings.privacy}", and the store published {published} in {", ".join(other)}',
            f'Set publish.privacy = "{before}" again, or begin a new store for a new survey',
        )


def _ahead(settings: Publish, closed: Sequence[Cohort]) -> list[ClosingDate]:
    """Announced cohorts that may still close: of days those after the last that closed, of rounds all that are not."""
    names = {cohort.name for cohort in closed}
    announced = announced_closings(settings)
    if isinstance(settings.cohort_closes, tuple):
        last = max((number for number, one in enumerate(announced) if one.name in names), default=-1)
        return announced[last + 1 :]
    return [one for one in announced if one.name not in names]
