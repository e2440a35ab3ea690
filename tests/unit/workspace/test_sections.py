"""Tables of the workspace file: what one says of itself, and what it needs."""

import pytest
from pydantic import ValidationError

from tesoma_geo.workspace.annotations import Annotations
from tesoma_geo.workspace.sections import Access, District, Hub, Layer, Network, ServiceLayer, Winter


def test_tables_are_frozen_and_know_their_keys():
    layer = Layer(source="a.gpkg")
    with pytest.raises(ValidationError, match="frozen"):
        layer.source = "b.gpkg"
    with pytest.raises(ValidationError, match="Extra inputs"):
        Layer.model_validate({"source": "a.gpkg", "sauce": "b"})


def test_a_layer_of_a_service_has_a_file_of_its_own():
    assert ServiceLayer(source="a.csv", kind="school").file == "a.csv"
    layer = ServiceLayer(source="https://example.org/wfs", kind="school", wfs_layer="city:schools")
    assert layer.file == "https://example.org/wfs/city:schools.gpkg"


@pytest.mark.parametrize("keys", [{}, {"osm": "a.osm", "overpass": "https://example.org/api"}])
def test_streets_come_from_one_place(keys):
    with pytest.raises(ValidationError, match="neither or both"):
        Network.model_validate(keys)


def test_a_hub_has_a_place():
    with pytest.raises(ValidationError, match="neither entrances nor an area"):
        Hub.model_validate({"name": "Keskus"})


def test_cutoffs_increase():
    assert Access.model_validate({"cutoffs_min": [5, 10]}).cutoffs_min == (5, 10)
    with pytest.raises(ValidationError, match="does not increase"):
        Access.model_validate({"cutoffs_min": [5, 5]})


def test_annotations_are_filed_under_their_name_or_their_platform():
    section = Annotations(platform="umap", geometries="a.umap")
    assert section.source_name == "umap"
    assert section.model_copy(update={"name": "walk"}).source_name == "walk"


def test_a_country_is_a_code_of_two_letters():
    keys = {"name": "Sé", "area": "outline.geojson", "crs": "EPSG:31983"}
    assert District.model_validate(keys).country is None
    assert District.model_validate({**keys, "country": "BR"}).country == "BR"
    with pytest.raises(ValidationError, match="not the code of a country"):
        District.model_validate({**keys, "country": "Brazil"})


def test_winter_is_asked_for_with_a_layer_or_without():
    assert Winter.model_validate({"enabled": False}).source is None
    assert Winter.model_validate({"source": "ploughed.gpkg"}).enabled is None


def test_a_hub_without_a_name_is_called_the_centre():
    names = Hub(entrances=((23.6, 61.5),)).name
    told = {"fi": "Keskus", "sv": "Centrum", "en": "Centre", "et": "Keskus", "pt": "Centro"}
    assert {tag: str(name) for tag, name in names.items()} == told
