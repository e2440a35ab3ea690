"""The layers of surveys: an unknown platform is a fault, whether the answers were imported or not."""

import pytest
import shapely

from tesoma_geo.annotations.store_location import open_store
from tesoma_geo.annotations.store_path import store_path
from tesoma_geo.inputs.collector import LayerCollector
from tesoma_geo.inputs.surveys import read_survey_layers
from tesoma_geo.sources.annotations.platforms import READERS
from tesoma_geo.workspace import Workspace
from tests.workspaces import moved

#: Far more than any district.
AREA = shapely.box(-1e9, -1e9, 1e9, 1e9)


@pytest.fixture
def workspace(sample_workspace, tmp_path, monkeypatch):
    monkeypatch.delenv("TESOMA_GEO_ANNOTATIONS", raising=False)

    def of(platform):
        change = ('^platform = "vuorovaikutusalusta"', f'platform = "{platform}"')
        return Workspace.load(moved(sample_workspace, tmp_path, change))

    return of


@pytest.mark.parametrize("imported", [False, True])
def test_an_unknown_platform_is_a_fault(workspace, imported):
    unknown = workspace("vuorovaikutusalsta")
    if imported:
        open_store(unknown).database.close()
    assert store_path(unknown).is_file() == imported
    layers = LayerCollector(unknown)
    read_survey_layers(layers, AREA)
    faults = [fault for report in layers.reports for fault in report.faults]
    assert [(fault.where, fault.problem) for fault in faults] == [
        ("annotations.0.platform", "'vuorovaikutusalsta' is no known survey platform")
    ]
    assert "vuorovaikutusalusta" in faults[0].remedy


@pytest.mark.parametrize("imported", [False, True])
def test_files_are_reported_and_read_where_there_is_no_store(workspace, imported):
    known = workspace("vuorovaikutusalusta")
    if imported:
        open_store(known).database.close()
    layers = LayerCollector(known)
    survey = read_survey_layers(layers, AREA)
    assert not [fault for report in layers.reports for fault in report.faults]
    keys = [report.key for report in layers.reports]
    assert keys == ["annotations.0.geometries", "annotations.0.respondents"]
    assert survey is not None
    assert (len(survey.annotations) > 0) != imported


def test_a_workspace_without_surveys_has_none(workspace):
    layers = LayerCollector(workspace("table").model_copy(update={"annotations": ()}))
    assert read_survey_layers(layers, AREA) is None
    assert layers.reports == []


def test_every_platform_of_the_list_is_known(workspace):
    for platform in READERS:
        layers = LayerCollector(workspace(platform))
        read_survey_layers(layers, AREA)
        assert not any("no known survey platform" in str(fault) for report in layers.reports for fault in report.faults)
