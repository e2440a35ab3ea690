"""Doubts about what residents said: whether it belongs to this district.

No word of theirs is told, and no number that one more answer changes: what `check` says is passed on. Every respondent
counts once, and no single one decides what is said: see :mod:`tesoma_geo.sources.annotations.unsure_counts`.
"""

from collections.abc import Iterator

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from tesoma_geo.errors import Doubt
from tesoma_geo.inputs.plausibility.letters import is_misread
from tesoma_geo.inputs.plausibility.settings import LAST_YEAR
from tesoma_geo.sources.annotations.schema import AnnotationReading
from tesoma_geo.sources.annotations.unsure_counts import FEW, UnsureCounts, weights

#: More than this share of respondents with answers outside the study area, at one spot or there twice is unlikely, and
#: of answers of one respondent.
OUTSIDE_SHARE, ONE_SPOT_SHARE, TWICE_SHARE, ONE_PERSON_SHARE = 0.3, 0.5, 0.2, 0.5
#: More texts than this with letters that were decoded wrongly are no slip of one person.
MISREAD_SHARE = 0.1
#: More than this share with times that cannot be meant.
STRANGE_TIME_SHARE = 0.5


def answer_doubts(reading: AnnotationReading, key: str, study_area: shapely.Geometry, k: int = FEW) -> Iterator[Doubt]:
    """What is unlikely in a survey's export.

    Parameters
    ----------
    reading
        What was read of it.
    key
        Its key in the workspace file: ``annotations.0``.
    study_area
        The district and its surroundings, in the annotations' CRS.
    k
        The workspace's ``publish.k``: how unsure it is how many respondents each doubt takes.

    Yields
    ------
    Doubt
    """
    table = reading.annotations
    where = f"{key}.geometries"
    if table.empty:
        yield Doubt(where, "it holds no answer on the map", "Is the survey open, and is it the right file?")
        return
    counts, once = UnsureCounts.of_answers(table, k), weights(table["respondent"])
    people = float(once.sum())
    outside = ~table.geometry.representative_point().within(study_area).to_numpy(bool)
    if counts.above("outside", float(once @ outside), OUTSIDE_SHARE, people):
        remedy = "Is it the survey of this district, in degrees, longitude first?"
        yield Doubt(where, f"more than {OUTSIDE_SHARE:.0%} of the answers lie outside the study area", remedy)
    places = shapely.to_wkb(shapely.set_precision(table.geometry.to_numpy(), 0.1))
    if counts.above("at one spot", _largest(places, once), ONE_SPOT_SHARE, people):
        problem = f"more than {ONE_SPOT_SHARE:.0%} of the answers lie at one spot"
        yield Doubt(where, problem, "Are the coordinates whole?")
    texts = table["text"].fillna("").astype(str)
    same = pd.DataFrame({"place": places, "text": texts.to_numpy(), "kind": table["kind"].astype(str).to_numpy()})
    repeated = same.duplicated().to_numpy(bool) & (texts != "").to_numpy(bool)
    if counts.above("there twice", table["respondent"][repeated].nunique(), TWICE_SHARE, people):
        problem = f"more than {TWICE_SHARE:.0%} of the answers are there twice"
        yield Doubt(where, problem, "Export the survey again")
    yield from _texts(texts[texts != ""], table["respondent"][texts != ""], counts, where)
    large = (table.geometry.area > study_area.area).to_numpy(bool)
    if counts.above("too large", float(once @ large), OUTSIDE_SHARE, people):
        problem = (
            f"more than {OUTSIDE_SHARE:.0%} of the answers are areas larger than the district with its surroundings"
        )
        yield Doubt(where, problem, "Are they the places that were drawn, and not the views of the map?")
    most = int(table["respondent"].value_counts().iloc[0])
    if len(table) >= 4 * FEW and counts.above("of one", most, ONE_PERSON_SHARE, len(table)):
        problem = f"one respondent gave more than {ONE_PERSON_SHARE:.0%} of the answers"
        yield Doubt(where, problem, "Is the column of respondents the right one?")
    yield from _times(table, counts, where)
    if counts.above("left out", sum(left.count for left in reading.left_out), 1.0, len(table)):
        remedy = "See what annotations import leaves out: a question or a column may have another name"
        yield Doubt(where, "more was left out than taken", remedy)


def _largest(values: NDArray[np.object_], once: NDArray[np.float64]) -> float:
    """How many respondents gave the commonest value."""
    return float(pd.Series(once).groupby(values).sum().max())


def _texts(texts: "pd.Series[str]", respondents: "pd.Series[str]", counts: UnsureCounts, where: str) -> Iterator[Doubt]:
    if texts.empty:
        return
    remedy, once = "Is the column of texts the right one?", weights(respondents)
    people = float(once.sum())
    if counts.above("one text", _largest(texts.to_numpy(object), once), ONE_SPOT_SHARE, people):
        yield Doubt(where, f"more than {ONE_SPOT_SHARE:.0%} of the texts are the same", remedy)
    numbers = texts.str.fullmatch(r"[\s\d.,:-]+").to_numpy(bool)
    if counts.above("numbers", float(once @ numbers), ONE_SPOT_SHARE, people):
        yield Doubt(where, f"more than {ONE_SPOT_SHARE:.0%} of the texts are numbers", remedy)
    misread = texts.map(is_misread).to_numpy(bool)
    if counts.above("misread", float(once @ misread), MISREAD_SHARE, people):
        problem = f"letters of more than {MISREAD_SHARE:.0%} of the texts look decoded wrongly"
        yield Doubt(where, problem, "Export the survey again as UTF-8")


def _times(table: gpd.GeoDataFrame, counts: UnsureCounts, where: str) -> Iterator[Doubt]:
    times = pd.to_datetime(table["time"], errors="coerce", utc=True)
    years, once = times.dropna().dt.year, weights(table["respondent"][times.notna()])
    for strange, problem in (
        (years < 2000, "most answers are older than the year 2000"),
        (years > LAST_YEAR, f"most answers are of after the year {LAST_YEAR}"),
    ):
        if counts.above(problem, float(once @ strange.to_numpy(bool)), STRANGE_TIME_SHARE, float(once.sum())):
            yield Doubt(where, problem, "Is the column of times the right one?")
