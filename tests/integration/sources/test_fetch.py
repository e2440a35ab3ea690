"""A workspace that names its layers by address, against a real server on loopback."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import geopandas as gpd
import pytest
from loopback import Loopback, overpass_of, serving
from wfs import wfs

from tesoma_geo import StreetNetwork
from tesoma_geo.errors import FetchError, WorkspaceError
from tesoma_geo.sources.fetch import fetch
from tesoma_geo.workspace import Workspace

SAMPLE = Path(__file__).resolve().parents[3] / "layers" / "sample"


@pytest.fixture
def server():
    with serving() as loopback:
        yield loopback


def test_everything_named_by_address_is_fetched_once_and_read_like_files(server: Loopback, tmp_path: Path):
    server.routes["/api/interpreter"] = overpass_of(SAMPLE / "streets.osm.pbf")
    server.routes["/wfs"] = wfs()
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


def test_without_a_network_it_is_told_what_is_there_and_how_old_it_is(tmp_path: Path):
    with serving() as server:
        areas = server.gives("/areas.gpkg", (200, {}, (SAMPLE / "areas.gpkg").read_bytes()))
        file = tmp_path / "town.toml"
        file.write_text(
            f"""
            [district]
            name = "Town"
            area = "{areas}"
            crs = "EPSG:3067"
            [hub]
            entrances = [[23.6275, 61.5052]]
            [network]
            osm = "{SAMPLE / "streets.osm.pbf"}"
            [population]
            source = "{areas}"
            column = "population_2020"
            """,
            encoding="utf-8",
        )
        (one,) = fetch(file)
    record = one.path.with_name(one.path.name + ".json")
    then = (datetime.now(UTC) - timedelta(days=12, hours=1)).isoformat(timespec="seconds")
    record.write_text(record.read_text(encoding="utf-8").replace(one.date, then), encoding="utf-8")
    assert [kept.is_new for kept in fetch(file)] == [False]  # nothing is asked
    with pytest.raises(FetchError) as refused:
        fetch(file, refresh=True)
    assert "cannot be reached" in refused.value.problem
    assert f"downloaded 12 days ago ({then[:10]})" in refused.value.remedy
