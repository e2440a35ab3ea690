"""A room behind a real nginx, under a path: pages, writes, events and refusals, as docs/workshop.md sets it up."""

import http.client
import json
import re
import shutil
import socket
import subprocess
import threading
import time
from pathlib import Path

import pytest

from tesoma_geo.workshop.addresses import door_at
from tesoma_geo.workshop.app import application
from tesoma_geo.workshop.room import open_room
from tesoma_geo.workshop.serve import listening_socket, server_of
from tesoma_geo.workshop.session import open_session

DOCS = Path(__file__).parents[3] / "docs" / "workshop.md"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
pytestmark = pytest.mark.skipif(NGINX is None, reason="no nginx: install the package nginx-light")


def location(port):
    """The location of the documentation, to a port of this test's."""
    (found,) = re.findall(r"^location /charrette/ \{.*?^\}", DOCS.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    return found.replace("127.0.0.1:8080", f"127.0.0.1:{port}")


@pytest.fixture
def proxied(district, tmp_path, monkeypatch):
    """The port of nginx, the room, and the file of nginx's log."""
    monkeypatch.setenv("TESOMA_GEO_ANNOTATIONS", str(tmp_path / "store"))
    (tmp_path / "store").mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        outer = free.getsockname()[1]
    listening, answering = listening_socket("127.0.0.1", 0), threading.Event()
    inner = listening.getsockname()[1]
    room = open_room(open_session(district.inputs.workspace, "spring"), district)
    door = door_at("127.0.0.1", inner, f"http://plans.example.org:{outer}/charrette")
    server = server_of(application(room, door), answering.set)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    temporary = "".join(
        f"{kind}_temp_path {tmp_path}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    settings = tmp_path / "nginx.conf"
    settings.write_text(
        f"daemon off;\nmaster_process off;\npid {tmp_path}/pid;\nerror_log {tmp_path}/error.log;\nevents {{}}\n"
        f"http {{\n{temporary}access_log {tmp_path}/access.log;\n"
        f"server {{ listen 127.0.0.1:{outer};\n{location(inner)}\n}}\n}}\n",
        encoding="utf-8",
    )
    proxy = subprocess.Popen([NGINX, "-c", str(settings), "-p", str(tmp_path)], stderr=subprocess.DEVNULL)
    assert answering.wait(300)
    end = time.monotonic() + 300
    while time.monotonic() < end:
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", outer)) == 0:
                break
        assert proxy.poll() is None
        time.sleep(0.05)
    yield outer, room, tmp_path / "access.log"
    proxy.terminate()
    proxy.wait()
    server.should_exit = True
    thread.join()


def ask(port, method, path, key="", content=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    told = {"Host": f"plans.example.org:{port}", "X-Workshop-Key": key, "X-Device-Key": "a" * 32}
    told |= {"Content-Type": "application/json"} if content is not None else {}
    body = None if content is None else json.dumps(content)
    connection.request(method, path, body, {**told, **headers})
    answer = connection.getresponse()
    data = answer.read()
    connection.close()
    return answer.status, data


def test_everything_of_a_page_is_below_the_path(proxied):
    port, room, _ = proxied
    for name in ("plan", "join", "moderate", "story"):
        status, page = ask(port, "GET", f"/charrette/{name}")
        assert status == 200
        wanted = re.findall(r'(?:src|href)="([^"#?]+)"', page.decode())
        files = [one for one in wanted if not one.startswith("data:")]
        assert files
        assert [one for one in files if one.startswith(("/", "http"))] == []
        for one in files:
            assert ask(port, "GET", f"/charrette/{one}")[0] == 200, one
    assert ask(port, "GET", "/charrette/api/district", room.session.keys.room)[0] == 200


def test_phones_write_through_the_proxy_and_strangers_do_not(proxied):
    port, room, log = proxied
    keys, own = room.session.keys, f"http://plans.example.org:{port}"
    opened = {"act": "open", "name": "day 1"}
    assert ask(port, "POST", "/charrette/api/rounds", keys.host, opened, Origin=own)[0] == 200
    post = {"id": "1" * 32, "kind": "idea", "shape": "point", "places": [[23.6275, 61.5052]]}
    assert ask(port, "POST", "/charrette/api/annotations", keys.room, post, Origin=own)[0] == 201
    assert ask(port, "POST", "/charrette/api/annotations", keys.room, post, Origin="http://evil.example")[0] == 403
    assert ask(port, "POST", "/charrette/api/annotations", "", post, Origin=own)[0] == 401
    assert ask(port, "GET", "/charrette/api/room", keys.room, Host="evil.example")[0] == 421
    written = log.read_text(encoding="utf-8")
    assert "/charrette/api/annotations" in written
    assert [key for key in (keys.host, keys.wall, keys.room, "a" * 32) if key in written] == []


def test_events_come_through_as_they_happen(proxied):
    port, room, _ = proxied
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    headers = {"Host": "plans.example.org", "X-Workshop-Key": room.session.keys.room, "X-Device-Key": "b" * 32}
    connection.request("GET", "/charrette/api/events", headers=headers)
    answer = connection.getresponse()
    assert answer.status == 200
    ask(port, "POST", "/charrette/api/rounds", room.session.keys.host, {"act": "open", "name": "day 1"})
    told = b""
    while b"event: round" not in told:
        piece = answer.read1(65536)
        assert piece, told
        told += piece
    connection.close()
