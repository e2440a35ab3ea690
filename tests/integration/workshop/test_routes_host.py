"""The host over real HTTP; nobody else gets there."""

import pytest


def test_the_host_sees_what_waits_and_decides(served, post):
    served.host("POST", "/api/rounds", {"act": "open", "name": "day 1"})
    served.ask("POST", "/api/annotations", post(text="anna.virtanen@example.org", show=True))
    told = served.host("GET", "/api/moderation")[1]
    (row,) = told["annotations"]
    assert row["hints"] == {"email": ["anna.virtanen@example.org"]}
    assert told["qr"].startswith("data:image/png;base64,")
    for act in ("approve", "show", "unshow", "publish", "hide"):
        assert served.host("POST", "/api/moderation", {"name": row["name"], "act": act})[0] == 200
    assert served.host("POST", "/api/moderation", {"name": row["name"], "act": "redact", "text": "x"})[0] == 200
    assert served.host("POST", "/api/moderation", {"name": row["name"], "act": "erase"})[0] == 200
    assert served.host("GET", "/api/moderation")[1]["annotations"] == []
    assert served.host("POST", "/api/moderation", {"name": row["name"], "act": "show"})[0] == 422


@pytest.mark.parametrize("key", ["room", "wall", None, "wrong"])
def test_nobody_else_gets_there(served, key):
    for method, path, content in (
        ("GET", "/api/moderation", None),
        ("POST", "/api/moderation", {"name": "a", "act": "erase"}),
        ("POST", "/api/rounds", {"act": "open", "name": "day 1"}),
    ):
        assert served.ask(method, path, content, key=key)[0] in (401, 403)


def test_a_closed_round_stays_closed(served):
    for act, name, status in (("close", "", 422), ("open", "day 1", 200), ("open", "day 2", 422), ("close", "", 200)):
        assert served.host("POST", "/api/rounds", {"act": act, "name": name})[0] == status
    assert served.host("POST", "/api/rounds", {"act": "open", "name": "day 1"})[0] == 422
