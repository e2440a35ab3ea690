"""A charrette in real browsers: host, phone of 360 px and wall; hostile words stay words."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from injections import INJECTIONS
from playwright.sync_api import Browser, Page
from watched import DESKTOP, PATIENCE_S, PHONE, examined, until

from tesoma_geo.inputs.layers import read_inputs
from tesoma_geo.scenarios.scenario import Scenario
from tesoma_geo.workshop.addresses import door_at
from tesoma_geo.workshop.app import application
from tesoma_geo.workshop.district import DistrictToday
from tesoma_geo.workshop.guards import Doorkeeper
from tesoma_geo.workshop.limits import Limit
from tesoma_geo.workshop.room import Room, open_room
from tesoma_geo.workshop.serve import listening_socket, server_of
from tesoma_geo.workshop.session import open_session
from tesoma_geo.workspace import Workspace
from tesoma_geo.workspace.workshop import Round, Workshop

LINK = [[23.629155, 61.501585], [23.629135, 61.50167]]


@dataclass
class Charrette:
    """A served room, and pages of it."""

    room: Room
    base: str
    opened: Callable[..., Page]
    faults: list[str]

    def face(self, name: str, size: tuple[int, int], language: str = "en") -> Page:
        keys = self.room.session.keys
        key = {"moderate": keys.host, "plan": keys.wall}.get(name, keys.room)
        page = self.opened(size)
        page.goto(f"{self.base}/{name}?lang={language}#k={key}")
        until(page, "document.body.classList.contains('joined')")
        return page


@pytest.fixture(scope="module")
def district(sample_workspace) -> DistrictToday:
    inputs = read_inputs(Workspace.load(sample_workspace))
    access = inputs.workspace.access.model_copy(update={"profiles": ("walk", "transit")})
    workshop = Workshop(rounds=(Round(name="day 1"), Round(name="day 2", votes=3)), cost_eur_per_m={"path": 100.0})
    changed = {"access": access, "targets": {}, "workshop": workshop}
    profiles = tuple(one for one in inputs.profiles if one.name == "walk")
    workspace = inputs.workspace.model_copy(update=changed)
    return DistrictToday.of(replace(inputs, workspace=workspace, profiles=profiles, survey=None))


@pytest.fixture
def charrette(district, browser: Browser, tmp_path, monkeypatch) -> Iterator[Charrette]:
    monkeypatch.setenv("TESOMA_GEO_ANNOTATIONS", str(tmp_path))
    listening, answering = listening_socket("127.0.0.1", 0), threading.Event()
    port = listening.getsockname()[1]
    room = open_room(open_session(district.inputs.workspace, "spring"), district)
    keeper = Doorkeeper(room.session.keys, writes=Limit(1000, 1000), looks=Limit(1000, 1000))
    server = server_of(application(room, door_at("127.0.0.1", port), keeper), answering.set)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    assert answering.wait(PATIENCE_S)
    base, faults, contexts = f"http://127.0.0.1:{port}", [], []

    def opened(size: tuple[int, int]) -> Page:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, has_touch=size[0] < 500)
        context.set_default_timeout(1000 * PATIENCE_S)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda made: made.url.startswith((base, "data:")) or faults.append(f"request {made.url}"))
        page.on("console", lambda told: faults.append(f"console {told.text}"))
        page.on("pageerror", lambda error: faults.append(f"error {error}"))
        page.on("dialog", lambda shown: (faults.append(f"dialog {shown.message}"), shown.dismiss()))
        return page

    yield Charrette(room, base, opened, faults)
    for context in contexts:
        context.close()
    server.should_exit = True
    thread.join()


def ask(page: Page, method: str, path: str, content: Any) -> int:
    """A request with the keys of the page."""
    script = "([method, path, content]) => tesoma.room.ask(method, path, content).then(answer => answer.status)"
    status: int = page.evaluate(script, [method, path, content])
    return status


def test_from_a_pin_on_a_phone_to_a_plan_on_the_wall(charrette):
    host = charrette.face("moderate", DESKTOP)
    host.click('[data-round="open"]')
    phone, wall = charrette.face("join", PHONE), charrette.face("plan", DESKTOP)
    until(phone, "document.querySelector('[data-place=round]').textContent.includes('day 1')")
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    phone.click('[data-does="centre"]')
    phone.select_option("#say-kind", "idea")
    phone.fill("#say-text", "A bench, <b>please</b>")
    phone.check("#say-show")
    phone.click("form.say button.main")
    until(phone, "document.querySelector('[data-place=sending]').textContent.includes('stored')")
    assert phone.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0
    until(host, "document.querySelector('[data-place=waiting] .said')?.textContent === 'A bench, <b>please</b>'")
    host.click('[data-act="show"]')
    until(wall, "document.querySelector('[data-place=others]').textContent.includes('A bench, <b>please</b>')")

    entry = {"section": "links", "kind": "path", "entry": {"line": LINK, "tags": {"highway": "path"}}}
    assert ask(wall, "POST", "alternatives/a/changes", entry) == 200
    wall.reload()
    until(wall, "document.querySelectorAll('[data-place=changes] li').length === 1")
    gaining = wall.inner_text('[data-place="effect"] .card')
    assert "sooner: 0" not in gaining
    wall.click('[data-does="undo"]')
    until(wall, "document.querySelectorAll('[data-place=changes] li').length === 0")
    wall.click('[data-does="redo"]')
    until(wall, "document.querySelectorAll('[data-place=changes] li').length === 1")
    assert wall.inner_text('[data-place="effect"] .card') == gaining

    phone.click('[data-place="mine"] button')
    until(phone, "document.querySelectorAll('[data-place=mine] li').length === 0")
    until(wall, "!document.querySelector('[data-place=others]').textContent.includes('bench')")
    assert charrette.faults == []


def test_a_line_is_drawn_by_hand_on_the_wall(charrette):
    wall = charrette.face("plan", DESKTOP)
    until(wall, "document.querySelector('[data-place=effect] table')")
    wall.click('[data-tool="path"]')
    for lon, lat in LINK:
        wall.evaluate("([lng, lat]) => tesoma.current.fire('click', { latlng: L.latLng(lat, lng) })", [lon, lat])
    wall.click('[data-does="finish"]')
    until(wall, "document.querySelectorAll('[data-place=changes] li').length === 1")
    assert (charrette.room.session.folder / "a.toml").is_file()
    assert charrette.faults == []


def test_a_service_moves_in_one_act_and_alternatives_stand_side_by_side(charrette):
    wall = charrette.face("plan", DESKTOP)
    until(wall, "document.querySelector('[data-place=effect] table')")
    (service, *_) = wall.evaluate("tesoma.room.ask('GET', 'services').then(answer => answer.told.services)")
    wall.click('[data-tool="move"]')
    for lon, lat in ([service["lon"], service["lat"]], LINK[0]):
        wall.evaluate("([lng, lat]) => tesoma.current.fire('click', { latlng: L.latLng(lat, lng) })", [lon, lat])
    until(wall, "document.querySelectorAll('[data-place=changes] li').length === 1")
    written = Scenario.load(charrette.room.session.folder / "a.toml").services
    assert [(one.remove, one.kind) for one in written] == [(service["id"], None), (None, service["kind"])]
    wall.click('[data-does="undo"]')
    until(wall, "document.querySelectorAll('[data-place=changes] li').length === 0")
    wall.click('[data-does="redo"]')

    wall.click('[data-place="alternatives"] button:nth-child(2)')
    until(wall, "document.querySelector('[data-place=alternatives] button:nth-child(2)[aria-pressed=true]')")
    until(wall, "document.querySelectorAll('[data-place=changes] li').length === 0")
    entry = {"section": "links", "kind": "path", "entry": {"line": LINK, "tags": {"highway": "path"}}}
    assert ask(wall, "POST", "alternatives/b/changes", entry) == 200
    wall.click('[data-does="side"]')
    until(wall, "document.querySelectorAll('[data-place=side] tbody tr').length === 2")
    picture = "Array.from(document.querySelectorAll('[data-place=side] canvas'), one => one.toDataURL())"
    moved, linked = wall.evaluate(picture)
    assert moved != linked  # a service elsewhere changes no way to the hub, a link does
    wall.click('[data-does="gains"]')
    until(wall, "!document.querySelector('[data-place=legend-gains]').hidden")
    shown = "const { cells, difference } = tesoma.current.tesoma.layers;"
    assert wall.evaluate(f"{{ {shown} tesoma.current.hasLayer(difference) && !tesoma.current.hasLayer(cells) }}")
    wall.click('[data-does="gains"]')
    assert wall.evaluate(f"{{ {shown} !tesoma.current.hasLayer(difference) && tesoma.current.hasLayer(cells) }}")
    assert charrette.faults == []


def test_new_homes_have_residents_by_age(charrette):
    wall = charrette.face("plan", DESKTOP)
    until(wall, "document.querySelector('[data-place=effect] table')")
    groups = wall.evaluate("Array.from(document.querySelectorAll('[data-age]'), one => one.dataset.age)")
    assert groups
    wall.click('[data-tool="homes"]')
    wall.evaluate("document.querySelectorAll('[data-age]').forEach((one, i) => { one.value = 10 * i })")
    wall.evaluate("([lng, lat]) => tesoma.current.fire('click', { latlng: L.latLng(lat, lng) })", LINK[0])
    until(wall, "document.querySelectorAll('[data-place=changes] li').length === 1")
    (homes,) = Scenario.load(charrette.room.session.folder / "a.toml").homes
    assert homes.residents == {group: 10 * number for number, group in enumerate(groups) if number}
    assert charrette.faults == []


def test_a_headway_and_a_stop_change_the_minutes_of_riders(charrette):
    wall = charrette.face("plan", DESKTOP)
    until(wall, "document.querySelector('[data-place=effect] table')")
    wall.click("[data-riders] summary")
    wall.fill("#line-minutes", "3")
    wall.click('[data-does="headway"]')
    until(wall, "document.querySelectorAll('[data-place=changes] li').length === 1")
    assert wall.evaluate("document.querySelector('input[name=profile]:checked').value") == "transit"
    assert "sooner: 0" not in wall.inner_text('[data-place="effect"] .card')
    (stop, *_) = wall.evaluate("tesoma.room.ask('GET', 'services').then(answer => answer.told.transit.stops)")
    wall.click('[data-tool="stop"]')
    until(wall, "document.querySelectorAll('path.stop').length > 1")
    for lon, lat in ([stop["lon"], stop["lat"]], LINK[0]):
        wall.evaluate("([lng, lat]) => tesoma.current.fire('click', { latlng: L.latLng(lat, lng) })", [lon, lat])
    until(wall, "document.querySelectorAll('[data-place=changes] li').length === 2")
    wall.click('[data-tool="bus"]')
    for lon, lat in ([stop["lon"], stop["lat"]], LINK[0]):
        wall.evaluate("([lng, lat]) => tesoma.current.fire('click', { latlng: L.latLng(lat, lng) })", [lon, lat])
    wall.click('[data-does="finish"]')
    until(wall, "document.querySelectorAll('[data-place=changes] li').length === 3")
    plan = Scenario.load(charrette.room.session.folder / "a.toml")
    assert ([one.headway_min for one in plan.headways], [one.stop_id for one in plan.stops]) == ([3], [stop["id"]])
    assert [one.name for one in plan.lines] == ["W3"]
    assert charrette.faults == []


def test_a_phone_without_a_connection_keeps_what_is_said_and_sends_it_once(charrette):
    host, phone = charrette.face("moderate", DESKTOP), charrette.face("join", PHONE)
    host.click('[data-round="open"]')
    until(phone, "document.querySelector('[data-place=round]').textContent.includes('day 1')")
    phone.check("#who-keep", force=True) if phone.is_visible("#who-keep") else phone.evaluate(
        "document.getElementById('who-keep').click()"
    )
    phone.context.set_offline(True)
    phone.click('[data-does="centre"]')
    phone.click("form.say button.main")
    until(phone, "document.querySelector('[data-place=sending]').textContent.includes('Waiting')")
    assert len(json.loads(phone.evaluate("Object.values(localStorage)[0]"))["waiting"]) == 1
    phone.context.set_offline(False)
    until(phone, "document.querySelector('[data-place=sending]').textContent.includes('stored')")
    until(host, "document.querySelectorAll('[data-place=waiting] li').length === 1")


def test_hostile_words_stay_words_on_every_face(charrette):
    host, phone, wall = (charrette.face(*face) for face in (("moderate", DESKTOP), ("join", PHONE), ("plan", DESKTOP)))
    assert ask(host, "POST", "rounds", {"act": "open", "name": "day 1"}) == 200
    texts = list(INJECTIONS)[:: max(1, len(INJECTIONS) // 12)]
    for number, text in enumerate(texts):
        post = {"id": f"{number:032x}", "kind": "idea", "shape": "point", "places": [[23.6275, 61.5052]], "show": True}
        assert ask(phone, "POST", "annotations", post | {"text": text}) == 201
        for field in ("theme", "category", "role", "language", "kind"):
            assert ask(phone, "POST", "annotations", post | {"id": f"{10**6 + number:032x}", field: text}) == 422
    until(host, f"document.querySelectorAll('[data-place=waiting] li').length === {len(texts)}")
    names = host.evaluate("Array.from(document.querySelectorAll('[data-place=waiting] li'), li => li.dataset.name)")
    for name in names:
        look = {"name": name, "act": "show", "by": texts[0], "why": texts[1], "second_look": texts[2]}
        assert ask(host, "POST", "moderation", look) == 200
    for page in (phone, wall):
        until(page, f"document.querySelectorAll('[data-place=others] li').length === {len(texts)}")
    for text in texts[:4]:
        change = {
            "section": "links",
            "kind": "path",
            "name": text,
            "entry": {"line": LINK, "tags": {"highway": "path"}},
        }
        assert ask(wall, "POST", "alternatives/a/changes", change) == 200
    wall.reload()
    until(wall, "document.querySelectorAll('[data-place=changes] li').length === 4")
    story = charrette.face("story", DESKTOP)
    until(story, "document.querySelectorAll('[data-place=story] section').length === 3")
    assert [fault for fault in charrette.faults if "422" not in fault] == []


@pytest.mark.parametrize("face", ["plan", "join", "moderate", "story"])
def test_no_face_has_a_fault_of_accessibility(charrette, face):
    host = charrette.face("moderate", DESKTOP)
    ask(host, "POST", "rounds", {"act": "open", "name": "day 1"})
    phone = charrette.face("join", PHONE)
    post = {"id": "1" * 32, "kind": "idea", "shape": "point", "places": [[23.6275, 61.5052]], "show": True}
    assert ask(phone, "POST", "annotations", post | {"text": "anna.virtanen@example.org"}) == 201
    page = charrette.face(face, PHONE if face == "join" else DESKTOP)
    until(page, "!document.querySelector('[data-place=room]').hidden")
    page.wait_for_timeout(500)
    found = examined(page).response["violations"]
    assert [(one["id"], [node["html"][:200] for node in one["nodes"][:3]]) for one in found] == []
