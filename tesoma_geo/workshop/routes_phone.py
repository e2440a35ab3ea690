"""What phones ask for: the room, their own annotations, support, votes, events."""

from dataclasses import dataclass
from typing import Any

import shapely
from pydantic import Field, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from tesoma_geo.workshop import phone_store, rounds
from tesoma_geo.workshop.effect_json import compact_json
from tesoma_geo.workshop.events import EVERYBODY, HOST, WALL
from tesoma_geo.workshop.guards import DEVICE_HEADER, Doorkeeper, message_of
from tesoma_geo.workshop.posts import Code, Post, PostId, Strict, fault_lines
from tesoma_geo.workshop.room import Room

#: Farther from the study area than this nothing is taken, metres.
FAR_M = 20_000.0
_AUDIENCES = {"phone": {EVERYBODY}, "wall": {EVERYBODY, WALL}, "host": {EVERYBODY, WALL, HOST}}
_STATUS = {phone_store.STORED: 201, phone_store.THERE: 200, phone_store.TAKEN_BACK: 410, phone_store.GONE: 410}


class Support(Strict):
    """Support of what somebody else said."""

    name: Code
    on: bool = True


class Ballot(Strict):
    """A phone's votes among the alternatives."""

    votes: dict[str, int] = Field(max_length=20)


@dataclass(frozen=True)
class _PhoneRequests:
    """What phones ask of a room, a method a route."""

    room: Room
    door: Doorkeeper
    seen: "_SeenRoom"

    @property
    def source(self) -> str:
        """The source that what is sent here is filed under."""
        return self.room.session.source

    async def post_annotation(self, request: Request) -> Response:
        self.door.require(request, "phone", "wall")
        device = self.door.device(request, self.door.writes)
        post = await checked(request, Post)
        current = self.room.rounds.current
        if current is None:
            raise HTTPException(409, "no round is open; it is kept on the phone")
        if post.kind not in current.draws:
            raise HTTPException(422, f"kind: {post.kind} is not drawn in this round")
        geometry = post.geometry(self.room.workspace.district.crs)
        if shapely.distance(geometry, self.room.inputs.study_area) > FAR_M:
            raise HTTPException(422, "places: far outside the district")
        entry = phone_store.SentAnnotation(self.source, device, current.name, post, geometry)
        outcome = await self.room.writer.add(entry)
        if outcome == phone_store.STORED:
            self.room.events.tell("waiting", {}, HOST)
        return JSONResponse({"id": post.id, "outcome": outcome}, _STATUS[outcome])

    async def get_me(self, request: Request) -> Response:
        self.door.require(request, "phone", "wall")
        device = self.door.device(request, self.door.looks)
        mine = await self.room.writer.run(lambda store: phone_store.own_annotations(store, self.source, device))
        return JSONResponse({"annotations": mine})

    async def delete_annotation(self, request: Request) -> Response:
        self.door.require(request, "phone", "wall")
        device = self.door.device(request, self.door.writes)
        post_id = await checked_path(request, "id")
        removed = await self.room.writer.run(lambda store: phone_store.take_back(store, self.source, device, post_id))
        await self.room.look_again()
        return JSONResponse({"id": post_id, "removed": removed})

    async def delete_me(self, request: Request) -> Response:
        self.door.require(request, "phone", "wall")
        device = self.door.device(request, self.door.writes)
        removed = await self.room.writer.run(lambda store: phone_store.take_back_all(store, self.source, device))
        await self.room.look_again()
        return JSONResponse({"removed": removed})

    async def post_support(self, request: Request) -> Response:
        self.door.require(request, "phone", "wall")
        device = self.door.device(request, self.door.writes)
        wish = await checked(request, Support)
        seen = await self.room.writer.run(
            lambda store: phone_store.support(store, self.source, device, wish.name, self.room.rounds.open, on=wish.on)
        )
        if not seen:
            raise HTTPException(404, "that is not shown any more")
        return JSONResponse({"name": wish.name, "on": wish.on})

    async def post_votes(self, request: Request) -> Response:
        self.door.require(request, "phone")
        device = self.door.device(request, self.door.writes)
        ballot, now, known = (await checked(request, Ballot)).votes, self.room.rounds, list(self.room.alternatives)
        await self.room.writer.run(lambda store: rounds.vote(store, self.source, device, now, ballot, known))
        return JSONResponse({"votes": ballot})

    async def get_room(self, request: Request) -> Response:
        self.door.require(request, "phone", "wall")
        if DEVICE_HEADER in request.headers:
            self.door.device(request, self.door.looks)
        return Response(self.seen.of(self.room), media_type="application/json")

    async def get_events(self, request: Request) -> Response:
        role = self.door.require(request, "phone", "wall")
        last = request.headers.get("last-event-id", "")
        lines = self.room.events.lines(
            frozenset(_AUDIENCES[role]), int(last) if last.isdecimal() and len(last) < 16 else None
        )
        return StreamingResponse(lines, media_type="text/event-stream", headers={"x-accel-buffering": "no"})


class _SeenRoom:
    """What everybody may know of a room, as JSON: made once for all looks until something changes."""

    def __init__(self) -> None:
        self._of: tuple[int, list[dict[str, Any]]] | None = None
        self._json = b""

    def of(self, room: Room) -> bytes:
        # Rounds and alternatives follow from the log, which only grows; what is shown is a new list when it changes.
        if self._of is None or self._of[0] != len(room.acts) or self._of[1] is not room.shown:
            self._json = compact_json(room_content(room))
            self._of = len(room.acts), room.shown
        return self._json


def phone_routes(room: Room, door: Doorkeeper) -> list[Route]:
    """The routes of phones, which wall and host may use too.

    Parameters
    ----------
    room
        The room.
    door
        Who may.

    Returns
    -------
    list of Route
    """
    requests = _PhoneRequests(room, door, _SeenRoom())
    return [
        Route("/api/annotations", requests.post_annotation, methods=["POST"]),
        Route("/api/annotations/{id}", requests.delete_annotation, methods=["DELETE"]),
        Route("/api/me", requests.get_me, methods=["GET"]),
        Route("/api/me", requests.delete_me, methods=["DELETE"]),
        Route("/api/support", requests.post_support, methods=["POST"]),
        Route("/api/votes", requests.post_votes, methods=["POST"]),
        Route("/api/room", requests.get_room, methods=["GET"]),
        Route("/api/events", requests.get_events, methods=["GET"]),
    ]


def room_content(room: Room) -> dict[str, Any]:
    """What everybody in a room may know: its rounds with what was counted of closed ones, what is shown, the plans.

    Parameters
    ----------
    room
        The room.

    Returns
    -------
    dict
        JSON can hold it.
    """
    return {
        "session": room.session.name,
        "open": room.rounds.open,
        "k": room.workspace.publish.k,
        "rounds": [
            {
                "name": one.name,
                "date": one.on.isoformat() if one.on else None,
                "question": dict(one.question or {}),
                "draws": list(one.draws),
                "votes": one.votes,
                "topics": list(one.topics),
                "closed": room.rounds.closed.get(one.name),
            }
            for one in room.rounds.planned
        ],
        "shown": room.shown,
        "alternatives": [
            {
                "name": name,
                "changes": [{"kind": change.kind, "name": change.name} for change in one.changes if change.on],
            }
            for name, one in room.alternatives.items()
        ],
    }


async def checked(request: Request, model: type[Any]) -> Any:
    """The message of a request, checked.

    Parameters
    ----------
    request
        With JSON.
    model
        A pydantic model.

    Returns
    -------
    object
        Of the model.

    Raises
    ------
    HTTPException
        Faults (422), without what was sent.
    """
    try:
        return model.model_validate_json(await message_of(request))
    except ValidationError as error:
        raise HTTPException(422, "; ".join(fault_lines(error))) from None


async def checked_path(request: Request, name: str) -> str:
    """An id in the path of a request.

    Parameters
    ----------
    request
        With the path.
    name
        Of the part.

    Returns
    -------
    str

    Raises
    ------
    HTTPException
        It is no id (404).
    """
    from pydantic import TypeAdapter

    try:
        return TypeAdapter(PostId).validate_python(request.path_params[name])
    except ValidationError:
        raise HTTPException(404, "there is no such annotation") from None
