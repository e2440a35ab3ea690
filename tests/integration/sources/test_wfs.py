"""Layers of a Web Feature Service, page by page, against a real server on loopback."""

import json
from pathlib import Path

import geopandas as gpd
import pytest
from loopback import Loopback, serving
from wfs import LIBRARIES, wfs

from tesoma_geo.errors import FetchError
from tesoma_geo.sources.wfs import fetch_wfs


@pytest.fixture
def server():
    with serving() as loopback:
        yield loopback


@pytest.mark.parametrize("json_spoken", [True, False])
@pytest.mark.parametrize("counts", [True, False])
def test_all_pages_come_each_feature_once(server: Loopback, tmp_path: Path, json_spoken: bool, counts: bool):
    server.routes["/wfs"] = wfs(json_spoken=json_spoken, counts=counts)
    fetch_wfs(f"{server.address}/wfs", "city:libraries", tmp_path / "libraries.gpkg")
    fetched = gpd.read_file(tmp_path / "libraries.gpkg")
    assert sorted(fetched["name"]) == sorted(LIBRARIES["name"])
    assert fetched.crs == "EPSG:3067"
    assert fetched.set_index("name").geometry["Kirjasto 7"].equals(LIBRARIES.geometry[7])


def test_a_server_that_gives_all_at_once_is_believed(server: Loopback, tmp_path: Path):
    server.routes["/wfs"] = wfs(pages=False, cap=100, counts=False)
    fetch_wfs(f"{server.address}/wfs", "city:libraries", tmp_path / "libraries.gpkg")
    assert len(gpd.read_file(tmp_path / "libraries.gpkg")) == 25


def test_a_server_that_repeats_a_page_is_not(server: Loopback, tmp_path: Path):
    server.routes["/wfs"] = wfs(pages=False)
    with pytest.raises(FetchError, match="repeats one page of city:libraries"):
        fetch_wfs(f"{server.address}/wfs", "city:libraries", tmp_path / "libraries.gpkg")
    assert list(tmp_path.iterdir()) == []


def test_what_the_server_says_of_an_unknown_layer_is_told(server: Loopback, tmp_path: Path):
    server.routes["/wfs"] = wfs()
    with pytest.raises(FetchError, match=r"refuses to give parks \(No such type\)"):
        fetch_wfs(f"{server.address}/wfs", "parks", tmp_path / "parks.gpkg")


def endless(*, cycle: int):
    """A server that says that there is always more; after ``cycle`` pages it begins again."""

    def respond(query, _headers):
        number = int(query["startIndex"]) // 2 % cycle
        features = [
            {"type": "Feature", "properties": {"n": number * 2 + one},
             "geometry": {"type": "Point", "coordinates": [23.6, 61.5]}}
            for one in range(2)
        ]  # fmt: skip
        body = {"type": "FeatureCollection", "numberMatched": 10**9, "features": features}
        return 200, {}, json.dumps(body).encode()

    return respond


def test_a_server_without_an_end_is_left(tmp_path, monkeypatch):
    monkeypatch.setattr("tesoma_geo.sources.wfs.MOST_PAGES", 5)
    with serving() as server:
        server.routes["/wfs"] = endless(cycle=10**9)
        with pytest.raises(FetchError, match="does not end after 10 features in 5 pages"):
            fetch_wfs(f"{server.address}/wfs", "a", tmp_path / "a.gpkg")
        server.routes["/wfs"] = endless(cycle=3)
        with pytest.raises(FetchError, match="repeats one page"):
            fetch_wfs(f"{server.address}/wfs", "a", tmp_path / "a.gpkg")
        server.gives("/wfs", (200, {}, b'{"a":' + b"[" * 200_000))
        with pytest.raises(FetchError, match="neither GeoJSON nor GML"):
            fetch_wfs(f"{server.address}/wfs", "a", tmp_path / "a.gpkg")
    assert list(tmp_path.iterdir()) == []
