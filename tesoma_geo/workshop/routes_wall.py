"""What the wall asks for: changes of alternatives, undone and done again, and what each plan does."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tesoma_geo.crs import to_metric, to_wgs84
from tesoma_geo.errors import InputError, ScenarioError
from tesoma_geo.near_names import instead
from tesoma_geo.scenarios.scenario import Scenario
from tesoma_geo.workshop import alternatives
from tesoma_geo.workshop.alternatives import Alternative, ChangeMessage
from tesoma_geo.workshop.effect_json import compact_json
from tesoma_geo.workshop.events import WALL
from tesoma_geo.workshop.guards import Doorkeeper
from tesoma_geo.workshop.posts import Strict, Vertex
from tesoma_geo.workshop.room import Room, alternative_named
from tesoma_geo.workshop.room_log import Act
from tesoma_geo.workshop.routes_phone import checked


class Switch(Strict):
    """Whether a change is part of the plan."""

    on: bool


class Line(Strict):
    """A line that is being drawn."""

    line: tuple[Vertex, ...] = Field(min_length=1, max_length=200)


@dataclass(frozen=True)
class _WallRequests:
    """What the wall asks of a room, a method a route."""

    room: Room
    door: Doorkeeper
    picture: str

    async def get_alternative(self, request: Request) -> Response:
        self.door.require(request, "wall")
        return await _told(
            self.room, alternative_named(self.room, request.path_params["name"]), _profile(self.room, request)
        )

    async def get_alternatives(self, request: Request) -> Response:
        self.door.require(request, "wall")
        profile = _profile(self.room, request)
        drawn = [one for _, one in sorted(self.room.alternatives.items()) if one.entries]
        told = [await _content(self.room, one, profile) for one in drawn]
        return _json(b'{"alternatives":[' + b",".join(told) + b"]}")

    async def post_change(self, request: Request) -> Response:
        self.door.require(request, "wall")
        message = await _drawn(request)
        async with self.room.drawing:
            before = alternative_named(self.room, request.path_params["name"])
            if len(before.changes) >= alternatives.MOST_CHANGES:
                raise InputError(f"an alternative has {len(before.changes)} changes", "Take some away first")
            content = {"alternative": before.name, **message.model_dump(mode="json")}
            return await _changed(self.room, before, alternatives.ADDED, content, _profile(self.room, request))

    async def post_try(self, request: Request) -> Response:
        """A change that is still being drawn: what it would do is computed, so that it is there when it is made."""
        self.door.require(request, "wall")
        message = await _drawn(request)
        before = alternative_named(self.room, request.path_params["name"])
        content = {"alternative": before.name, **message.model_dump(mode="json")}
        with suppress(ScenarioError):  # whoever finishes the drawing is told
            after = scenario_of(self.room, before.after(Act("", "", alternatives.ADDED, content)))
            self.room.effects.foresee(after, _profile(self.room, request))
        return Response(status_code=202)

    async def delete_change(self, request: Request) -> Response:
        self.door.require(request, "wall")
        async with self.room.drawing:
            before = alternative_named(self.room, request.path_params["name"])
            content = {"alternative": before.name, "number": request.path_params["number"]}
            return await _changed(self.room, before, alternatives.REMOVED, content, _profile(self.room, request))

    async def put_on(self, request: Request) -> Response:
        self.door.require(request, "wall")
        switch: Switch = await checked(request, Switch)
        async with self.room.drawing:
            before = alternative_named(self.room, request.path_params["name"])
            content = {"alternative": before.name, "number": request.path_params["number"], "on": switch.on}
            return await _changed(self.room, before, alternatives.SWITCHED, content, _profile(self.room, request))

    async def post_step(self, request: Request) -> Response:
        self.door.require(request, "wall")
        step = {"undo": alternatives.UNDONE, "redo": alternatives.REDONE}[request.path_params["step"]]
        async with self.room.drawing:
            before = alternative_named(self.room, request.path_params["name"])
            return await _changed(self.room, before, step, {"alternative": before.name}, _profile(self.room, request))

    async def post_snap(self, request: Request) -> Response:
        self.door.require(request, "wall")
        line: Line = await checked(request, Line)
        return JSONResponse({"ends": joints(self.room, line.line)})

    async def get_services(self, request: Request) -> Response:
        self.door.require(request, "wall")
        way_in = {"code": self.room.session.keys.room, "qr": self.picture}
        return JSONResponse({"services": services_of(self.room), "transit": transit_of(self.room), **way_in})


def wall_routes(room: Room, door: Doorkeeper, picture: str) -> list[Route]:
    """The routes of the wall.

    Parameters
    ----------
    room
        The room.
    door
        Who may.
    picture
        The QR code of the phones' page, as the address of a picture.

    Returns
    -------
    list of Route
    """
    requests = _WallRequests(room, door, picture)
    base = "/api/alternatives/{name}"
    return [
        Route("/api/alternatives", requests.get_alternatives, methods=["GET"]),
        Route(base, requests.get_alternative, methods=["GET"]),
        Route(f"{base}/changes", requests.post_change, methods=["POST"]),
        Route(f"{base}/try", requests.post_try, methods=["POST"]),
        Route(f"{base}/changes/{{number:int}}", requests.delete_change, methods=["DELETE"]),
        Route(f"{base}/changes/{{number:int}}/on", requests.put_on, methods=["PUT"]),
        Route(f"{base}/{{step}}", _known_step(requests.post_step), methods=["POST"]),
        Route("/api/snap", requests.post_snap, methods=["POST"]),
        Route("/api/services", requests.get_services, methods=["GET"]),
    ]


async def _drawn(request: Request) -> ChangeMessage:
    """A change of the wall, which names no file."""
    message: ChangeMessage = await checked(request, ChangeMessage)
    for entry in (message.entry, *(one.entry for one in message.also)):
        alternatives.require_drawn(entry)
    return message


def _known_step(handler: Any) -> Any:
    async def checked_step(request: Request) -> Response:
        if request.path_params["step"] not in ("undo", "redo"):
            raise HTTPException(404)
        response: Response = await handler(request)
        return response

    return checked_step


def _profile(room: Room, request: Request) -> str:
    name = request.query_params.get("profile", "")
    known = room.district.profiles
    if name and name not in known:
        raise InputError(f"there is no profile {name[:40]!r} at the wall", instead(name, known))
    return name or known[0]


async def _changed(room: Room, before: Alternative, act: str, content: dict[str, Any], profile: str) -> Response:
    """Try a change, and keep it where it can be made; the answer tells what the plan does now."""
    after = before.after(Act("", "", act, content))
    if after is before:
        return await _told(room, before, profile)
    effect = await room.effects.effect(scenario_of(room, after), profile)
    await room.log(act, content)
    kept = room.alternatives[before.name]
    await room.effects.think(lambda: room.save(kept.name))
    room.events.tell("plan", {"alternative": kept.name}, WALL)
    return _json(content_of(kept, effect))


async def _told(room: Room, alternative: Alternative, profile: str) -> Response:
    return _json(await _content(room, alternative, profile))


async def _content(room: Room, alternative: Alternative, profile: str) -> bytes:
    return content_of(alternative, await room.effects.effect(scenario_of(room, alternative), profile))


def _json(content: bytes) -> Response:
    return Response(content, media_type="application/json")


def scenario_of(room: Room, alternative: Alternative) -> Scenario:
    """An alternative as a scenario.

    Parameters
    ----------
    room
        The room.
    alternative
        What is drawn.

    Returns
    -------
    Scenario

    Raises
    ------
    ScenarioError
        With every fault of its entries.
    """
    return alternatives.scenario_of(alternative, room.session.folder, room.head_of(alternative.name))


def content_of(alternative: Alternative, effect: bytes) -> bytes:
    """An alternative and what it does, for the wall.

    Parameters
    ----------
    alternative
        What is drawn.
    effect
        What it does, as :func:`~tesoma_geo.workshop.effect_json.effect_json` gives it.

    Returns
    -------
    bytes
        An object of JSON.
    """
    drawn = {
        "alternative": alternative.name,
        "changes": [
            {"number": one.number, "kind": one.kind, "name": one.name, "on": one.on, "section": one.section}
            for one in alternative.changes
        ],
        "undo": bool(alternative.past),
        "redo": bool(alternative.future),
    }
    return compact_json(drawn)[:-1] + b"," + effect[1:]


def services_of(room: Room) -> list[dict[str, Any]]:
    """The services that a plan may close or move.

    Parameters
    ----------
    room
        The room.

    Returns
    -------
    list of dict
        ``id``, ``kind``, ``name`` (empty for none), ``lon`` and ``lat`` of each.
    """
    services = room.inputs.services
    names = services["name"].fillna("") if "name" in services else [""] * len(services)
    rows = zip(services["service_id"], services["kind"], names, services.to_crs("EPSG:4326").geometry, strict=True)
    return [
        {"id": str(one), "kind": str(kind), "name": str(name), "lon": round(at.x, 6), "lat": round(at.y, 6)}
        for one, kind, name, at in rows
    ]


def transit_of(room: Room) -> dict[str, Any] | None:
    """What a plan may change of public transport.

    Parameters
    ----------
    room
        The room.

    Returns
    -------
    dict or None
        ``between`` (the window of departures) and ``stops`` within the study area, each with ``id``, ``lon``, ``lat``;
        None without public transport.
    """
    timetable, transit = room.inputs.timetable, room.workspace.transit
    if not room.district.riders or timetable is None or transit is None:
        return None
    stops = timetable.stops
    lon, lat = (stops[name].to_numpy(float) for name in ("lon", "lat"))
    near = shapely.contains_xy(room.inputs.study_area, *to_metric(lon, lat, room.workspace.district.crs))
    rows = zip(stops["stop_id"][near], stops["lon"][near], stops["lat"][near], strict=True)
    return {
        "between": list(transit.window),
        "stops": [{"id": str(one), "lon": round(float(lon), 6), "lat": round(float(lat), 6)} for one, lon, lat in rows],
    }


def joints(room: Room, line: tuple[Vertex, ...], join_m: float = 30.0) -> list[dict[str, Any]]:
    """Where the ends of a line would join the streets of today.

    Parameters
    ----------
    room
        The room.
    line
        Longitudes and latitudes.
    join_m
        Farthest that an end may lie from a street.

    Returns
    -------
    list of dict
        For the first and the last place: ``joins``, ``place`` and ``metres``.

    Raises
    ------
    InputError
        An end lies where the CRS has no metres.
    """
    network, crs = room.inputs.network, room.workspace.district.crs
    lon, lat = np.array([line[0], line[-1]], float).T
    xy = np.column_stack(to_metric(lon, lat, crs))
    if not np.isfinite(xy).all():
        raise InputError("the line lies far outside the district", "Draw it in the district")
    joined = network.shape.nearest_edges(xy, join_m, network.obstacles)
    ends = []
    for at, (edge, along, far_m) in enumerate(zip(joined.edge, joined.fraction, joined.snap_m, strict=True)):
        if edge < 0:
            ends.append({"joins": False, "place": list(line[0 if at == 0 else -1]), "metres": None})
            continue
        place = shapely.line_interpolate_point(network.segments[edge], along, normalized=True)
        lon_at, lat_at = to_wgs84(place.x, place.y, crs)
        ends.append(
            {
                "joins": True,
                "place": [round(float(lon_at), 6), round(float(lat_at), 6)],
                "metres": round(float(far_m), 1),
            }
        )
    return ends
