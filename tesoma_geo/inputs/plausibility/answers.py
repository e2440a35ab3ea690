"""Doubts about what residents said: whether it belongs to this district. No word of theirs is told."""

from collections.abc import Iterator

import pandas as pd
import shapely

from tesoma_geo.errors import Doubt
from tesoma_geo.sources.annotations.schema import AnnotationReading

#: More than this share of answers outside the study area, or at one spot, is unlikely.
OUTSIDE_SHARE, ONE_SPOT_SHARE = 0.3, 0.5
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
        yield Doubt(where, "it holds no answer on the map", "Is the survey open, and is it the right file?", "0")
        return
    points = table.geometry.representative_point()
    outside = 1 - float(points.within(study_area).mean())
    if outside > OUTSIDE_SHARE:
        remedy = "Is it the survey of this district, in degrees, longitude first?"
        yield Doubt(where, f"{outside:.0%} of the answers lie outside the study area", remedy, f"{outside:.2f}")
    places = shapely.to_wkb(shapely.set_precision(table.geometry.to_numpy(), 0.1))
    at_one = float(pd.Series(places).value_counts(normalize=True).iloc[0])
    if len(table) >= FEW and at_one > ONE_SPOT_SHARE:
        yield Doubt(
            where, f"{at_one:.0%} of the answers lie at one spot", "Are the coordinates whole?", f"{at_one:.2f}"
        )
    texts = table["text"].fillna("").astype(str)
    same = pd.DataFrame({"place": places, "text": texts.to_numpy(), "kind": table["kind"].astype(str).to_numpy()})
    repeated = float(same[same["text"].to_numpy() != ""].duplicated().mean()) if (texts != "").any() else 0.0
    if len(table) >= FEW and repeated > 0.2:
        yield Doubt(
            where, f"{repeated:.0%} of the answers are there twice", "Export the survey again", f"{repeated:.2f}"
        )
    most = float(table["respondent"].value_counts(normalize=True).iloc[0]) if len(table) >= 4 * FEW else 0.0
    if most > 0.5:
        problem = f"one respondent gave {most:.0%} of the answers"
        yield Doubt(where, problem, "Is the column of respondents the right one?", f"{most:.2f}")
    yield from _times(table, where)
    left = sum(left.count for left in reading.left_out)
    if left > len(table):
        problem = f"more was left out than taken: {left} against {len(table)}"
        yield Doubt(where, problem, "Look at the notes: a question or a column may have another name", str(left))


def _times(table: pd.DataFrame, where: str) -> Iterator[Doubt]:
    years = pd.to_datetime(table["time"], errors="coerce", utc=True).dropna().dt.year
    if len(years) and (years < 2000).mean() > 0.5:
        yield Doubt(where, f"most answers are of {int(years.mode().iloc[0])}", "Is the column of times the right one?")
