"""Doubts about what residents said: whether it belongs to this district.

No word of theirs is told, and no number that one more answer changes: what `check` says is passed on.
"""

from collections.abc import Iterator

import pandas as pd
import shapely

from tesoma_geo.errors import Doubt
from tesoma_geo.inputs.plausibility.letters import is_misread
from tesoma_geo.inputs.plausibility.settings import LAST_YEAR
from tesoma_geo.sources.annotations.schema import AnnotationReading

#: More than this share of answers outside the study area, at one spot, there twice, or of one respondent is unlikely.
OUTSIDE_SHARE, ONE_SPOT_SHARE, TWICE_SHARE, ONE_PERSON_SHARE = 0.3, 0.5, 0.2, 0.5
#: More texts than this with letters that were decoded wrongly are no slip of one person.
MISREAD_SHARE = 0.1
FEW = 5


def answer_doubts(reading: AnnotationReading, key: str, study_area: shapely.Geometry) -> Iterator[Doubt]:
    """What is unlikely in a survey's export.

    Parameters
    ----------
    reading
        What was read of it.
    key
        Its key in the workspace file: ``annotations.0``.
    study_area
        The district and its surroundings, in the annotations' CRS.

    Yields
    ------
    Doubt
    """
    table = reading.annotations
    where = f"{key}.geometries"
    if table.empty:
        yield Doubt(where, "it holds no answer on the map", "Is the survey open, and is it the right file?")
        return
    points = table.geometry.representative_point()
    outside = 1 - float(points.within(study_area).mean())
    if outside > OUTSIDE_SHARE:
        remedy = "Is it the survey of this district, in degrees, longitude first?"
        yield Doubt(where, f"more than {OUTSIDE_SHARE:.0%} of the answers lie outside the study area", remedy)
    places = shapely.to_wkb(shapely.set_precision(table.geometry.to_numpy(), 0.1))
    at_one = float(pd.Series(places).value_counts(normalize=True).iloc[0])
    if len(table) >= FEW and at_one > ONE_SPOT_SHARE:
        problem = f"more than {ONE_SPOT_SHARE:.0%} of the answers lie at one spot"
        yield Doubt(where, problem, "Are the coordinates whole?")
    texts = table["text"].fillna("").astype(str)
    same = pd.DataFrame({"place": places, "text": texts.to_numpy(), "kind": table["kind"].astype(str).to_numpy()})
    repeated = float(same[same["text"].to_numpy() != ""].duplicated().mean()) if (texts != "").any() else 0.0
    if len(table) >= FEW and repeated > TWICE_SHARE:
        problem = f"more than {TWICE_SHARE:.0%} of the answers are there twice"
        yield Doubt(where, problem, "Export the survey again")
    yield from _texts(texts[texts != ""], where)
    if float((table.geometry.area > study_area.area).mean()) > OUTSIDE_SHARE:
        problem = (
            f"more than {OUTSIDE_SHARE:.0%} of the answers are areas larger than the district with its surroundings"
        )
        yield Doubt(where, problem, "Are they the places that were drawn, and not the views of the map?")
    most = float(table["respondent"].value_counts(normalize=True).iloc[0]) if len(table) >= 4 * FEW else 0.0
    if most > ONE_PERSON_SHARE:
        problem = f"one respondent gave more than {ONE_PERSON_SHARE:.0%} of the answers"
        yield Doubt(where, problem, "Is the column of respondents the right one?")
    yield from _times(table, where)
    left = sum(left.count for left in reading.left_out)
    if left > len(table):
        remedy = "See what annotations import leaves out: a question or a column may have another name"
        yield Doubt(where, "more was left out than taken", remedy)


def _texts(texts: "pd.Series[str]", where: str) -> Iterator[Doubt]:
    if len(texts) < 2 * FEW:
        return
    remedy = "Is the column of texts the right one?"
    if float(texts.value_counts(normalize=True).iloc[0]) > ONE_SPOT_SHARE:
        yield Doubt(where, f"more than {ONE_SPOT_SHARE:.0%} of the texts are the same", remedy)
    if float(texts.str.fullmatch(r"[\s\d.,:-]+").mean()) > ONE_SPOT_SHARE:
        yield Doubt(where, f"more than {ONE_SPOT_SHARE:.0%} of the texts are numbers", remedy)
    if float(texts.map(is_misread).mean()) > MISREAD_SHARE:
        problem = f"letters of more than {MISREAD_SHARE:.0%} of the texts look decoded wrongly"
        yield Doubt(where, problem, "Export the survey again as UTF-8")


def _times(table: pd.DataFrame, where: str) -> Iterator[Doubt]:
    years = pd.to_datetime(table["time"], errors="coerce", utc=True).dropna().dt.year
    if len(years) and (years < 2000).mean() > 0.5:
        yield Doubt(where, "most answers are older than the year 2000", "Is the column of times the right one?")
    if len(years) and (years > LAST_YEAR).mean() > 0.5:
        yield Doubt(where, f"most answers are of after the year {LAST_YEAR}", "Is the column of times the right one?")
