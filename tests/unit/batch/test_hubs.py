"""A table of hubs: which rows are hubs, what they are called, and what is told of one without a place."""

import geopandas as gpd
import pytest
import shapely

from tesoma_geo.batch.file import Batch
from tesoma_geo.batch.hubs import are_hubs
from tesoma_geo.batch.tasks import key_of, tasks_of
from tesoma_geo.errors import InputError
from tests.workspaces import moved, of_profiles

ROWS = (
    "id,name,lon,lat\n02,West,23.60,61.50\n01,Market,23.61,61.51\n01,Market,23.611,61.511\n03,Lost,,\n04,Far,2.0,8.0\n"
)


def made(workspace, folder, table):
    path = moved(workspace, folder, *of_profiles("walk"))
    (folder / "batch.toml").write_text(f'template = "{path.name}"\n[districts]\n{table}', encoding="utf-8")
    return tasks_of(Batch.load(folder / "batch.toml"))


@pytest.fixture
def table(tmp_path):
    (tmp_path / "hubs.csv").write_text(ROWS, encoding="utf-8")
    return 'source = "hubs.csv"\nid = "id"\nname = "name"\n'


@pytest.mark.parametrize("columns", ["", 'lon = "lon"\nlat = "lat"'])
def test_each_point_is_the_hub_of_the_district_of_the_template(sample_workspace, tmp_path, table, columns):
    tasks = made(sample_workspace, tmp_path, table + columns)
    assert [task.district for task in tasks] == ["01", "02", "03", "04"]
    whole = [task for task in tasks if not task.fault]
    assert [task.workspace.hub.entrances for task in whole] == [((23.61, 61.51), (23.611, 61.511)), ((23.6, 61.5),)]
    assert [set(task.workspace.hub.name.values()) for task in whole] == [{"Market"}, {"West"}]
    assert all(task.workspace.district == tasks[0].shares.district and not task.centred for task in tasks)
    assert len({key_of(task, {}) for task in tasks}) == 4


def test_a_row_without_a_place_is_told_and_the_others_are_whole(sample_workspace, tmp_path, table):
    faults = {task.district: task.fault for task in made(sample_workspace, tmp_path, table)}
    assert faults["01"] == faults["02"] == ""
    for bad in ("03", "04"):
        assert faults[bad].startswith("its row of hubs.csv has no place: no coordinates in lon and lat")


def test_what_has_no_name_goes_by_its_id(sample_workspace, tmp_path, table):
    rows = "id,name,lon,lat\n01,,23.6,61.5\n01,Market,23.61,61.51\n02, ,23.61,61.51\n"
    (tmp_path / "hubs.csv").write_text(rows, encoding="utf-8")
    assert [task.name for task in made(sample_workspace, tmp_path, table)] == ["Market", "02"]


def test_points_of_a_layer_are_hubs(sample_workspace, tmp_path):
    points = [shapely.Point(326000, 6823000), None]
    gpd.GeoDataFrame({"id": ["a", "b"], "lon": 1.0, "lat": 1.0}, geometry=points, crs=3067).to_file(tmp_path / "p.gpkg")
    first, second = made(sample_workspace, tmp_path, 'source = "p.gpkg"\nid = "id"')
    assert first.workspace.hub.entrances[0] == pytest.approx((23.73, 61.51), abs=0.02)
    assert second.fault == "its row of p.gpkg has no place: no geometry"
    with pytest.raises(InputError, match=r"p.gpkg is a layer of points.*Leave out districts.lon"):
        made(sample_workspace, tmp_path, 'source = "p.gpkg"\nid = "id"\nlon = "lon"\nlat = "lat"')


def test_a_row_without_an_id_is_told(sample_workspace, tmp_path, table):
    (tmp_path / "hubs.csv").write_text(f"{ROWS},Nameless,23.6,61.5\n", encoding="utf-8")
    with pytest.raises(InputError, match="1 of 6 hubs have no id"):
        made(sample_workspace, tmp_path, table)


def test_areas_among_points_are_no_hubs():
    point = shapely.Point(0, 0)
    assert are_hubs(gpd.GeoDataFrame(geometry=[point, shapely.MultiPoint([(0, 0), (1, 1)])]))
    assert not are_hubs(gpd.GeoDataFrame(geometry=[point, point.buffer(1)]))
