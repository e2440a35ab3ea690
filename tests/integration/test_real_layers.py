"""The readers on the real layers of Tesoma."""

import numpy as np
import pytest
import rasterio
from scipy.ndimage import map_coordinates

from tesoma_geo import StreetNetwork
from tesoma_geo.network.streets.heights import street_heights
from tesoma_geo.sources.elevation import read_surface, sample
from tesoma_geo.sources.layers import read_layer
from tesoma_geo.sources.population import read_areas, spread
from tesoma_geo.sources.services import read_osm_services
from tesoma_geo.workspace import Workspace

CRS = "EPSG:3067"


@pytest.fixture(scope="module")
def workspace(shared_data) -> Workspace:
    return Workspace.load(shared_data / "tesoma.toml")


@pytest.fixture(scope="module")
def district(workspace: Workspace):
    area = workspace.district.area
    return read_layer(workspace.resolve(area.source), key="district.area", crs=CRS, where=area.where).table


@pytest.fixture(scope="module")
def network(workspace: Workspace) -> StreetNetwork:
    return StreetNetwork.from_osm(workspace.osm_path, CRS)


def test_the_residents_of_tesoma_are_all_spread(workspace: Workspace, network: StreetNetwork):
    section = workspace.population
    reading = read_areas(
        workspace.resolve(section.source), key="population", crs=CRS, column=section.column, code=section.code,
        where=workspace.district.area.where,
    )  # fmt: skip
    assert [(item.count, item.examples) for item in reading.left_out] == [(1, ("MYLLYPURO",))]
    origins = spread(reading.table, network.lines(network.ways["highway"].notna().to_numpy()), section.cell_m).table
    assert origins["population"].sum() == 16_191
    known = reading.table.dropna().set_index("code")["population"].astype(int)
    assert origins.groupby("area_code")["population"].sum().to_dict() == known.to_dict()
    columns = np.floor(origins.geometry.x / section.cell_m), np.floor(origins.geometry.y / section.cell_m)
    corners = [f"E{x * section.cell_m:.0f}N{y * section.cell_m:.0f}" for x, y in zip(*columns, strict=True)]
    assert [name.partition("-")[0] for name in origins["origin_id"]] == corners


def test_the_services_of_tesoma_are_found(workspace: Workspace, district):
    tesoma = district.geometry.union_all()
    reading = read_osm_services(workspace.osm_path, workspace.services.osm, crs=CRS, within=tesoma)
    assert reading.table.geometry.within(tesoma).all()
    names = reading.table.groupby("kind")["name"].agg(set)
    assert names["pharmacy"] == {"Tesoman Apteekki"}
    assert names["grocery"] == {"K-Supermarket Westeri", "S-market Tesoma"}
    assert {"Ikurin koulu", "Tesomajärven koulu", "Lamminpään koulu"} <= names["school"]


def test_elevation_agrees_with_scipy(workspace: Workspace, network: StreetNetwork):
    path = workspace.resolve(workspace.elevation.source)
    ours = sample(path, network.x, network.y, CRS, key="elevation")
    with rasterio.open(path) as raster:
        heights = np.where(raster.read(1) == raster.nodata, np.nan, raster.read(1))
        row = (raster.bounds.top - network.y) / 50 - 0.5
        column = (network.x - raster.bounds.left) / 50 - 0.5
    theirs = map_coordinates(heights, [row, column], order=1, cval=np.nan)
    both = np.isfinite(theirs)
    assert both.mean() > 0.9
    assert ours[both] == pytest.approx(theirs[both], abs=0.001)
    # Beside cells without data only ours is known; the extract reaches further west than the raster.
    assert both.sum() < np.isfinite(ours).sum() < len(ours)


def test_a_shift_of_the_model_hardly_changes_how_many_streets_are_steep(workspace: Workspace, network: StreetNetwork):
    """Eight shifts of 30 m: as many kilometres are too steep for a wheelchair within 5 %."""
    path = workspace.resolve(workspace.elevation.source)
    surface = read_surface(path, network.x, network.y, CRS, key="elevation")
    steep_km = []
    for shift in [(0.0, 0.0), *((30 * np.cos(turn), 30 * np.sin(turn)) for turn in np.arange(8) * np.pi / 4)]:
        found = network.with_heights(street_heights(network.street_lines, surface, shift))
        steep_km.append(network.length_m[np.abs(found.grade) > 0.083].sum() / 1000.0)
    assert steep_km[0] > 20
    assert steep_km[1:] == pytest.approx([steep_km[0]] * 8, rel=0.05)


def test_heights_in_feet_are_read_in_metres(shared_data):
    path = shared_data.parent / "cases" / "other" / "feet.tif"
    with rasterio.open(path) as raster:
        feet, x, y = raster.read(1)[30, 30], *raster.xy(30, 30)
    assert sample(path, np.array([x]), np.array([y]), CRS, key="elevation") == pytest.approx([feet * 0.3048], abs=1e-3)


def test_a_sum_row_is_not_counted_beside_its_parts(shared_data):
    path = shared_data.parent / "cases" / "other" / "population-with-a-sum-row.gpkg"
    reading = read_areas(path, key="population", crs=CRS, column="pop", code="code")
    assert reading.table["population"].tolist() == [100, 200]
    assert [left.examples for left in reading.left_out] == [("All",)]
