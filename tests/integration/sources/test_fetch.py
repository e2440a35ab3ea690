"""Fetching, against real HTTP servers on loopback."""

import json
import socket
from pathlib import Path

import geopandas as gpd
import osmium
import osmnx as ox
import pytest
import shapely
from loopback import Loopback, overpass_of, serving

from tesoma_geo import StreetNetwork
from tesoma_geo._http import download
from tesoma_geo.errors import FetchError, WorkspaceError
from tesoma_geo.sources.fetch import fetch
from tesoma_geo.sources.overpass import fetch_overpass
from tesoma_geo.sources.services import read_osm_services
from tesoma_geo.sources.wfs import fetch_wfs
from tesoma_geo.workspace import Workspace

SAMPLE = Path(__file__).resolve().parents[3] / "layers" / "sample"
AREA = shapely.box(23.5, 61.4, 23.8, 61.6)
FILTERS = {"school": "amenity=school", "health": "amenity=doctors|dentist|hospital", "sports": "leisure=pitch"}


@pytest.fixture
def server():
    with serving() as loopback:
        yield loopback


class TestDownload:
    def test_keeps_the_file_with_its_date_and_asks_only_once(self, server: Loopback, tmp_path: Path):
        url = server.gives("/a.csv", (200, {}, b"lon,lat\n"))
        first = download(url, tmp_path / "fetched" / "a.csv")
        again = download(url, tmp_path / "fetched" / "a.csv")
        assert (tmp_path / "fetched" / "a.csv").read_bytes() == b"lon,lat\n"
        assert first.is_new
        assert not again.is_new
        assert (again.date, again.sha256) == (first.date, first.sha256)
        record = json.loads((tmp_path / "fetched" / "a.csv.json").read_text())
        assert record["url"] == url
        assert server.asked == ["/a.csv"]

    def test_a_damaged_file_is_downloaded_again(self, server: Loopback, tmp_path: Path):
        url = server.gives("/a", (200, {}, b"whole"))
        download(url, tmp_path / "a")
        (tmp_path / "a").write_bytes(b"half")
        assert download(url, tmp_path / "a").is_new
        assert (tmp_path / "a").read_bytes() == b"whole"

    @pytest.mark.parametrize("status", [429, 500, 503])
    def test_waits_for_a_busy_server(self, server: Loopback, tmp_path: Path, status: int):
        busy = (status, {"Retry-After": "0"}, b"")
        url = server.gives("/a", busy, busy, (200, {}, b"at last"))
        download(url, tmp_path / "a")
        assert (tmp_path / "a").read_bytes() == b"at last"
        assert len(server.asked) == 3

    def test_a_body_that_breaks_off_is_asked_for_again(self, server: Loopback, tmp_path: Path):
        url = server.gives("/a", (200, {"Content-Length": "9"}, b"half"), (200, {}, b"the whole"))
        download(url, tmp_path / "a")
        assert (tmp_path / "a").read_bytes() == b"the whole"

    def test_a_body_that_always_breaks_off_leaves_nothing(self, server: Loopback, tmp_path: Path):
        url = server.gives("/a", (200, {"Content-Length": "9"}, b"half"))
        with pytest.raises(FetchError, match=r"broke off 3 times.*again later"):
            download(url, tmp_path / "a")
        assert list(tmp_path.iterdir()) == []

    def test_follows_redirects(self, server: Loopback, tmp_path: Path):
        server.gives("/new", (200, {}, b"moved"))
        url = server.gives("/old", (301, {"Location": "/new"}, b""))
        download(url, tmp_path / "a")
        assert (tmp_path / "a").read_bytes() == b"moved"

    def test_refuses_what_is_too_large_and_what_is_not_there(self, server: Loopback, tmp_path: Path):
        url = server.gives("/big", (200, {}, b"x" * 3_000_000))
        with pytest.raises(FetchError, match="larger than 2 MB"):
            download(url, tmp_path / "a", max_bytes=2_000_000)
        with pytest.raises(FetchError, match="404 Not Found"):
            download(server.address + "/nothing", tmp_path / "a")
        assert list(tmp_path.iterdir()) == []

    def test_names_a_server_that_is_not_there(self, tmp_path: Path):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        with pytest.raises(FetchError, match=f"127.0.0.1:{port}/a: the server cannot be reached"):
            download(f"http://127.0.0.1:{port}/a", tmp_path / "a")

    def test_refresh_downloads_only_what_is_newer(self, server: Loopback, tmp_path: Path):
        versions = ["one"]

        def respond(_query, headers):
            tag = f'"{versions[-1]}"'
            if headers.get("if-none-match") == tag:
                return 304, {"ETag": tag}, b""
            return 200, {"ETag": tag}, versions[-1].encode()

        server.routes["/a"] = respond
        first = download(server.address + "/a", tmp_path / "a")
        same = download(server.address + "/a", tmp_path / "a", refresh=True)
        assert not same.is_new
        assert same.date == first.date
        versions.append("two")
        assert download(server.address + "/a", tmp_path / "a", refresh=True).is_new
        assert (tmp_path / "a").read_bytes() == b"two"


class TestOverpass:
    def test_the_fetched_file_holds_what_an_extract_holds(self, server: Loopback, tmp_path: Path):
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
        services = [
            read_osm_services(path, FILTERS, crs="EPSG:3067").table for path in (file, SAMPLE / "streets.osm.pbf")
        ]
        assert set(services[0]["service_id"]) == set(services[1]["service_id"]) != set()
        assert (services[0]["kind"] == services[1]["kind"]).all()

    def test_settings_of_osmnx_are_put_back(self, server: Loopback, tmp_path: Path):
        before = {name: getattr(ox.settings, name) for name in dir(ox.settings) if not name.startswith("_")}
        resolve = socket.getaddrinfo
        server.routes["/api/interpreter"] = overpass_of(SAMPLE / "streets.osm.pbf")
        fetch_overpass(f"{server.address}/api/interpreter", AREA, {}, tmp_path / "a.osm.pbf")
        assert {name: getattr(ox.settings, name) for name in before} == before
        assert socket.getaddrinfo is resolve

    @pytest.mark.parametrize(
        ("body", "message"),
        [
            (b'{"elements": [], "remark": "runtime error: Query timed out"}', "gave up before its answer was complete"),
            (b"<html>Too busy</html>", "does not answer as Overpass does"),
            (b'{"elements": []}', "there are no streets in the area"),
        ],
    )
    def test_an_answer_that_is_none_leaves_no_file(self, server: Loopback, tmp_path: Path, body: bytes, message: str):
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


LIBRARIES = gpd.GeoDataFrame(
    {"name": [f"Kirjasto {number}" for number in range(25)]},
    geometry=gpd.points_from_xy([320_000 + 10 * number for number in range(25)], [6_823_000] * 25),
    crs="EPSG:3067",
)


def _wfs(*, json_spoken: bool = True, pages: bool = True, cap: int = 10, counts: bool = True):
    """A WFS with 25 libraries that gives at most ``cap`` at a time."""

    def respond(query, _headers):
        assert (query["service"], query["version"], query["request"]) == ("WFS", "2.0.0", "GetFeature")
        if query["typeNames"] != "city:libraries":
            return (
                200,
                {},
                b"<ows:ExceptionReport><ows:ExceptionText>No such\n type</ows:ExceptionText></ows:ExceptionReport>",
            )
        if "outputFormat" in query and not (json_spoken and query["outputFormat"] == "application/json"):
            return 400, {}, b"<ows:ExceptionReport/>"
        start = int(query["startIndex"]) if pages else 0
        rows = LIBRARIES.iloc[start : start + min(cap, int(query["count"]))]
        if "outputFormat" in query:
            collection = json.loads(rows.to_json(show_bbox=False, drop_id=True))
            collection["crs"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3067"}}
            return 200, {}, json.dumps(collection | ({"numberMatched": 25} if counts else {})).encode()
        members = "".join(
            f'<wfs:member><city:libraries gml:id="l.{index}"><city:name>{row["name"]}</city:name><city:geom>'
            f'<gml:Point srsName="urn:ogc:def:crs:EPSG::3067"><gml:pos>{row.geometry.x} {row.geometry.y}</gml:pos>'
            "</gml:Point></city:geom></city:libraries></wfs:member>"
            for index, row in rows.iterrows()
        )
        head = '<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:gml="http://www.opengis.net/gml/3.2"'
        matched = 25 if counts else "unknown"
        return (
            200,
            {},
            f'{head} xmlns:city="urn:city" numberMatched="{matched}">{members}</wfs:FeatureCollection>'.encode(),
        )

    return respond


class TestWfs:
    @pytest.mark.parametrize("json_spoken", [True, False])
    @pytest.mark.parametrize("counts", [True, False])
    def test_all_pages_come_each_feature_once(self, server: Loopback, tmp_path: Path, json_spoken: bool, counts: bool):
        server.routes["/wfs"] = _wfs(json_spoken=json_spoken, counts=counts)
        fetch_wfs(f"{server.address}/wfs", "city:libraries", tmp_path / "libraries.gpkg")
        fetched = gpd.read_file(tmp_path / "libraries.gpkg")
        assert sorted(fetched["name"]) == sorted(LIBRARIES["name"])
        assert fetched.crs == "EPSG:3067"
        assert fetched.set_index("name").geometry["Kirjasto 7"].equals(LIBRARIES.geometry[7])

    def test_a_server_that_gives_all_at_once_is_believed(self, server: Loopback, tmp_path: Path):
        server.routes["/wfs"] = _wfs(pages=False, cap=100, counts=False)
        fetch_wfs(f"{server.address}/wfs", "city:libraries", tmp_path / "libraries.gpkg")
        assert len(gpd.read_file(tmp_path / "libraries.gpkg")) == 25

    def test_a_server_that_repeats_a_page_is_not(self, server: Loopback, tmp_path: Path):
        server.routes["/wfs"] = _wfs(pages=False)
        with pytest.raises(FetchError, match="repeats one page of city:libraries"):
            fetch_wfs(f"{server.address}/wfs", "city:libraries", tmp_path / "libraries.gpkg")
        assert list(tmp_path.iterdir()) == []

    def test_what_the_server_says_of_an_unknown_layer_is_told(self, server: Loopback, tmp_path: Path):
        server.routes["/wfs"] = _wfs()
        with pytest.raises(FetchError, match=r"refuses to give parks \(No such type\)"):
            fetch_wfs(f"{server.address}/wfs", "parks", tmp_path / "parks.gpkg")


class TestWorkspace:
    def test_everything_named_by_address_is_fetched_once_and_read_like_files(self, server: Loopback, tmp_path: Path):
        server.routes["/api/interpreter"] = overpass_of(SAMPLE / "streets.osm.pbf")
        server.routes["/wfs"] = _wfs()
        areas = server.gives("/data/areas.gpkg", (200, {}, (SAMPLE / "areas.gpkg").read_bytes()))
        gtfs = server.gives("/gtfs.zip", (200, {}, (SAMPLE / "gtfs.zip").read_bytes()))
        file = tmp_path / "town.toml"
        file.write_text(
            f"""
            [district]
            name = "Town"
            area = {{ source = "{areas}", where = "planning_area == 'Mallila'" }}
            crs = "EPSG:3067"
            [hub]
            name = "Hub"
            entrances = [[23.6275, 61.5052]]
            [network]
            overpass = "{server.address}/api"
            buffer_m = 300
            [population]
            source = "{areas}"
            column = "population_2020"
            [transit]
            gtfs = ["{gtfs}"]
            date = 2026-03-10
            [services]
            osm = {{ school = "amenity=school" }}
            [[services.files]]
            kind = "library"
            source = "{server.address}/wfs"
            wfs_layer = "city:libraries"
            """,
            encoding="utf-8",
        )
        with pytest.raises(WorkspaceError) as refused:
            Workspace.load(file)
        keys = [fault.where for fault in refused.value.faults]
        assert keys == [
            "district.area.source",
            "network.overpass",
            "population.source",
            "transit.gtfs.0",
            "services.files.0.source",
        ]
        assert all("tesoma-geo fetch" in fault.remedy for fault in refused.value.faults)

        steps: list[str] = []
        fetched = fetch(file, progress=steps.append)
        assert [item.path.name.partition("_")[2] for item in fetched] == [
            "areas.gpkg", "gtfs.zip", "city_libraries.gpkg", "streets.osm.pbf",
        ]  # fmt: skip
        assert steps
        workspace = Workspace.load(file)
        assert len(StreetNetwork.from_osm(workspace.osm_path).ways) > 100
        assert len(gpd.read_file(workspace.resolve(workspace.services.files[0].file))) == 25
        asked = len(server.asked)
        assert not any(item.is_new for item in fetch(file))
        assert len(server.asked) == asked
