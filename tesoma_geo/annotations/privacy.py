"""The one gate to publication: nothing that residents said leaves by another way.

Numbers leave as whole groups of k respondents or more (:mod:`tesoma_geo.annotations.k_anonymity`), single
annotations only when a moderator shows them (:mod:`tesoma_geo.annotations.released_points`), and every feature
with the columns of :data:`ALLOWED` alone.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from tesoma_geo.annotations.database import HIDDEN
from tesoma_geo.annotations.k_anonymity import Cell, DisclosureGroup, Release, next_release
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.published_patterns import published_patterns
from tesoma_geo.annotations.released_points import ReleasedPoints, released_points
from tesoma_geo.annotations.representativeness import most_mentioned_areas
from tesoma_geo.annotations.review import PERSONAL, text_flags
from tesoma_geo.crs import WGS84
from tesoma_geo.workspace.annotations import Publish

#: Every column that a feature of the publication may have, by type of feature.
ALLOWED = {
    "cell": ("type", "kind", "topic", "cell_m", "voices", "severity"),
    "shown": ("type", "kind", "category", "themes", "text", "language", "month", "photo"),
}
#: Columns of the store that never leave, named in the audit report.
NEVER = (
    "annotation_id", "respondent", "role", "age_group", "time", "round", "source", "question", "answers",
    "moderated_by", "moderated_why",
)  # fmt: skip
#: Kinds of groups that count respondents by what they are, or where they spoke of most, not by what they said.
AGE, ROLE, AREA = "respondents_by_age", "respondents_by_role", "respondents_by_area"
#: The tables of those kinds.
PEOPLE = {"age_groups": AGE, "roles": ROLE, "areas": AREA}
#: Topic of what has no category or theme.
UNSPECIFIED = "unspecified"


@dataclass(frozen=True, eq=False)
class Publication:
    """What may be published, and what was held back.

    Attributes
    ----------
    features
        ``type`` and the columns of :data:`ALLOWED`, with geometry in WGS 84 (None for the rest of the district).
    tables
        Totals, who took part, quotes, and findings (:mod:`tesoma_geo.annotations.published_patterns`), for pages.
    photos
        Published name of a photograph → the file it comes from.
    held_back
        Reason → count. Exact: for the moderator's eyes. :meth:`audit` is the one to publish.
    release
        What the store remembers for the next release.
    k
        The promise.
    """

    features: gpd.GeoDataFrame
    tables: dict[str, Any]
    photos: Mapping[str, str]
    held_back: Mapping[str, int]
    release: Release
    k: int

    def audit(self) -> dict[str, Any]:
        """What was held back and why, coarse enough that the report gives nobody away.

        Returns
        -------
        dict
            ``k``, ``held_back`` (reason → about how many), the columns that are and are never published, and the
            promises.
        """
        return {
            "k": self.k,
            "held_back": {reason: _coarse(count, self.k) for reason, count in self.held_back.items() if count},
            "columns_published": {kind: list(columns) for kind, columns in ALLOWED.items()},
            "columns_never_published": list(NEVER),
            "promises": [
                f"every number is a sum over parts of {self.k} or more distinct respondents",
                f"from one release to the next {self.k} or more of them come or go together, or nobody",
                "points and texts only when a moderator approved them; points moved by a keyed offset",
                f"findings name crowds of {self.k} or more, counted in steps of {self.k}, and groups without numbers",
                "answers to questions about homes and daily places are in nothing that is published",
            ],
        }


def publication(
    annotations: gpd.GeoDataFrame,
    respondents: pd.DataFrame,
    ledger: pd.DataFrame,
    published: Mapping[str, Mapping[str, Any]],
    *,
    key: Key,
    settings: Publish,
    areas: gpd.GeoDataFrame | None = None,
) -> Publication:
    """Pass everything through the gate.

    Parameters
    ----------
    annotations, respondents
        The store's, in a metric CRS.
    ledger, published
        What the store remembers of the release before.
    key
        The secret of the offsets.
    settings
        The workspace's ``[publish]``.
    areas
        ``code`` and polygons of the district in the same CRS; without them nothing is found about places.

    Returns
    -------
    Publication
    """
    counted = annotations[(annotations["state"] != HIDDEN) & ~annotations["private"]].reset_index(drop=True)
    records = _records(counted, respondents, settings.cell_m, areas)
    before = {name: DisclosureGroup.from_json(content) for name, content in published.items()}
    done = next_release(records, ledger, before, settings.k)
    single = released_points(annotations, key, settings)
    features = _features(done.groups, single, settings.cell_m, annotations.crs)
    held: Counter[str] = Counter(single.held_back)
    held["annotations on homes and daily places"] = int(annotations["private"].sum())
    held["annotations hidden by a moderator"] = int((annotations["state"] == HIDDEN).sum())
    held[f"answers that wait until {settings.k} respondents more have spoken"] = int(done.waiting.sum())
    held["answers published once and withdrawn with somebody who left: not counted again"] = int(done.retired.sum())
    held["parts of the release before that lost members"] = done.changed
    tables = _tables(done.groups, single)
    if areas is not None:
        tables["findings"] = published_patterns(counted, areas, settings)
    return Publication(_only_allowed(features, single.second_looks), tables, single.photos, held, done, settings.k)


def _records(
    counted: gpd.GeoDataFrame, respondents: pd.DataFrame, cell_m: float, areas: gpd.GeoDataFrame | None
) -> pd.DataFrame:
    """A row for each topic of each annotation, and for each respondent's age, role and area spoken of."""
    at = shapely.get_coordinates(shapely.point_on_surface(counted.geometry.to_numpy())).reshape(-1, 2)
    topics = [_topics(*pair) for pair in zip(counted["category"], counted["themes"], strict=True)]
    table = pd.DataFrame(
        {
            "annotation_id": counted["annotation_id"].to_numpy(),
            "respondent": counted["respondent"].to_numpy(),
            "family": "said",
            "kind": counted["kind"].to_numpy(),
            "column": np.floor(at[:, 0] / cell_m),
            "row": np.floor(at[:, 1] / cell_m),
            "severity": counted["severity"].to_numpy(float, na_value=np.nan),
            "topic": topics,
        }
    ).explode("topic", ignore_index=True)
    names = respondents["respondent"]
    people = [_people(names, kind, respondents[field]) for kind, field in ((AGE, "age_group"), (ROLE, "role"))]
    if areas is not None:
        people.append(_people(names, AREA, names.map(most_mentioned_areas(counted, areas))))
    records = pd.concat([table, *people], ignore_index=True).sort_values(["annotation_id", "topic"], ignore_index=True)
    records["fingerprint"] = [
        hashlib.sha256("|".join(map(str, row)).encode()).hexdigest()[:16]
        for row in records[["respondent", "kind", "topic", "column", "row", "severity"]].itertuples(index=False)
    ]
    return records


def _people(names: "pd.Series[str]", kind: str, group: "pd.Series[str]") -> pd.DataFrame:
    """A record without a place for each respondent, its topic the group that they are of."""
    return pd.DataFrame(
        {
            "annotation_id": kind + ":" + names.astype("str"),
            "respondent": names,
            "family": kind,
            "kind": kind,
            "column": np.nan,
            "row": np.nan,
            "severity": np.nan,
            "topic": group.fillna(UNSPECIFIED),
        }
    )


def _topics(category: Any, themes: str) -> list[str]:
    named = [theme for theme in themes.split(";") if theme]
    named += [category] if isinstance(category, str) else []
    return sorted(set(named)) or [UNSPECIFIED]


def _features(
    groups: Mapping[str, DisclosureGroup], single: ReleasedPoints, cell_m: float, crs: Any
) -> gpd.GeoDataFrame:
    cells: dict[tuple[Any, ...], list[DisclosureGroup]] = defaultdict(list)
    for group in groups.values():
        if group.kind not in PEOPLE.values():
            cells[group.kind, group.topic, group.cell or (), group.without].append(group)
    rows: list[dict[str, Any]] = []
    for _, same in sorted(cells.items()):
        first = same[0]
        side = cell_m * 2 ** first.cell[0] if first.cell else None
        rows.append(
            {"type": "cell", "kind": first.kind, "topic": first.topic, "cell_m": side,
             "voices": sum(one.voices for one in same), "severity": first.severity if len(same) == 1 else None,
             "geometry": _outline(first.cell, first.without, cell_m)}
        )  # fmt: skip
    rows += [
        {"type": "shown", **{name: value for name, value in row.items() if name != "order"}} for row in single.rows
    ]
    columns = ["type", *dict.fromkeys(name for names in ALLOWED.values() for name in names if name != "type")]
    table = pd.DataFrame(rows, columns=[*columns, "geometry"])
    return gpd.GeoDataFrame(table, geometry="geometry", crs=crs).to_crs(WGS84)


def _outline(cell: Cell | None, without: tuple[Cell, ...], cell_m: float) -> shapely.Geometry | None:
    """The square of a cell less those cut out of it; None for the district's rest."""
    if cell is None:
        return None
    return _square(cell, cell_m).difference(shapely.union_all([_square(smaller, cell_m) for smaller in without]))


def _square(cell: Cell, cell_m: float) -> shapely.Geometry:
    level, column, row = cell
    side = cell_m * 2**level
    return shapely.box(column * side, row * side, (column + 1) * side, (row + 1) * side)


def _tables(groups: Mapping[str, DisclosureGroup], single: ReleasedPoints) -> dict[str, Any]:
    """Sums of voices over whole groups, and quotes without a place."""
    by_kind: Counter[str] = Counter()
    by_topic: Counter[tuple[str, str]] = Counter()
    for group in groups.values():
        by_kind[group.kind] += group.voices
        by_topic[group.kind, group.topic] += group.voices
    said = [kind for kind in sorted(by_kind) if kind not in PEOPLE.values()]
    return {
        "by_kind": [{"kind": kind, "voices": by_kind[kind]} for kind in said],
        "by_topic": [
            {"kind": kind, "topic": topic, "voices": voices}
            for (kind, topic), voices in sorted(by_topic.items(), key=lambda item: (item[0][0], -item[1], item[0][1]))
            if kind in said
        ],
        **{
            name: [
                {"group": topic, "respondents": count} for (of, topic), count in sorted(by_topic.items()) if of == kind
            ]
            for name, kind in PEOPLE.items()
        },
        "quotes": [{name: row[name] for name in ("kind", "category", "text", "language")} for row in single.quotes],
    }


def _only_allowed(features: gpd.GeoDataFrame, looked_at: frozenset[str] = frozenset()) -> gpd.GeoDataFrame:
    """The last look before the door: no other column, no value in a wrong type of feature, no personal text."""
    for kind, columns in ALLOWED.items():
        others = [name for name in features.columns if name not in (*columns, "geometry")]
        if features.loc[features["type"] == kind, others].notna().any(axis=None):
            raise AssertionError(f"a feature of type {kind} holds one of {others}")
    if any(PERSONAL & set(text_flags(text)) for text in set(features["text"].dropna()) - looked_at):
        raise AssertionError("a text with personal data came as far as the gate")
    return features


def _coarse(count: int, k: int) -> str:
    return f"fewer than {k}" if count < k else f"{count - count % k} or more"
