"""The report: the assessment in plain language on some six pages, as accessible HTML and as a tagged PDF.

The PDF is made by WeasyPrint, not by a browser: it is a Python library (a planner needs no Chromium),
writes PDF/UA with tags, language and title from the same HTML, and the same bytes for the same input.
"""

import re
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from tesoma_geo._extras import require_installed
from tesoma_geo.errors import InputError
from tesoma_geo.render.figures import headline, hub_cards
from tesoma_geo.render.figures.credits import dated_credits, newest_day, short_credits
from tesoma_geo.render.figures.left_out import left_out_line
from tesoma_geo.render.figures.made_up_answers import answers_note
from tesoma_geo.render.figures.sentences import method_sentences
from tesoma_geo.render.figures.travellers import traveller_sentences
from tesoma_geo.render.report.chapters import chapters, poster_findings
from tesoma_geo.render.report.maps import MAP, POSTER, mapped, report_map
from tesoma_geo.render.report.pdf_structure import completed
from tesoma_geo.render.report.plans import better_first
from tesoma_geo.render.sections import fairness
from tesoma_geo.render.sections.sources import source_table
from tesoma_geo.render.text import assets
from tesoma_geo.render.text.catalogue import catalogue_of
from tesoma_geo.render.text.file_names import start_address
from tesoma_geo.render.text.place_names import hub_name
from tesoma_geo.workspace import Language

if TYPE_CHECKING:
    from tesoma_geo.annotations.privacy import Publication
    from tesoma_geo.assessment.assess import Assessment
    from tesoma_geo.scenarios.compare import Comparison

FORMATS = ("html", "pdf")
#: The stroke of "km/h", at which no line ends; a picture's bytes have no spaces.
_UNIT = re.compile(r"(?<=[\s\u00a0](?:km|cm))/(?=h\b)|(?<=[\s\u00a0]m)/(?=s\b)|(?<=[\s\u00a0]min)/(?=km\b)")
#: Neither at the spaces of a licence's name.
_LICENCE = re.compile(r"\bCC BY (?=\d)|\bCC0 (?=\d)")
#: The dash of a range, neither.
_RANGE = re.compile(r"(?<=\d)–(?=\d)")


def report_html(
    assessment: "Assessment",
    language: Language | None = None,
    publication: "Publication | None" = None,
    *,
    on_screen: bool = True,
    address: str = "",
    plans: "Sequence[Comparison]" = (),
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
    on_screen
        Whether it has maps for a phone and a list of its chapters to press; paper needs none.
    address
        Where the pages are, which the report then leads to; empty for none.
    plans
        The district before and after each plan that it recommends, in any order.

    Returns
    -------
    str
        HTML.
    """
    catalogue = catalogue_of(assessment.workspace, language)
    hub, done = hub_name(assessment.workspace, catalogue), headline.profiles(assessment)
    best_first = better_first(plans)
    printed_chapters = chapters(assessment, publication, catalogue, best_first)
    sources = source_table(assessment, catalogue)
    tables = [table for chapter in printed_chapters for table in chapter.printed]
    html = assets.rendered(
        "report.html.j2",
        t=catalogue,
        hub=hub,
        district=catalogue.of(assessment.workspace.district.name),
        made_up=assessment.workspace.district.made_up,
        answers_note=answers_note(assessment.workspace, catalogue) if publication else None,
        style=assets.inlined("styles/report.css"),
        headline=hub_cards.card(assessment, catalogue, headline.reaches(assessment)[0], hub),
        chapters=printed_chapters,
        findings=poster_findings(assessment, publication, catalogue, best_first),
        of_plans=len(best_first) > 1,
        site=assessment.workspace.site,
        dated=[*short_credits(assessment, catalogue), *newest_day(assessment, catalogue)],
        on_screen=on_screen,
        address=start_address(address, catalogue.language, assessment.workspace.district.languages[0]),
        maps=[
            report_map(assessment, catalogue, profile, POSTER if at == 0 else MAP, on_screen=on_screen)
            for at, profile in enumerate(mapped(done))
        ],
        method=method_sentences(assessment, catalogue),
        speeds=[(catalogue.named("profile", way), traveller_sentences(assessment, catalogue, way)) for way in done],
        left_out=[left_out_line(catalogue, item, done) for item in assessment.left_out],
        sources=sources,
        measures=fairness.measures(assessment, catalogue),
        credits=dated_credits(assessment, catalogue),
        numbered={table.key: number for number, table in enumerate(tables, 1)},
    )
    html = _LICENCE.sub(lambda found: found[0].replace(" ", "\u00a0"), html)
    return _RANGE.sub("\u2060–\u2060", _UNIT.sub("/\u2060", html))


def checked(path: Path) -> str:
    """The format of a report, known before anything is computed; an ``InputError`` for another than these.

    Parameters
    ----------
    path
        Its name tells the format.

    Returns
    -------
    str
        The format: the ending without its dot.

    Raises
    ------
    InputError
        Another ending.
    """
    kind = path.suffix.lower().removeprefix(".")
    if kind not in FORMATS:
        raise InputError(f"{path.name}: {kind or 'no'} format", "Name a file that ends in .html or .pdf")
    return kind


def write_report(
    assessment: "Assessment",
    path: Path,
    language: Language | None = None,
    publication: "Publication | None" = None,
    *,
    address: str = "",
    plans: "Sequence[Comparison]" = (),
) -> None:
    """Write the report as HTML or as a tagged PDF (PDF/UA-1), by the ending of its name.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    path
        The file to write.
    language
        Its tag; the workspace's first unless named.
    publication
        What residents said, as the privacy gate let it go.
    address
        Where the pages are, which the report then leads to; empty for none.
    plans
        The district before and after each plan that it recommends, in any order.

    Raises
    ------
    InputError
        Another ending, or a PDF on a machine without the Pango libraries.
    """
    kind = checked(path)
    if kind == "pdf":
        require_installed("weasyprint", extra="pdf")
    html = report_html(assessment, language, publication, on_screen=kind == "html", address=address, plans=plans)
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
    HTML(string=html, url_fetcher=inside).write_pdf(
        path, pdf_variant="pdf/ua-1", pdf_identifier=identifier, finisher=completed
    )
