"""The local preview, over real HTTP on loopback."""

import http.client
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
    with PreviewServer((LOOPBACK, 0), partial(Preview, directory=str(site))) as server:
        thread = threading.Thread(target=server.serve_forever)
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


@pytest.mark.parametrize("path", ["/data/", "/../secret.txt", "/%2e%2e/secret.txt", "/out", "/nothing"])
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


@pytest.mark.parametrize("path", ["/.secret", "/.git/config", "/%2esecret", "/data/../.secret", "/%2Egit/config"])
def test_hidden_files_are_not_there(path, get):
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
    ],
)
def test_only_its_own_names_are_answered(host, status, get):
    assert get("/", host)[0] == status


def test_broken_requests_are_left_in_silence(get, capfd):
    assert get("/", broken=True)[0] == 200
    assert capfd.readouterr().err == ""
