"""What changed in the map between two dates, and whether the district changed or its map became better.

A planner's mark tells first; then the object's own ``start_date``: what was there before was merely mapped.
"""

import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import geopandas as gpd
import numpy as np
import osmium
import pandas as pd
from pydantic import Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from tesoma_geo.errors import ScenarioError
from tesoma_geo.network import StreetNetwork
from tesoma_geo.workspace.faults import faults_of
from tesoma_geo.workspace.model import FrozenModel
from tesoma_geo.workspace.toml import read_toml

#: What a change is: the district, its map, or nobody knows (then it counts as the district's).
REAL, CORRECTION, UNKNOWN = "real", "correction", "unknown"
EXAMPLE = "docs/years.md has an example"
#: Services that lie farther apart have moved.
MOVED_M = 1.0
#: Types of objects as osmium writes them.
_TYPES = {"n": "node", "w": "way", "r": "relation"}


class Mark(FrozenModel):
    """What a planner knows of a change."""

    way: int | None = None
    service: Annotated[str, Field(min_length=1)] | None = None
    what: Literal["real", "correction"]
    note: str | None = None

    @model_validator(mode="after")
    def _is_of_one_thing(self) -> Self:
        if (self.way is None) == (self.service is None):
            raise PydanticCustomError("one_of", "names not one of way, service", {})
        return self


class Marks(FrozenModel):
    """A planner's marks, a small file."""

    marks: tuple[Mark, ...] = ()

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """Read and check the file.

        Parameters
        ----------
        path
            TOML with ``[[marks]]``.

        Returns
        -------
        Marks

        Raises
        ------
        ScenarioError
            With every fault of the file.
        """
        content = read_toml(Path(path), ScenarioError, "file of marks", f"Write one: {EXAMPLE}")
        try:
            return cls.model_validate(content)
        except ValidationError as error:
            raise ScenarioError(faults_of(error.errors(), cls, "marks", EXAMPLE)) from None


@dataclass(frozen=True, eq=False)
class MapChanges:
    """Every difference of the map.

    Attributes
    ----------
    table
        A row a change: ``object`` (``way/<id>`` or a ``service_id``), ``kind`` (``way`` or the kind of service),
        ``change`` (``added``, ``removed``, ``tags``, ``moved``), ``tags`` (what changed, as text), ``length_m`` of
        ways, ``verdict`` and ``because`` (``mark``, ``start_date`` or empty).
    """

    table: pd.DataFrame

    def ways(self, change: str, *, corrected: bool) -> list[int]:
        """Ids of ways with a change.

        Parameters
        ----------
        change
            ``added``, ``removed`` or ``tags``.
        corrected
            Those that are corrections; else all others.

        Returns
        -------
        list of int
        """
        rows = self.table[(self.table["kind"] == "way") & (self.table["change"] == change)]
        rows = rows[(rows["verdict"] == CORRECTION) == corrected]
        return [int(name.removeprefix("way/")) for name in rows["object"]]

    def services(self, *, corrected: bool) -> list[str]:
        """Ids of services with a change.

        Parameters
        ----------
        corrected
            Those that are corrections; else all others.

        Returns
        -------
        list of str
        """
        rows = self.table[self.table["kind"] != "way"]
        return rows.loc[(rows["verdict"] == CORRECTION) == corrected, "object"].tolist()

    @property
    def has_corrections(self) -> bool:
        """Whether any change is one of the map alone."""
        return bool((self.table["verdict"] == CORRECTION).any())


def map_changes(
    networks: tuple[StreetNetwork, StreetNetwork],
    services: tuple[gpd.GeoDataFrame, gpd.GeoDataFrame],
    paths: tuple[Path, Path],
    since: str,
    marks: Marks,
) -> MapChanges:
    """Lay the maps of two dates on each other.

    Parameters
    ----------
    networks, services
        Before and after.
    paths
        The OpenStreetMap files.
    since
        The first date, ISO 8601.
    marks
        What planners know.

    Returns
    -------
    MapChanges
        Ways first, by their ids.
    """
    rows = [*_ways(*networks), *_services(*services)]
    starts = _start_dates([str(row["object"]) for row in rows if row["change"] == "added"], paths[1])
    marked = {f"way/{mark.way}" if mark.way is not None else str(mark.service): mark.what for mark in marks.marks}
    for row in rows:
        row["verdict"], row["because"] = _verdict(row, marked, starts, since)
    columns = ["object", "kind", "change", "tags", "length_m", "verdict", "because"]
    return MapChanges(pd.DataFrame(rows, columns=columns))


def _verdict(
    row: Mapping[str, object], marked: Mapping[str, str], starts: Mapping[str, str], since: str
) -> tuple[str, str]:
    name = str(row["object"])
    if name in marked:
        return marked[name], "mark"
    if row["change"] == "added" and name in starts:
        return (REAL if starts[name] > since else CORRECTION), "start_date"
    return UNKNOWN, ""


def _ways(before: StreetNetwork, after: StreetNetwork) -> list[dict[str, object]]:
    lengths = [np.bincount(one.way, one.length_m, len(one.ways)) for one in (before, after)]
    tables = [
        one.ways.assign(length_m=length).drop_duplicates("osm_id").set_index("osm_id")
        for one, length in zip((before, after), lengths, strict=True)
    ]
    first, second = (table[table["length_m"] > 0] for table in tables)
    tags = [name for name in first.columns.union(second.columns) if name != "length_m"]
    rows: list[dict[str, object]] = []
    for change, those, others in (("removed", first, second), ("added", second, first)):
        alone = those[~those.index.isin(others.index)]
        rows += [_way(osm_id, change, metres) for osm_id, metres in alone["length_m"].items()]
    both = first.index.intersection(second.index).to_numpy()
    old, new = (table.reindex(columns=tags).loc[both].fillna("").astype(str).to_numpy() for table in (first, second))
    metres = second["length_m"].loc[both].to_numpy()
    differs = old != new
    for row in np.flatnonzero(differs.any(axis=1)):
        named = [f"{tags[at]}: {old[row, at] or '–'} → {new[row, at] or '–'}" for at in np.flatnonzero(differs[row])]
        rows.append({**_way(both[row], "tags", metres[row]), "tags": "; ".join(named)})
    return sorted(rows, key=lambda row: int(str(row["object"]).removeprefix("way/")))


def _way(osm_id: Any, change: str, length_m: float) -> dict[str, object]:
    name = f"way/{osm_id}"
    return {"object": name, "kind": "way", "change": change, "tags": "", "length_m": round(float(length_m), 1)}


def _services(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame) -> list[dict[str, object]]:
    first, second = (
        {
            str(name): (str(kind), place)
            for name, kind, place in zip(table["service_id"], table["kind"], table.geometry, strict=True)
        }
        for table in (before, after)
    )
    rows: list[dict[str, object]] = []
    for name in sorted({*first, *second}):
        if name not in second:
            change, kind = "removed", first[name][0]
        elif name not in first:
            change, kind = "added", second[name][0]
        elif first[name][0] != second[name][0] or first[name][1].distance(second[name][1]) > MOVED_M:
            change, kind = "moved", second[name][0]
        else:
            continue
        rows.append({"object": name, "kind": kind, "change": change, "tags": "", "length_m": 0.0})
    return rows


def _start_dates(names: Iterable[str], path: Path) -> dict[str, str]:
    """Object → when it began, ISO 8601 as far as it is told; of objects that say so."""
    wanted = {name.removeprefix("osm:") for name in names}
    dates: dict[str, str] = {}
    with suppress(RuntimeError, OSError):
        for one in osmium.FileProcessor(str(path)).with_filter(osmium.filter.KeyFilter("start_date")):
            name = f"{_TYPES.get(one.type_str(), '')}/{one.id}"
            text = one.tags.get("start_date", "") or ""
            if name in wanted and re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text):
                dates[name] = dates[f"osm:{name}"] = text
    return dates
