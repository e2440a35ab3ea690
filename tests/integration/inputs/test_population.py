"""Residents of areas, spread along the streets; what is unknown is named."""

import re
from types import SimpleNamespace

import pytest
import shapely

from tesoma_geo.inputs.collector import LayerCollector
from tesoma_geo.inputs.population import read_origins
from tesoma_geo.network import StreetNetwork
from tesoma_geo.workspace.sections import Population
from tests.conftest import CRS
from tests.three_areas import three_areas

#: A street through the middle of the three areas, 300 m from west to east.
ROAD = ({1: (0, 50), 2: (300, 50)}, [([1, 2], {"highway": "residential"})])


@pytest.fixture
def read(write_osm, tmp_path):
    network = StreetNetwork.from_osm(write_osm(*ROAD), CRS)

    def of(area=None, people=(10.0, None, 30.0), **section):
        table = three_areas().assign(name=["Itä", "Länsi", "Etelä"], people=people)
        table.to_file(tmp_path / "areas.gpkg", driver="GPKG")
        population = Population(source="areas.gpkg", **{"column": "people", **section})
        workspace = SimpleNamespace(
            population=population, resolve=lambda source: tmp_path / source, district=SimpleNamespace(crs=CRS)
        )
        layers = LayerCollector(workspace)
        origins = read_origins(layers, shapely.union_all(table.geometry) if area is None else area, network)
        return origins, layers

    return of


def test_residents_of_an_area_stay_in_it_and_unknown_ones_are_named(read):
    origins, layers = read()
    assert origins["population"].sum() == pytest.approx(40)
    assert origins[origins.geometry.x < 320_100]["population"].sum() == pytest.approx(10)
    (report,) = layers.reports
    assert not report.faults
    assert "residents unknown: Länsi" in report.notes
    assert [(left.what, left.count, left.examples) for left in layers.left_out if "unknown" in left.reason] == [
        ("areas", 1, ("Länsi",))
    ]


@pytest.mark.parametrize(
    ("section", "area", "problem"),
    [
        ({"column": None}, None, "column is missing"),
        ({"column": "inhabitants"}, None, "inhabitants"),
        ({}, shapely.box(0, 0, 1, 1), "no area of .* lies in the district"),
        ({}, shapely.box(320_100, 6_823_000, 320_200, 6_823_100), "has residents in 'people'"),
    ],
)
def test_what_cannot_be_spread_is_a_fault_of_the_layer(read, section, area, problem):
    origins, layers = read(area, **section)
    assert origins is None
    (fault,) = layers.reports[-1].faults
    assert re.search(problem, str(fault))
    assert fault.remedy


def test_a_district_where_nobody_lives_is_a_fault(read):
    _, layers = read(people=(0.0, 0.0, 0.0))
    assert "nobody lives in the district" in str(layers.reports[-1].faults[0])
