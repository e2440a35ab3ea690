"""Rules that ask a moderator to look: personal data, abuse, links, duplicates, places far off, floods.

A flag hides nothing and approves nothing. Texts with a flag of personal data are not published, approved
or not, until they are redacted, or somebody else's second look found that the text may be read by all.
"""

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from tesoma_geo.annotations.personal_data.recognise import FLAGS as OF_PERSONS
from tesoma_geo.annotations.personal_data.recognise import personal_data
from tesoma_geo.workspace.annotations import Moderation

#: Flags of data about a person; texts that carry one stay unpublished.
PERSONAL = frozenset(OF_PERSONS)
#: Every flag that an annotation can have.
FLAGS = tuple(sorted({*PERSONAL, "abuse", "markup", "duplicate", "far", "flood"}))
#: Same respondent, same kind, no farther apart than this: one of them is a duplicate.
DUPLICATE_M = 15.0

_MARKUP = re.compile(r"<[a-z!/]|&#|\$\{|\bon\w+\s*=", re.IGNORECASE)


def moderation_flags(
    annotations: gpd.GeoDataFrame, district: shapely.Geometry, settings: Moderation
) -> list[tuple[str, ...]]:
    """The flags of each annotation, in alphabetical order.

    Parameters
    ----------
    annotations
        ``ANNOTATIONS`` in the metric CRS.
    district
        The district in the same CRS.
    settings
        The workspace's ``[moderation]``.

    Returns
    -------
    list of tuple of str
        One an annotation: those of :func:`text_flags`, ``far``, ``flood``, ``duplicate``.
    """
    flags_by_row: list[set[str]] = [set(text_flags(text, settings.words)) for text in annotations["text"].fillna("")]
    shapes = annotations.geometry.to_numpy()
    for row in np.flatnonzero(shapely.distance(shapes, district) > settings.far_m):
        flags_by_row[row].add("far")
    voices = Counter(annotations["respondent"])
    for number, respondent in enumerate(annotations["respondent"]):
        if voices[respondent] > settings.flood:
            flags_by_row[number].add("flood")
    for number in _duplicates(annotations):
        flags_by_row[number].add("duplicate")
    return [tuple(sorted(flags)) for flags in flags_by_row]


def text_flags(text: str, words: Sequence[str] = ()) -> tuple[str, ...]:
    """The flags of one text: those of :data:`PERSONAL`, and ``abuse`` and ``markup``.

    Parameters
    ----------
    text
        What somebody wrote.
    words
        Abusive words besides those that ship with the package, as beginnings of words.

    Returns
    -------
    tuple of str
        In alphabetical order.
    """
    if not text.strip():
        return ()
    plain = normalised_text(text)
    flags = set(personal_data(plain))
    flags |= {"abuse"} if _is_abusive(plain, words) else set()
    flags |= {"markup"} if _MARKUP.search(plain) else set()
    return tuple(sorted(flags))


def personal_pieces(text: str) -> dict[str, tuple[str, ...]]:
    """The pieces of a text that made it flagged as personal, for a moderator's eyes.

    Parameters
    ----------
    text
        What somebody wrote.

    Returns
    -------
    dict
        Flag of :data:`PERSONAL` → the pieces.
    """
    return personal_data(normalised_text(text))


def normalised_text(text: str) -> str:
    """The text as a person reads it: without invisible characters, with look-alikes in their usual form.

    Parameters
    ----------
    text
        What somebody wrote.

    Returns
    -------
    str
        In Unicode's form NFKC, without control and format characters; line breaks and tabs stay.
    """
    normal = unicodedata.normalize("NFKC", text)
    return "".join(character for character in normal if unicodedata.category(character) not in ("Cf", "Cc")
                   or character in "\n\t")  # fmt: skip


def _is_abusive(text: str, words: Sequence[str]) -> bool:
    lowered = text.casefold()
    stems = [*_word_lists()["abusive"], *(word.casefold() for word in words)]
    return any(re.search(rf"(?<!\w){re.escape(stem)}", lowered) for stem in stems if stem in lowered)


@cache
def _word_lists() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def _duplicates(annotations: gpd.GeoDataFrame) -> list[int]:
    """Rows that say what the same respondent said within a few metres already; the first one is none."""
    shapes = annotations.geometry.to_numpy()
    pair = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=DUPLICATE_M)
    first, second = pair[:, pair[0] < pair[1]]
    same = np.ones(len(first), bool)
    for column in ("respondent", "kind", "category", "themes"):
        codes = annotations[column].astype("category").cat.codes.to_numpy()
        same &= codes[first] == codes[second]
    return sorted(set(second[same].tolist()))
