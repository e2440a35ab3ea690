"""What a server may not do to who asks it: real servers on loopback lead astray, pack bombs and drip."""

import gzip
import socket
import threading
import time
from pathlib import Path

import pytest
from loopback import Loopback, serving

from tesoma_geo import _http_limits
from tesoma_geo._http import download, get, session
from tesoma_geo._http_limits import is_public
from tesoma_geo.errors import FetchError


@pytest.fixture
def server():
    with serving() as loopback:
        yield loopback


@pytest.mark.parametrize("address", [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "::1", "::", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "ff02::1",
])  # fmt: skip
def test_addresses_of_inner_networks_are_not_public(address: str):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "193.166.3.2", "2001:4860:4860::8888", "::ffff:8.8.8.8"])
def test_addresses_of_the_net_are_public(address: str):
    assert is_public(address)


@pytest.mark.parametrize("target", [
    "http://127.0.0.1:{port}/secret", "http://localhost:{port}/secret", "http://127.1:{port}/secret",
    "http://2130706433:{port}/secret", "http://[::ffff:127.0.0.1]:{port}/secret", "//localhost:{port}/secret",
])  # fmt: skip
def test_a_redirect_to_another_server_of_an_inner_network_is_refused(server: Loopback, tmp_path: Path, target: str):
    with serving() as inner:
        inner.gives("/secret", (200, {}, b"secret"))
        target = target.format(port=inner.address.rpartition(":")[2])
        url = server.gives("/a", (302, {"Location": target}, b""))
        with pytest.raises(FetchError, match=r"/a: .*(no public address|cannot be reached)"):
            download(url, tmp_path / "a")
        with session() as polite, pytest.raises(FetchError, match=r"no public address|cannot be reached"):
            get(polite, url, {})
        assert inner.asked == []  # not even asked
    assert list(tmp_path.iterdir()) == []


def test_the_server_that_was_named_may_be_an_inner_one_and_redirect_to_itself(server: Loopback, tmp_path: Path):
    server.gives("/new", (200, {}, b"moved"))
    url = server.gives("/old", (302, {"Location": f"{server.address}/new"}, b""))
    assert download(url, tmp_path / "a").is_new


def test_a_small_file_that_unpacks_to_a_large_one_is_broken_off(server: Loopback, tmp_path: Path):
    bomb = gzip.compress(bytes(300_000_000), 1)
    bomb = gzip.compress(bytes(300_000_000), 9) if len(bomb) > 1_000_000 else bomb
    url = server.gives("/a", (200, {"Content-Encoding": "gzip"}, bomb))
    with pytest.raises(FetchError, match="unpack to more than"):
        download(url, tmp_path / "a")
    assert list(tmp_path.iterdir()) == []


def test_what_is_packed_twice_is_refused(server: Loopback, tmp_path: Path):
    packed = gzip.compress(gzip.compress(b"lon,lat"))
    url = server.gives("/a", (200, {"Content-Encoding": "gzip, gzip"}, packed))
    with pytest.raises(FetchError, match="packed more than once"):
        download(url, tmp_path / "a")


def test_what_is_packed_once_is_unpacked(server: Loopback, tmp_path: Path):
    url = server.gives("/a", (200, {"Content-Encoding": "gzip"}, gzip.compress(b"lon,lat\n" * 100_000)))
    download(url, tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == b"lon,lat\n" * 100_000


def test_a_packed_body_that_is_damaged_is_one_clear_error(server: Loopback, tmp_path: Path):
    url = server.gives("/a", (200, {"Content-Encoding": "gzip"}, b"not packed at all"))
    with pytest.raises(FetchError, match="broke off 3 times"):
        download(url, tmp_path / "a")


def test_a_server_that_drips_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(_http_limits, "MOST_SECONDS", 0.3)
    ended = threading.Event()

    def drip(listener: socket.socket) -> None:
        connected, _ = listener.accept()
        with connected:
            connected.recv(4096)
            connected.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
            while not ended.is_set():
                try:
                    connected.sendall(b"x")
                except OSError:
                    return
                time.sleep(0.02)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=drip, args=(listener,))
        thread.start()
        with pytest.raises(FetchError, match="took more than"):
            download(f"http://127.0.0.1:{listener.getsockname()[1]}/a", tmp_path / "a")
        ended.set()
        thread.join()
    assert list(tmp_path.iterdir()) == []
