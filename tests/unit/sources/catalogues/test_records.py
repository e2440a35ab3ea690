"""What a catalogue declares."""

from tesoma_geo.sources.catalogues.records import LayerCatalogue


def declared(**more) -> LayerCatalogue:
    return LayerCatalogue(
        name="towns", title="Towns", serves="population", base="https://example.org", licence="CC0", coverage="towns",
        look="https://example.org", find=lambda _: None, **more,
    )  # fmt: skip


def test_a_catalogue_covers_the_world_or_the_countries_that_it_names():
    assert declared().covers("FI")
    assert declared().covers("")
    assert declared(countries=frozenset({"FI", "EE"})).covers("EE")
    assert not declared(countries=frozenset({"FI", "EE"})).covers("BR")
    assert not declared(countries=frozenset({"FI"})).covers("")


def test_a_catalogue_of_another_package_need_not_tell_when_its_address_was_compared():
    assert declared().compared == ""
    assert declared(compared="2026-11-26") != declared()
