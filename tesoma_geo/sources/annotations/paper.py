"""The digitising sheet of a paper map: what was drawn with a pen, measured with a ruler."""

import csv
import re

import shapely

from tesoma_geo.errors import SourceError
from tesoma_geo.sources.annotations.flat import FlatRows
from tesoma_geo.sources.annotations.schema import AnnotationReading, SurveyExport, annotation_reading

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
#: The columns of the sheet, in order; ``form`` is the number printed on the form, so one person's marks stay together.
SHEET = ("form", "kind", "category", "severity", "themes", "text", "age_group", "role", "place_mm")


def read(export: SurveyExport) -> AnnotationReading:
    """Read the digitising sheet of a paper map (:mod:`tesoma_geo.annotations.paper`).

    The first line tells where the printed frame lies; places are millimetres from its lower left corner,
    ``x y`` for a point, several apart by ``;`` for a line, closed for an area.

    Parameters
    ----------
    export
        The export, as the workspace describes it.

    Returns
    -------
    AnnotationReading

    Raises
    ------
    SourceError
        The file cannot be read, or its first line does not tell the frame.
    """
    path, section = export.path, export.section
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path} cannot be read ({error})", "Save the sheet as CSV in UTF-8") from None
    frame = _NUMBER.findall(lines[0]) if lines and lines[0].startswith(("#", '"#')) else []
    if len(frame) < 3:
        raise SourceError(f"{path}: the first line does not tell the frame", "Keep the sheet's first line as it is")
    west, south, m_per_mm = float(frame[0]), float(frame[1]), float(frame[2])
    delimiter = ";" if lines[1].count(";") > lines[1].count(",") else ","
    columns = {name: name for name in SHEET if name not in ("form", "place_mm")} | {"respondent": "form"}
    flat = FlatRows(section, columns, export.themes)
    rows = []
    for number, record in enumerate(csv.DictReader(lines[1:], delimiter=delimiter)):
        pairs = [_NUMBER.findall(part.replace(",", ".")) for part in (record.get("place_mm") or "").split(";")]
        points = [(west + float(p[0]) * m_per_mm, south + float(p[1]) * m_per_mm) for p in pairs if len(p) == 2]
        shape = _line_or_area(points) if len(points) > 1 else shapely.Point(points[0]) if points else None
        own = {name: record.get(name) or "" for name in SHEET}  # whoever copies forms may note names beside them
        rows.append(flat.row(own, shape, number, "paper map"))
    return annotation_reading(
        [row for row in rows if row is not None], [], crs=export.crs, source=section.source_name,
        left_out=flat.left_out(), doubts=flat.doubts(),
    )  # fmt: skip


def _line_or_area(points: list[tuple[float, float]]) -> shapely.Geometry:
    return shapely.Polygon(points) if len(points) > 3 and points[0] == points[-1] else shapely.LineString(points)
