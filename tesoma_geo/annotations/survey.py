"""What residents said, read once: from the store where there is one, else from the workspace's files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import pandas as pd

from tesoma_geo.annotations.database import PENDING
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.store import Store
from tesoma_geo.annotations.store_import import pseudonymous
from tesoma_geo.annotations.store_location import has_store, open_store
from tesoma_geo.errors import WorkspaceError
from tesoma_geo.sources.annotations.platforms import read_annotations
from tesoma_geo.sources.annotations.schema import AnnotationReading
from tesoma_geo.sources.layers import read_layer
from tesoma_geo.workspace import Workspace

#: Stands where there is no store: its pseudonyms last as long as the process, and nothing is moved by it.
NO_KEY = Key(bytes(32))


@dataclass(frozen=True, eq=False)
class Survey:
    """Everything that was said, as one look at it gives it.

    Attributes
    ----------
    annotations
        ``ANNOTATIONS`` with their moderation, in the workspace's metric CRS; hidden and private ones too.
    respondents
        ``RESPONDENTS``.
    revision
        Of the store when it was read, so that whoever uses this later sees whether it still holds; None from files.
    """

    annotations: gpd.GeoDataFrame
    respondents: pd.DataFrame
    revision: int | None = None


def read_survey(workspace: Workspace) -> Survey:
    """The survey of the store; of the workspace's files, all of it pending, where there is none.

    Parameters
    ----------
    workspace
        With ``[[annotations]]`` or a store.

    Returns
    -------
    Survey

    Raises
    ------
    TesomaError
        What cannot be read, or a workspace without ``[[annotations]]``.
    """
    if not has_store(workspace):
        return survey_of_readings(read_annotations(workspace))
    store = open_store(workspace)
    try:
        return survey_of_store(store)
    finally:
        store.database.close()


def survey_of_readings(readings: Sequence[AnnotationReading]) -> Survey:
    """The survey of files that were read, all of it pending.

    Parameters
    ----------
    readings
        At least one.

    Returns
    -------
    Survey

    Raises
    ------
    WorkspaceError
        There is no reading.
    """
    return Survey(*unmoderated(readings, NO_KEY))


def survey_of_store(store: Store) -> Survey:
    """The survey of an open store.

    Parameters
    ----------
    store
        An open one.

    Returns
    -------
    Survey
    """
    revision = store.revision()  # before the tables: what changes meanwhile is read again
    return Survey(store.annotations(), store.respondents(), revision)


def district_areas(workspace: Workspace) -> gpd.GeoDataFrame:
    """The district's areas as the workspace names them.

    Parameters
    ----------
    workspace
        Whose ``district.area`` is read.

    Returns
    -------
    GeoDataFrame
        In the workspace's metric CRS.

    Raises
    ------
    SourceError
        The layer cannot be read.
    """
    layer = workspace.district.area
    return read_layer(
        workspace.resolve(layer.source), key="district.area", crs=workspace.district.crs, layer=layer.layer,
        where=layer.where,
    ).table  # fmt: skip


def unmoderated(readings: Iterable[AnnotationReading], key: Key) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Readings as the store would give them, everything pending; for a look without a store.

    Parameters
    ----------
    readings
        At least one, all in the same CRS.
    key
        The secret of the pseudonyms.

    Returns
    -------
    tuple of GeoDataFrame and DataFrame
        ``ANNOTATIONS`` with their moderation, and ``RESPONDENTS``.

    Raises
    ------
    WorkspaceError
        There is no reading.
    """
    pairs = [pseudonymous(reading, key) for reading in readings]
    if not pairs:
        raise WorkspaceError("the workspace names no [[annotations]]", "Add a section; see docs/annotations.md")
    annotations = pd.concat([first for first, _ in pairs], ignore_index=True)
    respondents = pd.concat([second for _, second in pairs], ignore_index=True)
    moderation: dict[str, Any] = {"state": PENDING, "shown": False, "redacted": False}
    table = gpd.GeoDataFrame(annotations.assign(**moderation), crs=pairs[0][0].crs)
    return table.assign(moderated_by=None, moderated_why=None, second_look=None, photo_look=None), respondents
