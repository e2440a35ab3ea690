"""Downloads from a real HTTP server on loopback: kept with their date, asked for again where it makes sense."""

import json
import socket
from pathlib import Path

import pytest
from loopback import Loopback, serving

from tesoma_geo._downloads import record_of
from tesoma_geo._http import download
from tesoma_geo.errors import FetchError, OutputError


@pytest.fixture
def server():
    with serving() as loopback:
        yield loopback


def test_keeps_the_file_with_its_date_and_asks_only_once(server: Loopback, tmp_path: Path):
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


@pytest.mark.parametrize("refresh", [False, True])
@pytest.mark.parametrize("how", ["changed", "never_fetched", "record_of_others", "link", "folder"])
def test_what_is_not_as_it_was_fetched_is_left_as_it_is(server: Loopback, tmp_path: Path, how: str, refresh: bool):
    url = server.gives("/a", (200, {}, b"whole"))
    path, beside = tmp_path / "a", tmp_path / "a.json"
    if how == "changed":
        download(url, path)
        path.write_bytes(b"corrected by hand")
    elif how == "never_fetched":
        path.write_bytes(b"mine")
    elif how == "record_of_others":
        beside.write_text('{"thesis": 1}')
    elif how == "link":
        (tmp_path / "thesis").write_bytes(b"thesis")
        path.symlink_to("thesis")
    else:
        path.mkdir()
        (path / "thesis").touch()
    before = {one: one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()}
    with pytest.raises(OutputError, match=r"left as it is|not written by tesoma-geo"):
        download(url, path, refresh=refresh)
    assert {one: one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()} == before


def test_a_file_that_comes_during_the_download_is_left_as_it_is(server: Loopback, tmp_path: Path):
    def respond(_query, _headers):
        (tmp_path / "a").write_bytes(b"mine")
        return 200, {}, b"theirs"

    server.routes["/a"] = respond
    with pytest.raises(OutputError, match="left as it is"):
        download(server.address + "/a", tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == b"mine"


def test_a_program_that_ends_between_the_record_and_its_file_is_no_stop(server: Loopback, tmp_path: Path):
    url = server.gives("/a", (200, {}, b"one"), (200, {}, b"two"), (200, {}, b"three"))
    path, beside = tmp_path / "a", tmp_path / "a.json"
    download(url, path)
    download(url, path, refresh=True)
    assert path.read_bytes() == b"two"
    path.write_bytes(b"one")  # as it was when only the record had been written
    assert record_of(path) is None
    assert download(url, path).is_new
    assert path.read_bytes() == b"three"
    path.unlink()
    assert record_of(path) is None
    assert json.loads(beside.read_text())["url"] == url


@pytest.mark.parametrize("status", [429, 500, 503])
def test_waits_for_a_busy_server(server: Loopback, tmp_path: Path, status: int):
    busy = (status, {"Retry-After": "0"}, b"")
    url = server.gives("/a", busy, busy, (200, {}, b"at last"))
    download(url, tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == b"at last"
    assert len(server.asked) == 3


def test_a_body_that_breaks_off_is_asked_for_again(server: Loopback, tmp_path: Path):
    url = server.gives("/a", (200, {"Content-Length": "9"}, b"half"), (200, {}, b"the whole"))
    download(url, tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == b"the whole"


def test_a_body_that_always_breaks_off_leaves_nothing(server: Loopback, tmp_path: Path):
    url = server.gives("/a", (200, {"Content-Length": "9"}, b"half"))
    with pytest.raises(FetchError, match=r"broke off 3 times.*again later"):
        download(url, tmp_path / "a")
    assert list(tmp_path.iterdir()) == []


def test_follows_redirects(server: Loopback, tmp_path: Path):
    server.gives("/new", (200, {}, b"moved"))
    url = server.gives("/old", (301, {"Location": "/new"}, b""))
    download(url, tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == b"moved"


def test_refuses_what_is_too_large_and_what_is_not_there(server: Loopback, tmp_path: Path):
    url = server.gives("/big", (200, {}, b"x" * 3_000_000))
    with pytest.raises(FetchError, match="larger than 2 MB"):
        download(url, tmp_path / "a", max_bytes=2_000_000)
    with pytest.raises(FetchError, match="404 Not Found"):
        download(server.address + "/nothing", tmp_path / "a")
    assert list(tmp_path.iterdir()) == []


def test_names_a_server_that_is_not_there(tmp_path: Path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(FetchError, match=f"127.0.0.1:{port}/a: the server cannot be reached"):
        download(f"http://127.0.0.1:{port}/a", tmp_path / "a")


def test_refresh_downloads_only_what_is_newer(server: Loopback, tmp_path: Path):
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
