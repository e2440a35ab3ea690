"""Contracts of tables, and the account of what is not in them."""

import geopandas as gpd
import pytest
import shapely

from tesoma_geo.errors import SourceError
from tesoma_geo.tables import SERVICES, LeftOut, checked, load_left_out, save_left_out


def services(**columns):
    content = {
        "service_id": ["a", "b"],
        "kind": ["school", "school"],
        "name": ["Koulu", None],
        "source": ["osm", "osm"],
    }
    return gpd.GeoDataFrame({**content, **columns}, geometry=shapely.points([(1, 2), (3, 4)]), crs="EPSG:3067")


def test_a_table_that_keeps_its_contract_is_the_table_itself():
    table = services()
    assert checked(table, SERVICES, "services") is table


@pytest.mark.parametrize(
    ("table", "column"),
    [
        (services(service_id=["a", "a"]), "service_id"),
        (services(kind=["school", None]), "kind"),
        (services().drop(columns="source"), "source"),
    ],
)
def test_a_broken_promise_names_source_and_column(table, column):
    with pytest.raises(SourceError) as refused:
        checked(table, SERVICES, "schools.gpkg")
    assert all(fault.where.startswith("schools.gpkg, column") and fault.remedy for fault in refused.value.faults)
    assert any(column in str(fault) for fault in refused.value.faults)


def test_all_broken_promises_are_told_at_once():
    with pytest.raises(SourceError) as refused:
        checked(services(service_id=["a", "a"], kind=[None, None]), SERVICES, "services")
    assert len(refused.value.faults) >= 2


def test_what_is_left_out_survives_the_disk(tmp_path):
    left = (LeftOut("areas", "their residents are unknown", 2, ("Itä", "Ål")), LeftOut("trips", "none", 0))
    save_left_out(tmp_path / "left.json", left)
    assert load_left_out(tmp_path / "left.json") == left


@pytest.mark.parametrize(
    ("left", "text"),
    [
        (LeftOut("ways", "gone", 3), "3 ways left out: gone"),
        (LeftOut("ways", "gone", 3, ("A", "B")), "3 ways left out: gone (A, B)"),
    ],
)
def test_the_account_reads_as_a_sentence(left, text):
    assert str(left) == text
