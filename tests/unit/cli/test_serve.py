"""The local preview, over real HTTP on loopback."""

import http.client
import threading
from functools import partial
from http.server import ThreadingHTTPServer

import pytest
from click.testing import CliRunner

from tesoma_geo.cli import commands
from tesoma_geo.cli.serve import LOOPBACK, Preview


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
    (site / "out").symlink_to(tmp_path / "secret.txt")
    with ThreadingHTTPServer((LOOPBACK, 0), partial(Preview, directory=str(site))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()

        def ask(path):
            connection = http.client.HTTPConnection(LOOPBACK, server.server_port, timeout=300)
            connection.request("GET", path)
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
    with ThreadingHTTPServer((LOOPBACK, 0), Preview) as server:
        result = CliRunner().invoke(commands, ["serve", str(tmp_path), "--port", str(server.server_port)])
    assert result.exit_code == 1
    assert "--port" in result.stderr
