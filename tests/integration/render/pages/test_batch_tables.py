"""The tables of a batch's page: one a way of moving, in order, with a dash for what nobody knows."""

import numpy as np
import pytest

from tesoma_geo import command_columns
from tesoma_geo.render.pages.batch_figures import batch_figures
from tesoma_geo.render.pages.batch_tables import TALL_FROM, batch_tables
from tesoma_geo.render.text.catalogue import catalogue
from tests.made_districts import made_districts, made_hubs


def tables_of(tasks, table):
    return list(batch_tables(batch_figures(tasks, table), catalogue("en")))


def cells(table):
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, (value.shown for value in row.values), strict=True)) for row in table.rows]


@pytest.fixture
def districts(sample_workspace, tmp_path):
    return made_districts(sample_workspace, tmp_path, ["Kuusela", "Metsä", "Suo"])


def test_half_that_never_arrive_come_last_and_have_a_dash(districts):
    tasks, table = districts
    table.loc[0, command_columns.BATCH_MEDIAN_MIN.of("walk")] = np.nan
    on_foot, _ = tables_of(tasks, table)
    assert [(row["district"], row["rank"]) for row in cells(on_foot)] == [
        ("Metsä", "1"),
        ("Suo", "2"),
        ("Kuusela", "3"),
    ]
    assert cells(on_foot)[-1]["median_min"] == "–"


def test_those_alike_share_their_rank(districts):
    tasks, table = districts
    table[command_columns.BATCH_MEDIAN_MIN.of("walk")] = [4.0, 9.0, 4.0]
    assert [row["rank"] for row in cells(tables_of(tasks, table)[0])] == ["1", "1", "3"]


def test_a_way_of_moving_that_a_district_does_not_have_leaves_it_out_of_that_table(districts):
    tasks, table = districts
    table.loc[0, [name for name in table.columns if str(name).startswith("bicycle_")]] = np.nan
    on_foot, cycling = tables_of(tasks, table)
    assert len(on_foot.rows) == 3
    assert [row["district"] for row in cells(cycling)] == ["Metsä", "Suo"]
    assert (on_foot.folded, cycling.folded) == (None, catalogue("en")("profile.bicycle"))


def test_places_for_a_hub_have_no_residents_of_their_own_and_lead_to_where_they_are(sample_workspace):
    tasks, table = made_hubs(sample_workspace, [f"Place {number}" for number in range(TALL_FROM + 1)])
    on_foot, _ = tables_of(tasks, table)
    assert "residents" not in cells(on_foot)[0]
    assert on_foot.rows[0].place == pytest.approx((table["hub_lon"][0], table["hub_lat"][0]), abs=1e-5)
    assert on_foot.tall
    (only,) = tables_of(*made_hubs(sample_workspace, ["Square"], profiles=("walk",)))
    assert "rank" not in cells(only)[0]
