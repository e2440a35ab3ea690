"""What of a survey can be counted in public, as records: a row for each topic of each annotation, and for each person.

Hidden annotations and answers about homes and daily places are no records.
"""

import hashlib
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from tesoma_geo.annotations.database import HIDDEN
from tesoma_geo.annotations.k_anonymity import Place
from tesoma_geo.annotations.representativeness import most_mentioned_areas
from tesoma_geo.annotations.street_places import StreetPlaces

#: Kinds of groups that count respondents by what they are, or where they spoke of most, not by what they said.
AGE, ROLE, AREA = "respondents_by_age", "respondents_by_role", "respondents_by_area"
#: The tables of those kinds.
PEOPLE = {"age_groups": AGE, "roles": ROLE, "areas": AREA}
#: The kind that is counted on streets.
BARRIER = "barrier"
#: Topic of what has no category or theme.
UNSPECIFIED = "unspecified"
#: Family of what was said; each table of people is a family of its own.
SAID = "said"


def counted_annotations(annotations: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Annotations that may be counted.

    Parameters
    ----------
    annotations
        With ``state`` and ``private``.

    Returns
    -------
    GeoDataFrame
        Neither hidden nor private.
    """
    return annotations[(annotations["state"] != HIDDEN) & ~annotations["private"]].reset_index(drop=True)


def said_records(counted: gpd.GeoDataFrame, cell_m: float, streets: StreetPlaces | None = None) -> pd.DataFrame:
    """A row for each topic of each annotation.

    Parameters
    ----------
    counted
        Annotations that may be counted, in a metric CRS.
    cell_m
        Side of the smallest cell, in metres.
    streets
        The streets of the map, on which barriers are counted; without them they are counted in squares as all else.

    Returns
    -------
    DataFrame
        ``annotation_id, respondent, family, kind, topic, column, row, severity, places``, in order of annotation and
        topic.
    """
    at = shapely.get_coordinates(shapely.point_on_surface(counted.geometry.to_numpy())).reshape(-1, 2)
    table = pd.DataFrame(
        {
            "annotation_id": counted["annotation_id"].to_numpy(),
            "respondent": counted["respondent"].to_numpy(),
            "family": SAID,
            "kind": counted["kind"].to_numpy(),
            "column": np.floor(at[:, 0] / cell_m),
            "row": np.floor(at[:, 1] / cell_m),
            "severity": counted["severity"].to_numpy(float, na_value=np.nan),
            "places": _places(counted, streets),
            "topic": [topics_of(*pair) for pair in zip(counted["category"], counted["themes"], strict=True)],
        }
    )
    return table.explode("topic").sort_values(["annotation_id", "topic"], ignore_index=True)


def _places(counted: gpd.GeoDataFrame, streets: StreetPlaces | None) -> list[tuple[Place, ...] | None]:
    """Where barriers are on the streets; None for everything else."""
    places: list[tuple[Place, ...] | None] = [None] * len(counted)
    if streets is None:
        return places
    rows = np.flatnonzero((counted["kind"] == BARRIER).to_numpy())
    for row, place in zip(rows, streets.places_of(counted.geometry.to_numpy()[rows]), strict=True):
        places[row] = place
    return places


def people_records(respondents: pd.DataFrame) -> pd.DataFrame:
    """A record without a place for each respondent's age and role, each in a family of its own.

    Parameters
    ----------
    respondents
        ``respondent``, ``age_group``, ``role``.

    Returns
    -------
    DataFrame
        The columns of :func:`said_records`.
    """
    names = respondents["respondent"]
    groups = {AGE: respondents["age_group"], ROLE: respondents["role"]}
    return pd.concat([_of_people(names, kind, group) for kind, group in groups.items()], ignore_index=True)


def area_records(respondents: pd.DataFrame, counted: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> pd.DataFrame:
    """A record for the area that each respondent spoke of most, for totals with noise.

    It follows from all that somebody said, so exact numbers of it would link the tables of topics: exchanging what two
    respondents said of one topic changes where each spoke most. Exact cohorts have no such table.

    Parameters
    ----------
    respondents
        ``respondent``.
    counted
        What they said.
    areas
        ``code`` and polygons of the district in the same CRS.

    Returns
    -------
    DataFrame
        The columns of :func:`said_records`.
    """
    names = respondents["respondent"]
    return _of_people(names, AREA, names.map(most_mentioned_areas(counted, areas)))


def _of_people(names: "pd.Series[str]", kind: str, group: "pd.Series[str]") -> pd.DataFrame:
    return pd.DataFrame(
        {"annotation_id": kind + ":" + names.astype("str"), "respondent": names, "family": kind, "kind": kind,
         "column": np.nan, "row": np.nan, "severity": np.nan, "topic": group.fillna(UNSPECIFIED)}
    )  # fmt: skip


def fingerprints(counted: gpd.GeoDataFrame) -> list[str]:
    """A hash of what is counted of each annotation; it stays in the store, to tell what changed after closing.

    Parameters
    ----------
    counted
        Annotations.

    Returns
    -------
    list of str
        16 hex digits each.
    """
    shapes = shapely.to_wkb(counted.geometry.to_numpy(), output_dimension=2, byte_order=1)
    fields = counted[["kind", "category", "themes", "severity"]].itertuples(index=False, name=None)
    return [
        hashlib.sha256("|".join(map(_plain, row)).encode() + shape).hexdigest()[:16]
        for row, shape in zip(fields, shapes, strict=True)
    ]


def _plain(value: Any) -> str:
    return "" if pd.isna(value) else str(value)


def topics_of(category: Any, themes: str) -> list[str]:
    """The topics under which an annotation is counted.

    Parameters
    ----------
    category
        Of a barrier, or missing.
    themes
        Joined by ``;``.

    Returns
    -------
    list of str
        At least one, in their order.
    """
    named = [theme for theme in themes.split(";") if theme]
    named += [category] if isinstance(category, str) else []
    return sorted(set(named)) or [UNSPECIFIED]
