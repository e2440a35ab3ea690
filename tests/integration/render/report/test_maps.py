"""Maps of the report: on paper a picture with its legend, on a phone one without, the legend as text."""

import base64
import re
from io import BytesIO

import pytest
from PIL import Image

import tesoma_geo as tg
from tesoma_geo.render.figures import headline
from tesoma_geo.render.report.maps import MAP, PHONE, ReportMap, mapped, report_map
from tesoma_geo.render.report.write import report_html
from tesoma_geo.render.stills.layout import layout
from tesoma_geo.render.stills.legend import legend_rows
from tesoma_geo.render.text.catalogue import catalogue


@pytest.fixture(scope="module")
def walk(assessment: tg.Assessment) -> ReportMap:
    return report_map(assessment, catalogue("en"), "walk", MAP, on_screen=True)


def test_the_first_way_of_moving_has_a_map_and_the_wheelchair_where_it_is_another() -> None:
    assert mapped(["walk", "bicycle", "wheelchair"]) == ["walk", "wheelchair"]
    assert mapped(["wheelchair", "walk"]) == ["wheelchair"]


def test_a_phone_has_maps_of_its_own_and_paper_has_none(assessment: tg.Assessment, walk: ReportMap) -> None:
    wide, high = Image.open(BytesIO(base64.b64decode(walk.on_phone.partition(",")[2]))).size
    assert (wide, high) == pytest.approx([side / 25.4 * PHONE.dpi for side in PHONE.size_mm], abs=1)
    html = report_html(assessment, "en")
    assert html.count("<picture>") == html.count('<figure class="map">') == html.count('<ul class="legend">') > 0
    paper = report_html(assessment, "en", on_screen=False)
    assert "<picture>" not in paper
    assert '<ul class="legend">' not in paper


def test_a_phones_map_fills_its_picture(assessment: tg.Assessment) -> None:
    at = layout(assessment, PHONE.size_mm, PHONE.letters, framed=False, legend=False)
    assert at.map[2] * 25.4 > 0.95 * PHONE.size_mm[0]
    assert at.map[3] * 25.4 > 0.95 * PHONE.size_mm[1]


def test_the_legend_below_a_phones_map_is_that_of_the_picture(assessment: tg.Assessment, walk: ReportMap) -> None:
    reach = next(row for row in headline.reaches(assessment) if row.profile == "walk")
    at = layout(assessment, PHONE.size_mm, PHONE.letters, framed=False, legend=False)
    rows = [row for group in legend_rows(assessment, reach, catalogue("en"), at, noted=False) for row in group]
    assert [row for row, _ in walk.legend] == rows
    assert len(rows) > 6
    for row, outline in walk.legend:
        assert bool(re.fullmatch(r"(M(-?\d+\.\d,-?\d+\.\d ?)+Z)+", outline)) == bool(row.sign)
