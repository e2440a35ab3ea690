"""Names of places in sentences."""

import geopandas as gpd
import pytest
from shapely import Point

from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.render.text.place_names import (
    HubName,
    area_names,
    hub_name,
    in_its_languages,
    ordinary_case,
    short_name,
)
from tesoma_geo.workspace import InflectedName, Workspace

FORMS = InflectedName(
    nom="Tammelantori", gen="Tammelantorin", ill="Tammelantorille", ine="Tammelantorilla", ela="Tammelantorilta"
)


def test_a_hub_has_the_forms_that_the_workspace_gives() -> None:
    finnish = catalogue("fi")
    name = HubName.of(FORMS, finnish)
    assert name == "Tammelantori"
    assert finnish("legend.title", hub=name) == "Matka-aika kotoa Tammelantorille"
    assert f"{name}: {name.ela}" == "Tammelantori: Tammelantorilta"


def test_without_forms_the_sentence_is_sound_and_names_the_hub_all_the_same() -> None:
    finnish = catalogue("fi")
    name = HubName.of("Tammelantori", finnish)
    assert finnish("legend.title", hub=name) == "Matka-aika kotoa paikkaan Tammelantori"
    cases = ("paikan", "paikassa", "paikasta")
    assert (name.gen, name.ine, name.ela) == tuple(f"{word} Tammelantori" for word in cases)
    swedish = catalogue("sv")
    assert swedish("legend.title", hub=HubName.of("Västcentrum", swedish)) == "Restid hemifrån till Västcentrum"


def test_a_name_of_another_language_brings_no_endings_along(sample_workspace) -> None:
    estonian = catalogue("et")
    name = hub_name(Workspace.load(sample_workspace), estonian)
    assert estonian("legend.title", hub=name) == f"Teekonna aeg kodust keskusesse {name}"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("RISTIMÄKI", "Ristimäki"),
        ("HAUKILUOMA-IKURI", "Haukiluoma-Ikuri"),
        ("LÄNTINEN KESKUSTA II", "Läntinen Keskusta II"),
        ("Tesomajärvi", "Tesomajärvi"),
        ("TKK", "TKK"),
        ("KAUPI 2", "Kaupi 2"),
        ("", ""),
    ],
)
def test_names_in_capitals_are_told_as_people_write_them(written: str, told: str) -> None:
    assert ordinary_case(written) == told


def test_areas_are_named_by_their_codes() -> None:
    district = gpd.GeoDataFrame({"code": [7], "name": ["RISTIMÄKI"]}, geometry=[Point(0, 0)])
    assert area_names(district) == {7: "Ristimäki"}


@pytest.mark.parametrize(
    ("name", "short"),
    [("The centre (made up)", "The centre"), ("The (old) centre", "The (old) centre"), ("(x)", "(x)")],
)
def test_a_short_name_goes_without_what_stands_in_brackets_behind_it(name: str, short: str) -> None:
    assert short_name(name) == short


def test_what_bears_the_name_of_its_plan_has_it_in_the_language_of_the_page() -> None:
    called = {"fi": "Etelän kirjasto", "sv": "Södra biblioteket"}
    assert in_its_languages("Etelän kirjasto", called, catalogue("sv")) == "Södra biblioteket"
    assert in_its_languages("Etelän kirjasto", called, catalogue("en")) == "Etelän kirjasto"  # it has no English name
    assert in_its_languages("Alikulku", called, catalogue("sv")) == "Alikulku"
