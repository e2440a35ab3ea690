"""Flat rows, a column a field, into the schema: what most platforms come down to."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import shapely

from tesoma_geo.errors import Doubt, SourceError
from tesoma_geo.near_names import did_you_mean
from tesoma_geo.sources.annotations.labels import (
    age_group_of,
    asks_private_place,
    language_of,
    local_time,
    role_of,
    severity_of,
    theme_of,
    zone_of,
)
from tesoma_geo.sources.annotations.named_parts import missing
from tesoma_geo.sources.annotations.schema import KINDS, ROLES
from tesoma_geo.tables import LeftOut
from tesoma_geo.workspace.annotations import Annotations

#: Fields that a workspace may name a column for.
FIELDS = (
    "id", "respondent", "kind", "category", "themes", "severity", "text", "language", "role", "age_group", "time",
    "photo", "question", "lon", "lat", "geometry",
)  # fmt: skip
#: Stands for everybody who is not named: together they count as one.
UNNAMED = "unnamed"


@dataclass(frozen=True)
class FlatRows:
    """Turns records of attributes into rows of the schema; counts what it could not use.

    Attributes
    ----------
    section
        The workspace's ``[[annotations]]``.
    defaults
        Field → column as the platform has it, where the workspace names none.
    themes
        The workspace's own themes.
    unused
        Reason → how many rows or themes could not be used; grows while reading.
    there
        The columns that any row has, in their order; grows while reading.
    """

    section: Annotations
    defaults: Mapping[str, str]
    themes: Mapping[str, str]
    unused: Counter[str] = field(default_factory=Counter)
    there: dict[str, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key, fields in (("columns", self.section.columns), ("values", self.section.values)):
            unknown = next((name for name in fields if name not in FIELDS), None)
            if unknown is not None:
                remedy = did_you_mean(unknown, FIELDS) or f"Use {', '.join(FIELDS)}"
                raise SourceError(f"annotations.{key}.{unknown} is no field of an annotation", remedy)

    def column(self, name: str) -> str | None:
        """The column of a field, if it has one.

        Parameters
        ----------
        name
            One of :data:`FIELDS`.

        Returns
        -------
        str or None
        """
        return self.section.columns.get(name) or self.defaults.get(name)

    def row(
        self, attributes: Mapping[str, Any], geometry: shapely.Geometry | None, number: int, layer: str = ""
    ) -> dict[str, Any] | None:
        """One row of the schema; None where its kind is not known.

        Parameters
        ----------
        attributes
            Column → value.
        geometry
            In the metric CRS.
        number
            The row's place in the file, for rows that name no respondent.
        layer
            The layer or service it is in: matched with the titles of the workspace's questions.

        Returns
        -------
        dict or None
            Fields of ``ANNOTATIONS``; None unknown.
        """
        section = self.section
        self.there.update(dict.fromkeys(map(str, attributes)))
        question = next((one for one in section.questions if one.title == layer), None)
        kind = self._coded(attributes, "kind") or (question.kind if question else section.kind)
        if kind not in KINDS:
            self.unused["their kind is not known: set kind, columns.kind or a question for their layer"] += 1
            return None
        respondent = self._value(attributes, "respondent")
        if respondent is None:
            respondent = (
                f"{UNNAMED} {self._value(attributes, 'id') or number}" if section.unnamed_are_people else UNNAMED
            )
        title = self._value(attributes, "question") or layer
        themes = [theme_of(label, self.themes) for label in self._list(attributes, "themes")]
        self.unused["themes that are not known: name them under [themes]"] += themes.count(None)
        time = local_time(self._value(attributes, "time"), zone_of(section.time_zone))
        others = {str(name): _plain(value) for name, value in attributes.items() if _plain(value) is not None}
        return {
            "annotation_id": self._value(attributes, "id"),
            "respondent": respondent,
            "kind": kind,
            "question": title,
            "private": bool(question and question.private) or asks_private_place(title),
            "category": self._coded(attributes, "category"),
            "themes": [theme for theme in themes if theme],
            "severity": severity_of(self._coded(attributes, "severity")),
            "text": self._value(attributes, "text"),
            "language": language_of(self._value(attributes, "language")),
            "role": role_of(self._coded(attributes, "role")),
            "age_group": age_group_of(self._coded(attributes, "age_group")),
            "time": time,
            "round": section.round,
            "photo": self._value(attributes, "photo"),
            "answers": json.dumps(others, ensure_ascii=False, sort_keys=True),
            "geometry": geometry,
        }

    def left_out(self) -> list[LeftOut]:
        """What could not be used, with the reason.

        Returns
        -------
        list of LeftOut
            A reason each, those that occurred.
        """
        return [LeftOut("annotations", reason, count) for reason, count in sorted(self.unused.items()) if count]

    def doubts(self) -> Iterator[Doubt]:
        """Columns that the workspace names and no row has, and codes that are none.

        Yields
        ------
        Doubt
            With a key such as ``columns.text``.
        """
        for name, column in self.section.columns.items():
            if self.there and column not in self.there and name not in ("lon", "lat", "geometry"):
                yield missing(f"columns.{name}", f"no row has {column!r}", column, self.there)
        for name, known in (("kind", KINDS), ("role", ROLES)):
            for label, code in self.section.values.get(name, {}).items():
                if code not in known:
                    yield missing(f"values.{name}", f"{label!r} stands for {code!r}, which is no {name}", code, known)

    def _value(self, attributes: Mapping[str, Any], name: str) -> str | None:
        column = self.column(name)
        value = _plain(attributes.get(column)) if column else None
        return (str(value).strip() or None) if value is not None else None

    def _coded(self, attributes: Mapping[str, Any], name: str) -> str | None:
        """A value, translated where the workspace says how."""
        value = self._value(attributes, name)
        codes = {label.casefold(): code for label, code in self.section.values.get(name, {}).items()}
        return codes.get(value.casefold(), value) if value is not None else None

    def _list(self, attributes: Mapping[str, Any], name: str) -> list[str]:
        value = attributes.get(self.column(name) or "")
        parts = value if isinstance(value, list) else re.split(r"[;,|]", self._value(attributes, name) or "")
        codes = self.section.values.get(name, {})
        return [codes.get(str(part).strip(), str(part).strip()) for part in parts if str(part).strip()]


def _plain(value: Any) -> Any:
    """A value as JSON takes it; None for everything that says nothing."""
    if value is None or isinstance(value, list | dict | bool):
        return value or None
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int | float | str) else str(value)
