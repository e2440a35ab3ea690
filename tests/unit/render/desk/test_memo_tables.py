"""Tables for a memo, against figures worked out by hand."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from tesoma_geo.errors import InputError
from tesoma_geo.render.desk.memo_tables import compared_tables, memo_table
from tesoma_geo.render.desk.results import Results
from tesoma_geo.render.text.catalogue import catalogue

CELLS = gpd.GeoDataFrame({
    "population": [10, 30, 60], "area_code": ["1", "1", "2"], "age_0_17": [10, 0, 0], "age_unknown": [0, 0, 0],
    "walk_to_hub_min": [4.0, 20.0, np.inf], "walk_school_nearest_min": [1.0, 2.0, 16.0],
})  # fmt: skip


@pytest.fixture
def run():
    workspace = {"district": {"languages": ["en"]}, "access": {"cutoffs_min": [5], "services_within_min": 15}}
    made = Results(Path("run"), {"profiles": {"walk": {}}, "services": {"school": {}}}, workspace)
    made.__dict__.update(cells=CELLS, area_names={"1": "North"})
    return made


def rows(run, by, **more):
    return [tuple(row) for row in memo_table(run, by, catalogue("en"), **more).itertuples(index=False)]


def test_by_area_and_all(run):
    told = rows(run, "area")
    assert told[0] == ("North", 40, 20.0, 0.25)
    assert told[1][:2] == ("2", 60)
    assert np.isnan(told[1][2])  # nobody there can come
    assert told[2][:2] == ("All", 100)
    assert told[2][3] == pytest.approx(0.1)


def test_by_age_without_groups_of_nobody(run):
    assert rows(run, "age")[0] == ("0–17", 10, 4.0, 1.0)
    assert len(rows(run, "age")) == 2


def test_by_service_within_another_limit(run):
    assert rows(run, "service", within_min=20) == [("Schools", 16.0, 1.0)]
    assert rows(run, "service") == [("Schools", 16.0, 0.4)]


def test_what_the_run_does_not_tell(run):
    with pytest.raises(InputError, match="Did you mean walk"):
        rows(run, "area", profiles=("walkk",))
    run.__dict__.update(cells=CELLS.drop(columns=["age_0_17", "age_unknown"]))
    with pytest.raises(InputError, match="tells nothing by age"):
        rows(run, "age")


def test_two_runs_side_by_side():
    one = pd.DataFrame({"Area": ["North", "All"], "Residents": [40, 100], "Walking": [20.0, 30.0], "Car": [1.0, 1.0]})
    two = pd.DataFrame({"Area": ["North", "East", "All"], "Residents": [50, 5, 110], "Walking": [15.0, np.nan, 30.0]})
    table = compared_tables(one, two, catalogue("en"))
    assert table["Area"].tolist() == ["North", "East", "All"]
    assert table["Walking, change"].tolist()[::2] == [-5.0, 0.0]
    assert table.loc[1].isna().sum() == 5  # East has one figure: its residents after
    assert not any("Car" in name for name in table.columns)
    with pytest.raises(InputError, match="no figure in common"):
        compared_tables(one[["Area", "Car"]], two, catalogue("en"))
