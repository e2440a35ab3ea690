"""The page of a batch: in order, by every way of moving, with reasons, and names that stay text."""

import html
import json
import re
from dataclasses import replace

import numpy as np
import pytest
import shapely

from tesoma_geo import command_columns
from tesoma_geo.render.pages.districts import district_pages
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.render.text.terms import by_way
from tests.figure_marks import leading_nowhere, unmarked
from tests.made_districts import LANGUAGES, REASON, made_districts, made_hubs, without_sharing

#: Of the sample: its minutes, more, and no way.
COLOURS = range(7)
HOSTILE = '<img src=x onerror="alert(1)">'


def page_of(pages, language):
    return pages["index.html" if language == "fi" else f"{language}.html"].decode("utf-8")


def rows_of(page, number=0):
    body = re.findall(r"<tbody>(.*?)</tbody>", page, re.DOTALL)[number]
    return [re.findall(r"<t[hd][^>]*>([^<]*)", row) for row in re.findall(r"<tr[ >].*?</tr>", body, re.DOTALL)]


@pytest.fixture
def districts(sample_workspace, tmp_path):
    return made_districts(sample_workspace, tmp_path, ["KUUSELA", HOSTILE, "Niemi", "Suo"], failed=[2])


def test_the_quickest_district_comes_first_in_every_language(districts):
    pages = district_pages(*districts)
    for language in LANGUAGES:
        page = page_of(pages, language)
        rows = rows_of(page)
        assert [html.unescape(row[0]) for row in rows] == ["Kuusela", HOSTILE, "Suo"]
        assert [row[1] for row in rows] == ["1", "2", "3"]
        assert catalogue(language)("profile.bicycle") in page
        assert unmarked(page) == leading_nowhere(page) == []
        assert "summary.csv: walk_median_min" in page
        assert re.search('<p class="place">[^<]+</p>', page)  # of what place these are the districts
        assert len(re.findall("<tbody>", page)) == 2  # a table a way of moving
        assert f"<dd>{catalogue(language)('reason.nobody')}" in page
        assert REASON not in page
        assert HOSTILE not in page
        assert f"assets/map-{language}.js" in page
    assert b"<img" not in pages["assets/map-data.js"]
    headline = catalogue("en")("districts.headline", by="on foot", n="3", all="3", m="15")
    assert headline in page_of(pages, "en")  # who has no figures is not counted as far away
    assert catalogue("en").counted("districts.without_told", 1) in page_of(pages, "en")
    first, _, last = rows_of(page_of(pages, "en"))
    ends = catalogue("en")("districts.ends", first="Kuusela", fast=first[3], last="Suo", slow=last[3])
    assert re.sub(r"</?span[^>]*>", "", page_of(pages, "en")).count(ends) == 1
    bands = re.findall(r'data-tells="band-(\d)"', page_of(pages, "en"))
    assert 0 < len(bands) < len(COLOURS)  # those that some district has by some way of moving
    credited = page_of(pages, "en").split('class="map-credits">')[1].split("</p>")[0]
    assert re.search(r"Residents: \d{4}", credited)  # of which day its layers are
    assert "Streets" in credited


def test_a_district_whose_place_nobody_knows_is_in_the_list_and_not_on_the_map(sample_workspace, tmp_path):
    tasks, table = made_districts(sample_workspace, tmp_path, ["Ahde", "Niemi", "Suo"], failed=[0, 2])
    table.loc[0, "geometry"] = shapely.Polygon()
    tasks[0] = replace(tasks[0], workspace=None, shares=None, fault=REASON)
    pages = district_pages(tasks, table)
    data = json.loads(pages["assets/map-data.js"].decode().removeprefix("tesoma.data = ").rstrip(";\n"))
    assert data["without_figures"]["packed"]["names"] == ["Suo"]
    assert '"texts": ["Niemi", "Suo"]' in json.dumps(data["names"])
    for language in LANGUAGES:
        page = page_of(pages, language)
        assert "Ahde, Suo" in page
        assert [row[0] for row in rows_of(page)] == ["Niemi"]
        assert catalogue(language).counted("districts.without_told", 2) in page
        assert "nan" not in page.lower().split('<svg class="drawn-districts"')[1].split("</svg>")[0]


def test_same_districts_same_bytes_whatever_the_order_of_reading(districts):
    assert district_pages(*districts) == district_pages(*districts)


def test_a_batch_in_which_all_failed_says_so(sample_workspace, tmp_path):
    pages = district_pages(*made_districts(sample_workspace, tmp_path, ["a", "b"], failed=[0, 1]))
    page = page_of(pages, "en")
    assert catalogue("en")("districts.none", n="2") in page
    assert "<tbody>" not in page
    assert "assets/map-en.js" not in pages
    assert catalogue("en")("reason.nobody") in page


def test_a_reason_that_is_not_known_is_told_and_has_the_programs_own_words_folded(sample_workspace, tmp_path):
    tasks, table = made_districts(sample_workspace, tmp_path, ["a", "b", "c"], failed=[1, 2])
    table.loc[2, "reason"] = "unexpected <ZeroDivisionError>"
    page = page_of(district_pages(tasks, table), "fi")
    assert f"<dd>{catalogue('fi')('reason.nobody')}" in page
    told = page.split(f"<dd>{catalogue('fi')('reason.other')}")[1].split("</dd>")[0]
    assert '<p lang="en">unexpected &lt;ZeroDivisionError&gt;</p></details>' in told


@pytest.mark.parametrize(("median", "told"), [(7.0, "within 7\u00a0min"), (np.nan, "Fewer than half")])
def test_one_district_is_not_one_of_one(sample_workspace, tmp_path, median, told):
    tasks, table = made_districts(sample_workspace, tmp_path, ["a"])
    table.loc[0, command_columns.BATCH_MEDIAN_MIN.of("walk")] = median
    page = page_of(district_pages(tasks, table), "en")
    headline = page.partition('<div class="card message">')[2].partition("</div>")[0]
    assert told in headline
    assert "1 of 1" not in headline
    assert '<p class="place">a</p>' in page
    # Nor has it a place among others.
    words = catalogue("en")
    assert f'<h1 class="kicker">{words("districts.title_one")}</h1>' in page
    assert [words(key) in page for key in ("districts.title", "districts.ranking_note")] == [False, False]
    assert 'data-key="rank"' not in page


def test_the_foot_names_whose_data_it_is_and_of_which_day(districts):
    page = page_of(district_pages(*districts), "en")
    foot = page.partition("<footer>")[2]
    assert catalogue("en")("sources.title") in foot
    shared = districts[0][0].shares
    assert shared.network.licence in foot
    assert catalogue("en").day(shared.transit.as_of or shared.transit.date.isoformat()) in foot


def test_districts_with_workspaces_of_their_own_have_their_own_hubs(districts):
    tasks, table = districts
    table.loc[0, command_columns.BATCH_MEDIAN_MIN.of("walk")] = np.nan
    page = page_of(district_pages(without_sharing(tasks), table), "en")
    assert [catalogue("en")(key) in page for key in ("districts.own_hubs", "reach.dash")] == [True, True]


def headline_of(page):
    message = page.partition('<div class="card message">')[2].partition("</div>")[0]
    return html.unescape(re.sub(r"<[^>]*>", "", message))


def test_places_for_a_hub_are_in_order_on_the_map_of_their_district(sample_workspace):
    pages = district_pages(*made_hubs(sample_workspace, ["SQUARE", HOSTILE, "Niemi", "Station"], failed=[2]))
    data = json.loads(pages["assets/map-data.js"].decode("utf-8").removeprefix("tesoma.data = ").rstrip(";\n"))
    assert list(data) == ["water", "district", "hubs", "names"]
    assert data["hubs"]["packed"]["names"] == ["Square", HOSTILE, "Station"]
    for language in LANGUAGES:
        page, words = page_of(pages, language), catalogue(language)
        rows = rows_of(page)
        assert [html.unescape(row[0]) for row in rows] == ["Square", HOSTILE, "Station"]
        assert [row[1] for row in rows] == ["1", "2", "3"]
        assert words("hub_table.title") in page
        assert words(
            "hub_table.headline", by=by_way(words, "walk"), first="Square", fast=rows[0][2], all="3"
        ) in headline_of(page)
        assert words("hub_table.ends", last="Station", slow=rows[2][2]) in headline_of(page)
        assert words.counted("hub_table.without_told", 1) in page
        assert 'data-key="residents"' not in page  # all rows have the same
        assert HOSTILE not in page
        assert unmarked(page) == leading_nowhere(page) == []
        assert page.count('<g class="drawn-hub">') == 3
        assert "nan" not in page.lower().split('<svg class="drawn-districts"')[1].split("</svg>")[0]


@pytest.mark.parametrize(("alike", "told"), [(2, "A, B. "), (4, "4 of the 5 places with figures are equally quick")])
def test_places_that_are_told_with_the_same_minutes_are_equally_good(sample_workspace, alike, told):
    tasks, table = made_hubs(sample_workspace, list("ABCDE"))
    table.loc[: alike - 1, command_columns.BATCH_MEDIAN_MIN.of("walk")] = 2.0
    assert told in headline_of(page_of(district_pages(tasks, table), "en"))


def test_where_half_reach_no_place_none_is_the_best(sample_workspace):
    tasks, table = made_hubs(sample_workspace, ["a", "b"])
    table[command_columns.BATCH_MEDIAN_MIN.of("walk")] = np.nan
    headline = headline_of(page_of(district_pages(tasks, table), "en"))
    assert catalogue("en")("hub_table.headline_never", by="on foot", n="2") in headline
    assert catalogue("en")("hub_table.ends", last="", slow="").split(":")[0] not in headline


@pytest.mark.parametrize(("median", "told"), [(7.0, "within 7\u00a0min"), (np.nan, "fewer than half")])
def test_one_place_is_not_the_quickest_of_one(sample_workspace, median, told):
    tasks, table = made_hubs(sample_workspace, ["Square"])
    table.loc[0, command_columns.BATCH_MEDIAN_MIN.of("walk")] = median
    page, words = page_of(district_pages(tasks, table), "en"), catalogue("en")
    assert headline_of(page).startswith("Square: ")
    assert told in headline_of(page)
    assert f'<h1 class="kicker">{words("hub_table.title_one")}</h1>' in page
    assert [words(key) in page for key in ("hub_table.title", "hub_table.ranking_note", "hub_table.legend_note")] == [
        False
    ] * 3


def test_where_all_places_failed_there_is_no_map(sample_workspace):
    pages = district_pages(*made_hubs(sample_workspace, ["a", "b"], failed=[0, 1]))
    page = page_of(pages, "en")
    assert catalogue("en")("hub_table.none", n="2") in page
    assert "assets/map-en.js" not in pages
    assert catalogue("en")("reason.place") in page
