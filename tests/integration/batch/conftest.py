"""Pairs that are done in blocks."""

import pandas as pd
import pytest

from tesoma_geo.analysis import measures_in_blocks
from tesoma_geo.analysis.pairs_in_blocks import blocks
from tesoma_geo.assessment.pairs_asked import PairsAsked
from tesoma_geo.workspace import Workspace


@pytest.fixture
def asked(sample_inputs, sample_workspace, tmp_path, monkeypatch) -> PairsAsked:
    """Some homes of the sample, to be done in blocks of ten."""
    places = sample_inputs.origins.iloc[::9].geometry.centroid.to_crs("EPSG:4326")
    table = pd.DataFrame({"longitude": places.x.to_numpy(), "latitude": places.y.to_numpy()}).round(6)
    table = table.assign(id=[f"h{row}" for row in range(len(table))], people=range(len(table)), seats=1.0)
    table.to_csv(tmp_path / "homes.csv", index=False)
    pairs = 10 * len(table)
    monkeypatch.setattr(blocks, "__defaults__", (pairs, 1))
    for function in (measures_in_blocks.measured, measures_in_blocks.measured_by):
        monkeypatch.setattr(function, "__defaults__", (pairs,))
    return PairsAsked(Workspace.load(sample_workspace), tmp_path / "homes.csv", tmp_path / "homes.csv", "walk")
