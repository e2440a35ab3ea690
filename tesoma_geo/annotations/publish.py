"""From the store through the gate into files that anybody may read."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from tesoma_geo._files import write_json
from tesoma_geo.annotations.cohorts import (
    Cohort,
    FurtherFigures,
    ReadStreets,
    closed_cohort,
    due_closings,
    no_members,
    waiting_answers,
)
from tesoma_geo.annotations.privacy import Publication, publication
from tesoma_geo.annotations.privacy_budget import DIFFERENTIAL, require_one_privacy
from tesoma_geo.annotations.store_cohorts import (
    close_due,
    migrate,
    remember_shown,
    shown_items,
    stored_cohorts,
    waiting_in,
)
from tesoma_geo.annotations.store_location import has_store, open_store
from tesoma_geo.annotations.survey import NO_KEY, Survey, district_areas, read_survey, survey_of_store
from tesoma_geo.errors import InputError, SourceError
from tesoma_geo.workspace import Workspace
from tesoma_geo.workspace.annotations import Publish

GEOJSON = "annotations_public.geojson"
TABLES = "annotations_tables.json"
AUDIT = "annotations_audit.json"
#: Why respondents are in no number yet.
WAITING = "respondents whose answers wait for the next cohort"
#: Decimals of published degrees: 0.1 m.
_DECIMALS = 6


def publish(
    workspace: Workspace,
    *,
    who: str | None,
    survey: Survey | None = None,
    areas: gpd.GeoDataFrame | None = None,
    today: date | None = None,
    further: FurtherFigures | None = None,
    streets: ReadStreets | None = None,
) -> Publication:
    """The publication of a workspace: its closed cohorts, after those that are due were closed, and what is shown.

    Without a store the files of the workspace are taken as they are: as one cohort at the survey's end. Then nothing is
    moderated, nothing is shown as a point or a text, and nothing is remembered.

    Parameters
    ----------
    workspace
        With ``[[annotations]]``.
    who
        Who publishes, for the audit log; None to look at what is published and change nothing in the store.
    survey, areas
        What was said, and the district's areas, where somebody read them already. A survey that the store has
        moved on from is read again.
    today
        The day, for the dates on which cohorts close; the machine's where none is given.
    further
        More figures of each cohort that closes now, see :data:`~tesoma_geo.annotations.cohorts.FurtherFigures`.
    streets
        Gives the streets on which barriers are counted, in the workspace's CRS; without them they are counted in
        squares.

    Returns
    -------
    Publication

    Raises
    ------
    InputError
        Differential privacy without a store, or with figures or a budget that do not allow it.
    TesomaError
        What cannot be read or written.
    """
    areas = district_areas(workspace) if areas is None else areas
    today = date.today() if today is None else today
    settings = workspace.publish
    if not has_store(workspace):
        if settings.privacy == DIFFERENTIAL:
            raise InputError(
                "differential privacy needs a store: noise that is drawn anew each time can be averaged away",
                "Run tesoma-geo annotations import first",
            )
        said = survey or read_survey(workspace)
        cohorts, waiting = _cohorts_of_files(said, settings, today, further, streets)
        done = publication(said.annotations, cohorts, key=NO_KEY, settings=settings, areas=areas)
        unremembered = {"cohorts are not remembered: run tesoma-geo annotations import": len(said.annotations)}
        return replace(done, held_back={**done.held_back, WAITING: waiting, **unremembered})
    store = open_store(workspace)
    try:
        said = survey if survey is not None and survey.revision == store.revision() else survey_of_store(store)
        if who is not None:
            migrate(store, settings, who=who)
            close_due(store, settings, who=who, today=today, areas=areas, further=further, streets=streets)
        shown = shown_items(store)
        cohorts = stored_cohorts(store)
        require_one_privacy(settings, cohorts)
        done = publication(said.annotations, cohorts, key=store.key, settings=settings, areas=areas, shown_before=shown)
        if who is not None:
            remember_shown(store, done.shown)
        return replace(done, held_back={**done.held_back, WAITING: len(waiting_in(store).people)})
    finally:
        store.database.close()


def _cohorts_of_files(
    said: Survey,
    settings: Publish,
    today: date,
    further: FurtherFigures | None,
    streets: ReadStreets | None,
) -> tuple[list[Cohort], int]:
    """The cohorts of a survey that nobody remembers, and how many respondents are in none."""
    cohorts: list[Cohort] = []
    members = no_members()
    for closing in due_closings(settings, cohorts, today, final=True):
        waiting = waiting_answers(said.annotations, said.respondents, members, closing.round)
        done = closed_cohort(closing, waiting, settings, today=None, further=further, streets=streets)
        if done is not None:
            cohorts.append(done[0])
            members = pd.concat([members, done[1]], ignore_index=True)
    return cohorts, len(waiting_answers(said.annotations, said.respondents, members).people)


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
    (folder / GEOJSON).write_text(script_safe(feature_collection(done, written)) + "\n", encoding="utf-8")
    (folder / TABLES).write_text(script_safe(done.tables) + "\n", encoding="utf-8")
    write_json(folder / AUDIT, done.audit())


def feature_collection(done: Publication, photos: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The features of a publication as its public file holds them.

    Parameters
    ----------
    done
        The publication.
    photos
        Names of the photographs that are written beside it.

    Returns
    -------
    dict
        GeoJSON in WGS 84.
    """
    features = [_feature(row, photos) for row in done.features.to_dict("records")]
    return {"type": "FeatureCollection", "features": features}


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
