"""Serves a room until it is stopped."""

import socket
from collections.abc import Callable
from typing import Any

from tesoma_geo._extras import require
from tesoma_geo.errors import InputError
from tesoma_geo.workshop.addresses import Door


def listening_socket(bind: str, port: int) -> socket.socket:
    """A socket that listens at an address of this machine.

    Parameters
    ----------
    bind
        The address.
    port
        0 takes a free one.

    Returns
    -------
    socket

    Raises
    ------
    InputError
        The address or the port cannot be used.
    """
    kind = socket.AF_INET6 if ":" in bind else socket.AF_INET
    listening = socket.socket(kind, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((bind, port))
    except OSError as error:
        listening.close()
        problem = f"{bind}, port {port}, cannot be used ({error.strerror})"
        raise InputError(problem, "Name another with --bind or --port") from None
    return listening


def server_of(app: Any, started: Callable[[], None]) -> Any:
    """A server of an application; its ``run(sockets=[…])`` serves until it is told to stop.

    Parameters
    ----------
    app
        An ASGI application.
    started
        Called once it answers.

    Returns
    -------
    uvicorn.Server
    """
    uvicorn = require("uvicorn", extra="workshop")

    class Server(uvicorn.Server):  # type: ignore[misc,name-defined]  # imported when asked for
        async def startup(self, sockets: Any = None) -> None:
            await super().startup(sockets)
            started()

    # Addresses and keys of requests are in no log; no header of a proxy is believed.
    config = uvicorn.Config(
        app,
        log_level="error",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=2,
        limit_concurrency=2000,
        h11_max_incomplete_event_size=32 * 1024,
        lifespan="on",
    )
    return Server(config)


def qr_lines(address: str) -> str:
    """A QR code for a terminal.

    Parameters
    ----------
    address
        What it leads to.

    Returns
    -------
    str
    """
    from io import StringIO

    out = StringIO()
    require("segno", extra="workshop").make(address, error="m", micro=False).terminal(out, compact=True, border=2)
    return out.getvalue()


def qr_picture(door: Door, key: str) -> str:
    """The QR code of the phones' page, as the address of a picture.

    Parameters
    ----------
    door
        Where the server is reached.
    key
        The words of the room.

    Returns
    -------
    str
        ``data:image/png;…``.
    """
    code = require("segno", extra="workshop").make(door.address("join", key), error="m", micro=False)
    picture: str = code.png_data_uri(scale=6, border=3)
    return picture
