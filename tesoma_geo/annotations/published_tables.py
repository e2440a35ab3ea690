"""The numbers of closed cohorts as tables: sums over whole groups, and where they hold noise, how large it is."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from tesoma_geo.annotations.cohorts import Cohort
from tesoma_geo.annotations.counted_records import PEOPLE, SAID
from tesoma_geo.annotations.noise import margin
from tesoma_geo.annotations.privacy_budget import DIFFERENTIAL, privacy_budget
from tesoma_geo.workspace.annotations import Publish

#: Column of a number that holds noise: how far off it may be, 19 times of 20.
ABOUT = "about"
#: Table of a cohort's noise that all respondents are counted in.
_TOTAL = "total"


def noise_told(settings: Publish, cohorts: Sequence[Cohort]) -> dict[str, Any]:
    """What everybody is told of the noise.

    Parameters
    ----------
    settings
        The workspace's ``[publish]``, with differential privacy.
    cohorts
        The closed ones, withdrawn ones too: what they spent is spent.

    Returns
    -------
    dict
        ``privacy`` ("differential"), ``epsilon_budget`` of all releases together, ``epsilon_spent`` and
        ``epsilon_left`` of it, and ``rows_each``: in how many rows of what was said a respondent counts at most.
    """
    budget = privacy_budget(settings, cohorts)
    noises = [cohort.noise for cohort in cohorts if cohort.noise is not None]
    return {
        "privacy": DIFFERENTIAL,
        "epsilon_budget": budget.epsilon,
        "epsilon_spent": round(budget.spent, 6),
        "epsilon_left": round(budget.left, 6),
        "rows_each": max([settings.rows_each, *(noise.rows_each for noise in noises)]),
    }


def published_tables(cohorts: Sequence[Cohort]) -> dict[str, Any]:
    """Cohorts, and sums over whole groups.

    Parameters
    ----------
    cohorts
        Those that are published.

    Returns
    -------
    dict
        ``cohorts``, ``by_kind``, ``by_topic``, ``age_groups``, ``roles`` and ``areas``; where numbers hold noise each
        row has :data:`ABOUT`.
    """
    by_kind: Counter[str] = Counter()
    by_topic: Counter[tuple[str, str]] = Counter()
    scales: defaultdict[str | tuple[str, str], list[float]] = defaultdict(list)
    for noise, group in [(cohort.noise, group) for cohort in cohorts for group in cohort.groups]:
        by_kind[group.kind] += group.voices
        by_topic[group.kind, group.topic] += group.voices
        if noise is not None:
            scale = noise.scales[group.kind if group.kind in PEOPLE.values() else SAID]
            scales[group.kind].append(scale)
            scales[group.kind, group.topic].append(scale)

    def about(key: str | tuple[str, str]) -> dict[str, int]:
        return {ABOUT: margin(scales[key])} if key in scales else {}

    said = [kind for kind in sorted(by_kind) if kind not in PEOPLE.values()]
    return {
        "cohorts": cohort_rows(cohorts),
        "by_kind": [{"kind": kind, "voices": by_kind[kind], **about(kind)} for kind in said],
        "by_topic": [
            {"kind": kind, "topic": topic, "voices": voices, **about((kind, topic))}
            for (kind, topic), voices in sorted(by_topic.items(), key=lambda item: (item[0][0], -item[1], item[0][1]))
            if kind in said
        ],
        **{
            name: [
                {"group": topic, "respondents": count, **about((of, topic))}
                for (of, topic), count in sorted(by_topic.items())
                if of == kind
            ]
            for name, kind in PEOPLE.items()
        },
    }


def cohort_rows(cohorts: Sequence[Cohort]) -> list[dict[str, Any]]:
    """Cohorts as everybody may see them.

    Parameters
    ----------
    cohorts
        Those that are published.

    Returns
    -------
    list of dict
        ``cohort``, ``closed`` and ``respondents``, what is known of them; with noise :data:`ABOUT` and ``epsilon`` too.
    """
    rows = []
    for cohort in cohorts:
        row: dict[str, Any] = {"cohort": cohort.name, "closed": cohort.closed, "respondents": cohort.respondents}
        if cohort.noise is not None:
            row |= {ABOUT: margin([cohort.noise.scales[_TOTAL]]), "epsilon": round(cohort.noise.epsilon, 6)}
        rows.append({name: value for name, value in row.items() if value is not None})
    return rows
