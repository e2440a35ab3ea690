"""A room of the sample for two ways of moving, served over real HTTP on loopback."""

import http.client
import itertools
import json
import secrets
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.workshop.addresses import door_at
from tesoma_geo.workshop.app import application
from tesoma_geo.workshop.district import DistrictToday
from tesoma_geo.workshop.room import Room, open_room
from tesoma_geo.workshop.serve import listening_socket, server_of
from tesoma_geo.workshop.session import open_session
from tesoma_geo.workspace.workshop import Round, Workshop

ROUNDS = (Round(name="day 1"), Round(name="day 2", draws=("idea",), votes=3))


@pytest.fixture(scope="session")
def few(sample_inputs: Inputs) -> Inputs:
    """The sample's layers for two ways of moving on streets."""
    access = sample_inputs.workspace.access.model_copy(update={"profiles": ("walk", "wheelchair")})
    workshop = Workshop(rounds=ROUNDS, cost_eur_per_m={"path": 100.0})
    changed = {"access": access, "targets": {}, "workshop": workshop}
    workspace = sample_inputs.workspace.model_copy(update=changed)
    profiles = tuple(one for one in sample_inputs.profiles if one.name in ("walk", "wheelchair"))
    return replace(sample_inputs, workspace=workspace, profiles=profiles, survey=None)


@pytest.fixture(scope="session")
def district(few: Inputs) -> DistrictToday:
    return DistrictToday.of(few)


@dataclass
class Served:
    """A room on loopback, and how it is asked."""

    room: Room
    port: int
    phone: str = field(default_factory=lambda: secrets.token_hex(16))

    def ask(
        self,
        method: str,
        path: str,
        content: Any = None,
        key: str | None = "room",
        device: str | None = "own",
        headers: dict[str, str] | None = None,
        raw: bytes | None = None,
    ) -> tuple[int, Any]:
        """The status and the JSON (or bytes) of one request; ``key`` names one of the room's keys, or is one."""
        told: dict[str, str] = {}
        if key:
            told["X-Workshop-Key"] = getattr(self.room.session.keys, key, key)
        if device:
            told["X-Device-Key"] = self.phone if device == "own" else device
        body = raw
        if content is not None:
            body = json.dumps(content).encode()
        if body is not None:
            told["Content-Type"] = "application/json"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        connection.request(method, path, body, {**told, **(headers or {})})
        answer = connection.getresponse()
        data = answer.read()
        self.headers = dict(answer.headers)
        connection.close()
        if answer.headers.get("content-type", "").startswith("application/json"):
            return answer.status, json.loads(data)
        return answer.status, data

    def host(self, method: str, path: str, content: Any = None) -> tuple[int, Any]:
        return self.ask(method, path, content, key="host")

    def wall(self, method: str, path: str, content: Any = None) -> tuple[int, Any]:
        return self.ask(method, path, content, key="wall")


@pytest.fixture
def serve(district: DistrictToday, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Served]]:
    """Serve a room whose store and session lie in the test's folder; once more goes on where it was."""
    monkeypatch.setenv("TESOMA_GEO_ANNOTATIONS", str(tmp_path))
    running: list[Any] = []

    def stop() -> None:
        for server, thread in running:
            server.should_exit = True
            thread.join()
        running.clear()

    def begin() -> Served:
        stop()
        listening, answering = listening_socket("127.0.0.1", 0), threading.Event()
        port = listening.getsockname()[1]
        room = open_room(open_session(district.inputs.workspace, "spring"), district)
        server = server_of(application(room, door_at("127.0.0.1", port)), answering.set)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        running.append((server, thread))
        assert answering.wait(300)
        return Served(room, port)

    yield begin
    stop()


@pytest.fixture
def served(serve: Callable[[], Served]) -> Served:
    return serve()


@pytest.fixture
def post() -> Callable[..., dict[str, Any]]:
    """An annotation as a phone sends it, each with another id."""
    numbers = itertools.count(1)

    def made(**content: Any) -> dict[str, Any]:
        whole = {"id": f"{next(numbers):032x}", "kind": "idea", "shape": "point", "places": [[23.6275, 61.5052]]}
        return whole | content

    return made


@pytest.fixture
def link(few: Inputs) -> list[list[float]]:
    """A line between two streets of the sample that saves somebody a way round."""
    import tomllib

    text = few.workspace.path.with_name("scenario.toml").read_text(encoding="utf-8")
    line: list[list[float]] = tomllib.loads(text)["links"][0]["line"]
    return line
