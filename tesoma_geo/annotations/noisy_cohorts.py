"""Closed cohorts with differential privacy: totals with noise over rows that were fixed beforehand, nothing exact.

For surveys of some 2,000 respondents or more, or where totals are enough. A cohort closes on its day, whoever has
answered. Each respondent counts in one row of each table of people and in a few of what was said, those picked at
random where they said more. Then each row gets its noise, also the empty ones; drawn once, it stays in the store with
the cohort. Nothing has a place, and no line, mean or severity leaves.
"""

from collections.abc import Iterable, Sequence
from secrets import SystemRandom

import geopandas as gpd
import pandas as pd

from tesoma_geo.annotations.cohorts import ClosingDate, Cohort, Waiting, counted_members
from tesoma_geo.annotations.counted_records import (
    AGE,
    AREA,
    ROLE,
    SAID,
    UNSPECIFIED,
    area_records,
    fingerprints,
    people_records,
    said_records,
)
from tesoma_geo.annotations.counted_voices import with_voices
from tesoma_geo.annotations.k_anonymity import POOLED, DisclosureGroup
from tesoma_geo.annotations.noise import Noise, margin, noisy_counts
from tesoma_geo.annotations.privacy_budget import PrivacyBudget
from tesoma_geo.sources.annotations.schema import ROLES
from tesoma_geo.workspace.annotations import Publish

#: Name of the table of all respondents, which has one row.
TOTAL = "total"
#: How the ε of a cohort is shared by its tables (assumption: what was said matters most). They add up to 1; the share
#: of a table that is not there goes to what was said.
SHARES = {TOTAL: 0.1, SAID: 0.6, AGE: 0.1, ROLE: 0.1, AREA: 0.1}

#: Kind and topic of a row; a table of people is a kind.
Row = tuple[str, str]


def fixed_rows(settings: Publish, areas: gpd.GeoDataFrame | None) -> dict[str, list[Row]]:
    """Tables and their rows, from the settings and the map alone.

    Parameters
    ----------
    settings
        The workspace's ``[publish]``.
    areas
        ``code`` of the district's areas; without them there is no table of areas.

    Returns
    -------
    dict
        Table → rows, each once. Every kind has a row for all other topics, what was said one for all other kinds, and
        a table of people one for what is not known.
    """
    said = [
        (kind, topic)
        for kind, topics in sorted(settings.rows.items())
        if kind != "age"
        for topic in (*sorted(set(topics) - {POOLED}), POOLED)
    ]
    codes = [] if areas is None or "code" not in areas else [str(code) for code in areas["code"]]
    people: dict[str, Iterable[str]] = {AGE: settings.rows.get("age", ()), ROLE: ROLES, AREA: codes}
    tables = {
        kind: [(kind, name) for name in (*sorted(set(names)), UNSPECIFIED)] for kind, names in people.items() if names
    }
    return {TOTAL: [(TOTAL, POOLED)], SAID: [*said, (POOLED, POOLED)], **tables}


def noisy_cohort(
    closing: ClosingDate,
    waiting: Waiting,
    settings: Publish,
    *,
    epsilon: float,
    today: str,
    areas: gpd.GeoDataFrame | None = None,
) -> tuple[Cohort, pd.DataFrame]:
    """Close a cohort with noise, whoever waits.

    Parameters
    ----------
    closing
        Which cohort.
    waiting
        What it is made of.
    settings
        The workspace's ``[publish]``.
    epsilon
        That it may spend.
    today
        The day, ISO 8601.
    areas
        ``code`` and polygons of the district in the annotations' CRS.

    Returns
    -------
    tuple of Cohort and DataFrame
        The figures, and the members.
    """
    tables = fixed_rows(settings, areas)
    shares = _shares(tables)
    records = said_records(waiting.annotations, settings.cell_m)
    people = people_records(waiting.respondents)
    if areas is not None:
        people = pd.concat([people, area_records(waiting.respondents, waiting.annotations, areas)], ignore_index=True)
    counted = {
        TOTAL: pd.DataFrame({"respondent": waiting.respondents["respondent"], "kind": TOTAL, "topic": POOLED}),
        SAID: records, **{table: people[people["family"] == table] for table in tables if table in (AGE, ROLE, AREA)},
    }  # fmt: skip
    groups, scales = [], {}
    for table, rows in tables.items():
        each = settings.rows_each if table == SAID else 1
        numbers = bounded_counts(counted[table], rows, each)
        noisy, scales[table] = noisy_counts(numbers, each=each, epsilon=epsilon * shares[table])
        groups += [DisclosureGroup(*row, None, (), count, None) for row, count in zip(rows, noisy, strict=True)]
    noise = Noise(epsilon, settings.epsilon, settings.rows_each, scales)
    total, *others = groups
    cohort = Cohort(closing.name, today, total.voices, settings.k, settings.cell_m, tuple(others), noise=noise)
    seen = waiting.unseen
    marks = with_voices(fingerprints(seen), seen["annotation_id"].tolist(), records, others)
    return cohort, counted_members(closing.name, seen, waiting.respondents, marks)


def announced_margins(settings: Publish, budget: PrivacyBudget, areas: gpd.GeoDataFrame | None) -> dict[str, int]:
    """How far the numbers of the next cohort will be off, 19 times of 20.

    Parameters
    ----------
    settings
        The workspace's ``[publish]``.
    budget
        What is left.
    areas
        ``code`` of the district's areas.

    Returns
    -------
    dict
        Table → respondents; empty when no cohort can close.
    """
    if not budget.left or not budget.ahead:
        return {}
    epsilon = budget.left / budget.ahead
    return {
        table: margin([(settings.rows_each if table == SAID else 1) / (epsilon * share)])
        for table, share in _shares(fixed_rows(settings, areas)).items()
    }


def _shares(tables: Iterable[str]) -> dict[str, float]:
    shares = {table: SHARES[table] for table in tables}
    shares[SAID] += 1 - sum(shares.values())
    return shares


def bounded_counts(records: pd.DataFrame, rows: Sequence[Row], each: int) -> list[int]:
    """Respondents of each row, none in more than so many of them.

    Parameters
    ----------
    records
        ``respondent``, ``kind`` and ``topic``; what no row names counts in the row of all other topics of its kind,
        else in that of all other kinds, or of what is not known.
    rows
        The fixed list.
    each
        In how many rows one respondent counts at most; of more, so many are picked at random.

    Returns
    -------
    list of int
    """
    number = {row: position for position, row in enumerate(rows)}
    counts = [0] * len(rows)
    of_person: dict[str, set[int]] = {}
    for person, kind, topic in records[["respondent", "kind", "topic"]].itertuples(index=False, name=None):
        wanted = ((kind, topic), (kind, POOLED), (kind, UNSPECIFIED), (POOLED, POOLED))
        of_person.setdefault(person, set()).add(next(number[row] for row in wanted if row in number))
    random = SystemRandom()
    for positions in of_person.values():
        for position in random.sample(sorted(positions), min(each, len(positions))):
            counts[position] += 1
    return counts
