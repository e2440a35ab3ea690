"""From the store through the gate into files that anybody may read."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from tesoma_geo._files import write_json
from tesoma_geo.annotations.privacy import Publication, publication
from tesoma_geo.annotations.store import Store
from tesoma_geo.annotations.store_location import has_store, open_store
from tesoma_geo.annotations.survey import NO_KEY, Survey, district_areas, read_survey, survey_of_store
from tesoma_geo.errors import SourceError
from tesoma_geo.workspace import Workspace
from tesoma_geo.workspace.annotations import Publish

GEOJSON = "annotations_public.geojson"
TABLES = "annotations_tables.json"
AUDIT = "annotations_audit.json"
#: Decimals of published degrees: 0.1 m.
_DECIMALS = 6


def publish(
    workspace: Workspace,
    *,
    who: str,
    survey: Survey | None = None,
    areas: gpd.GeoDataFrame | None = None,
    withdrawn: bool = False,
) -> Publication:
    """The publication of a workspace; its store remembers it, so that the next one gives nobody away.

    Without a store the files of the workspace are taken as they are: then nothing is moderated, nothing
    is shown as a point or a text, and nothing is remembered.

    Parameters
    ----------
    workspace
        With ``[[annotations]]``.
    who
        Who publishes, for the audit log.
    survey, areas
        What was said, and the district's areas, where somebody read them already. A survey that the store has
        moved on from is read again.
    withdrawn
        Earlier releases were withdrawn from wherever they stood: forget them and begin anew.

    Returns
    -------
    Publication

    Raises
    ------
    TesomaError
        What cannot be read or written.
    """
    areas = district_areas(workspace) if areas is None else areas
    if not has_store(workspace):
        said = survey or read_survey(workspace)
        nothing = pd.DataFrame(columns=["annotation_id", "topic", "part", "fingerprint"])
        done = publication(
            said.annotations, said.respondents, nothing, {}, key=NO_KEY, settings=workspace.publish, areas=areas
        )
        unremembered = {"releases are not remembered: run tesoma-geo annotations import": len(said.annotations)}
        return replace(done, held_back={**done.held_back, **unremembered})
    store = open_store(workspace)
    try:
        said = survey if survey is not None and survey.revision == store.revision() else survey_of_store(store)
        return _published(store, said, areas, workspace.publish, who=who, withdrawn=withdrawn)
    finally:
        store.database.close()


def _published(
    store: Store, said: Survey, areas: gpd.GeoDataFrame, settings: Publish, *, who: str, withdrawn: bool
) -> Publication:
    """The publication of an open store, which remembers it."""
    if withdrawn:
        store.record_release([], {}, who=who)
    ledger, published = store.ledger()
    done = publication(
        said.annotations, said.respondents, ledger, published, key=store.key, settings=settings, areas=areas
    )
    contents = {name: group.to_json() for name, group in done.release.groups.items()}
    there = set(said.annotations["annotation_id"]) | set(said.respondents["respondent"])
    members = done.release.members
    kept = members["annotation_id"].str.split(":").str[-1].isin(there)
    rows = sorted(members[kept].itertuples(index=False, name=None))
    if rows != sorted(ledger.itertuples(index=False, name=None)) or json.loads(json.dumps(contents)) != published:
        store.record_release(rows, contents, who=who)
    return done


def write_publication(done: Publication, folder: Path, photos: Path | None = None) -> None:
    """Write a publication into an existing folder.

    ``annotations_public.geojson`` (WGS 84), ``annotations_tables.json`` for pages,
    ``annotations_audit.json``, and photographs without metadata under ``photos/``.

    Parameters
    ----------
    done
        What to write.
    folder
        An existing folder.
    photos
        The folder that photographs are named from; without one none is published.

    Raises
    ------
    SourceError
        A photograph that lies outside ``photos`` or cannot be read.
    """
    written = _write_photos(done, folder, photos)
    features = [_feature(row, written) for row in done.features.to_dict("records")]
    collection = {"type": "FeatureCollection", "features": features}
    (folder / GEOJSON).write_text(script_safe(collection) + "\n", encoding="utf-8")
    (folder / TABLES).write_text(script_safe(done.tables) + "\n", encoding="utf-8")
    write_json(folder / AUDIT, done.audit())


def script_safe(content: Any) -> str:
    """JSON in which no text can end a script element or begin another: the same content to every parser.

    Parameters
    ----------
    content
        What :mod:`json` takes, without NaN.

    Returns
    -------
    str
    """
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
