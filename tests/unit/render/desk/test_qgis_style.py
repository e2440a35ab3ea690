"""Looks of layers as QGIS reads them."""

import pytest

from tesoma_geo.render.desk.qgis_style import (
    Rule,
    cell_rules,
    colour,
    fill,
    isochrone_rules,
    line,
    raster_style,
    vector_style,
)
from tesoma_geo.render.stills.basemap import palette
from tesoma_geo.render.text.catalogue import catalogue

FI = catalogue("fi")


def test_bands_leave_no_minute_out():
    conditions = [rule.condition for rule in cell_rules("walk", (5, 15), FI)]
    assert conditions == [
        '"walk_to_hub_min" <= 5', '"walk_to_hub_min" > 5 AND "walk_to_hub_min" <= 15',
        '"walk_to_hub_min" > 15 AND "walk_to_hub_min" < 1000000000', "ELSE",
    ]  # fmt: skip


def test_colours_are_those_of_the_pages():
    first = cell_rules("walk", (5, 15), FI)[0].symbol.find("layer/Option/Option[@name='color']")
    assert first is not None
    assert first.get("value") == colour(palette()["ramp-0"], 0.85)
    assert colour("#ff8000", 0.5) == "255,128,0,128"


@pytest.mark.parametrize("cutoffs", [(5.0,), (5.0, 10.0, 30.0)])
def test_isochrones_and_rasters_have_a_class_for_each_cutoff(cutoffs):
    assert len(isochrone_rules(cutoffs, FI)) == len(cutoffs)
    items = raster_style(cutoffs, FI)[0].findall("rasterrenderer/rastershader/colorrampshader/item")
    assert [item.get("value") for item in items] == [*(f"{60 * cutoff:g}" for cutoff in cutoffs), "inf"]


def test_one_symbol_for_every_row_and_rules_for_several():
    plain, *_ = vector_style([Rule("", fill(None, outline="#000000"))], [])
    assert plain.get("type") == "singleSymbol"
    ruled, *_ = vector_style(
        [Rule("a", line("#000000", 1), "x"), Rule("b", line("#ffffff", 2), "ELSE")], [], in_order="x"
    )
    assert [rule.get("filter") for rule in ruled.findall("rules/rule")] == ["x", "ELSE"]
    assert [symbol.get("name") for symbol in ruled.findall("symbols/symbol")] == ["0", "1"]
    assert ruled.findtext("orderby/orderByClause") == '"x"'
