"""The Starlette application of a room."""

import gzip
import json
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from tesoma_geo.errors import TesomaError
from tesoma_geo.render.text.assets import asset
from tesoma_geo.workshop.addresses import Door
from tesoma_geo.workshop.faces import ASSETS, FACES, face
from tesoma_geo.workshop.guards import Addresses, Doorkeeper
from tesoma_geo.workshop.map_data import district_layers
from tesoma_geo.workshop.publication import pages_folder
from tesoma_geo.workshop.room import Room
from tesoma_geo.workshop.routes_host import host_routes
from tesoma_geo.workshop.routes_phone import phone_routes
from tesoma_geo.workshop.routes_wall import wall_routes
from tesoma_geo.workshop.serve import qr_picture
from tesoma_geo.workshop.story import story_route

_TYPES = {".css": "text/css", ".js": "text/javascript", ".png": "image/png"}


def application(room: Room, door: Door, keeper: Doorkeeper | None = None) -> ASGIApp:
    """The application of a room.

    Parameters
    ----------
    room
        Open; it is closed when the application ends.
    door
        Under which addresses it is asked.
    keeper
        Who may ask for what, and how often; by the room's keys where none is given.

    Returns
    -------
    ASGI application
    """
    keeper = keeper or Doorkeeper(room.session.keys)
    published = pages_folder(room)
    picture = qr_picture(door, room.session.keys.room)
    layers = gzip.compress(json.dumps(district_layers(room.district)).encode(), 6, mtime=0)

    async def get_face(request: Request) -> Response:
        name = request.url.path.rpartition("/")[2]
        return HTMLResponse(face(room, name, request.query_params.get("lang")))

    async def get_asset(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in ASSETS:
            raise HTTPException(404)
        path = asset(name)
        media = _TYPES.get(path.suffix, "text/plain")
        return Response(path.read_bytes(), media_type=media, headers={"cache-control": "no-cache"})

    async def get_published(request: Request) -> Response:
        if not published.is_dir():
            raise HTTPException(404)
        return await StaticFiles(directory=published).get_response(request.path_params["path"], request.scope)

    async def get_district(request: Request) -> Response:
        keeper.require(request, "phone", "wall")
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(layers, media_type="application/json", headers={"content-encoding": "gzip"})
        return Response(gzip.decompress(layers), media_type="application/json")

    @asynccontextmanager
    async def lifespan(_: Starlette) -> Any:
        yield
        room.close()

    app = Starlette(
        routes=[
            *(Route(f"/{name}", get_face, methods=["GET"]) for name in FACES),
            Route("/assets/{name:path}", get_asset, methods=["GET"]),
            Route("/api/district", get_district, methods=["GET"]),
            *phone_routes(room, keeper),
            *wall_routes(room, keeper, picture),
            *host_routes(room, keeper, picture),
            story_route(room, keeper),
            # What is published is everybody's: no key.
            Route("/pages/{path:path}", get_published, methods=["GET"]),
        ],
        exception_handlers={HTTPException: _refused, TesomaError: _impossible},
        lifespan=lifespan,
    )
    return Addresses(app, door.hosts, door.origins)


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return JSONResponse({"problem": error.detail}, error.status_code, error.headers)


async def _impossible(_: Request, error: Exception) -> Response:
    assert isinstance(error, TesomaError)
    return JSONResponse({"problem": error.problem, "remedy": error.remedy}, 422)
