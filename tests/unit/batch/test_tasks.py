"""The districts of a batch: which there are, where their hubs lie, and what their figures follow from."""

import pickle
import shutil
from dataclasses import replace

import geopandas as gpd
import pytest
import shapely

from tesoma_geo.batch.file import Batch
from tesoma_geo.batch.results import LocalFolder
from tesoma_geo.batch.tasks import centred, key_of, tasks_of
from tesoma_geo.batch.work import DistrictErrand
from tesoma_geo.crs import WGS84
from tesoma_geo.errors import InputError, WorkspaceError
from tesoma_geo.inputs.protected import answer_files
from tesoma_geo.workspace import Workspace
from tests.workspaces import moved, of_profiles


def made(workspace, folder, table, text=""):
    path = moved(workspace, folder, *of_profiles("walk"))
    (folder / "batch.toml").write_text(f'template = "{path.name}"\n{text}\n[districts]\n{table}', encoding="utf-8")
    return Batch.load(folder / "batch.toml")


@pytest.fixture
def squares(tmp_path):
    """Two squares of one district, one of another whose id has quotation marks, and one of a number's column."""
    cells = [shapely.box(x, 6823000, x + 100, 6823100) for x in (326000, 326100, 326200)]
    table = gpd.GeoDataFrame(
        {"id": ["it's", "it's", 'a/"b"'], "n": [1, 2, 2], "lon": 23.6, "lat": 61.5}, geometry=cells, crs="EPSG:3067"
    )
    table.to_file(tmp_path / "squares.gpkg")
    return 'source = "squares.gpkg"\n'


def test_areas_of_one_id_are_one_district(sample_workspace, tmp_path, squares):
    tasks = tasks_of(made(sample_workspace, tmp_path, squares + 'id = "id"'))
    assert [task.district for task in tasks] == ['a/"b"', "it's"]
    assert all(task.centred and task.shares is tasks[0].shares for task in tasks)
    assert not tasks[0].workspace.annotations


def test_numbers_name_districts_too(sample_workspace, tmp_path, squares):
    tasks = tasks_of(made(sample_workspace, tmp_path, squares + 'id = "n"\nwhere = "n == 2"'))
    assert [task.workspace.district.area.where for task in tasks] == ["(n == 2) and n == 2"]


def test_hubs_of_the_table(sample_workspace, tmp_path, squares):
    (task, *_) = tasks_of(made(sample_workspace, tmp_path, squares + 'id = "n"\nlon = "lon"\nlat = "lat"'))
    assert task.workspace.hub.entrances == ((23.6, 61.5),)
    assert not task.centred


@pytest.mark.parametrize(
    ("table", "text", "error", "says"),
    [
        ('id = "nothing"', "", InputError, "there is no column nothing"),
        ('id = "id"', 'profiles = ["fly"]', WorkspaceError, "fly is not in access.profiles"),
    ],
)
def test_what_cannot_be_is_told(sample_workspace, tmp_path, squares, table, text, error, says):
    with pytest.raises(error, match=says):
        tasks_of(made(sample_workspace, tmp_path, squares + table, text))


def test_patterns_of_workspaces(sample_workspace, tmp_path):
    moved(sample_workspace, tmp_path)
    with pytest.raises(InputError, match="no workspace file is like none"):
        tasks_of(Batch(path=tmp_path / "batch.toml", workspaces=("none*.toml",)))
    (task,) = tasks_of(Batch(path=tmp_path / "batch.toml", workspaces=("*.toml", "tesoma.toml")))
    assert task.district == tmp_path.name
    assert task.shares is None


def test_where_no_workspace_can_be_used_each_is_told(sample_workspace, tmp_path):
    for name in ("one", "two"):
        moved(sample_workspace, tmp_path, (r"^languages = .*$", 'langauges = ["fi"]')).rename(tmp_path / f"{name}.toml")
    with pytest.raises(WorkspaceError) as told:
        tasks_of(Batch(path=tmp_path / "batch.toml", workspaces=("*.toml", "three.toml")))
    assert [fault.where for fault in told.value.faults] == ["one.toml", "two.toml", "three.toml"]


def test_a_way_of_moving_that_one_workspace_lacks_is_its_own_fault(sample_workspace, tmp_path):
    moved(sample_workspace, tmp_path, *of_profiles("walk")).rename(tmp_path / "walk.toml")
    moved(sample_workspace, tmp_path, *of_profiles("bicycle")).rename(tmp_path / "bicycle.toml")
    batch = Batch(path=tmp_path / "batch.toml", workspaces=("*.toml",), profiles=("walk",))
    faults = {task.district: task.fault for task in tasks_of(batch)}
    assert faults["walk"] == ""
    assert "walk is not in access.profiles" in faults["bicycle"]


@pytest.mark.parametrize("of_template", [True, False])
def test_files_of_surveys_need_not_be_there(sample_workspace, tmp_path, squares, of_template):
    """Residents' answers are left out, so a machine that computes batches need not have them."""
    path = moved(sample_workspace, tmp_path, *of_profiles("walk"), (r'"[^"]*survey/', '"gone/'))
    with pytest.raises(WorkspaceError, match="gone"):
        Workspace.load(path)
    if of_template:
        lines = f'template = "{path.name}"\n[districts]\n{squares}id = "id"'
        (tmp_path / "batch.toml").write_text(lines, encoding="utf-8")
        batch = Batch.load(tmp_path / "batch.toml")
    else:
        batch = Batch(path=tmp_path / "batch.toml", workspaces=(path.name,))
    assert not any(task.fault for task in tasks_of(batch))


def test_the_fault_of_a_file_is_told_alike_wherever_the_batch_lies(sample_workspace, tmp_path):
    told = []
    for folder in (tmp_path / "a" / "L", tmp_path / "elsewhere" / "L"):
        folder.mkdir(parents=True)
        shutil.copy(moved(sample_workspace, folder), folder / "good.toml")
        (folder / "bad.toml").write_text('[network]\nosm = "gone.pbf"\n', encoding="utf-8")
        told += [
            task.fault for task in tasks_of(Batch(path=folder / "batch.toml", workspaces=("good.toml", "bad.toml")))
        ]
    assert told[0] == told[2]
    assert "bad.toml" in told[0]


def test_the_centre_is_where_most_live_and_never_where_nobody_does(sample_workspace, tmp_path, squares):
    task = tasks_of(made(sample_workspace, tmp_path, squares + 'id = "id"'))[1]
    places = [shapely.Point(326000 + 50 * step, 6823050) for step in range(1, 4)]
    homes = gpd.GeoDataFrame({"population": [1, 0, 5]}, geometry=places, crs="EPSG:3067")
    (place,) = gpd.GeoSeries(
        gpd.points_from_xy(*zip(*centred(task, homes).hub.entrances, strict=True)), crs=WGS84
    ).to_crs("EPSG:3067")
    assert place.distance(places[2]) < 0.1
    with pytest.raises(InputError, match="nobody is known to live in the district"):
        centred(task, homes.assign(population=0))


def test_the_key_changes_with_settings_and_with_the_content_of_files(sample_workspace, tmp_path, squares):
    task = tasks_of(made(sample_workspace, tmp_path, squares + 'id = "id"'))[1]
    key = key_of(task, {})
    assert key_of(task, {}) == key
    assert key_of(replace(task, name="another"), {}) != key
    table = gpd.read_file(tmp_path / "squares.gpkg")
    table.iloc[:2].to_file(tmp_path / "squares.gpkg")
    assert key_of(task, {}) != key


def test_the_key_is_the_same_wherever_the_batch_lies(sample_workspace, tmp_path, squares):
    table = squares + 'id = "id"'
    made(sample_workspace, tmp_path, table)
    other = tmp_path / "elsewhere"
    other.mkdir()
    for path in [path for path in tmp_path.iterdir() if path.is_file()]:
        shutil.copy(path, other)
    here, there = (tasks_of(Batch.load(folder / "batch.toml")) for folder in (tmp_path, other))
    assert [key_of(task, {}) for task in here] == [key_of(task, {}) for task in there]
    gpd.read_file(other / "squares.gpkg").assign(lon=23.7).to_file(other / "squares.gpkg")
    assert not {key_of(task, {}) for task in here} & {key_of(task, {}) for task in there}


def test_districts_that_differ_in_capitals_alone_are_refused(sample_workspace, tmp_path):
    cells = [shapely.box(x, 6823000, x + 100, 6823100) for x in (326000, 326100)]
    gpd.GeoDataFrame({"id": ["Ala", "ALA"]}, geometry=cells, crs=3067).to_file(tmp_path / "two.gpkg")
    with pytest.raises(InputError, match=r"two districts are called A(la|LA), but for capitals"):
        tasks_of(made(sample_workspace, tmp_path, 'source = "two.gpkg"\nid = "id"'))


def test_the_key_says_nothing_of_residents_answers(sample_workspace, tmp_path, squares):
    """A key stands in records and is printed: a digest of the store would tell that somebody answered or left."""
    task = tasks_of(made(sample_workspace, tmp_path, squares + 'id = "id"'))[1]
    key = key_of(task, {})
    for path in answer_files(task.workspace):
        path.write_text("one more answer", encoding="utf-8")
    assert key_of(task, {}) == key


def test_what_is_sent_to_a_worker_is_small(sample_workspace, tmp_path, squares):
    """It names files and settings: streets and layers are read where the work is done."""
    for task in tasks_of(made(sample_workspace, tmp_path, squares + 'id = "id"')):
        assert len(pickle.dumps(DistrictErrand(task, key_of(task, {}), LocalFolder(tmp_path)))) < 20_000
