"""Phones over real HTTP: once stored, never doubled, nobody reads another's words."""

import http.client
import json

import pytest


@pytest.fixture
def opened(served):
    assert served.host("POST", "/api/rounds", {"act": "open", "name": "day 1"})[0] == 200
    return served


def stored(served):
    return served.host("GET", "/api/moderation")[1]["annotations"]


def test_an_annotation_is_acknowledged_once_it_is_stored(opened, post):
    sent = post(text="A bench")
    assert opened.ask("POST", "/api/annotations", sent) == (201, {"id": sent["id"], "outcome": "stored"})
    assert opened.ask("POST", "/api/annotations", sent)[0] == 200
    (row,) = stored(opened)
    assert (row["text"], row["round"], row["state"]) == ("A bench", "day 1", "pending")


def test_without_an_open_round_the_phone_keeps_it(served, post):
    status, told = served.ask("POST", "/api/annotations", post())
    assert (status, told["problem"]) == (409, "no round is open; it is kept on the phone")


def test_a_round_draws_what_it_asks_for(opened, post):
    opened.host("POST", "/api/rounds", {"act": "close"})
    opened.host("POST", "/api/rounds", {"act": "open", "name": "day 2"})
    assert opened.ask("POST", "/api/annotations", post(kind="barrier"))[0] == 422
    assert opened.ask("POST", "/api/annotations", post(kind="idea"))[0] == 201


def test_what_is_taken_back_is_gone(opened, post):
    sent = post()
    opened.ask("POST", "/api/annotations", sent)
    assert opened.ask("DELETE", f"/api/annotations/{sent['id']}")[1]["removed"]
    assert opened.ask("POST", "/api/annotations", sent)[0] == 410
    assert opened.ask("DELETE", "/api/annotations/../me")[0] == 404
    assert stored(opened) == []


def test_a_phone_takes_everything_back(opened, post):
    for _ in range(3):
        opened.ask("POST", "/api/annotations", post())
    assert opened.ask("DELETE", "/api/me")[1] == {"removed": 3}
    assert opened.ask("GET", "/api/me")[1] == {"annotations": []}
    assert opened.ask("POST", "/api/annotations", post())[0] == 410


def test_unreleased_words_reach_no_other_phone(opened, post):
    sent = post(text="words of mine", show=True)
    opened.ask("POST", "/api/annotations", sent)
    other = "f" * 32
    for path in ("/api/room", "/api/me", "/api/story", "/api/district"):
        status, told = opened.ask("GET", path, device=other)
        assert status == 200
        assert "words of mine" not in (told if isinstance(told, str) else json.dumps(str(told)))
    (row,) = stored(opened)
    opened.host("POST", "/api/moderation", {"name": row["name"], "act": "show"})
    room = opened.ask("GET", "/api/room", device=other)[1]
    assert [item["text"] for item in room["shown"]] == ["words of mine"]
    assert "respondent" not in json.dumps(room)
    assert opened.ask("POST", "/api/support", {"name": row["name"]}, device=other)[0] == 200
    opened.ask("DELETE", f"/api/annotations/{sent['id']}")
    assert opened.ask("GET", "/api/room", device=other)[1]["shown"] == []
    assert opened.ask("POST", "/api/support", {"name": row["name"]}, device=other)[0] == 404


def test_counts_come_from_closed_rounds_alone(opened, post):
    for number in range(6):
        opened.ask("POST", "/api/annotations", post(), device=f"{number:032x}")
    assert all(one["closed"] is None for one in opened.ask("GET", "/api/room")[1]["rounds"])
    opened.host("POST", "/api/rounds", {"act": "close"})
    first = opened.ask("GET", "/api/room")[1]["rounds"][0]
    assert first["closed"]["people"] == 5
    assert "kinds" not in first["closed"]


def test_votes_are_for_alternatives_that_are_there(opened, link):
    change = {"section": "links", "kind": "path", "entry": {"line": link, "tags": {"highway": "path"}}}
    assert opened.wall("POST", "/api/alternatives/a/changes", change)[0] == 200
    assert opened.ask("POST", "/api/votes", {"votes": {"a": 1}})[0] == 422
    opened.host("POST", "/api/rounds", {"act": "close"})
    opened.host("POST", "/api/rounds", {"act": "open", "name": "day 2"})
    assert opened.ask("POST", "/api/votes", {"votes": {"a": 3}})[0] == 200
    assert opened.ask("POST", "/api/votes", {"votes": {"b": 1}})[0] == 422
    assert opened.ask("POST", "/api/votes", {"votes": {"a": 4}})[0] == 422


def test_events_tell_what_happens_and_go_on_where_they_were(opened):
    def listen(last=None):
        connection = http.client.HTTPConnection("127.0.0.1", opened.port, timeout=300)
        headers = {"X-Workshop-Key": opened.room.session.keys.room} | ({"Last-Event-ID": last} if last else {})
        connection.request("GET", "/api/events", headers=headers)
        answer = connection.getresponse()
        assert answer.status == 200
        return answer

    def until(answer, name):
        lines = []
        while not lines or lines[-1] != f"event: {name}":
            lines.append(answer.readline().decode().strip())
        return [line for line in lines if line.startswith("id: ")][-1].removeprefix("id: ")

    first = listen()
    first.readline()
    opened.host("POST", "/api/rounds", {"act": "close"})
    last = until(first, "round")
    first.close()
    opened.host("POST", "/api/rounds", {"act": "open", "name": "day 2"})
    assert int(until(listen(last), "round")) > int(last)
