"""A town small enough to compute by hand."""

import numpy as np
import pandas as pd
import pytest


@pytest.fixture
def travel() -> pd.DataFrame:
    """Three neighbourhoods and three work places; Soukhov et al. (2023), PLOS ONE 18, table 1."""
    return pd.DataFrame(
        {
            "from_id": np.repeat(["A", "B", "C"], 3),
            "to_id": ["x", "y", "z"] * 3,
            "travel_time": [15.0, 30, 100, 30, 15, 100, 100, 100, 15],
        }
    )


@pytest.fixture
def land_use() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "id": ["A", "B", "C", "x", "y", "z"],
            "population": [50_000, 150_000, 10_000, 0, 0, 0],
            "jobs": [0, 0, 0, 100_000, 100_000, 10_000],
        }
    )
