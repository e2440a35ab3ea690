"""Whose voice was counted in which table: in every table one person counts once, over all cohorts.

Otherwise a cohort of people who changed something could be subtracted from the one in which they were counted before.
So who was counted on a topic is not counted on it again, wherever and however they speak of it later; a new topic of
theirs is. Who was counted among the pooled topics of a kind is not counted in this kind again.

A member's fingerprint holds it: the hash of an annotation, then its kind, the topics on which it was counted, and the
kind of the pool, if it was counted in one. A fingerprint that holds the hash alone was written before this was kept:
whoever has one was counted nobody knows where, so they count in no table again.
"""

from collections.abc import Mapping, Sequence

import geopandas as gpd
import numpy as np
import pandas as pd

from tesoma_geo.annotations.counted_records import topics_of
from tesoma_geo.annotations.k_anonymity import POOLED, DisclosureGroup

_SEPARATOR, _NO_POOL = "\x1f", "-"
#: Behind the hash of what was seen at closing and counted in no table.
_NOWHERE = _SEPARATOR.join(("", "", "", _NO_POOL))

#: Respondent, kind and topic.
Voice = tuple[str, str, str]


def hash_in(fingerprint: str) -> str:
    """The hash of an annotation, without where it was counted.

    Parameters
    ----------
    fingerprint
        Of a member.

    Returns
    -------
    str
    """
    return fingerprint.split(_SEPARATOR)[0]


def voices_in(members: pd.DataFrame) -> frozenset[Voice]:
    """The voices that were counted.

    Parameters
    ----------
    members
        ``respondent``, ``item`` (empty for the person) and ``fingerprint``.

    Returns
    -------
    frozenset of Voice
        The topic of pooled kinds for who was counted in tables that nobody knows.
    """
    voices: set[Voice] = set()
    for person, item, fingerprint in members[["respondent", "item", "fingerprint"]].itertuples(index=False, name=None):
        parts = fingerprint.split(_SEPARATOR)
        if item and len(parts) == 1:
            voices.add((person, POOLED, POOLED))
        if len(parts) == 4:
            _, kind, topics, pool = parts
            voices |= {(person, kind, topic) for topic in topics.split(";") if topic}
            voices |= set() if pool == _NO_POOL else {(person, pool, POOLED)}
    return frozenset(voices)


def with_voices(
    hashes: Sequence[str],
    annotation_ids: Sequence[str],
    records: pd.DataFrame | None,
    groups: Sequence[DisclosureGroup],
) -> list[str]:
    """Fingerprints of a cohort's annotations that tell where each was counted.

    Parameters
    ----------
    hashes, annotation_ids
        Of the annotations.
    records
        What was counted: ``annotation_id``, ``kind`` and ``topic``; None where nothing was but a total.
    groups
        Of the cohort.

    Returns
    -------
    list of str
    """
    tables = {(group.kind, group.topic) for group in groups}
    parts_of: dict[str, tuple[str, list[str], str]] = {}
    rows = [] if records is None else records[["annotation_id", "kind", "topic"]].itertuples(index=False, name=None)
    for item, kind, topic in rows:
        _, topics, pool = parts_of.get(item, (kind, [], _NO_POOL))
        if (kind, topic) not in tables:
            pool = kind if (kind, POOLED) in tables else POOLED
        parts_of[item] = kind, [*topics, topic], pool
    suffix: Mapping[str, str] = {
        item: _SEPARATOR.join(("", kind, ";".join(topics), pool)) for item, (kind, topics, pool) in parts_of.items()
    }
    return [own + suffix.get(item, _NOWHERE) for own, item in zip(hashes, annotation_ids, strict=True)]


def uncounted(annotations: gpd.GeoDataFrame, voices: frozenset[Voice]) -> gpd.GeoDataFrame:
    """Annotations without the topics on which their respondents were counted; those without any other are left out.

    Parameters
    ----------
    annotations
        That may be counted.
    voices
        That were.

    Returns
    -------
    GeoDataFrame
    """
    if not voices:
        return annotations
    categories, themes, kept = [], [], []
    columns = ["respondent", "kind", "category", "themes"]
    for person, kind, category, joined in annotations[columns].itertuples(index=False, name=None):
        pooled = (person, kind, POOLED) in voices or (person, POOLED, POOLED) in voices
        every = topics_of(category, joined)
        left = [] if pooled else [topic for topic in every if (person, kind, topic) not in voices]
        kept.append(bool(left))
        categories.append(category if category in left else None)
        themes.append(";".join(theme for theme in joined.split(";") if theme in left))
    table = annotations.assign(category=pd.array(categories, annotations["category"].dtype), themes=themes)
    return table[np.array(kept, bool)].reset_index(drop=True)
