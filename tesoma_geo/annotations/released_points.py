"""Single annotations that a moderator shows on purpose: moved, stripped to a few columns, one a respondent.

A drawn line is never shown: whoever slides it until it lies on streets knows how far it was moved, and where the walk
began. The text of a line may be quoted without a place.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from tesoma_geo.annotations.database import APPROVED
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.review import PERSONAL, normalised_text, text_flags
from tesoma_geo.workspace.annotations import Publish

#: Nothing is shown this near to a home or a daily place that the same respondent told.
HOME_M = 200.0
#: So many annotations of one respondent within :data:`ROUTINE_M` are taken for a daily place.
ROUTINE_COUNT, ROUTINE_M = 3, 75.0
#: Annotations of one respondent in one square of this side move together: several offsets at one place
#: would give the place away by their mean.
OFFSET_GRID_M = 200.0
LONGEST_TEXT = 1000


@dataclass(frozen=True, eq=False)
class ReleasedPoints:
    """Single annotations as the publication shows them.

    Attributes
    ----------
    rows
        Moved geometry in the metric CRS and the published columns; ``order`` (keyed), ``respondent`` and
        ``annotation_id`` are unpublished.
    quotes
        Texts of approved annotations that are not shown on the map: ``kind``, ``topic``, ``text``, ``language``.
    photos
        Published name of a photograph → the file it comes from.
    held_back
        Reason → how many.
    second_looks
        Texts with a flag of personal data that a second person found fit to be read by all.
    """

    rows: list[dict[str, Any]]
    quotes: list[dict[str, Any]]
    photos: Mapping[str, str]
    held_back: Mapping[str, int]
    second_looks: frozenset[str] = frozenset()


def released_points(annotations: gpd.GeoDataFrame, key: Key, settings: Publish) -> ReleasedPoints:
    """Select, move and strip what moderators approved.

    Parameters
    ----------
    annotations
        The store's, in a metric CRS.
    key
        The secret of the offsets.
    settings
        The workspace's ``[publish]``.

    Returns
    -------
    ReleasedPoints
    """
    held: Counter[str] = Counter()
    pending = annotations["state"] != APPROVED
    held["texts and points not approved by a moderator"] = int(pending.sum())
    approved = annotations[~pending & ~annotations["private"]]
    near_home = _near_daily_places(annotations)
    rows: list[dict[str, Any]] = []
    quotes: list[dict[str, Any]] = []
    photos: dict[str, str] = {}
    looked_at: set[str] = set()
    for annotation in approved.to_dict("records"):
        text = _text(annotation, held)
        looked_at |= {text} if text and _known(annotation.get("second_look")) else set()
        order = key.digest("order", annotation["annotation_id"]).hex()
        common = {"kind": annotation["kind"], "category": _known(annotation["category"]), "text": text,
                  "language": _known(annotation["language"]) if text else None, "order": order,
                  "respondent": annotation["respondent"], "annotation_id": annotation["annotation_id"]}  # fmt: skip
        drawn = annotation["shown"] and shapely.get_dimensions(annotation["geometry"]) == 1
        held["drawn lines: never on the map, their texts are quoted"] += int(drawn)
        if drawn or not annotation["shown"]:
            if text:
                quotes.append(common)
            continue
        if annotation["annotation_id"] in near_home:
            held["points near a home or a daily place of who said it"] += 1
            continue
        geometry = _moved(annotation, key, settings)
        month = str(annotation["time"])[:7] if _known(annotation["time"]) else None
        photo = _known(annotation["photo"])
        if photo and "://" in photo:
            held["photographs at an address: nothing is fetched"] += 1
            photo = None
        if photo and not _known(annotation.get("photo_look")):
            held["photographs that no moderator approved as such"] += 1
            photo = None
        name = f"photos/{order[:16]}.jpg" if photo else None
        photos |= {name: photo} if name and photo else {}
        rows.append({**common, "themes": annotation["themes"] or None, "month": month, "photo": name,
                     "geometry": geometry})  # fmt: skip
    rows.sort(key=lambda row: str(row["order"]))
    quotes.sort(key=lambda row: str(row["order"]))
    return ReleasedPoints(rows, quotes, photos, held, frozenset(looked_at))


def one_item_each(released: ReleasedPoints, before: Mapping[str, str]) -> tuple[ReleasedPoints, dict[str, str]]:
    """At most one item of each respondent, a point or a quote: two of them would tell of one another.

    What was shown once stays the one; when it is gone, nothing else of theirs takes its place, since coming and going
    together would tell that both are of one person. Of those who were never shown the one on the map comes first, then
    the first in the keyed order.

    Parameters
    ----------
    released
        Everything that a moderator approved.
    before
        Pseudonym → annotation that earlier releases showed.

    Returns
    -------
    tuple of ReleasedPoints and dict
        What is shown, and pseudonym → annotation of everybody who was ever shown.
    """
    chosen = dict(before)
    for row in (*released.rows, *released.quotes):
        chosen.setdefault(row["respondent"], row["annotation_id"])
    rows, quotes = (
        [row for row in items if chosen[row["respondent"]] == row["annotation_id"]]
        for items in (released.rows, released.quotes)
    )
    photos = {row["photo"]: released.photos[row["photo"]] for row in rows if row.get("photo") in released.photos}
    held = Counter(released.held_back)
    held["approved texts and points of respondents who are shown with another"] += (
        len(released.rows) + len(released.quotes) - len(rows) - len(quotes)
    )
    return replace(released, rows=rows, quotes=quotes, photos=photos, held_back=held), chosen


def _text(annotation: Mapping[str, Any], held: Counter[str]) -> str | None:
    text = _known(annotation["text"])
    if text is None:
        return None
    if PERSONAL & set(text_flags(text)) and not _known(annotation.get("second_look")):
        held["approved texts with personal data: redact them first"] += 1
        return None
    return normalised_text(text).strip()[:LONGEST_TEXT] or None


def _near_daily_places(annotations: gpd.GeoDataFrame) -> set[str]:
    """Ids of annotations near a private place of the same respondent, or among several at one place."""
    near_ids: set[str] = set()
    of_approved = set(annotations["respondent"][annotations["state"] == APPROVED])
    for _, own in annotations[annotations["respondent"].isin(of_approved)].groupby("respondent"):
        shapes = own.geometry.to_numpy()
        private = own["private"].to_numpy()
        near = np.zeros(len(own), bool)
        if private.any():
            near |= shapely.dwithin(shapes, shapely.union_all(shapes[private]), HOME_M)
        together = shapely.dwithin(shapes[:, None], shapes[None, :], ROUTINE_M).sum(axis=1) >= ROUTINE_COUNT
        near_ids |= set(own["annotation_id"][near | together])
    return near_ids


def _moved(annotation: Mapping[str, Any], key: Key, settings: Publish) -> shapely.Point:
    """The point moved by the respondent's offset there; areas as a point."""
    at = annotation["geometry"].representative_point()
    square = (int(at.x // OFFSET_GRID_M), int(at.y // OFFSET_GRID_M))
    east, north = offset_m(key, annotation["respondent"], square, settings.offset_m)
    return shapely.Point(at.x + east, at.y + north)


def offset_m(key: Key, respondent: str, square: tuple[int, int], range_m: tuple[float, float]) -> tuple[float, float]:
    """Metres east and north by which a respondent's annotations in a square are moved; the same in every release.

    Parameters
    ----------
    key
        The secret of the offsets.
    respondent
        The pseudonym.
    square
        Column and row of a square of side :data:`OFFSET_GRID_M`.
    range_m
        Least and greatest distance, in metres.

    Returns
    -------
    tuple of float
        East and north, in metres; even over the ring's surface.
    """
    digest = key.digest("offset", respondent, *square)
    angle = 2 * np.pi * int.from_bytes(digest[:8], "big") / 2**64
    share = int.from_bytes(digest[8:16], "big") / 2**64
    nearest, farthest = sorted(range_m)
    distance = np.sqrt(nearest**2 + share * (farthest**2 - nearest**2))  # even over the ring's surface
    return float(distance * np.sin(angle)), float(distance * np.cos(angle))


def _known(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
