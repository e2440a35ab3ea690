"""Codes and names of areas, whatever their columns are called."""

import geopandas as gpd
import pytest
import shapely

from tesoma_geo.errors import SourceError
from tesoma_geo.sources.area_columns import likely_code, with_codes_and_names
from tesoma_geo.tables import Reading


def _areas(**columns: list[object]) -> gpd.GeoDataFrame:
    count = len(next(iter(columns.values()))) if columns else 1
    squares = [shapely.box(number, 0, number + 1, 1) for number in range(count)]
    return gpd.GeoDataFrame(columns, geometry=squares, crs="EPSG:3067")


def _named(areas: gpd.GeoDataFrame, **options: object) -> tuple[list[str], list[str], str]:
    reading = with_codes_and_names(Reading(areas, (), ()), "district.area", "areas.gpkg", **options)  # type: ignore[arg-type]
    return list(reading.table["code"]), list(reading.table["name"]), "; ".join(reading.notes)


def test_an_outline_without_columns_is_the_district_itself() -> None:
    assert _named(_areas(), called="Sé") == (["1"], ["Sé"], "")


def test_columns_that_are_named_are_taken_before_those_that_look_like_it() -> None:
    areas = _areas(code=["a", "b"], CD_SETOR=[355.0, 356.0], name=["x", "y"], NM=["República", None])
    assert _named(areas, code="CD_SETOR", name="NM") == (["355", "356"], ["República", "356"], "")


@pytest.mark.parametrize(
    ("columns", "codes", "names"),
    [
        ({"Code": ["7", "8"], "NOME": ["Sé", "Brás"]}, ["7", "8"], ["Sé", "Brás"]),
        ({"code": ["7", "7"], "gid": [1, 2], "nimi": ["A", "B"]}, ["1", "2"], ["A", "B"]),
        ({"code": [None, "7"]}, ["1", "2"], ["1", "2"]),
        ({"name": [None, None], "nom": ["p", "q"]}, ["1", "2"], ["p", "q"]),
    ],
)
def test_the_first_likely_column_that_fits_is_taken_and_told(
    columns: dict[str, list[object]], codes: list[str], names: list[str]
) -> None:
    found_codes, found_names, notes = _named(_areas(**columns))
    assert (found_codes, found_names) == (codes, names)
    assert "[district]" in notes


def test_numbers_are_no_codes_of_another_file() -> None:
    areas = _areas(id=[1, 2], name=["A", "B"])
    assert _named(areas, likely_codes=["code"], numbered="area ")[0] == ["area 1", "area 2"]


@pytest.mark.parametrize(("code", "told"), [("kod", "no column 'kod'"), ("code", "'7'")])
def test_a_named_column_that_does_not_fit_is_a_fault(code: str, told: str) -> None:
    with pytest.raises(SourceError, match=told):
        _named(_areas(code=["7", "7"]), code=code)


def test_likely_code_needs_a_value_in_every_row() -> None:
    assert likely_code(_areas(id=[1, None], nro=[3, 4])) == "nro"
    assert likely_code(_areas(other=[3, 4])) is None
