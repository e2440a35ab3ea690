"""What the wall and other phones are sent, read by an attacker: after a round somebody leaves, hides or joins."""

import json

import pytest

STRANGER = "f" * 32
PAGES = ("/api/room", "/api/story", "/api/district", "/api/alternatives", "/api/services", "/wall", "/phone", "/pages/")


def heard(served):
    """Every byte that a stranger's phone and the wall are sent, by role and path."""
    told = {}
    for role in ("room", "wall"):
        for path in PAGES:
            status, content = served.ask("GET", path, key=role, device=STRANGER)
            told[role, path] = status, content if isinstance(content, bytes) else json.dumps(content)
    return told


@pytest.mark.parametrize("people", [4, 12])
def test_after_a_round_closed_nobody_is_told_who_left_changed_or_came(served, post, people):
    own = {f"{number:032x}": post(text=f"words {number} of mine", theme="dark") for number in range(people)}
    served.host("POST", "/api/rounds", {"act": "open", "name": "day 1"})
    for device, content in own.items():
        assert served.ask("POST", "/api/annotations", content, device=device)[0] == 201
    served.host("POST", "/api/rounds", {"act": "close"})
    before = heard(served)
    devices = list(own)
    served.ask("DELETE", "/api/me", device=devices[0])
    served.ask("DELETE", f"/api/annotations/{own[devices[1]]['id']}", device=devices[1])
    after = heard(served)
    assert [path for path in before if before[path] != after[path]] == []
    served.host("POST", "/api/rounds", {"act": "open", "name": "day 2"})
    opened = heard(served)
    for number in range(3):
        served.ask("POST", "/api/annotations", post(text="newcomer"), device=f"{900 + number:032x}")
    served.ask("DELETE", "/api/me", device=devices[2])
    after = heard(served)
    assert [path for path in opened if opened[path] != after[path]] == []
    sent = json.dumps([str(content) for _, content in {**before, **after}.values()])
    assert [word for word in ("of mine", "newcomer", *devices, "respondent") if word in sent] == []


def test_supporting_and_taking_it_back_is_told_to_nobody(served, post):
    served.host("POST", "/api/rounds", {"act": "open", "name": "day 1"})
    served.ask("POST", "/api/annotations", post(text="a shown idea", show=True), device="a" * 32)
    name = served.host("GET", "/api/moderation")[1]["annotations"][0]["name"]
    served.host("POST", "/api/moderation", {"name": name, "act": "show"})
    before = heard(served)
    for number in range(6):
        assert served.ask("POST", "/api/support", {"name": name}, device=f"{number:032x}")[0] == 200
    assert heard(served) == before
    served.ask("DELETE", "/api/me", device=f"{1:032x}")
    assert heard(served) == before
