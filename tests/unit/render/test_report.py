"""The report: four to eight pages, tagged, read in order, its figures those of the summary."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

import tesoma_geo as tg
from tesoma_geo.errors import InputError
from tesoma_geo.render.report import report_html, write_report


@pytest.mark.parametrize(("language", "word"), [("fi", "Raportti"), ("sv", "Rapport"), ("en", "Report")])
def test_the_report_is_in_the_language_asked_for(assessment: tg.Assessment, language, word) -> None:  # type: ignore[no-untyped-def]
    html = report_html(assessment, language)
    assert f'<html lang="{language}">' in html
    assert f"<title>{word}" in html
    assert re.findall(r'(?:src|href)="(?!data:)', html) == []


def test_its_figures_are_those_of_the_summary_and_say_where_they_stand(assessment: tg.Assessment) -> None:
    html = report_html(assessment, "en")
    for figures in assessment.summary["profiles"].values():
        for count in figures["population_within"].values():
            assert f"{count:,}" in html
    tables = html.count("<caption>")
    assert tables >= 5
    assert html.count("The figures in the result files:") == tables


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="pdfinfo (poppler-utils) is not installed")
def test_the_pdf_is_tagged_short_and_read_in_order(assessment: tg.Assessment, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    write_report(assessment, path, "en")
    told = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Tagged:\s+yes", told)
    assert 4 <= int(re.search(r"Pages:\s+(\d+)", told)[1]) <= 8  # type: ignore[index]
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    order = (
        "In short",
        "Maps",
        "by each way of moving",
        "Travel time by residential area",
        "Everyday services",
        "Those who live near",
        "Residents of each age",
        "How the figures were made",
        "Sources and licences",
    )
    places = [text.find(heading) for heading in order]
    assert -1 not in places
    assert places == sorted(places)


def test_another_format_is_refused(assessment: tg.Assessment, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="docx"):
        write_report(assessment, tmp_path / "report.docx")
