"""Layers of a project: which rows each symbol is for."""

import geopandas as gpd
import pytest

from tesoma_geo.render.desk.looks import _passed_rules, _quoted
from tesoma_geo.render.text.catalogue import catalogue


@pytest.mark.parametrize("residents", [[1.0, 40.0, 100.0], [0.3], []])
def test_every_street_that_is_passed_has_one_symbol(residents):
    rules = _passed_rules(gpd.GeoDataFrame({"residents": residents}), catalogue("en"))
    limits = [(float(rule.condition.split()[2]), float(rule.condition.split()[6])) for rule in rules]
    for count in residents:
        assert sum(since < count <= to for since, to in limits) == 1


def test_names_of_kinds_stay_text_in_conditions():
    assert _quoted("it's") == "it''s"
