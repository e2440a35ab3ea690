"""From the name of a place to results, with every catalogue on loopback."""

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import rasterio
import shapely
from catalogue_servers import WGS84, Town, catalogue_servers, nominatim_row, sample_town
from click.testing import CliRunner, Result
from loopback import Answer, Loopback, serving

from tesoma_geo.cli import commands
from tesoma_geo.sources.catalogues import registry, statistics_finland
from tesoma_geo.workspace import Workspace

SAMPLE = Path(__file__).resolve().parents[3] / "layers" / "sample"


@pytest.fixture(scope="module")
def town() -> Town:
    return sample_town(SAMPLE)


@pytest.fixture
def server() -> Iterator[Loopback]:
    with serving() as loopback:
        yield loopback


def init(folder: Path, settings: list[str], *more: str, place: str = "Town, Somewhere", hub: str = "Hub") -> Result:
    addresses = [part for setting in settings for part in ("--catalogue", setting)]
    return CliRunner().invoke(commands, ["init", str(folder), "--place", place, "--hub", hub, *addresses, *more])


def content_of(folder: Path) -> dict:
    return tomllib.loads((folder / "tesoma.toml").read_text(encoding="utf-8"))


def test_three_commands_lead_from_a_name_to_a_page(server: Loopback, town: Town, tmp_path: Path):
    assert init(tmp_path, catalogue_servers(server, town)).exit_code == 0
    file = tmp_path / "tesoma.toml"
    content = content_of(tmp_path)
    assert (content["district"]["crs"], content["district"]["country"]) == ("EPSG:3067", "FI")
    assert content["population"]["as_of"] == "2024-12-31"
    assert content["network"]["overpass"] == f"{server.address}/api"
    # One way of moving is enough here.
    text = re.sub(r"profiles = \[.*\]", 'profiles = ["walk"]', file.read_text(encoding="utf-8"))
    file.write_text(text, encoding="utf-8")

    fetched = CliRunner().invoke(commands, ["fetch", "--workspace", str(file)])
    assert fetched.exit_code == 0, fetched.output
    asked = len(server.asked)
    again = CliRunner().invoke(commands, ["fetch", "--workspace", str(file)])
    assert again.exit_code == 0
    assert len(server.asked) == asked
    with rasterio.open(Workspace.load(file).resolve(content["elevation"]["source"])) as heights:
        assert heights.crs == WGS84
        assert heights.width * heights.height < 10_000  # of a tile with half a million
        assert 100 <= heights.read(1).min() <= heights.read(1).max() <= 200

    run = CliRunner().invoke(commands, ["run", "--workspace", str(file), "--out", str(tmp_path / "out")])
    assert run.exit_code == 0, run.output
    summary = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    assert "walk" in json.dumps(summary)
    page = (tmp_path / "out" / "site" / "index.html").read_text(encoding="utf-8")
    assert "Town" in page
    assert "Statistics Finland, CC BY 4.0" in (tmp_path / "out" / "manifest.json").read_text(encoding="utf-8")


def test_several_places_of_a_name_are_offered(server: Loopback, town: Town, tmp_path: Path):
    other = shapely.box(25, 60, 25.01, 60.01)
    town = Town(town.outline, town.hub, town.streets, town.gtfs, "FI", places=[
        nominatim_row("Town, Far away", other, "FI", 7), nominatim_row("Town, Somewhere", town.outline, "FI", 11),
    ])  # fmt: skip
    settings = catalogue_servers(server, town)
    refused = init(tmp_path, settings)
    assert refused.exit_code != 0
    assert "1  Town, Far away (suburb, relation 7)" in refused.output
    assert "--pick" in refused.output
    assert not (tmp_path / "tesoma.toml").exists()
    assert init(tmp_path, settings, "--pick", "2").exit_code == 0
    outline = json.loads((tmp_path / "outline.geojson").read_text(encoding="utf-8"))
    assert outline["features"][0]["properties"]["code"] == "relation 11"
    assert server.asked.count("/nominatim/search") == 2  # the place was kept, the hub was new


def test_an_unknown_place_is_told_and_nothing_is_written(server: Loopback, town: Town, tmp_path: Path):
    result = init(tmp_path / "new", catalogue_servers(server, town), place="Nowhere")
    assert result.exit_code != 0
    assert "no place is called 'Nowhere'" in result.output
    assert not (tmp_path / "new" / "tesoma.toml").exists()


def test_what_no_catalogue_has_is_named_with_where_to_look(server: Loopback, town: Town, tmp_path: Path):
    settings = catalogue_servers(server, town)
    server.gives("/statfin/wfs", (500, {}, b""))
    server.gives("/mobility/feeds_v2.csv", (200, {}, b"<html>"))
    result = init(tmp_path, settings, hub="No such mall")
    assert result.exit_code == 0, result.output
    text = (tmp_path / "tesoma.toml").read_text(encoding="utf-8")
    assert "answered 500" in text
    assert "https://stat.fi" in text
    assert "https://mobilitydatabase.org" in text
    assert "nothing in or near the district is called 'No such mall'" in text
    content = content_of(tmp_path)
    assert "transit" not in content
    assert content["population"]["kind"] == "h3"  # the next catalogue of residents
    (lon, lat), *_ = content["hub"]["entrances"]
    assert town.outline.covers(shapely.Point(lon, lat))


def test_who_cannot_ask_reads_since_when_the_address_was_not_verified(server, town, tmp_path, monkeypatch):
    settings = [one for one in catalogue_servers(server, town) if not one.startswith("statistics_finland=")]
    server.gives("/statfin/wfs", (404, {}, b""))
    moved = replace(statistics_finland.CATALOGUE, base=f"{server.address}/statfin/wfs", compared="2026-11-26")
    kept = [one for one in registry.CATALOGUES if one.name != moved.name]
    monkeypatch.setattr(registry, "CATALOGUES", (moved, *kept))
    assert init(tmp_path, settings).exit_code == 0
    text = (tmp_path / "tesoma.toml").read_text(encoding="utf-8")
    assert f"look at {moved.look}; {moved.base} was not verified since 2026-11-26" in text


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ((429, {}, b""), "answered 429"),
        ((200, {}, b"<html>Sign in to the hotel's network</html>"), "does not answer as Nominatim does"),
        ((200, {}, b"[]"), "no place is called"),
        ((200, {}, b'[{"lat": "NaN", "lon": "1", "display_name": "x"}]'), "does not answer as Nominatim does"),
        ((200, {"Content-Length": "5000"}, b"[{"), "broke off"),
        ((302, {"Location": "/nominatim/search"}, b""), "redirects in a circle"),
    ],
)
def test_a_gazetteer_that_fails_is_told(server: Loopback, town: Town, tmp_path: Path, answer: Answer, told: str):
    settings = catalogue_servers(server, town)
    server.gives("/nominatim/search", answer)
    result = init(tmp_path, settings)
    assert result.exit_code != 0
    assert told in result.output
    assert "Traceback" not in result.output
    fixed = catalogue_servers(server, town)
    assert init(tmp_path, fixed).exit_code == 0  # nothing of the failure was kept


def test_a_catalogue_that_nobody_knows_is_refused(tmp_path: Path):
    result = init(tmp_path, ["gazetteer=https://example.org"])
    assert result.exit_code != 0
    assert "nominatim" in result.output
