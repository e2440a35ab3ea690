"""From the store through the gate into files that anybody may read."""

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from tesoma_geo._files import write_json
from tesoma_geo.annotations.places import has_store, open_store
from tesoma_geo.annotations.privacy import Publication, publication
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.store import PENDING, Store, pseudonymous
from tesoma_geo.errors import SourceError, WorkspaceError
from tesoma_geo.sources.annotations.platforms import read_annotations
from tesoma_geo.sources.annotations.schema import AnnotationReading
from tesoma_geo.workspace import Workspace

GEOJSON = "annotations_public.geojson"
TABLES = "annotations_tables.json"
AUDIT = "annotations_audit.json"
#: Decimals of published degrees: 0.1 m.
_DECIMALS = 6
#: Stands where there is no store: its pseudonyms last as long as the process, and nothing is moved by it.
_NO_KEY = Key(bytes(32))


def publish(workspace: Workspace, *, who: str, withdrawn: bool = False) -> Publication:
    """The publication of a workspace; its store remembers it, so that the next one gives nobody away.

    Without a store the files of the workspace are read as they are: then nothing is moderated, nothing
    is shown as a point or a text, and nothing is remembered.

    Parameters
    ----------
    workspace
        With ``[[annotations]]``.
    who
        Who publishes, for the audit log.
    withdrawn
        Earlier releases were withdrawn from wherever they stood: forget them and begin anew.

    Raises
    ------
    TesomaError
        What cannot be read or written.
    """
    if not has_store(workspace):
        annotations, respondents = everything(workspace)
        nothing = pd.DataFrame(columns=["annotation_id", "topic", "part", "fingerprint"])
        done = publication(annotations, respondents, nothing, {}, key=_NO_KEY, settings=workspace.publish)
        unremembered = {"releases are not remembered: run tesoma-geo annotations import": len(annotations)}
        return replace(done, held_back={**done.held_back, **unremembered})
    store = open_store(workspace)
    try:
        return publish_store(store, workspace, who=who, withdrawn=withdrawn)
    finally:
        store.database.close()


def publish_store(store: Store, workspace: Workspace, *, who: str, withdrawn: bool = False) -> Publication:
    """The publication of an open store, which remembers it; see :func:`publish`."""
    annotations, respondents = store.annotations(), store.respondents()
    if withdrawn:
        store.record_release([], {}, who=who)
    ledger, published = store.ledger()
    done = publication(annotations, respondents, ledger, published, key=store.key, settings=workspace.publish)
    contents = {name: part.content() for name, part in done.release.parts.items()}
    there = set(annotations["annotation_id"]) | set(respondents["respondent"])
    members = done.release.members
    kept = members["annotation_id"].str.split(":").str[-1].isin(there)
    rows = sorted(members[kept].itertuples(index=False, name=None))
    if rows != sorted(ledger.itertuples(index=False, name=None)) or json.loads(json.dumps(contents)) != published:
        store.record_release(rows, contents, who=who)
    return done


def everything(workspace: Workspace) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Annotations and respondents of the store; of the workspace's files, all pending, where there is none."""
    if not has_store(workspace):
        return unmoderated(read_annotations(workspace), _NO_KEY)
    store = open_store(workspace)
    try:
        return store.annotations(), store.respondents()
    finally:
        store.database.close()


def unmoderated(readings: Iterable[AnnotationReading], key: Key) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Readings as the store would give them, everything pending; for a look without a store."""
    pairs = [pseudonymous(reading, key) for reading in readings]
    if not pairs:
        raise WorkspaceError("the workspace names no [[annotations]]", "Add a section; see docs/annotations.md")
    annotations = pd.concat([first for first, _ in pairs], ignore_index=True)
    respondents = pd.concat([second for _, second in pairs], ignore_index=True)
    moderation: dict[str, Any] = {"state": PENDING, "shown": False, "redacted": False}
    table = gpd.GeoDataFrame(annotations.assign(**moderation), crs=pairs[0][0].crs)
    return table.assign(moderated_by=None, moderated_why=None), respondents


def write_publication(done: Publication, folder: Path, photos: Path | None = None) -> None:
    """Write a publication into an existing folder.

    ``annotations_public.geojson`` (WGS 84), ``annotations_tables.json`` for pages,
    ``annotations_audit.json``, and photographs without metadata under ``photos/``.

    Parameters
    ----------
    photos
        The folder that photographs are named from; without one none is published.
    """
    written = _write_photos(done, folder, photos)
    features = [_feature(row, written) for row in done.features.to_dict("records")]
    collection = {"type": "FeatureCollection", "features": features}
    (folder / GEOJSON).write_text(script_safe(collection) + "\n", encoding="utf-8")
    (folder / TABLES).write_text(script_safe(done.tables) + "\n", encoding="utf-8")
    write_json(folder / AUDIT, done.audit())


def script_safe(content: Any) -> str:
    """JSON in which no text can end a script element or begin another: the same content to every parser."""
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _feature(row: dict[str, Any], photos: frozenset[str]) -> dict[str, Any]:
    geometry = row.pop("geometry")
    known = {name: value for name, value in row.items() if not pd.isna(value)}
    if known.get("photo") not in photos:
        known.pop("photo", None)
    if geometry is None:
        shape = None
    else:
        shape = json.loads(shapely.to_geojson(shapely.transform(geometry, lambda xy: xy.round(_DECIMALS))))
    return {"type": "Feature", "properties": known, "geometry": shape}


def _write_photos(done: Publication, folder: Path, photos: Path | None) -> frozenset[str]:
    if photos is None or not done.photos:
        return frozenset()
    from tesoma_geo.annotations.photos import write_clean_photo

    (folder / "photos").mkdir(exist_ok=True)
    written = set()
    for name, source in done.photos.items():
        file = (photos / source).resolve()
        if not file.is_relative_to(photos.resolve()):
            raise SourceError(f"the photograph {source} lies outside {photos}", "Put it beside the survey")
        write_clean_photo(file, folder / name)
        written.add(name)
    return frozenset(written)
