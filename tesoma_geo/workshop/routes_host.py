"""What the host asks for: what waits, decisions, rounds, and how to come in."""

import asyncio
from typing import Literal

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tesoma_geo.annotations.store import Store
from tesoma_geo.errors import InputError
from tesoma_geo.workshop import moderation, rounds
from tesoma_geo.workshop.guards import Doorkeeper
from tesoma_geo.workshop.posts import Strict, Texts
from tesoma_geo.workshop.publication import publish
from tesoma_geo.workshop.room import Room
from tesoma_geo.workshop.room_log import Act
from tesoma_geo.workshop.routes_phone import checked


class RoundMessage(Strict):
    """A round to be opened, or the open one to be closed."""

    act: Literal["open", "close"]
    name: str = ""


class PublishMessage(Strict):
    """The pages are to be made."""

    decided: Texts = ""


def host_routes(room: Room, door: Doorkeeper, picture: str) -> list[Route]:
    """The routes of the host.

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
    source, publishing = room.session.source, asyncio.Lock()

    async def get_moderation(request: Request) -> Response:
        door.require(request)
        settings = room.workspace.moderation
        rows = await room.writer.run(lambda store: moderation.waiting(store, source, room.outline, settings))
        keys = {"code": room.session.keys.room, "qr": picture}
        return JSONResponse({"annotations": rows, "listeners": room.events.listeners, **keys})

    async def post_moderation(request: Request) -> Response:
        door.require(request)
        decision: moderation.Decision = await checked(request, moderation.Decision)
        await room.writer.run(lambda store: moderation.decide(store, source, decision))
        await room.look_again()
        return JSONResponse({"name": decision.name, "act": decision.act})

    async def post_round(request: Request) -> Response:
        door.require(request)
        message: RoundMessage = await checked(request, RoundMessage)
        session, now, settings = room.session.name, room.rounds, room.workspace.publish

        def write(store: Store) -> Act:
            if message.act == "open":
                return rounds.open_round(store, session, now, message.name)
            return rounds.close_round(store, session, source, now, settings)

        room.take_in(await room.writer.run(write))
        room.events.tell("round", {"open": room.rounds.open})
        return JSONResponse({"open": room.rounds.open})

    async def post_publish(request: Request) -> Response:
        door.require(request)
        message: PublishMessage = await checked(request, PublishMessage)
        if publishing.locked():
            raise InputError("the pages are being made already", "Wait until they are there")
        async with publishing:
            return JSONResponse(await publish(room, message.decided))

    return [
        Route("/api/publish", post_publish, methods=["POST"]),
        Route("/api/moderation", get_moderation, methods=["GET"]),
        Route("/api/moderation", post_moderation, methods=["POST"]),
        Route("/api/rounds", post_round, methods=["POST"]),
    ]
