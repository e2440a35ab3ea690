"""What districts are expected to take: by residents where the layer tells them, else by area."""

import geopandas as gpd
import pytest
import shapely

from tesoma_geo.batch.expected_cost import expected_costs
from tesoma_geo.batch.file import Batch
from tesoma_geo.batch.tasks import tasks_of
from tesoma_geo.workspace import Workspace
from tests.workspaces import moved, of_profiles

WIDE, SMALL = shapely.box(326000, 6823000, 327000, 6824000), shapely.box(327000, 6823000, 327100, 6823100)


@pytest.fixture
def workspace(sample_workspace, tmp_path):
    """Few residents in a wide square, many in a small one."""
    people = gpd.GeoDataFrame({"people": [10.0, 500.0, None]}, geometry=[WIDE, SMALL, WIDE], crs="EPSG:3067")
    people.to_file(tmp_path / "people.gpkg")
    return Workspace.load(moved(sample_workspace, tmp_path))


def with_population(workspace, **changes):
    changes = {"source": "people.gpkg", "column": "people", **changes}
    return workspace.model_copy(update={"population": workspace.population.model_copy(update=changes)})


def test_by_residents_and_of_a_shape_in_part_that_part(workspace):
    known, half = with_population(workspace), shapely.box(326000, 6823000, 326500, 6824000)
    places = [(known, WIDE), (known, SMALL), (known, half), (known, shapely.Polygon())]
    assert expected_costs(places) == pytest.approx([10, 500, 5, 0])


def test_points_count_where_they_lie(workspace, tmp_path):
    points = gpd.GeoDataFrame({"n": [3, 4]}, geometry=[WIDE.centroid, SMALL.centroid], crs="EPSG:3067")
    points.to_file(tmp_path / "points.gpkg")
    known = with_population(workspace, kind="grid", source="points.gpkg", column="n")
    assert expected_costs([(known, WIDE), (known, SMALL)]) == [3, 4]


@pytest.mark.parametrize("changes", [{"kind": "raster"}, {"kind": "h3"}, {"column": None}])
def test_by_area_for_all_where_one_layer_does_not_tell(workspace, changes):
    places = [(with_population(workspace), WIDE), (with_population(workspace, **changes), SMALL)]
    assert expected_costs(places) == pytest.approx([1_000_000, 10_000])


@pytest.mark.parametrize("changes", [{"source": "gone.gpkg"}, {"column": "nobody"}, {"where": "people ==="}])
def test_a_layer_with_a_fault_costs_nothing_and_the_others_what_they_do(workspace, changes):
    """The district itself is told of the fault, at once."""
    places = [(with_population(workspace, **changes), WIDE), (with_population(workspace), SMALL)]
    assert expected_costs(places) == pytest.approx([0, 500])


def test_districts_of_files_of_a_table_and_hubs_are_told_what_they_take(sample_workspace, tmp_path):
    path = moved(sample_workspace, tmp_path, *of_profiles("walk"))
    (whole,) = tasks_of(Batch(path=tmp_path / "batch.toml", workspaces=(path.name,)))
    (tmp_path / "batch.toml").write_text(f'template = "{path.name}"\n[districts]\nid = "code"\n', encoding="utf-8")
    parts = tasks_of(Batch.load(tmp_path / "batch.toml"))
    assert whole.cost == pytest.approx(sum(task.cost for task in parts))
    assert whole.cost > max(task.cost for task in parts) > 0
    (tmp_path / "hubs.csv").write_text("id,lon,lat\na,23.627,61.505\nb,23.628,61.505\n", encoding="utf-8")
    table = f'template = "{path.name}"\n[districts]\nid = "id"\nsource = "hubs.csv"\n'
    (tmp_path / "batch.toml").write_text(table, encoding="utf-8")
    assert [task.cost for task in tasks_of(Batch.load(tmp_path / "batch.toml"))] == [whole.cost, whole.cost]
