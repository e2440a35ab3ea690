"""Streets from a real server on loopback that answers as Overpass does."""

import os
import socket
from pathlib import Path

import osmium
import osmnx as ox
import pytest
import shapely
from loopback import Answer, Loopback, overpass_of, serving

from tesoma_geo import StreetNetwork
from tesoma_geo.errors import FetchError
from tesoma_geo.sources.overpass import fetch_overpass, overpass_query
from tesoma_geo.sources.services import read_osm_services

SAMPLE = Path(__file__).resolve().parents[3] / "layers" / "sample"
AREA = shapely.box(23.5, 61.4, 23.8, 61.6)
FILTERS = {"school": "amenity=school", "health": "amenity=doctors|dentist|hospital", "sports": "leisure=pitch"}


@pytest.fixture
def server():
    with serving() as loopback:
        yield loopback


def test_the_fetched_file_holds_what_an_extract_holds(server: Loopback, tmp_path: Path):
    server.routes["/api/interpreter"] = overpass_of(SAMPLE / "streets.osm.pbf")
    file = tmp_path / "streets.osm.pbf"
    fetch_overpass(f"{server.address}/api", AREA, FILTERS, file)
    fetched, extract = StreetNetwork.from_osm(file), StreetNetwork.from_osm(SAMPLE / "streets.osm.pbf")
    assert fetched.ways.sort_values("osm_id", ignore_index=True).equals(
        extract.ways.sort_values("osm_id", ignore_index=True)
    )
    assert sorted(fetched.node_id) == sorted(extract.node_id)
    assert fetched.length_m.sum() == pytest.approx(extract.length_m.sum())
    assert len(fetched.node_tags) == len(extract.node_tags)
    assert _all_tags(file, "w", "highway") == _all_tags(SAMPLE / "streets.osm.pbf", "w", "highway")
    services = [read_osm_services(path, FILTERS, crs="EPSG:3067").table for path in (file, SAMPLE / "streets.osm.pbf")]
    assert set(services[0]["service_id"]) == set(services[1]["service_id"]) != set()
    assert (services[0]["kind"] == services[1]["kind"]).all()


def settings_of_the_process() -> dict[str, object]:
    """What is one for all threads: the environment, how names are resolved, how osmnx asks."""
    own = {f"osmnx {name}": value for name, value in vars(ox.settings).items() if not name.startswith("_")}
    return {**own, **os.environ, "names": socket.getaddrinfo, "timeout": socket.getdefaulttimeout()}


def test_nothing_of_the_process_changes_while_the_server_is_asked(server: Loopback, tmp_path: Path):
    before, meanwhile = settings_of_the_process(), []
    answer = overpass_of(SAMPLE / "streets.osm.pbf")

    def respond(query: dict[str, str], headers: dict[str, str]) -> Answer:
        meanwhile.append(settings_of_the_process())
        return answer(query, headers)

    server.routes["/api/interpreter"] = respond
    fetch_overpass(f"{server.address}/api/interpreter", AREA, {}, tmp_path / "a.osm.pbf")
    assert meanwhile == [before]
    assert settings_of_the_process() == before


def test_a_busy_server_is_asked_again(server: Loopback, tmp_path: Path):
    answer, asked = overpass_of(SAMPLE / "streets.osm.pbf"), []

    def respond(query: dict[str, str], headers: dict[str, str]) -> Answer:
        asked.append(query["data"])
        return answer(query, headers) if len(asked) > 1 else (429, {}, b"")

    server.routes["/api/interpreter"] = respond
    fetch_overpass(f"{server.address}/api", AREA, FILTERS, tmp_path / "a.osm.pbf")
    assert asked == [overpass_query(shapely.convex_hull(AREA), FILTERS)] * 2
    assert (tmp_path / "a.osm.pbf").is_file()


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b'{"elements": [], "remark": "runtime error: Query timed out"}', "gave up before its answer was complete"),
        (b"<html>Too busy</html>", "does not answer as Overpass does"),
        (b'{"elements": [{"type": "way"}]}', "does not answer as Overpass does"),
        (b'[{"elements": []}]', "does not answer as Overpass does"),
        (b"", "does not answer as Overpass does"),
        (b'{"elements": []}', "there are no streets in the area"),
    ],
)
def test_an_answer_that_is_none_leaves_no_file(server: Loopback, tmp_path: Path, body: bytes, message: str):
    server.gives("/api/interpreter", (200, {}, body))
    with pytest.raises(FetchError, match=message):
        fetch_overpass(f"{server.address}/api", AREA, FILTERS, tmp_path / "a.osm.pbf")
    assert list(tmp_path.iterdir()) == []


def _all_tags(file: Path, kind: str, key: str) -> dict[int, dict[str, str]]:
    return {
        item.id: dict(item.tags)
        for item in osmium.FileProcessor(str(file))
        if item.type_str() == kind and key in item.tags
    }
