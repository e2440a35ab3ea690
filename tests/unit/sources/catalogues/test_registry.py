"""Which catalogues are asked, where, and what of their answers is believed."""

from datetime import date

import pytest

from tesoma_geo.errors import FetchError
from tesoma_geo.sources.catalogues.records import LayerEntry
from tesoma_geo.sources.catalogues.registry import CATALOGUES, base_addresses, catalogues, require_public


def test_a_country_is_asked_for_by_its_own_catalogue_first():
    assert [one.name for one in catalogues("population", "FI")] == ["statistics_finland", "kontur", "ghsl"]
    assert [one.name for one in catalogues("population", "BR")] == ["kontur", "ghsl"]


def test_every_catalogue_declares_its_terms_and_where_to_look():
    for one in CATALOGUES:
        assert one.licence
        assert one.coverage
        assert one.look.startswith("https://")
        assert one.base.startswith("https://")
        assert date.fromisoformat(one.compared) >= date(2026, 11, 26)


def test_an_address_may_be_set_and_an_unknown_name_is_refused():
    assert base_addresses({"kontur": "http://127.0.0.1:1"})["kontur"] == "http://127.0.0.1:1"
    with pytest.raises(FetchError, match="no catalogue 'kontor'"):
        base_addresses({"kontor": "http://127.0.0.1:1"})


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/a.zip", "http://localhost:80/a", "https://10.0.0.7/a", "http://169.254.169.254/latest",
        "http://[::1]/a", "gz+http://192.168.1.1/a", "http://[::ffff:10.0.0.1]/a",
    ],
)  # fmt: skip
def test_an_entry_that_leads_into_the_inner_network_is_refused(address):
    with pytest.raises(FetchError, match="no public address"):
        require_public(LayerEntry({"gtfs": ["https://example.org/a.zip", address]}, "CC0"), "https://files.example.org")


def test_an_inner_catalogue_may_name_its_own_server():
    require_public(LayerEntry({"osm": "http://10.0.0.7/a.pbf", "kind": "h3"}, "CC0"), "http://10.0.0.7/index")
