"""A map to draw on with a pen, for those who do not use a phone, and the sheet into which marks are copied.

The page is an A3 map with a millimetre frame and a form beneath it; the sheet is a CSV whose first line
tells where the frame lies. Places are measured with a ruler, in millimetres from the lower left corner.
"""

import csv
import html
from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from tesoma_geo.sources.annotations.paper import SHEET

#: The printed frame, in millimetres: A3 across, with margins and room for the form.
WIDTH_MM, HEIGHT_MM = 380.0, 220.0
_TICK_MM = 20
_MAIN = ("motorway", "trunk", "primary", "secondary", "tertiary")
_WORDS: Mapping[str, Mapping[str, str]] = {
    "fi": {"title": "Piirrä kartalle", "form": "Lomake nro",
           "kind": "Mikä: este / puuttuva yhteys / hyvä paikka / idea",
           "severity": "Haitta 1–5", "text": "Kerro tarkemmin", "age": "Ikä", "role": "Asukas / yritys / yhdistys",
           "private": "Älä merkitse kotiasi äläkä kirjoita nimeäsi."},
    "sv": {"title": "Rita på kartan", "form": "Blankett nr", "kind": "Vad: hinder / saknad länk / bra plats / idé",
           "severity": "Olägenhet 1–5", "text": "Berätta mer", "age": "Ålder", "role": "Invånare / företag / förening",
           "private": "Märk inte ut ditt hem och skriv inte ditt namn."},
    "en": {"title": "Draw on the map", "form": "Form no.", "kind": "What: barrier / missing link / good place / idea",
           "severity": "Trouble 1–5", "text": "Tell more", "age": "Age", "role": "Resident / company / association",
           "private": "Do not mark your home and do not write your name."},
}  # fmt: skip


def write_paper_map(
    folder: Path,
    district: shapely.Geometry,
    streets: gpd.GeoDataFrame,
    name: str,
    languages: tuple[str, ...],
    credit: str,
) -> None:
    """Write ``paper_map.html``, to be printed on A3 across at 100 %, and ``digitising_sheet.csv``.

    Parameters
    ----------
    folder
        An existing folder.
    district
        What must be on the map, in the metric CRS.
    streets
        Lines with ``highway`` and ``name`` in the same CRS.
    name
        The district's.
    languages
        Of the form: ``fi``, ``sv``, ``en``.
    credit
        Whom the map credits.
    """
    west, south, m_per_mm = frame_of(district)
    scale = f"1 : {m_per_mm * 1000:,.0f}".replace(",", " ")
    heading = f"<strong>{html.escape(name)}</strong> {scale} · {html.escape(credit)}"
    drawing = _drawing(streets, west, south, m_per_mm)
    forms = "".join(_form(_WORDS[language]) for language in languages if language in _WORDS)
    page = _page(html.escape(name), languages[0], heading, drawing, forms)
    (folder / "paper_map.html").write_text(page, encoding="utf-8")
    with (folder / "digitising_sheet.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(
            f"# frame {west:.1f} {south:.1f} {m_per_mm:.4f} (west, south, metres a millimetre: leave this line)\n"
        )
        csv.writer(file).writerow(SHEET)


def frame_of(district: shapely.Geometry) -> tuple[float, float, float]:
    """West and south of the printed frame in metres, and metres a millimetre; round, so that a ruler does."""
    west, south, east, north = district.bounds
    needed = max((east - west) / WIDTH_MM, (north - south) / HEIGHT_MM) * 1.05
    m_per_mm = float(np.ceil(needed * 2) / 2)
    return (west + east - WIDTH_MM * m_per_mm) / 2, (south + north - HEIGHT_MM * m_per_mm) / 2, m_per_mm


def _drawing(streets: gpd.GeoDataFrame, west: float, south: float, m_per_mm: float) -> str:
    """The streets within the frame, in millimetres from its upper left corner."""
    frame = shapely.box(west, south, west + WIDTH_MM * m_per_mm, south + HEIGHT_MM * m_per_mm)
    inside = streets[streets.intersects(frame)]
    drawn = shapely.transform(
        shapely.intersection(inside.geometry.to_numpy(), frame),
        lambda xy: np.column_stack([(xy[:, 0] - west) / m_per_mm, HEIGHT_MM - (xy[:, 1] - south) / m_per_mm]),
    )
    wide = inside["highway"].isin(_MAIN).to_numpy()
    return _path(drawn[~wide], 0.3, "#777") + _path(drawn[wide], 1.0, "#333")


def _page(name: str, language: str, heading: str, drawing: str, forms: str) -> str:
    """The page; all texts are escaped already."""
    return f"""<!doctype html>
<html lang="{html.escape(language)}"><head><meta charset="utf-8"><title>{name}</title>
<style>
@page {{ size: A3 landscape; margin: 10mm }}
body {{ font: 3.4mm sans-serif; margin: 0 }}
svg {{ width: {WIDTH_MM + 10}mm; height: {HEIGHT_MM + 10}mm }}
table {{ border-collapse: collapse; width: {WIDTH_MM}mm }}
td {{ border: .3mm solid #999; padding: 1mm; height: 5mm; width: 16% }}
p {{ margin: 1mm 0 }}
</style></head><body>
<p>{heading}</p>
<svg viewBox="-8 0 {WIDTH_MM + 10} {HEIGHT_MM + 10}" role="img" aria-label="{name}">
<rect width="{WIDTH_MM}" height="{HEIGHT_MM}" fill="none" stroke="#000" stroke-width=".4"/>
{drawing}{_ruler()}</svg>
{forms}</body></html>
"""


def _path(lines: "np.ndarray[tuple[int], np.dtype[np.object_]]", width: float, colour: str) -> str:
    parts = shapely.get_parts(lines[~shapely.is_empty(lines)])
    steps = ["M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in shapely.get_coordinates(part)) for part in parts]
    return f'<path d="{"".join(steps)}" fill="none" stroke="{colour}" stroke-width="{width}"/>\n'


def _ruler() -> str:
    """Millimetres along the frame, counted from the lower left corner."""
    across = "".join(
        f'<text x="{x}" y="{HEIGHT_MM + 5}" font-size="4" text-anchor="middle">{x}</text>'
        f'<path d="M{x} {HEIGHT_MM}v2" stroke="#000" stroke-width=".3"/>'
        for x in range(0, int(WIDTH_MM) + 1, _TICK_MM)
    )
    up = "".join(
        f'<text x="-2" y="{HEIGHT_MM - y + 1.5}" font-size="4" text-anchor="end">{y}</text>'
        for y in range(0, int(HEIGHT_MM) + 1, _TICK_MM)
    )
    return across + up


def _form(words: Mapping[str, str]) -> str:
    titles = "".join(f"<td>{html.escape(words[name])}</td>" for name in ("kind", "severity", "text", "age", "role"))
    head = f"<p><strong>{html.escape(words['title'])}</strong> · {html.escape(words['form'])} ______ · "
    return f"{head}{html.escape(words['private'])}</p><table><tr>{titles}</tr><tr>{'<td></td>' * 5}</tr></table>\n"
