"""What a mapping walk found: tags of streets and crossings, from a table or from an OpenStreetMap edit.

A table is the one that ``tesoma-geo unknowns`` wrote, filled in: a row a thing, ``thing`` naming its objects
(``way/12;way/13``) and a column a tag. An edit is what an editor saves or uploads: ``.osc``, or JOSM's ``.osm``.
"""

import os
import re
from pathlib import Path
from typing import Any

import osmium
import pandas as pd

from tesoma_geo._reading import guarded, guarded_apart
from tesoma_geo.errors import SourceError
from tesoma_geo.sources.layers import read_rows
from tesoma_geo.tables import LeftOut

#: Tags that a walk can tell.
WALK_TAGS = ("surface", "smoothness", "tracktype", "width", "kerb")
#: How files of edits end.
EDITS = (".osc", ".osc.gz", ".osm", ".osm.gz")
#: Columns of what is read.
COLUMNS = ("element", "osm_id", "tag", "value")
_OBJECT = re.compile(r"(way|node)/(-?\d+)")
_VALUE = re.compile(r"[a-z0-9_:.,+' \"-]{1,60}")


@guarded("the answers of a mapping walk", "Fill in the table that tesoma-geo unknowns wrote, or save the edit again")
def read_walk(
    path: str | os.PathLike[str], *, key: str, layer: str | None = None, where: str | None = None
) -> tuple[pd.DataFrame, tuple[LeftOut, ...]]:
    """Read what a walk found.

    Parameters
    ----------
    path
        A table (GeoPackage, CSV and what else layers may be) or an edit (``.osc``, ``.osm``).
    key
        Key of the workspace, for messages.
    layer, where
        Which layer and rows of a table.

    Returns
    -------
    answers : DataFrame
        A row a tag of an object: ``element`` (``way`` or ``node``), ``osm_id``, ``tag`` and ``value``, each object and
        tag once: the later one counts.
    left_out : tuple of LeftOut
        Rows without an answer, values that cannot be tags, and answers that a later one replaced.

    Raises
    ------
    SourceError
        The file cannot be read, or a table lacks the column ``thing`` or all columns of tags.
    """
    file = Path(path)
    answers = _edit(file) if file.name.lower().endswith(EDITS) else _table(file, key, layer, where)
    return _once(*answers)


def _table(file: Path, key: str, layer: str | None, where: str | None) -> tuple[pd.DataFrame, list[LeftOut]]:
    rows = read_rows(file, key=key, layer=layer, where=where)
    tags = [tag for tag in WALK_TAGS if tag in rows]
    if "thing" not in rows or not tags:
        lacks = "the column 'thing'" if "thing" not in rows else f"columns of tags ({', '.join(WALK_TAGS)})"
        raise SourceError(f"{key}: {file} lacks {lacks}", "Fill in the table that tesoma-geo unknowns wrote")
    answers, unknown, empty = [], list[str](), 0
    for thing, *values in rows[["thing", *tags]].astype(object).itertuples(index=False):
        said = {tag: _text(value) for tag, value in zip(tags, values, strict=True)}
        objects = _OBJECT.findall("" if thing is None else str(thing))
        if not any(said.values()):
            empty += 1
        elif not objects:
            unknown.append(str(thing)[:40])
        else:
            answers += [(*one, tag, value) for one in objects for tag, value in said.items() if value]
    left_out = [
        LeftOut("answers of a mapping walk", "nothing is filled in", empty),
        LeftOut("answers of a mapping walk", "they name no way or node", len(unknown), tuple(unknown[:3])),
    ]
    return pd.DataFrame(answers, columns=list(COLUMNS)), left_out


def _text(value: object) -> str:
    """A cell as a tag's value; empty where nothing is in it. A whole number has no decimals."""
    if value is None or (isinstance(value, float) and value != value) or value is pd.NA:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip().lower()


def _edit(file: Path) -> tuple[pd.DataFrame, list[LeftOut]]:
    return pd.DataFrame(_objects_of_edit(file), columns=list(COLUMNS)), []


@guarded_apart("an OpenStreetMap edit", "Save the edit again")
def _objects_of_edit(file: Path) -> list[tuple[str, str, str, str]]:
    answers = []
    item: Any
    for item in osmium.FileProcessor(str(file)):
        if item.deleted or not (item.is_way() or item.is_node()):
            continue
        tags = dict(item.tags)
        element = "way" if item.is_way() else "node"
        answers += [(element, str(item.id), tag, tags[tag].strip().lower()) for tag in WALK_TAGS if tag in tags]
    return answers


def _once(answers: pd.DataFrame, left_out: list[LeftOut]) -> tuple[pd.DataFrame, tuple[LeftOut, ...]]:
    """Every tag of an object once, with values that can be tags."""
    sound = answers["value"].map(lambda value: _VALUE.fullmatch(value) is not None).astype(bool)
    kept = answers[sound]
    later = kept.duplicated(["element", "osm_id", "tag"], keep="last")
    replaced = kept[later]
    left_out = [
        *left_out,
        LeftOut("answers of a mapping walk", "no value of a tag", int((~sound).sum())),
        LeftOut("answers of a mapping walk", "a later answer is about the same", len(replaced)),
    ]
    kept = kept[~later].reset_index(drop=True)
    kept = kept.assign(osm_id=kept["osm_id"].astype("int64"))
    return kept, tuple(one for one in left_out if one.count)
