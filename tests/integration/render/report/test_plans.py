"""Plans that the report recommends: the better first, in sentences with range and cost, a chapter each."""

import re
from dataclasses import replace

import pytest

import tesoma_geo as tg
from tesoma_geo.inputs.publication import published
from tesoma_geo.render.report.plans import better_first, plan_sections, recommendation
from tesoma_geo.render.report.write import report_html
from tesoma_geo.render.sections.advice import largest_delay
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.scenarios.compare import Comparison
from tesoma_geo.workspace import LANGUAGES

ENGLISH = catalogue("en")
EUR = 120_000.0


def named(comparison: Comparison, name: str, times: float = 1.0) -> Comparison:
    """The same plan under another name, that saves so many times the minutes and has a price."""
    answers = [{**row, "resident_min": times * row["resident_min"]} for row in comparison.figures["answers"]]
    costs = {"total_eur": EUR, "parts_eur": {}, "unknown": []}
    return replace(
        comparison,
        scenario=comparison.scenario.model_copy(update={"name": dict.fromkeys(LANGUAGES, name)}),
        figures={**comparison.figures, "answers": answers, "costs": costs},  # type: ignore[typeddict-item]
    )


@pytest.fixture(scope="module")
def plans(comparison: Comparison) -> list[Comparison]:
    return [named(comparison, "The lesser", 0.5), named(comparison, "The better")]


def test_the_one_that_saves_more_comes_first_whatever_the_order(plans: list[Comparison]) -> None:
    for given in (plans, plans[::-1]):
        assert [dict(plan.scenario.name)["en"] for plan in better_first(given)] == ["The better", "The lesser"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_recommendation_tells_who_gains_between_how_many_and_the_cost(plans: list[Comparison], language: str) -> None:
    words, (_, better) = catalogue(language), plans
    told = recommendation(better, words)
    sure = better.figures["sure"]
    assert sure is not None
    (shown,) = [
        row for row in better.figures["answers"] if (row["to"], row["profile"]) == (sure["to"], sure["profile"])
    ]
    assert told.startswith("The better: ")
    assert words.counted("residents", shown["gaining"]) in told
    assert words("scenario.sure", between=f"{sure['gaining'][0]}–{sure['gaining'][1]}") in told
    assert words("scenario.cost", eur=words.number(EUR)) in told


def test_a_plan_is_a_chapter_with_what_it_does_to_whom(plans: list[Comparison]) -> None:
    sections = plan_sections(better_first(plans), ENGLISH)
    assert [section.title for section in sections] == ["Plan: The better", "Plan: The lesser"]
    for section in sections:
        told = " ".join(section.sentences)
        assert ENGLISH("scenario.cost", eur=ENGLISH.number(EUR)) in told
        assert section.charts
        (table,) = section.tables
        assert "by car" in told.lower(), "the other way of moving"
        assert table.source.startswith("tesoma-geo scenario scenario.toml: comparison.json")
    assert len({table.key for section in sections for table in section.tables}) == 2


def test_the_first_page_recommends_the_best_plan_and_tells_the_largest_delay(
    assessment: tg.Assessment, plans: list[Comparison]
) -> None:
    public = published(assessment.inputs, who="test")
    html = report_html(assessment, "en", public, plans=plans)
    helps = html.partition("<strong>Recommendations</strong>")[2].partition("</li>")[0]
    assert helps.strip().startswith("The better: ")
    assert "The lesser" not in helps
    _, delay = largest_delay(assessment, ENGLISH) or pytest.fail("nothing delays")
    assert delay.short in helps
    assert html.index("Plan: The better</h2>") < html.index("Plan: The lesser</h2>")
    assert "comparison.json" not in html.partition('id="annex"')[0]
    assert "tesoma-geo scenario scenario.toml: comparison.json" in html.partition('id="annex"')[2]


def test_names_of_a_plan_stay_text(assessment: tg.Assessment, comparison: Comparison) -> None:
    html = report_html(assessment, "en", plans=[comparison])
    assert "<img src=x" not in html
    assert "&lt;img src=x" in html


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_two_plans_have_eight_sheets_at_most_and_all_of_the_first_stands_on_it(
    assessment: tg.Assessment, plans: list[Comparison], language: str
) -> None:
    weasyprint = pytest.importorskip("weasyprint")
    html = report_html(assessment, language, published(assessment.inputs, who="test"), plans=plans, on_screen=False)
    assert '<div class="poster full">' in html
    sheets = weasyprint.HTML(string=html).render().pages
    assert len(sheets) <= 8
    # The first sheet is one: the first chapter begins on the second.
    anchors = [set(sheet.anchors) for sheet in sheets[:2]]
    first = re.findall(r'<section id="([^"]+)"', html)[0]
    assert first in anchors[1]
