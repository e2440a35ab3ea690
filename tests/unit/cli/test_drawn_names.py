"""Names are doubted only where pictures can be drawn."""

from types import SimpleNamespace

import geopandas as gpd

from tesoma_geo.cli import drawn_names
from tesoma_geo.render.stills import fonts


def test_names_without_a_font_are_doubted_where_stills_can_be_drawn(monkeypatch):
    workspace = SimpleNamespace(hub=SimpleNamespace(name={"en": "Duo \U00010a61"}))
    monkeypatch.setattr(fonts, "without_font", lambda text: "".join(one for one in text if ord(one) > 0xFFFF))
    (doubt,) = drawn_names.drawn_name_doubts(workspace, gpd.GeoDataFrame(), gpd.GeoDataFrame())
    assert doubt.where == "hub.name"
    monkeypatch.setattr(drawn_names, "is_installed", lambda _: False)
    assert drawn_names.drawn_name_doubts(workspace, gpd.GeoDataFrame(), gpd.GeoDataFrame()) == []
