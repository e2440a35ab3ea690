"""The one gate to publication: nothing that residents said leaves by another way.

Numbers leave as the frozen figures of closed cohorts (:mod:`tesoma_geo.annotations.cohorts`), single annotations only
when a moderator shows them, one a respondent (:mod:`tesoma_geo.annotations.released_points`), and every feature with
the columns of :data:`ALLOWED` alone.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from tesoma_geo.annotations import street_places
from tesoma_geo.annotations.cohorts import Cohort
from tesoma_geo.annotations.counted_records import AGE, AREA, PEOPLE, ROLE, UNSPECIFIED
from tesoma_geo.annotations.database import HIDDEN
from tesoma_geo.annotations.k_anonymity import DisclosureGroup, Place
from tesoma_geo.annotations.privacy_budget import DIFFERENTIAL
from tesoma_geo.annotations.promises import NOISY_PROMISES, promises
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.published_patterns import group_outline, published_patterns
from tesoma_geo.annotations.published_tables import cohort_rows, noise_told, published_tables
from tesoma_geo.annotations.released_points import ReleasedPoints, one_item_each, released_points
from tesoma_geo.annotations.review import PERSONAL, text_flags
from tesoma_geo.annotations.shared_lines import LINK, ROUTE, published_lines
from tesoma_geo.annotations.street_places import OUTSIDE, STREET, STRETCH
from tesoma_geo.crs import WGS84
from tesoma_geo.workspace.annotations import Publish

__all__ = [
    "AGE",
    "ALLOWED",
    "AREA",
    "HELD_BACK",
    "NEVER",
    "PEOPLE",
    "ROLE",
    "UNSPECIFIED",
    "Publication",
    "publication",
]

#: Every column that a feature of the publication may have, by type of feature.
ALLOWED = {
    "cell": ("type", "kind", "topic", "cell_m", "voices", "severity"),
    ROUTE: ("type", "kind", "voices_at_least"),
    LINK: ("type", "kind", "voices_at_least"),
    "street": ("type", "kind", "topic", "voices", "severity", "level", "street", "cohort", "closed"),
    "shown": ("type", "kind", "category", "themes", "text", "language", "month", "photo"),
}
#: Columns of the store that never leave, named in the audit report.
NEVER = (
    "annotation_id", "respondent", "role", "age_group", "time", "round", "source", "question", "answers",
    "moderated_by", "moderated_why",
)  # fmt: skip
#: What is held back, always all of it and without numbers: whether there is any of it is nobody's business either.
HELD_BACK = (
    "answers that wait for the next cohort",
    "answers on homes and daily places",
    "answers hidden by a moderator",
    "texts and points not approved by a moderator",
    "every text and point of a respondent but one",
    "points near a home or a daily place of who said it",
    "drawn lines, but for the streets and links that many share",
    "texts with personal data",
)


@dataclass(frozen=True, eq=False)
class Publication:
    """What may be published, and what was held back.

    Attributes
    ----------
    features
        ``type`` and the columns of :data:`ALLOWED`, with geometry in WGS 84 (None for the rest of the district).
    tables
        Cohorts, totals, who took part, quotes, and findings (:mod:`tesoma_geo.annotations.published_patterns`), for
        pages.
    photos
        Published name of a photograph → the file it comes from.
    held_back
        Reason → count. Exact: for the moderator's eyes. :meth:`audit` is the one to publish.
    cohorts
        The closed cohorts whose figures these are, in the order in which they were closed.
    k
        The promise.
    shown
        Pseudonym → the one annotation of theirs that is shown or quoted; for the store, never published.
    noise
        What everybody is told of the noise in the numbers; None where they are exact.
    """

    features: gpd.GeoDataFrame
    tables: dict[str, Any]
    photos: Mapping[str, str]
    held_back: Mapping[str, int]
    cohorts: tuple[Cohort, ...]
    k: int
    shown: Mapping[str, str] = field(default_factory=dict)
    noise: Mapping[str, Any] | None = None

    def audit(self) -> dict[str, Any]:
        """What is promised, and what is never published, without a number about anything that is held back.

        Returns
        -------
        dict
            ``k``, ``cohorts`` (name, day of closing, respondents counted in it for the first time; no number when
            they are fewer than k), the columns that are and are never published, what is held back, and the promises.
            In place of ``k`` what is told of the noise, where there is any.
        """
        return {
            **({"k": self.k} if self.noise is None else self.noise),
            "cohorts": cohort_rows(self.cohorts),
            "held_back": list(HELD_BACK),
            "columns_published": {kind: list(columns) for kind, columns in ALLOWED.items()},
            "columns_never_published": list(NEVER),
            "promises": promises(self.k) if self.noise is None else list(NOISY_PROMISES),
        }


def publication(
    annotations: gpd.GeoDataFrame,
    cohorts: Sequence[Cohort],
    *,
    key: Key,
    settings: Publish,
    areas: gpd.GeoDataFrame | None = None,
    shown_before: Mapping[str, str] | None = None,
) -> Publication:
    """Pass everything through the gate.

    Parameters
    ----------
    annotations
        The store's, in a metric CRS: what of it is approved may be shown.
    cohorts
        The closed ones, with their frozen figures.
    key
        The secret of the offsets.
    settings
        The workspace's ``[publish]``.
    areas
        ``code`` and polygons of the district in the same CRS; without them nothing is found about places.
    shown_before
        Pseudonym → the one annotation of theirs that earlier releases showed or quoted.

    Returns
    -------
    Publication
    """
    public = tuple(cohort for cohort in cohorts if not cohort.withdrawn)
    single, shown = one_item_each(released_points(annotations, key, settings), shown_before or {})
    features = _features(public, single, annotations.crs)
    held: Counter[str] = Counter(single.held_back)
    held["annotations on homes and daily places"] = int(annotations["private"].sum())
    held["annotations hidden by a moderator"] = int((annotations["state"] == HIDDEN).sum())
    noise = noise_told(settings, cohorts) if settings.privacy == DIFFERENTIAL else None
    tables: dict[str, Any] = published_tables(public) | ({} if noise is None else {"noise": noise})
    tables["quotes"] = [{name: row[name] for name in ("kind", "category", "text", "language")} for row in single.quotes]
    if areas is not None:
        tables["findings"] = published_patterns(public, areas)
    return Publication(
        _only_allowed(features, single.second_looks), tables, single.photos, held, public, settings.k, shown, noise
    )


def _features(cohorts: Sequence[Cohort], single: ReleasedPoints, crs: Any) -> gpd.GeoDataFrame:
    cells: dict[tuple[Any, ...], list[DisclosureGroup]] = defaultdict(list)
    on_streets: list[dict[str, Any]] = []
    for cohort in (cohort for cohort in cohorts if cohort.noise is None):  # totals with noise have no place
        for group in cohort.groups:
            if group.place is not None:
                on_streets.append(_on_street(cohort, group, group.place))
            elif group.kind not in PEOPLE.values():
                cells[group.kind, group.topic, group.cell or (), group.without, cohort.cell_m].append(group)
    rows: list[dict[str, Any]] = []
    for (*_, cell_m), same in sorted(cells.items()):
        first = same[0]
        rows.append(
            {"type": "cell", "kind": first.kind, "topic": first.topic,
             "cell_m": cell_m * 2 ** first.cell[0] if first.cell else None,
             "voices": sum(one.voices for one in same), "severity": first.severity if len(same) == 1 else None,
             "geometry": group_outline(first.cell, first.without, cell_m) if first.cell else None}
        )  # fmt: skip
    rows += published_lines([cohort.further for cohort in cohorts])
    shown = set(ALLOWED["shown"]) | {"geometry"}
    rows += [{"type": "shown"} | {name: value for name, value in row.items() if name in shown} for row in single.rows]
    columns = ["type", *dict.fromkeys(name for names in ALLOWED.values() for name in names if name != "type")]
    table = pd.DataFrame(rows, columns=[*columns, "geometry"])
    metric = gpd.GeoDataFrame(table, geometry="geometry", crs=crs).to_crs(WGS84)
    streets = pd.DataFrame(on_streets, columns=[*columns, "geometry"])
    both = [table.astype(object) for table in (streets, pd.DataFrame(metric)) if len(table)]
    merged = pd.concat(both, ignore_index=True) if both else pd.DataFrame(metric)
    return gpd.GeoDataFrame(merged, geometry="geometry", crs=WGS84)


def _on_street(cohort: Cohort, group: DisclosureGroup, place: Place) -> dict[str, Any]:
    """Barriers on streets, each cohort's its own: what was put right since its day is told by the day."""
    name = place[2] if place[0] in (STREET, STRETCH) else ""
    level = OUTSIDE if place == (street_places.AREA, "") else STRETCH if name.startswith("#") else place[0]
    return {
        "type": "street", "kind": group.kind, "topic": group.topic, "voices": group.voices, "severity": group.severity,
        "level": level, "street": None if name[:1] in ("", "#") else name, "cohort": cohort.name,
        "closed": cohort.closed, "geometry": None if group.outline is None else shapely.from_wkt(group.outline),
    }  # fmt: skip


def _only_allowed(features: gpd.GeoDataFrame, looked_at: frozenset[str] = frozenset()) -> gpd.GeoDataFrame:
    """The last look before the door: no other column, no value in a wrong type of feature, no personal text."""
    for kind, columns in ALLOWED.items():
        others = [name for name in features.columns if name not in (*columns, "geometry")]
        if features.loc[features["type"] == kind, others].notna().any(axis=None):
            raise AssertionError(f"a feature of type {kind} holds one of {others}")
    if any(PERSONAL & set(text_flags(text)) for text in set(features["text"].dropna()) - looked_at):
        raise AssertionError("a text with personal data came as far as the gate")
    return features
