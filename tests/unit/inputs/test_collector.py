"""Layers come in one by one: no fault stops the others, and each is told once, where it belongs."""

import geopandas as gpd
import pytest
import shapely
import tomlkit

import tesoma_geo as tg
from tesoma_geo.errors import Doubt, Fault, SourceError, WorkspaceError
from tesoma_geo.inputs.collector import LayerCollector
from tesoma_geo.inputs.reports import file_report
from tesoma_geo.tables import LeftOut, Reading
from tesoma_geo.workspace import Layer
from tests.conftest import CORNER, CRS, ROOT


@pytest.fixture(scope="module")
def workspace():
    return tg.Workspace.load(ROOT / "layers" / "tesoma.toml")


@pytest.fixture
def collector(workspace):
    return LayerCollector(workspace)


def written(folder, *shapes, name="areas.gpkg"):
    path = folder / name
    gpd.GeoDataFrame({"name": list("abc"[: len(shapes)])}, geometry=list(shapes), crs=CRS).to_file(path)
    return path


def box(side_m):
    return shapely.box(*CORNER, CORNER[0] + side_m, CORNER[1] + side_m)


def failing(error):
    def read():
        raise error

    return read


def report(key="water", name="water.gpkg"):
    return file_report(key, ROOT / name)


def test_a_layer_of_areas_is_in_the_metric_system_and_reported(collector, tmp_path):
    path = written(tmp_path, box(100), box(50))
    table = collector.polygons("district.area", Layer(source=str(path)))
    assert table.crs == collector.crs
    assert sorted(table.area.round()) == [2500, 10000]
    (told,) = collector.reports
    assert (told.key, told.rows, told.path, told.faults) == ("district.area", 2, path, ())


def test_points_are_no_areas(collector, tmp_path):
    path = written(tmp_path, shapely.Point(CORNER))
    assert collector.polygons("district.area", Layer(source=str(path))) is None
    (fault,) = collector.reports[0].faults
    assert "Point, not areas" in fault.problem
    assert fault.where == "district.area"


def test_what_else_is_made_of_the_areas_is_reported_too(collector, tmp_path):
    path = written(tmp_path, box(100))

    def completed(reading):
        raise SourceError("no area has a code", "Name the column")

    assert collector.polygons("district.area", Layer(source=str(path)), completed) is None
    assert [fault.problem for fault in collector.reports[0].faults] == ["no area has a code"]


def test_a_fault_stops_nothing_and_has_its_key_and_remedy(collector):
    assert collector.read(report(), failing(SourceError("water: it is ice", "Wait"))) is None
    assert collector.read(report("trees", "trees.gpkg"), lambda: 7) == 7
    (told,) = collector.reports
    assert told.faults == (Fault("water", "it is ice", "Wait"),)


def test_all_faults_of_one_error_are_kept(collector):
    both = [Fault("a", "one", "do"), Fault("b", "two", "do")]
    collector.read(report(), failing(WorkspaceError(both)))
    assert collector.reports[0].faults == tuple(both)


def test_a_file_with_faults_is_not_read_for_a_second_key(collector):
    collector.read(report(), failing(SourceError("it is ice", "Wait")))
    assert collector.read(report("lakes"), lambda: 7) is None
    assert len(collector.reports) == 1


def test_another_error_is_not_kept_back(collector):
    with pytest.raises(ZeroDivisionError):
        collector.read(report(), lambda: 1 / 0)
    assert collector.reports == []


def test_what_is_left_out_piles_up(collector):
    table = gpd.GeoDataFrame({"name": []}, geometry=[], crs=CRS)
    for number in (1, 2):
        left = LeftOut("service", f"reason {number}", number, ())
        collector.table(report(f"services.{number}", f"{number}.gpkg"), lambda left=left: Reading(table, (left,)))
    assert [one.reason for one in collector.left_out] == ["reason 1", "reason 2"]


def test_an_empty_layer_near_the_district_is_a_doubt_and_a_faulty_one_is_not(collector):
    empty = gpd.GeoDataFrame({"name": []}, geometry=[], crs=CRS)
    collector.table(report(), lambda: Reading(empty, ()))
    assert collector.nearby(empty) is empty
    assert "none of it lies in the study area" in collector.reports[-1].doubts[0].problem
    assert collector.nearby(None) is None
    assert len(collector.reports[-1].doubts) == 1


def test_notes_doubts_and_faults_go_to_the_last_report(collector):
    for key in ("first", "last"):
        collector.table(report(key, f"{key}.gpkg"), lambda: Reading(gpd.GeoDataFrame(geometry=[], crs=CRS), ()))
    collector.note("by the way")
    collector.doubt("quite far", "Look", "900 m")
    collector.fault("wrong", "Mend")
    first, last = collector.reports
    assert (first.notes, first.doubts, first.faults) == ((), (), ())
    assert last.notes == ("by the way",)
    assert (last.doubts[0].problem, last.doubts[0].value) == ("quite far", "900 m")
    assert [fault.problem for fault in last.faults] == ["wrong"]


def test_doubts_find_the_report_of_their_key_or_get_one(collector):
    collector.table(report("water"), lambda: Reading(gpd.GeoDataFrame(geometry=[], crs=CRS), ()))
    collector.doubts([Doubt("water", "dry", "Look"), Doubt("heights", "flat", "Look")])
    told = {one.key: [doubt.problem for doubt in one.doubts] for one in collector.reports}
    assert told == {"water": ["dry"], "heights": ["flat"]}


def test_a_collector_is_of_its_workspace(collector, workspace):
    assert collector.workspace is workspace
    assert collector.crs == tomlkit.parse(workspace.path.read_text(encoding="utf-8"))["district"]["crs"]
