"""Other names, other sites, wrong keys, floods and oversized messages are refused; headers are strict."""

import socket

import pytest

from tesoma_geo.workshop.guards import MOST_BYTES


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "[::1", "localhost.evil"])
def test_another_name_is_not_answered(served, host):
    assert served.ask("GET", "/join", headers={"Host": host})[0] in (400, 421)


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1:1"])
def test_pages_of_other_sites_are_refused(served, origin):
    assert served.ask("POST", "/api/rounds", {"act": "close"}, key="host", headers={"Origin": origin})[0] == 403
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert served.ask("POST", "/api/rounds", {"act": "close"}, key="host", headers=headers)[0] == 403


def test_the_own_origin_is_taken(served):
    headers = {"Origin": f"http://127.0.0.1:{served.port}"}
    assert served.ask("GET", "/api/room", headers=headers)[0] == 200


@pytest.mark.parametrize("path", ["/join", "/api/room", "/assets/scripts/map.js", "/nothing"])
def test_every_answer_has_the_strict_headers(served, path):
    served.ask("GET", path)
    policy = served.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert served.headers["x-content-type-options"] == "nosniff"
    assert served.headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in {name.lower() for name in served.headers}


def test_a_message_is_bounded_and_json(served):
    assert served.ask("POST", "/api/annotations", raw=b" " * (MOST_BYTES + 1))[0] == 413
    for raw in (b"{", b"\xff", b"[" * 10_000, b"null", b'{"id": 1}'):
        assert served.ask("POST", "/api/annotations", raw=raw)[0] in (400, 422)
    headers = {"Content-Type": "text/plain"}
    assert served.ask("POST", "/api/annotations", {}, headers=headers)[0] == 415


def test_words_cannot_be_guessed_quickly(served):
    statuses = [served.ask("GET", "/api/room", key=f"kala-susi-{number}")[0] for number in range(40)]
    assert statuses.count(401) <= 31
    assert statuses[-1] == 429
    assert served.ask("GET", "/api/room", key="host")[0] == 200


def test_a_phone_that_floods_is_held_up_and_another_is_not(served):
    statuses = [served.ask("GET", "/api/me")[0] for _ in range(70)]
    assert 429 in statuses
    assert served.ask("GET", "/api/me", device="e" * 32)[0] == 200
    assert served.ask("GET", "/api/me", device="E" * 32)[0] == 400
    assert served.ask("GET", "/api/me", device=None)[0] == 400


def test_broken_requests_leave_the_server_as_it_is(served):
    for request in (
        b"",
        b"GET",
        b"GET / HTTP/1.1\r\n",
        b"\x16\x03\x01",
        b"GET " + b"a" * 70_000,
        b"POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", served.port)) as plain:
            plain.sendall(request)
    assert served.ask("GET", "/join")[0] == 200
