"""The application: assets from a list, pages without a word of anybody."""

import pytest

from tesoma_geo.workshop.faces import ASSETS


def test_every_asset_of_the_list_is_there_and_nothing_else(served):
    for name in ASSETS:
        status, data = served.ask("GET", f"/assets/{name}", key=None)
        assert status == 200
        assert data


@pytest.mark.parametrize(
    "name",
    ["../locale/fi.po", "locale/fi.po", "%2e%2e/x", "workshop/join.html.j2", "scripts/", "", "styles/report.css"],
)
def test_nothing_else_is_served(served, name):
    assert served.ask("GET", f"/assets/{name}", key=None)[0] == 404


def test_the_districts_layers_need_a_key(served):
    assert served.ask("GET", "/api/district", key=None)[0] == 401
    plain = served.ask("GET", "/api/district")[1]
    assert {"cells", "isochrones", "water", "streets", "hub"} <= set(plain)
