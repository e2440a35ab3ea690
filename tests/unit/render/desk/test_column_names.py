"""Names of columns in the languages of the pages."""

import pytest

from tesoma_geo import columns
from tesoma_geo.columns import OutputTable
from tesoma_geo.languages import LANGUAGES
from tesoma_geo.render.desk.column_names import _SUFFIX, _content, layer_name, named_columns, word
from tesoma_geo.render.text.catalogue import catalogue

PROFILES = ("walk", "walk_slow", "transit")
TABLES = [columns.ORIGINS, columns.SERVICES, columns.CELLS, columns.ISOCHRONES, columns.BETWEENNESS, columns.BARRIERS,
          columns.TRANSIT_STOPS, *columns.PROJECT.values()]  # fmt: skip


def called(name: str, table: OutputTable, language: str) -> str:
    return named_columns([name], table, catalogue(language), PROFILES)[0].name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", TABLES, ids=lambda table: f"{table.file}-{table.layer}")
def test_every_column_has_a_name_in_every_language(table, language):
    assert [column.pattern for column in table.columns if column.pattern not in _content()[language]] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", TABLES, ids=lambda table: f"{table.file}-{table.layer}")
def test_no_column_names_its_unit_twice(table, language):
    units = {column.pattern: f"({_SUFFIX[column.unit]})" for column in table.columns if column.unit in _SUFFIX}
    names = {pattern: _content()[language].get(pattern, "") for pattern in units}
    assert {pattern: name for pattern, name in names.items() if name.endswith(units[pattern])} == {}


@pytest.mark.parametrize(
    ("column", "name"),
    [
        ("walk_to_hub_min", "Kävely: keskukseen (min)"),
        ("walk_slow_to_hub_min", "Hidas kävely: keskukseen (min)"),
        ("walk_grocery_nearest_min", "Kävely: lähimpään, Ruokakaupat (min)"),
        ("walk_slope_min", "Kävely: osa, Mäet (min)"),
        ("age_7_17", "7–17-vuotiaita"),
    ],
)
def test_places_are_filled_in_words_and_the_longest_pattern_wins(column, name):
    assert called(column, columns.CELLS, "fi") == name


def test_names_of_one_table_differ_and_tell_unit_and_meaning():
    one, other = named_columns(["walk_to_hub_min", "population"], columns.CELLS, catalogue("en"), PROFILES)
    assert (one.unit, other.unit) == ("min", "residents")
    assert "nearest entrance" in one.meaning
    assert "`" not in one.meaning


def test_a_column_that_nobody_declared_keeps_its_name():
    assert called("something", columns.CELLS, "sv") == "something"


def test_a_language_without_names_has_the_english_ones():
    assert word("all", catalogue("fi")) == "Kaikki"
    assert layer_name("cells", catalogue("sv")) == "Rutor"
    assert layer_name("nothing", catalogue("sv")) == "nothing"
