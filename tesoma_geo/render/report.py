"""The report: the assessment in plain language on some six pages, as accessible HTML and as a tagged PDF.

The PDF is made by WeasyPrint, not by a browser: it is a Python library (a planner needs no Chromium),
writes PDF/UA with tags, language and title from the same HTML, and the same bytes for the same input.
"""

import base64
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from tesoma_geo.errors import InputError
from tesoma_geo.render import assets, charts, facts, page_tables
from tesoma_geo.render.i18n import Words, words
from tesoma_geo.render.page_tables import Table
from tesoma_geo.render.pages import left_out_line, summary_lines
from tesoma_geo.render.stills import Picture, write_still
from tesoma_geo.workspace import Language

if TYPE_CHECKING:
    from tesoma_geo.access.assess import Assessment
    from tesoma_geo.annotations.privacy import Publication

FORMATS = ("html", "pdf")
#: The maps in the report: as wide as its text.
MAP = Picture((180.0, 128.0), 150.0)


@dataclass(frozen=True)
class Figure:
    """A map in the report: what it shows, and the picture as an address."""

    caption: str
    picture: str


def report_html(
    assessment: "Assessment", language: Language | None = None, publication: "Publication | None" = None
) -> str:
    """The report as one HTML page with everything in it.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    language
        The workspace's first unless named.
    publication
        What residents said, as the privacy gate let it go.
    """
    text = words(language or assessment.workspace.district.languages[0])
    hub = text.of(assessment.workspace.hub.name)
    done, reaches = facts.profiles(assessment), facts.reaches(assessment)
    headline = facts.headline_cutoff(assessment)
    tables = _tables(assessment, text, done)
    return assets.rendered(
        "report.html.j2",
        t=text,
        hub=hub,
        district=text.of(assessment.workspace.district.name),
        made_up=assessment.workspace.district.made_up,
        style=assets.inlined("styles/report.css"),
        cards=[facts.card(text, reach, hub, headline) for reach in reaches],
        told=[(text.named("profile", reach.profile), summary_lines(text, reach, hub)) for reach in reaches[:1]],
        maps=[_map(assessment, text, profile) for profile in _mapped(done)],
        curves=charts.reach_curves(assessment, text, done),
        areas_chart=charts.area_bars(assessment, text, done[0]),
        ages_chart=charts.age_bars(assessment, text, done[0]),
        fairness_chart=charts.fairness_bars(assessment, text),
        tables=tables,
        heard=page_tables.heard(publication, text) if publication else None,
        method=_method(assessment, text, hub),
        left_out=[left_out_line(text, item, done) for item in assessment.left_out],
        credits=facts.credit_lines(assessment),
        numbered={key: number for number, key in enumerate(tables, 1)},
    )


def checked(path: Path) -> str:
    """The format of a report, known before anything is computed; an ``InputError`` for another than these."""
    kind = path.suffix.lower().removeprefix(".")
    if kind not in FORMATS:
        raise InputError(f"{path.name}: {kind or 'no'} format", "Name a file that ends in .html or .pdf")
    return kind


def write_report(
    assessment: "Assessment",
    path: Path,
    language: Language | None = None,
    publication: "Publication | None" = None,
) -> None:
    """Write the report as HTML or as a tagged PDF (PDF/UA-1), by the ending of its name.

    Raises
    ------
    InputError
        Another ending, or a PDF on a machine without the Pango libraries.
    """
    kind = checked(path)
    html = report_html(assessment, language, publication)
    if kind == "html":
        path.write_text(html, encoding="utf-8", newline="\n")
        return
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except OSError as error:
        raise InputError(
            f"a PDF needs the Pango libraries ({error})",
            "Install them (Debian: libpango-1.0-0 libpangoft2-1.0-0), or write .html and print that",
        ) from None
    # Pictures stand in the page; nothing is asked for from outside.
    inside = URLFetcher(allowed_protocols={"data"}, fail_on_errors=True)
    identifier = sha256(html.encode()).digest()[:16]
    HTML(string=html, url_fetcher=inside).write_pdf(path, pdf_variant="pdf/ua-1", pdf_identifier=identifier)


def _mapped(profiles: list[str]) -> list[str]:
    """The first profile, and the one with the shortest reach of those who cannot take stairs, when it is there."""
    return [profiles[0], *(name for name in ("wheelchair",) if name in profiles[1:])]


def _map(assessment: "Assessment", text: Words, profile: str) -> Figure:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "map.png"
        write_still(assessment, path, profile, text.language, MAP)
        content = base64.b64encode(path.read_bytes()).decode("ascii")
    hub = text.of(assessment.workspace.hub.name)
    return Figure(
        text("report.map", profile=text.named("profile", profile), hub=hub), f"data:image/png;base64,{content}"
    )


def _tables(assessment: "Assessment", text: Words, done: list[str]) -> dict[str, Table]:
    tables = {
        "reach": page_tables.reach(assessment, text),
        "areas": page_tables.areas(assessment, text, done),
        "services": page_tables.kinds(assessment, text, done),
        "fairness": page_tables.fairness(assessment, text),
        "ages": page_tables.by_age(assessment, text, done),
        "sources": page_tables.sources(assessment, text),
    }
    return {key: table for key, table in tables.items() if table is not None}


def _method(assessment: "Assessment", text: Words, hub: str) -> list[str]:
    cell = text.number(assessment.workspace.population.cell_m, 1)
    return [text(f"method.{topic}", cell=cell, hub=hub) for topic in ("streets", "homes", "times", "limits")]
