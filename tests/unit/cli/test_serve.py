"""The local preview, over real HTTP on loopback."""

import http.client
import os
import socket
import threading
from functools import partial

import pytest
from click.testing import CliRunner

from tesoma_geo.cli import commands
from tesoma_geo.cli.serve import LOOPBACK, Preview, PreviewServer


@pytest.fixture
def get(tmp_path):
    """Ask a preview of a folder of pages for a path; the answer's status, content type and body."""
    site = tmp_path / "site"
    (site / "data").mkdir(parents=True)
    (site / "index.html").write_text("<title>Tesoma</title>")
    (site / "app.js").write_text("1")
    (site / "data" / "areas.geojson").write_text("{}")
    (site / "data" / "time.tif").write_bytes(b"II")
    (tmp_path / "secret.txt").write_text("secret")
    (site / ".secret").write_text("secret")
    (site / ".git").mkdir()
    (site / ".git" / "config").write_text("secret")
    (site / "out").symlink_to(tmp_path / "secret.txt")
    for private in ("annotations.gpkg", "annotations.gpkg-wal", "annotations.key", "data/not_public_lived.json"):
        (site / private).write_text("secret")
    (site / "voices.gpkg").symlink_to("annotations.gpkg")
    (site / "up").symlink_to(tmp_path)
    (site / "shown").symlink_to(".secret")
    (site / "circle").symlink_to("circle")
    (site / "linked").mkdir()
    (site / "linked" / "index.html").symlink_to(tmp_path / "secret.txt")
    os.mkfifo(site / "pipe")
    (tmp_path / "site-beside").mkdir()
    (tmp_path / "site-beside" / "index.html").write_text("secret")
    with PreviewServer((LOOPBACK, 0), partial(Preview, directory=str(site))) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()

        def ask(path, host=None, broken=False):
            if broken:
                for request in (b"", b"GET", b"GET / HTTP/1.1\r\n", b"\x16\x03\x01\x02\x00", b"GET " + b"a" * 70_000):
                    with socket.create_connection((LOOPBACK, server.server_port)) as plain:
                        plain.sendall(request)
            connection = http.client.HTTPConnection(LOOPBACK, server.server_port, timeout=300)
            connection.request("GET", path, headers={} if host is None else {"Host": host})
            answer = connection.getresponse()
            body = answer.read()
            connection.close()
            return answer.status, answer.headers["Content-Type"], body

        yield ask
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("/", "text/html"),
        ("/app.js", "text/javascript"),
        ("/data/areas.geojson", "application/geo+json"),
        ("/data/time.tif", "image/tiff"),
    ],
)
def test_serves_files_as_what_they_are(get, path, content_type):
    status, given, body = get(path)
    assert (status, given) == (200, content_type)
    assert body


@pytest.mark.parametrize(
    "path",
    [
        "/data/", "/../secret.txt", "/%2e%2e/secret.txt", "/out", "/nothing", "/up/secret.txt", "/up/", "/linked/",
        "/linked/index.html", "/pipe", "/circle", "/index.html%00", "/..%5csecret.txt", "//../secret.txt",
        "/%252e%252e/secret.txt", "/data/..;/secret.txt", "/site-beside/", "/../site-beside/", "/index.html/",
        "http://localhost/../secret.txt", "/%c0%ae%c0%ae/secret.txt", "/" + "a/" * 3000,
    ],
)  # fmt: skip
def test_serves_nothing_else(get, path):
    status, _, body = get(path)
    assert status == 404
    assert b"secret" not in body.replace(b"secret.txt", b"")


def test_a_folder_without_pages_is_refused(tmp_path):
    result = CliRunner().invoke(commands, ["serve", str(tmp_path)])
    assert result.exit_code == 1
    assert "holds no index.html" in result.stderr


def test_a_port_in_use_is_refused(tmp_path):
    (tmp_path / "index.html").touch()
    with PreviewServer((LOOPBACK, 0), Preview) as server:
        result = CliRunner().invoke(commands, ["serve", str(tmp_path), "--port", str(server.server_port)])
    assert result.exit_code == 1
    assert "--port" in result.stderr


@pytest.mark.parametrize(
    "path", ["/.secret", "/.git/config", "/%2esecret", "/data/../.secret", "/%2Egit/config", "/shown"]
)
def test_hidden_files_are_not_there(path, get):
    assert get(path)[0] == 404


@pytest.mark.parametrize(
    "path",
    ["/annotations.gpkg", "/annotations.gpkg-wal", "/annotations.key", "/data/not_public_lived.json", "/voices.gpkg"],
)
def test_a_store_and_its_key_are_not_sent_from_any_folder(path, get):
    assert get(path)[0] == 404


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("127.0.0.1:8000", 200),
        ("[::1]:80", 200),
        ("evil.example", 421),
        ("evil.example:80", 421),
        ("[", 421),
        ("LOCALHOST", 200),
        ("localhost@evil.example", 421),
        ("evil.example@localhost", 421),
        ("localhost/evil.example", 421),
        ("localhost, evil.example", 421),
        ("localhost.evil.example", 421),
        ("0.0.0.0", 421),
        ("2130706433", 421),
        ("", 421),
    ],
)
def test_only_its_own_names_are_answered(host, status, get):
    assert get("/", host)[0] == status


def answered(site, request):
    """All bytes of the answer to a request."""
    with PreviewServer((LOOPBACK, 0), partial(Preview, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        with socket.create_connection((LOOPBACK, server.server_port), timeout=300) as plain:
            plain.sendall(request)
            parts = b"".join(iter(lambda: plain.recv(4096), b""))
        server.shutdown()
    return parts


def test_an_answer_tells_no_versions_and_is_lent_to_no_other_site(tmp_path):
    (tmp_path / "index.html").write_text("pages")
    whole = answered(tmp_path, b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert b"\r\nCross-Origin-Resource-Policy: same-origin\r\n" in whole
    for page, policy in {
        "http://127.0.0.1:8001/": b"cross-origin",
        "https://evil.example/": b"same-origin",
        "https://localhost@evil.example/": b"same-origin",
        "https://[": b"same-origin",
    }.items():
        asked = f"GET / HTTP/1.1\r\nHost: localhost\r\nReferer: {page}\r\n\r\n".encode()
        assert b"\r\nCross-Origin-Resource-Policy: " + policy + b"\r\n" in answered(tmp_path, asked)
    assert b"\r\nX-Content-Type-Options: nosniff\r\n" in whole
    assert b"Python" not in whole
    assert b"421" in answered(tmp_path, b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n")


def test_a_request_that_never_comes_to_its_end_is_cut(tmp_path, monkeypatch):
    monkeypatch.setattr("tesoma_geo.cli.serve.REQUEST_S", 0.2)
    (tmp_path / "index.html").write_text("pages")
    assert answered(tmp_path, b"GET / HTTP/1.1\r\nX: a") == b""


def test_broken_requests_are_left_in_silence(get, capfd):
    assert get("/", broken=True)[0] == 200
    assert capfd.readouterr().err == ""
