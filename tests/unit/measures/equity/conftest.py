"""Four places, at one of which nobody lives."""

import pandas as pd
import pytest


@pytest.fixture
def access() -> pd.DataFrame:
    return pd.DataFrame({"id": ["a", "b", "c", "d"], "value": [10.0, 20.0, 40.0, 99.0]})


@pytest.fixture
def land_use() -> pd.DataFrame:
    """Nobody lives at d."""
    return pd.DataFrame(
        {
            "id": ["d", "c", "b", "a"],
            "population": [0, 10, 50, 40],
            "income": [9.0, 3.0, 2.0, 1.0],
            "area": ["north", "south", "north", "south"],
            "age_0_17": [0, 10, 10, 0],
            "age_18_": [0, 0, 40, 40],
        }
    )
