"""Columns of the commands beside a run: before and after alike, and a sheet that tells what is to be filled in."""

import pytest

from tesoma_geo import command_columns


@pytest.mark.parametrize("pattern", ["<profile>_{}_min", "<profile>_<kind>_{}_min"])
def test_what_is_told_before_is_told_after_and_as_a_gain(pattern):
    names = {column.pattern: column for column in command_columns.DIFFERENCES.columns}
    three = [names[pattern.format(word)] for word in ("before", "after", "gain")]
    assert {column.dtype for column in three} == {"float64"}
    assert len({column.there_for for column in three}) == 1


def test_a_sheet_of_unknowns_asks_for_tags_that_cost_something():
    asked = [column.pattern for column in command_columns.UNKNOWNS.columns if "to be filled in" in column.meaning]
    assert asked == ["surface", "smoothness", "tracktype", "width", "kerb", "seen_on", "remark"]


def test_a_row_of_a_batch_is_told_from_others():
    first, *others = [column.pattern for column in command_columns.BATCH.columns]
    assert first == "district"
    assert any("<profile>" in name for name in others)
