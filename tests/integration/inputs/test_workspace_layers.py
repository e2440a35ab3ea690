"""A district's outline is read to the end, whatever its columns are called."""

import geopandas as gpd

import tesoma_geo
from tesoma_geo.assessment.outputs import check_columns
from tesoma_geo.inputs.layers import read_inputs
from tesoma_geo.sources.services import read_osm_services
from tesoma_geo.workspace import Workspace
from tests.workspaces import moved, of_profiles


def test_areas_keep_their_names_under_other_columns_and_an_outline_needs_none(sample_workspace, tmp_path):
    areas = gpd.read_file(sample_workspace.parent / "sample" / "areas.gpkg")
    areas = areas[areas["planning_area"] == "Mallila"]
    plain = read_inputs(Workspace.load(moved(sample_workspace, tmp_path, *of_profiles("walk")))).district
    area, hub = r"^area = \{ source = .*$", r"^name = \{ fi = \{.*\n"

    areas.rename(columns={"code": "KOD", "name": "namn"}).to_file(tmp_path / "other.gpkg")
    changes = ((area, f'area = "{tmp_path}/other.gpkg"\\ncode = "KOD"'), (hub, ""))
    other = Workspace.load(moved(sample_workspace, tmp_path, *of_profiles("walk"), *changes))
    assert other.hub.name["sv"] == "Centrum"
    district = read_inputs(other).district
    assert dict(zip(district["code"], district["name"], strict=True)) == dict(
        zip(plain["code"], plain["name"], strict=True)
    )

    outline = tmp_path / "outline.geojson"
    gpd.GeoDataFrame(geometry=[areas.union_all()], crs=areas.crs).to_crs(4326).to_file(outline)
    changes = ((area, f'area = "{outline}"'), (hub, ""))
    district = read_inputs(Workspace.load(moved(sample_workspace, tmp_path, *of_profiles("walk"), *changes))).district
    assert district[["code", "name"]].to_numpy().tolist() == [["area 1", "Tesoma (keksitty malli)"]]


def test_a_district_that_names_no_services_is_assessed_with_all_columns_of_outputs(sample_workspace, tmp_path):
    none = (r"^\[services\.osm\]\n(?:.*\n)*?(?=\[publish|\[access|\[population|\[\[annotations)", "")
    workspace = Workspace.load(moved(sample_workspace, tmp_path, *of_profiles("walk"), none))
    assert not workspace.services.osm
    assert not workspace.services.files
    assessment = tesoma_geo.assess(workspace)
    assert len(assessment.services) == 0
    check_columns(assessment)
    of_no_tags = read_osm_services(workspace.osm_path, {}, crs=workspace.district.crs).table
    assert of_no_tags.empty
    assert set(of_no_tags.columns) <= set(assessment.services.columns)
