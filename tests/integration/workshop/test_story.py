"""How we got here: rounds with what was counted and drawn in them, and no word of anybody."""

import json


def test_the_story_tells_rounds_numbers_and_plans(served, post, link):
    served.host("POST", "/api/rounds", {"act": "open", "name": "day 1"})
    for number in range(5):
        served.ask("POST", "/api/annotations", post(text="secret words", theme="dark"), device=f"{number:032x}")
    change = {
        "section": "links",
        "kind": "path",
        "entry": {"line": link, "tags": {"highway": "path"}},
        "name": "Across",
    }
    served.wall("POST", "/api/alternatives/a/changes", change)
    served.host("POST", "/api/rounds", {"act": "close"})
    told = served.ask("GET", "/api/story")[1]
    first, second = told["rounds"]
    assert first["counted"]["people"] == 5
    assert first["said"] == []
    assert first["drawn"] == {"a": [{"kind": "path", "name": "Across"}]}
    assert second["opened"] is None
    assert told["alternatives"] == [{"name": "a", "changes": [{"kind": "path", "name": "Across"}]}]
    assert "secret words" not in json.dumps(told)
    assert served.ask("GET", "/api/story", key=None)[0] == 401
