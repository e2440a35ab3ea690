"""Columns of outputs: named, checked and documented from one record each."""

import runpy
from pathlib import Path

import pytest

from tesoma_geo import columns, command_columns, tables
from tesoma_geo._columns import ALL_PROFILES, STREETS, Column, OutputTable
from tesoma_geo.annotations.privacy import ALLOWED

MAKE = Path(__file__).resolve().parents[2] / "docs" / "make_outputs.py"
DECLARED = [*vars(columns).values(), *vars(command_columns).values(), *columns.PROJECT.values()]
OUTPUTS = [table for table in DECLARED if isinstance(table, OutputTable)]
TABLE = OutputTable(
    "made-up.gpkg",
    "",
    "a row",
    "a point",
    (
        Column("id", "text", "", "always there"),
        Column("age_<group>", "int64", "", "sometimes there", "where ages are known"),
        Column("<profile>_s", "float32", "s", "of each profile", ALL_PROFILES),
        Column("<profile>_winter_s", "float32", "s", "of each on streets", STREETS),
        Column("<profile>_<kind>_s", "float32", "s", "of each kind", ALL_PROFILES),
    ),
)
PROFILES = {ALL_PROFILES: ["walk", "transit"], STREETS: ["walk"]}
WHOLE = {"geometry", "id", "walk_s", "transit_s", "walk_winter_s"}


def test_a_name_is_the_pattern_filled_in():
    assert columns.TO_HUB_S.of("walk") == "walk_to_hub_s"
    assert columns.TO_HUB_PERCENTILE_S.of("transit", 95) == "transit_to_hub_p95_s"
    assert columns.NEAREST_MIN.of("walk", "school") == "walk_school_nearest_min"
    assert columns.ORIGIN_ID.of() == "origin_id"


@pytest.mark.parametrize("values", [(), ("walk", "school")])
def test_a_name_needs_a_value_for_each_place(values):
    with pytest.raises(ValueError, match="<profile>_to_hub_s takes 1 values"):
        columns.TO_HUB_S.of(*values)


@pytest.mark.parametrize("more", [set(), {"age_7-17", "age_unknown"}, {"walk_shop_s", "transit_shop_s"}])
def test_what_is_declared_may_be_written(more):
    TABLE.check(WHOLE | more, PROFILES, {"kind": ["shop"]})


@pytest.mark.parametrize("name", ["ids", "xid", "car_s", "walk_cafe_s", "walk_winter", "age_"])
def test_a_column_that_is_not_declared_is_named(name):
    with pytest.raises(AssertionError, match=rf"made-up\.gpkg holds columns .* declare: {name}$"):
        TABLE.check({*WHOLE, name}, PROFILES, {"kind": ["shop"]})


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_a_column_that_is_always_there_is_missed_by_name(name):
    with pytest.raises(AssertionError, match=rf"made-up\.gpkg lacks columns .* there: {name}$"):
        TABLE.check(WHOLE - {name}, PROFILES, {"kind": ["shop"]})


def test_the_text_of_values_is_no_expression():
    with pytest.raises(AssertionError, match="wxlk_s"):
        TABLE.check({"geometry", "id", "w.lk_s", "wxlk_s"}, {ALL_PROFILES: ["w.lk"]})


@pytest.mark.parametrize("table", OUTPUTS, ids=lambda table: f"{table.file} {table.layer}".strip())
def test_a_table_declares_a_column_once_and_in_full(table):
    patterns = [column.pattern for column in table.columns]
    assert len(set(patterns)) == len(patterns)
    for column in table.columns:
        assert column.dtype in {"text", "bool", "int32", "int64", "float32", "float64"}
        assert column.meaning
        assert not column.meaning.endswith(".")
        assert "|" not in column.meaning + column.unit


def test_contracts_between_rooms_and_the_gate_to_publication_name_the_same_columns():
    for output, names in (
        (columns.ORIGINS, tables.ORIGINS.schema.columns),
        (columns.SERVICES, tables.SERVICES.schema.columns),
    ):
        assert set(names) - {"geometry"} <= {column.pattern for column in output.columns}
    for kind, names in ALLOWED.items():
        of_kind = [
            column.pattern
            for column in columns.ANNOTATIONS.columns
            if {"every row", f"`{kind}`"} & set(column.there_for.split(", "))
        ]
        assert of_kind == list(names)


def test_the_page_of_outputs_is_current():
    made = runpy.run_path(str(MAKE))
    text = made["PAGE"].read_text(encoding="utf-8")
    assert made["page"](text) == text, "run make outputs-docs"
    assert all(f"<!-- columns: {table.file} -->" in text for table in OUTPUTS)
    assert set(made["TABLES"]) == set(OUTPUTS)
