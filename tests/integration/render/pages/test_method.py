"""The page of how the figures came about: a plain headline, sources with their days, measures with their words."""

import re

import pytest

import tesoma_geo as tg
from tesoma_geo.render.figures import headline
from tesoma_geo.render.figures.travellers import traveller_sentences
from tesoma_geo.render.pages.method import method_page
from tesoma_geo.render.pages.site_context import SiteContext
from tesoma_geo.render.text.catalogue import catalogue


@pytest.fixture
def page(assessment: tg.Assessment) -> str:
    (made,) = method_page(SiteContext(assessment, (), "en", navigation=("start",)))
    return made.body


def test_the_headline_says_how_figures_come_about(page: str) -> None:
    assert '<div class="message"><p>The figures are calculated from maps, statistics and timetables.' in page


def test_the_lead_tells_of_which_day_the_timetable_is(page: str) -> None:
    lead = page[: page.index('id="sure"')]
    assert re.search(r"<p>Times by public transport follow the timetable of \d+\s\w+ 20\d\d\.</p>", lead)


def test_each_way_of_moving_says_how_fast(assessment: tg.Assessment, page: str) -> None:
    told = page[page.index('id="speeds"') :].split("</section>")[0]
    text = catalogue("en")
    ways = headline.profiles(assessment)
    assert told.count("<li>") == len(ways)
    for way in ways:
        # Its name leads to its page.
        assert re.search(rf'<strong><a href="by-[\w.-]+">{text.named("profile", way)}</a></strong>', told)
        assert traveller_sentences(assessment, text, way)[0].text in re.sub(r"<[^>]*>", "", told)


def test_sources_are_read_without_a_table_and_files_are_folded(page: str) -> None:
    shown = re.sub(r"<details>.*?</details>", "", page[page.index('id="sources"') :], flags=re.DOTALL)
    assert "<table" not in shown
    shown = " ".join(re.sub(r"<[^>]*>", " ", shown).split())
    assert not re.search(r"\.(gpkg|tif|zip|pbf|csv|json)\b", shown)
    assert "Public transport : 1 January 2026–31 December 2026 Made-up data, CC0 1.0" in shown
    assert "Residents : 2020 Made-up data" in shown
    assert "Public transport stops : date not known" in shown or "Streets : date not known" in shown
    assert "the file was made on 2 January 2026" in shown


def test_how_sure_figures_are_is_told_and_leads_to_them(assessment: tg.Assessment) -> None:
    (made,) = method_page(SiteContext(assessment, (), "en", navigation=("start", "figures", "method")))
    section = made.body[made.body.index('id="sure"') :].split("</section>")[0]
    runs = assessment.summary["uncertainty"]["walk"]["runs"]
    assert f"The calculation was made {runs} times".lower() in section.lower()
    assert re.search(r'<a class="on-screen" href="figures(-en)?\.html#sure">', section)


@pytest.mark.parametrize("name", ["Palma", "Gini", "Theil", "FGT", "Simpson", "Shannon", "Lorenz"])
def test_one_measure_is_told_in_words_and_names_are_for_who_checks(page: str, name: str) -> None:
    folded = "".join(re.findall(r"<details>.*?</details>", page, flags=re.DOTALL))
    shown = re.sub(r"<details>.*?</details>", "", page, flags=re.DOTALL)
    assert name in folded
    assert name not in re.sub(r"<[^>]*>", "", shown)
    assert "<table" not in shown[shown.index('id="measures"') : shown.index('id="from"')]
    assert "times as long as for the four tenths who live nearest" in shown
