"""The tables of an assessment as their columns are declared."""

from dataclasses import replace

import pytest

from tesoma_geo import columns
from tesoma_geo.assessment.outputs import check_columns, write_results


def tables(assessment):
    """Each table that is written, beside its declaration."""
    yield assessment.origins, columns.ORIGINS
    yield assessment.services, columns.SERVICES
    yield assessment.cells, columns.CELLS
    yield assessment.lived.barriers, columns.BARRIERS
    yield assessment.transit_analysis.stops, columns.TRANSIT_STOPS
    yield from ((table, columns.ISOCHRONES) for table in assessment.isochrones.values())
    yield from ((table, columns.BETWEENNESS) for table in assessment.street_analysis.passed.values())


def test_columns_have_the_types_that_are_declared(sample_assessment):
    profiles = sample_assessment.workspace.access.profiles
    for table, output in tables(sample_assessment):
        written = set()
        for column in output.columns:
            expression = column.expression({"profile": profiles})
            names = [name for name in table if expression.fullmatch(name)]
            types = {
                "text" if str(table[name].dtype) in ("object", "str") else str(table[name].dtype) for name in names
            }
            assert types == {column.dtype}, f"{output.file}: {column.pattern}"
            written |= set(names)
        assert written == set(table) - {"geometry"}


@pytest.mark.parametrize("name", ["walk_to_hub_s", "walk_added_min", "transit_from_hub_s", "population"])
def test_nothing_is_written_when_a_column_is_missing(sample_assessment, tmp_path, name):
    lacking = replace(sample_assessment, origins=sample_assessment.origins.drop(columns=name))
    with pytest.raises(AssertionError, match=rf"origins\.parquet lacks columns .*: {name}$"):
        write_results(lacking, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["transit_first", "wheelchair_winter_min", "walk_low_min", "car_nature_min"])
def test_a_column_is_missed_for_the_profile_that_has_it(sample_assessment, name):
    lacking = replace(sample_assessment, cells=sample_assessment.cells.drop(columns=name))
    with pytest.raises(AssertionError, match=rf"cells\.gpkg lacks columns .*: {name}$"):
        check_columns(lacking)


def test_a_column_that_nobody_declared_is_not_written(sample_assessment):
    more = replace(sample_assessment, services=sample_assessment.services.assign(note=""))
    with pytest.raises(AssertionError, match=r"services\.parquet holds columns .*: note$"):
        check_columns(more)
