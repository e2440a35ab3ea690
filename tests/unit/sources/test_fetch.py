"""What fetches an address: the package's own by scheme, and those of other packages."""

from importlib.metadata import EntryPoint

import pytest

from tesoma_geo import _plugins
from tesoma_geo._http import download
from tesoma_geo.errors import FetchError
from tesoma_geo.sources.fetch import FETCHERS, fetch, find_fetcher
from tesoma_geo.workspace import is_address

WORKSPACE = """
[district]
name = "Kylä"
area = "areas.gpkg"
crs = "EPSG:3067"
[hub]
name = "Keskus"
entrances = [[23.6, 61.5]]
[network]
osm = "pigeon://loft/streets.osm.pbf"
[population]
source = "areas.gpkg"
"""


def carry(address, path, *, refresh, progress):
    """A fetcher: it writes the address, and says so."""
    progress(f"carrying {address}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{address} {refresh}", encoding="utf-8")
    return address


@pytest.fixture
def workspace_file(tmp_path):
    (tmp_path / "areas.gpkg").touch()
    (tmp_path / "tesoma.toml").write_text(WORKSPACE, encoding="utf-8")
    return tmp_path / "tesoma.toml"


@pytest.mark.parametrize("scheme", ["http", "https", "HTTPS"])
def test_addresses_of_the_web_are_downloaded(scheme):
    assert find_fetcher(f"{scheme}://example.org/a.pbf") is download


@pytest.mark.parametrize(
    ("source", "known"),
    [("https://a.fi/b", True), ("pigeon://a/b", True), ("data/a.gpkg", False), ("C://a.gpkg", False), ("", False)],
)
def test_what_an_address_is(source, known):
    assert is_address(source) is known


def test_an_address_that_nothing_fetches_names_what_is_there(workspace_file):
    with pytest.raises(FetchError, match=r"nothing is installed that fetches pigeon:// addresses. Use http://"):
        fetch(workspace_file)


def test_another_package_adds_a_fetcher(workspace_file, monkeypatch):
    entry = EntryPoint("pigeon", f"{__name__}:carry", "tesoma_geo.fetchers")
    monkeypatch.setattr(_plugins, "entry_points", lambda group: [entry] if group == entry.group else [])
    lines = []
    assert fetch(workspace_file, refresh=True, progress=lines.append) == ["pigeon://loft/streets.osm.pbf"]
    assert lines == ["carrying pigeon://loft/streets.osm.pbf"]
    (streets,) = (workspace_file.parent / "fetched").glob("*streets.osm.pbf")
    assert streets.read_text(encoding="utf-8") == "pigeon://loft/streets.osm.pbf True"


def test_the_package_s_own_fetchers_come_first(monkeypatch):
    entry = EntryPoint("https", f"{__name__}:carry", "tesoma_geo.fetchers")
    monkeypatch.setattr(_plugins, "entry_points", lambda group: [entry])
    assert find_fetcher("https://example.org/a") is FETCHERS["https"]
