"""Columns of other people's tables."""

import numpy as np
import pandas as pd
import pytest

from tesoma_geo.errors import SourceError
from tesoma_geo.sources._columns import require_columns, residents, texts

ROWS = pd.DataFrame({"code": [1.0, 2.0, np.nan], "Asukkaita": ["12", "..", "1 400"]})


def test_a_column_that_is_not_there_is_told_with_the_nearest():
    with pytest.raises(SourceError) as told:
        require_columns(ROWS, ["asukkaita"], "population", "areas.gpkg")
    (fault,) = told.value.faults
    assert "its columns are code, Asukkaita" in fault.problem
    assert fault.remedy == "Did you mean Asukkaita?"
    require_columns(ROWS, ["code", "Asukkaita"], "population", "areas.gpkg")


def test_whole_numbers_are_texts_without_decimals():
    assert texts(ROWS["code"]) == ["1", "2", ""]


def test_residents_in_words_of_statistics_offices():
    np.testing.assert_array_equal(residents(ROWS["Asukkaita"], "population", "areas.gpkg"), [12.0, np.nan, 1400.0])
    with pytest.raises(SourceError, match="not whole numbers of residents"):
        residents(pd.Series([1.5, 2.0], name="n"), "population", "areas.gpkg")
