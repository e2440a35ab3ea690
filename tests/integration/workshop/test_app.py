"""The application: assets from a list, pages without a word of anybody, no request that is an error of the server."""

import json
import random
from collections import Counter

import pytest

from tesoma_geo.workshop.faces import ASSETS

#: How many requests a seed makes.
REQUESTS = 250
METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")
TEXTS = ("", "a", "day 1", "\u0000", "<b>", "x" * 300, "🙂", "' OR 1=1 --", "../..", "-1", "1e999", "ünï", "\ud83d")
NUMBERS = (0, -1, 1, 2**63, 1e308, -0.0, 23.6275, 61.5052, 0.1, 10**40)
KEYS = (
    "id", "kind", "shape", "places", "text", "theme", "severity", "show", "name", "act", "on", "votes", "line",
    "tags", "section", "entry", "lon", "lat", "remove", "residents", "ways", "closed", "by", "why", "within_m",
    "area", "by_age",
)  # fmt: skip
WORDS = (
    "idea", "barrier", "missing_link", "point", "line", "area", "links", "costs", "services", "homes", "ramps",
    "paving", "entrances", "path", "open", "close", "approve", "show", "redact", "erase", "highway", "a", "b",
)  # fmt: skip
#: What there is, changes at the wall and what phones send most often.
ROUTES = (
    *[("POST", "/api/alternatives/{}/changes"), ("POST", "/api/annotations")] * 6,
    *[("POST", path) for path in ("/api/support", "/api/votes", "/api/moderation", "/api/rounds", "/api/snap")] * 2,
    ("POST", "/api/alternatives/a/{}"), ("POST", "/{}"),
    ("PUT", "/api/alternatives/a/changes/{}/on"), ("DELETE", "/api/alternatives/a/changes/{}"),
    ("DELETE", "/api/annotations/{}"), ("DELETE", "/api/me"),
    *[("GET", path) for path in ("/api/me", "/api/room", "/api/moderation", "/api/alternatives/{}", "/api/services")],
    *[("GET", path) for path in ("/api/story", "/assets/{}", "/plan", "/join", "/story", "/{}")],
)  # fmt: skip
ROOM = [[23.6275, 61.5052], [23.628, 61.5055], [23.63, 61.506]]


def content(chance, depth=0):
    """Something that JSON can hold, often with the names that the routes know."""
    kind = chance.randrange(9 if depth < 4 else 6)
    if kind < 2:
        return chance.choice(TEXTS + WORDS)
    if kind < 4:
        return chance.choice(NUMBERS)
    if kind == 4:
        return chance.choice((None, True, False))
    if kind == 5:
        return ROOM[: chance.randint(0, 3)]
    if kind == 6:
        return [content(chance, depth + 1) for _ in range(chance.randrange(4))]
    return {chance.choice(KEYS): content(chance, depth + 1) for _ in range(chance.randrange(6))}


def nearly(chance):
    """What a page sends, with one value put out of shape."""
    sent = chance.choice(
        (
            {"id": f"{chance.getrandbits(128):032x}", "kind": "idea", "shape": "point", "places": ROOM[:1]},
            {"section": "links", "kind": "path", "entry": {"line": ROOM[:2], "tags": {"highway": "path"}}},
            {"section": "homes", "kind": "homes", "entry": {"lon": 23.63, "lat": 61.5, "residents": 20}},
            {"section": "costs", "kind": "close", "entry": {"line": ROOM[:2], "within_m": 15, "closed": True}},
            {"name": "a" * 16, "act": "show"},
            {"votes": {"a": 1}},
            {"line": ROOM},
            {"act": "open", "name": "day 1"},
        )
    )
    whole = json.loads(json.dumps(sent))
    inside = whole.get("entry", whole) if chance.random() < 0.5 else whole
    if chance.random() < 0.8:
        inside[chance.choice([*inside, chance.choice(KEYS)])] = content(chance)
    return whole


@pytest.mark.parametrize("seed", [1, 2])
def test_no_request_is_an_error_of_the_server(served, seed):
    chance = random.Random(seed)
    served.host("POST", "/api/rounds", {"act": "open", "name": "day 1"})
    met = Counter()
    for number in range(REQUESTS):
        method, path = chance.choice(ROUTES)
        method = chance.choice(METHODS) if chance.random() < 0.1 else method
        filled = path.format(
            chance.choice(("a", "1", "999999999999999999999999", "%00", "..%2f", "%ff", "x" * 64, "undo"))
        )
        if chance.random() < 0.2:
            filled += "?" + chance.choice(("profile=walk", "profile=%00", "lang=xx", "profile", "a=" + "x" * 3000))
        key = chance.choice((*("host", "wall", "room") * 12, None, "zz"))
        device = chance.choice((*(f"{chance.getrandbits(128):032x}" for _ in range(6)), "own", "short", None))
        body = nearly(chance) if chance.random() < 0.7 else content(chance)
        raw = json.dumps(body).encode() if chance.random() < 0.9 else chance.randbytes(chance.randrange(200))
        status, told = served.ask(method, filled, key=key, device=device, raw=None if method == "GET" else raw)
        assert status < 500, (number, method, filled, key, raw[:300], told)
        met[status] += 1
    assert {200, 401, 422} <= set(met)
    assert served.ask("GET", "/api/room")[0] == 200


def test_every_asset_of_the_list_is_there_and_nothing_else(served):
    for name in ASSETS:
        status, data = served.ask("GET", f"/assets/{name}", key=None)
        assert status == 200
        assert data


@pytest.mark.parametrize(
    "name",
    ["../locale/fi.po", "locale/fi.po", "%2e%2e/x", "workshop/join.html.j2", "scripts/", "", "styles/report.css"],
)
def test_nothing_else_is_served(served, name):
    assert served.ask("GET", f"/assets/{name}", key=None)[0] == 404


def test_the_districts_layers_need_a_key(served):
    assert served.ask("GET", "/api/district", key=None)[0] == 401
    plain = served.ask("GET", "/api/district")[1]
    assert {"cells", "isochrones", "water", "streets", "hub"} <= set(plain)
