"""The wall over real HTTP: drawing, undoing, switching; the file follows; nothing of the machine's files is read."""

import numpy as np
import pytest

from tesoma_geo.scenarios.scenario import Scenario

PATH = {"highway": "path", "foot": "designated", "surface": "asphalt"}


@pytest.fixture
def change(link):
    return {"section": "links", "kind": "path", "entry": {"line": link, "tags": PATH}, "name": "A way across"}


def file_of(served, name="a"):
    return served.room.session.folder / f"{name}.toml"


def test_a_drawn_path_tells_what_it_does_and_is_a_scenario_file(served, change, link):
    status, told = served.wall("POST", "/api/alternatives/a/changes?profile=walk", change)
    assert status == 200
    assert told["residents"]["residents"]["gaining"] > 0
    assert 9.5 <= told["metres"] <= 9.5 + 2 * 30
    assert told["euros"] == pytest.approx(100 * told["metres"], abs=10)
    assert told["minutes_per_euro"] == pytest.approx(told["residents"]["resident_min"] / told["euros"], rel=0.01)
    read = Scenario.load(file_of(served))
    assert [list(place) for place in read.links[0].line] == link


def test_what_is_being_drawn_is_computed_and_changes_nothing(served, change):
    before = served.ask("GET", "/api/room")[1]
    assert served.wall("POST", "/api/alternatives/a/try?profile=walk", change)[0] == 202
    assert served.wall("POST", "/api/alternatives/a/try", change | {"entry": {"line": "x"}})[0] == 202
    assert served.ask("GET", "/api/room")[1] == before
    assert not file_of(served).exists()
    told = served.wall("POST", "/api/alternatives/a/changes?profile=walk", change)[1]
    assert told["residents"]["residents"]["gaining"] > 0
    assert served.wall("GET", "/api/alternatives/a?profile=walk")[1] == told
    assert served.wall("POST", "/api/alternatives/a/try?profile=nobody", change)[0] == 422
    named = change | {"entry": {"source": "../room.json", "tags": PATH}}
    assert served.wall("POST", "/api/alternatives/a/try", named)[0] == 422
    for key in ("room", None, "x" * 32):
        assert served.ask("POST", "/api/alternatives/a/try", change, key=key)[0] in (401, 403)


def test_undo_redo_and_switching(served, change):
    served.wall("POST", "/api/alternatives/a/changes", change)
    drawn = file_of(served).read_bytes()
    gained = served.wall("GET", "/api/alternatives/a")[1]["residents"]
    undone = served.wall("POST", "/api/alternatives/a/undo")[1]
    assert (undone["changes"], undone["redo"], undone["residents"]["residents"]["gaining"]) == ([], True, 0)
    assert served.wall("POST", "/api/alternatives/a/redo")[1]["residents"] == gained
    assert file_of(served).read_bytes() == drawn
    off = served.wall("PUT", "/api/alternatives/a/changes/1/on", {"on": False})[1]
    assert (off["changes"][0]["on"], off["residents"]["residents"]["gaining"]) == (False, 0)
    assert served.wall("DELETE", "/api/alternatives/a/changes/1")[1]["changes"] == []
    assert served.wall("POST", "/api/alternatives/a/nothing")[0] == 404


def test_alternatives_stand_side_by_side(served, change):
    served.wall("POST", "/api/alternatives/a/changes", change)
    entrance = {"section": "entrances", "kind": "entrance", "entry": {"lon": 23.63, "lat": 61.504}}
    served.wall("POST", "/api/alternatives/b/changes", entrance)
    known = served.ask("GET", "/api/room")[1]["alternatives"]
    assert [(one["name"], [change["kind"] for change in one["changes"]]) for one in known] == [
        ("a", ["path"]),
        ("b", ["entrance"]),
    ]
    for number in range(6):
        name = f"c{number}"
        assert served.wall("POST", f"/api/alternatives/{name}/changes", change)[0] == 200
    assert served.wall("POST", "/api/alternatives/more/changes", change)[0] == 422


def test_what_cannot_be_made_is_refused_and_not_kept(served):
    away = {"section": "links", "kind": "path", "entry": {"line": [[23.60, 61.52], [23.601, 61.52]], "tags": PATH}}
    status, told = served.wall("POST", "/api/alternatives/a/changes", away)
    assert status == 422
    assert "more than 30 m" in told["problem"]
    assert served.ask("GET", "/api/room")[1]["alternatives"] == []
    assert not file_of(served).exists()


@pytest.mark.parametrize(
    "entry", [{"source": "../annotations.key", "tags": PATH}, {"source": "http://127.0.0.1/x"}, {"line": "x"}, {}]
)
def test_no_entry_names_a_file_or_another_machine(served, entry):
    change = {"section": "links", "kind": "path", "entry": entry}
    assert served.wall("POST", "/api/alternatives/a/changes", change)[0] == 422


@pytest.mark.parametrize("name", ["..%2f..%2fx", "A", "x" * 40, "%00", "a.b"])
def test_an_alternative_has_a_plain_name(served, change, name):
    assert served.wall("POST", f"/api/alternatives/{name}/changes", change)[0] in (404, 422)


def test_where_a_line_would_join_is_told(served, link):
    joined = served.wall("POST", "/api/snap", {"line": link})[1]["ends"]
    assert [end["joins"] for end in joined] == [True, True]
    loose = served.wall("POST", "/api/snap", {"line": [[23.60, 61.52], link[1]]})[1]["ends"]
    assert [end["joins"] for end in loose] == [False, True]


def test_a_phone_cannot_draw_nor_see_plans_of_the_wall(served, change):
    for key in ("room", None, "x" * 32):
        assert served.ask("POST", "/api/alternatives/a/changes", change, key=key)[0] in (401, 403)
        assert served.ask("GET", "/api/alternatives/a", key=key)[0] in (401, 403)
        assert served.ask("POST", "/api/snap", {"line": [[23, 61]]}, key=key)[0] in (401, 403)


def test_a_service_closes_by_its_place(served):
    services = served.wall("GET", "/api/services")[1]["services"]
    change = {"section": "services", "kind": "remove", "entry": {"remove": services[0]["id"]}}
    told = served.wall("POST", "/api/alternatives/a/changes", change)[1]
    assert any(one["count"]["change"] == -1 for one in told["services"].values())


def test_a_service_moves_by_one_change(served):
    service = served.wall("GET", "/api/services")[1]["services"][0]
    opened = {"kind": service["kind"], "lon": 23.63, "lat": 61.5}
    change = {"section": "services", "kind": "move", "entry": {"remove": service["id"]}}
    change["also"] = [{"section": "services", "entry": opened}]
    told = served.wall("POST", "/api/alternatives/a/changes", change)[1]
    assert all(one["count"]["change"] == 0 for one in told["services"].values())
    assert len(told["changes"]) == 1
    (side,) = served.wall("GET", "/api/alternatives")[1]["alternatives"]
    assert {key: side[key] for key in ("residents", "services", "map")} == {
        key: told[key] for key in ("residents", "services", "map")
    }
    assert len(Scenario.load(file_of(served)).services) == 2
    assert served.wall("POST", "/api/alternatives/a/undo")[1]["changes"] == []
    assert Scenario.load(file_of(served)).services == ()
    named = change | {"also": [{"section": "links", "entry": {"source": "../room.json", "tags": PATH}}]}
    assert served.wall("POST", "/api/alternatives/a/changes", named)[0] == 422


@pytest.mark.parametrize(
    ("section", "kind", "chosen"),
    [
        ("ramps", "ramp", "steps"),
        ("lighting", "light", "path"),
        ("paving", "pave", "path"),
        ("winter_maintenance", "clear", "path"),
    ],
)
def test_streets_are_made_better_where_they_are_drawn_along(served, section, kind, chosen):
    network = served.room.inputs.network
    ways = network.ways["highway"].to_numpy()[network.way]
    row = int(np.flatnonzero((ways == chosen) & network.is_mapped & (network.length_m > 5))[0])
    line = [[float(network.lon[node]), float(network.lat[node])] for node in (network.tail[row], network.head[row])]
    change = {"section": section, "kind": kind, "entry": {"line": line, "within_m": 15}, "name": "Better"}
    status, told = served.wall("POST", "/api/alternatives/a/changes?profile=wheelchair", change)
    assert status == 200, told
    assert [one["section"] for one in told["changes"]] == [section]
    assert len(getattr(Scenario.load(file_of(served)), section)) == 1
    assert told["residents"]["residents"]["losing"] == 0
    nowhere = change | {"entry": {"line": [[23.60, 61.52], [23.601, 61.52]]}}
    assert served.wall("POST", "/api/alternatives/a/changes", nowhere)[0] == 422


def test_a_missing_link_of_a_resident_is_taken_as_it_was_drawn(served, post, link):
    served.host("POST", "/api/rounds", {"act": "open", "name": "day 1"})
    wish = post(kind="missing_link", shape="line", places=link, show=True)
    assert served.ask("POST", "/api/annotations", wish)[0] == 201
    (row,) = served.host("GET", "/api/moderation")[1]["annotations"]
    assert served.host("POST", "/api/moderation", {"name": row["name"], "act": "show"})[0] == 200
    (item,) = served.wall("GET", "/api/room")[1]["shown"]
    assert item["geometry"]["coordinates"] == [pytest.approx(place, abs=1e-6) for place in link]
    entry = {"line": item["geometry"]["coordinates"], "tags": PATH}
    status, told = served.wall(
        "POST", "/api/alternatives/a/changes", {"section": "links", "kind": "path", "entry": entry}
    )
    assert status == 200, told
    assert told["residents"]["residents"]["gaining"] > 0
