"""Each catalogue and each way in which its server can fail: an error of our own, soon, and nothing of it is kept."""

import zlib
from collections import UserDict
from collections.abc import Callable
from pathlib import Path

import pytest
import shapely
from loopback import Answer, Loopback, serving

from tesoma_geo import _http
from tesoma_geo.errors import FetchError
from tesoma_geo.sources import overpass
from tesoma_geo.sources.catalogues import nominatim
from tesoma_geo.sources.catalogues.records import LayerEntry, Place, Question
from tesoma_geo.sources.catalogues.registry import CATALOGUES
from tesoma_geo.sources.fetch import find_fetcher

BOX = shapely.box(23.6, 61.5, 23.65, 61.52)
AROUND = (23.55, 61.45, 23.7, 61.57)
#: What a server answers to whatever it is asked, and whether it is asked again.
FAILURES: dict[str, tuple[Answer, bool]] = {
    "busy": ((429, {"Retry-After": "0"}, b""), True),
    "busy without a word": ((429, {}, b""), True),
    "busy for an hour": ((429, {"Retry-After": "3600"}, b""), False),
    "an error of its own": ((500, {}, b"oops"), True),
    "overloaded": ((503, {"Retry-After": "0"}, b"<html>"), True),
    "not for you": ((401, {}, b""), False),
    "cut in the middle": ((200, {"Content-Length": "5000"}, b"{"), True),
    "a page of the hotel": ((200, {"Content-Type": "text/html"}, b"<html>Sign in</html>"), False),
    "nothing": ((200, {}, b""), False),
    "something else": ((200, {}, bytes(range(256)) * 8), False),
    "redirect to an inner network": ((302, {"Location": "http://10.0.0.1/data"}, b""), False),
    "redirect to a machine's own data": ((301, {"Location": "http://169.254.169.254/latest"}, b""), False),
    "redirect to a file": ((302, {"Location": "file:///etc/hostname"}, b""), False),
    "endless": ((200, {"Content-Encoding": "gzip"}, b""), False),
}


class _Everywhere(UserDict):
    """One answer on every path."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer

    def get(self, _path: str, _default: object = None) -> Callable[..., Answer]:
        return lambda *_: self.answer


def _packed_zeros() -> bytes:
    """A hundred megabytes in a hundred kilobytes."""
    packer = zlib.compressobj(9, wbits=31)
    return b"".join([*(packer.compress(bytes(1 << 20)) for _ in range(100)), packer.flush()])


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """No waiting between two tries, and less is much."""
    monkeypatch.setattr(_http.session, "__defaults__", (0.0,))
    monkeypatch.setattr(overpass, "_BACKOFF_S", 0.0)


def _asked(name: str, server: Loopback, folder: Path) -> None:
    """Ask a catalogue about a place, and fetch what it names."""
    if name == "nominatim":
        nominatim.find_places("Town", base=server.address, folder=folder)
        return
    catalogue = next(one for one in CATALOGUES if one.name == name)
    place = Place("Town", 23.62, 61.51, "FI", BOX)
    entry = catalogue.find(Question(place, AROUND, "EPSG:3067", server.address, folder))
    assert isinstance(entry, LayerEntry), "that a server fails is not that it has nothing"
    if name == "overpass":
        overpass.fetch_overpass(entry.keys["overpass"], BOX, {}, folder / "streets.osm.pbf")
        return
    source = entry.keys["source"]
    find_fetcher(source)(source, folder / "layer", refresh=False, progress=lambda _: None)


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("name", ["nominatim", *(one.name for one in CATALOGUES)])
def test_a_server_that_fails(name: str, failure: str, tmp_path: Path) -> None:
    answer, again = FAILURES[failure]
    if failure == "endless":
        answer = (200, answer[1], _packed_zeros())
    with serving() as server:
        server.routes = _Everywhere(answer)
        with pytest.raises(FetchError) as error:
            _asked(name, server, tmp_path)
        assert error.value.remedy
        assert 1 <= len(server.asked) <= 8
        assert again or len(server.asked) <= 2, server.asked
    if failure == "busy for an hour":
        assert "3600 s" in error.value.remedy
    left = [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".json"]
    assert left == []
