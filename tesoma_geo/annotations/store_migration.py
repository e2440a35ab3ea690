"""What a store older than cohorts published, as one closed cohort with exactly those figures.

Until November 2026 a store kept the groups of its last release (``parts``) and which topic of which annotation was in
which of them (``released``, with a hash of what was counted).
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import geopandas as gpd
import pandas as pd

from tesoma_geo.annotations.cohorts import MEMBER_COLUMNS, PERSON, Cohort, respondents_by_age
from tesoma_geo.annotations.counted_records import fingerprints, said_records
from tesoma_geo.annotations.counted_voices import with_voices
from tesoma_geo.annotations.k_anonymity import DisclosureGroup
from tesoma_geo.workspace.annotations import Publish

#: Name of the cohort that holds what was published before there were cohorts.
EARLIER = "earlier"


def migrated_release(
    parts: Mapping[str, Mapping[str, Any]],
    released: Iterable[tuple[str, str, str]],
    annotations: gpd.GeoDataFrame,
    respondents: pd.DataFrame,
    settings: Publish,
    *,
    closed: str | None,
) -> tuple[Cohort, pd.DataFrame]:
    """The cohort of what was published before there were cohorts.

    Parameters
    ----------
    parts
        Name → group, as the store kept it.
    released
        ``annotation_id``, ``topic`` and ``fingerprint`` of what was counted; of people, the kind of their group and
        their pseudonym with a colon between stand in the place of an annotation.
    annotations, respondents
        What the store holds now.
    settings
        The workspace's ``[publish]``, with which it was published.
    closed
        The day of the last release, if it is known.

    Returns
    -------
    tuple of Cohort and DataFrame
        The figures as they were published, and the members who are still there. An answer that changed after the
        release counts as changed, and since nobody knows any more on what it was counted, as counted in every table.
    """
    groups = tuple(DisclosureGroup.from_json(content) for content in parts.values())
    people = respondents_by_age(groups)
    cohort = Cohort(EARLIER, closed, people if people >= settings.k else None, settings.k, settings.cell_m, groups)
    known = {(name, topic): fingerprint for name, topic, fingerprint in released}
    persons = {name.split(":")[1] for name, _ in known if ":" in name}
    counted = annotations[annotations["annotation_id"].isin({name for name, _ in known})].reset_index(drop=True)
    unchanged = _unchanged(counted, known, settings.cell_m)
    topics = said_records(counted, settings.cell_m)
    items = counted["annotation_id"].tolist()
    marks = with_voices(fingerprints(counted), items, topics, groups)
    rows = [
        (EARLIER, person, item, mark if item in unchanged else "")
        for person, item, mark in zip(counted["respondent"], items, marks, strict=True)
    ]
    persons |= set(counted["respondent"])
    rows += [(EARLIER, person, PERSON, "") for person in sorted(persons & set(respondents["respondent"]))]
    return cohort, pd.DataFrame(rows, columns=list(MEMBER_COLUMNS)).astype("str")


def _unchanged(counted: gpd.GeoDataFrame, known: Mapping[tuple[str, str], str], cell_m: float) -> set[str]:
    """Annotations of which every topic is as it was when it was released, and no topic is gone."""
    records = said_records(counted, cell_m)
    now = {
        (name, topic): _fingerprint(record)
        for name, topic, record in zip(
            records["annotation_id"], records["topic"], records.itertuples(index=False), strict=True
        )
    }
    every = now.keys() | known.keys()
    return set(counted["annotation_id"]) - {pair[0] for pair in every if now.get(pair) != known.get(pair)}


def _fingerprint(record: Any) -> str:
    """The hash that older stores kept of a record."""
    fields = (record.respondent, record.kind, record.topic, record.column, record.row, record.severity)
    return hashlib.sha256("|".join(map(str, fields)).encode()).hexdigest()[:16]
