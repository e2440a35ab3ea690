"""Names of streets in sentences."""

import pytest

from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.render.text.inflected_streets import InflectedStreet, finnish_genitive


@pytest.mark.parametrize(
    ("name", "genitive"),
    [
        ("Rautiankatu", "Rautiankadun"),
        ("Kuokkijantie", "Kuokkijantien"),
        ("Jyrkkäpolku", "Jyrkkäpolun"),
        ("Miikkaanraitti", "Miikkaanraitin"),
        ("Tesomankuja", "Tesomankujan"),
        ("Paasikiven väylä", "Paasikiven väylän"),
        ("Kohmankaari", "Kohmankaaren"),
        ("Asemaportaat", "Asemaportaiden"),
        ("Tampereen valtatie", "Tampereen valtatien"),
        ("Katu", None),
        ("Vanha Vaasantie", None),
        ("Pohjoinen Rautatienkatu", None),
        ("Storgatan", None),
        ("Rue Saint-Denis", None),
        ("TESOMANKATU", None),
        ("", None),
    ],
)
def test_a_finnish_name_is_inflected_where_its_ending_is_known(name: str, genitive: str | None) -> None:
    assert finnish_genitive(name) == genitive


def test_a_sentence_has_the_case_that_it_needs() -> None:
    finnish = catalogue("fi")
    assert finnish("where.near", street=InflectedStreet.of("Rautiankatu", finnish)) == "Rautiankadun lähellä"
    assert finnish("where.near", street=InflectedStreet.of("Storgatan", finnish)) == "kadun Storgatan lähellä"
    assert finnish("where.around_near", street=InflectedStreet.of("Kuokkijantie", finnish)) == "Kuokkijantien suunnalla"
    assert finnish("place.near", street=InflectedStreet.of("Rautiankatu", finnish)) == "Rautiankatu (lähin katu)"


@pytest.mark.parametrize("language", ["sv", "en", "et", "pt"])
def test_other_languages_take_the_name_as_it_is(language: str) -> None:
    text = catalogue(language)
    name = InflectedStreet.of("Rautiankatu", text)
    assert name == "Rautiankatu"
    assert "Rautiankatu" in text("where.near", street=name)
