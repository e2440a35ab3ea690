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


@pytest.fixture
def trips() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "from_id": ["hub"] * 4 + ["edge"] * 4,
            "to_id": ["s1", "s2", "s3", "s4"] * 2,
            "travel_time": [2.0, 4, 5, 20, 15, 16, 40, np.inf],
            "distance": [100.0, 200, 250, 1200, 900, 800, 3000, 5000],
            "straight_line": [100.0, 160, 200, 600, 750, 800, 1500, 4000],
        }
    )


@pytest.fixture
def services() -> pd.DataFrame:
    return pd.DataFrame({"id": ["s1", "s2", "s3", "s4"], "grocery": [1, 0, 1, 0], "school": [0, 2, 0, 1], "library": 0})
