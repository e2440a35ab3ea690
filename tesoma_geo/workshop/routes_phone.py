"""What phones ask for: the room, their own annotations, support, votes, events."""

from typing import Any

import shapely
from pydantic import Field, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from tesoma_geo.workshop import phone_store, rounds
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
    source = room.session.source

    async def post_annotation(request: Request) -> Response:
        door.require(request, "phone", "wall")
        device = door.device(request, door.writes)
        post = await checked(request, Post)
        current = room.rounds.current
        if current is None:
            raise HTTPException(409, "no round is open; it is kept on the phone")
        if post.kind not in current.draws:
            raise HTTPException(422, f"kind: {post.kind} is not drawn in this round")
        geometry = post.geometry(room.workspace.district.crs)
        if shapely.distance(geometry, room.inputs.study_area) > FAR_M:
            raise HTTPException(422, "places: far outside the district")
        entry = phone_store.SentAnnotation(source, device, current.name, post, geometry)
        outcome = await room.writer.add(entry)
        if outcome == phone_store.STORED:
            room.events.tell("waiting", {}, HOST)
        return JSONResponse({"id": post.id, "outcome": outcome}, _STATUS[outcome])

    async def get_me(request: Request) -> Response:
        door.require(request, "phone", "wall")
        device = door.device(request, door.looks)
        mine = await room.writer.run(lambda store: phone_store.own_annotations(store, source, device))
        return JSONResponse({"annotations": mine})

    async def delete_annotation(request: Request) -> Response:
        door.require(request, "phone", "wall")
        device = door.device(request, door.writes)
        post_id = await checked_path(request, "id")
        removed = await room.writer.run(lambda store: phone_store.take_back(store, source, device, post_id))
        await room.look_again()
        return JSONResponse({"id": post_id, "removed": removed})

    async def delete_me(request: Request) -> Response:
        door.require(request, "phone", "wall")
        device = door.device(request, door.writes)
        removed = await room.writer.run(lambda store: phone_store.take_back_all(store, source, device))
        await room.look_again()
        return JSONResponse({"removed": removed})

    async def post_support(request: Request) -> Response:
        door.require(request, "phone", "wall")
        device = door.device(request, door.writes)
        wish = await checked(request, Support)
        seen = await room.writer.run(
            lambda store: phone_store.support(store, source, device, wish.name, room.rounds.open, on=wish.on)
        )
        if not seen:
            raise HTTPException(404, "that is not shown any more")
        return JSONResponse({"name": wish.name, "on": wish.on})

    async def post_votes(request: Request) -> Response:
        door.require(request, "phone")
        device = door.device(request, door.writes)
        ballot, now, known = (await checked(request, Ballot)).votes, room.rounds, list(room.alternatives)
        await room.writer.run(lambda store: rounds.vote(store, source, device, now, ballot, known))
        return JSONResponse({"votes": ballot})

    async def get_room(request: Request) -> Response:
        door.require(request, "phone", "wall")
        if DEVICE_HEADER in request.headers:
            door.device(request, door.looks)
        return JSONResponse(room_content(room))

    async def get_events(request: Request) -> Response:
        role = door.require(request, "phone", "wall")
        last = request.headers.get("last-event-id", "")
        lines = room.events.lines(
            frozenset(_AUDIENCES[role]), int(last) if last.isdecimal() and len(last) < 16 else None
        )
        return StreamingResponse(lines, media_type="text/event-stream", headers={"x-accel-buffering": "no"})

    return [
        Route("/api/annotations", post_annotation, methods=["POST"]),
        Route("/api/annotations/{id}", delete_annotation, methods=["DELETE"]),
        Route("/api/me", get_me, methods=["GET"]),
        Route("/api/me", delete_me, methods=["DELETE"]),
        Route("/api/support", post_support, methods=["POST"]),
        Route("/api/votes", post_votes, methods=["POST"]),
        Route("/api/room", get_room, methods=["GET"]),
        Route("/api/events", get_events, methods=["GET"]),
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
