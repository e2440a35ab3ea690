"""Who may ask for what: addresses, keys, sizes, rates, and the headers of every answer."""

import hmac
import json
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tesoma_geo.workshop.limits import Limit
from tesoma_geo.workshop.room_code import plain_code
from tesoma_geo.workshop.session import RoomKeys

Role = Literal["host", "wall", "phone"]
KEY_HEADER, DEVICE_HEADER = "x-workshop-key", "x-device-key"
_DEVICE = re.compile(r"[0-9a-f]{32}")
#: Most bytes of a message.
MOST_BYTES = 64 * 1024
#: What a page may do: nothing but what comes from here.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "geolocation=(self)",
}


@dataclass(frozen=True)
class Doorkeeper:
    """Knows the keys of a room, and how often each caller may ask.

    Attributes
    ----------
    keys
        Of the room.
    wrong
        Limit of wrong keys, for the room as a whole: guessing many words from many places is no quicker.
    writes, looks
        Limits of each phone.
    """

    keys: RoomKeys
    wrong: Limit = field(default_factory=lambda: Limit(30, 30))
    writes: Limit = field(default_factory=lambda: Limit(30, 60))
    looks: Limit = field(default_factory=lambda: Limit(60, 120))

    def require(self, request: Request, *roles: Role) -> Role:
        """Who asks, by the key of the request.

        Parameters
        ----------
        request
            With the key in its header.
        roles
            Who may; the host always.

        Returns
        -------
        str

        Raises
        ------
        HTTPException
            No key or a wrong one (401), another's (403), too many wrong ones (429).
        """
        given = request.headers.get(KEY_HEADER, "")
        role = self._role(given)
        if role is None:
            if not self.wrong.allows("room"):
                raise HTTPException(429, "too many wrong keys; wait a minute")
            raise HTTPException(401, "the room's words, or its key, are needed")
        if role != "host" and role not in roles:
            raise HTTPException(403, "that is the host's")
        return role

    def _role(self, given: str) -> Role | None:
        """Every key is compared, in constant time, whichever it is; words are not tried once too many were wrong."""
        is_host = hmac.compare_digest(given.encode(), self.keys.host.encode())
        is_wall = hmac.compare_digest(given.encode(), self.keys.wall.encode())
        is_room = hmac.compare_digest(plain_code(given).encode(), self.keys.room.encode())
        if is_host:
            return "host"
        if is_wall:
            return "wall"
        return "phone" if is_room and not self.wrong.is_used_up("room") else None

    def device(self, request: Request, limit: Limit) -> str:
        """The key of the phone that asks.

        Parameters
        ----------
        request
            With the key in its header.
        limit
            Which of the phone's limits counts.

        Returns
        -------
        str
            32 hex digits.

        Raises
        ------
        HTTPException
            No key (400), or too many requests (429).
        """
        device = request.headers.get(DEVICE_HEADER, "")
        if not _DEVICE.fullmatch(device):
            raise HTTPException(400, "the phone sent no key of its own")
        if not limit.allows(device):
            raise HTTPException(429, "too many at once; wait a moment", {"retry-after": "5"})
        return device


async def message_of(request: Request) -> bytes:
    """The body of a request, if it is JSON of a size that is read.

    Parameters
    ----------
    request
        A POST, PUT or DELETE.

    Returns
    -------
    bytes

    Raises
    ------
    HTTPException
        It is larger (413), or says that it is something else (415).
    """
    if request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
        raise HTTPException(415, "send JSON")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise HTTPException(413, f"a message has at most {MOST_BYTES} bytes")
    return bytes(body)


async def json_of(request: Request) -> Any:
    """The body of a request as JSON.

    Parameters
    ----------
    request
        A POST, PUT or DELETE.

    Returns
    -------
    object

    Raises
    ------
    HTTPException
        As of :func:`message_of`, or no JSON (400).
    """
    try:
        return json.loads(await message_of(request))
    except (ValueError, RecursionError):
        raise HTTPException(400, "that is no JSON") from None


class Addresses:
    """Refuses requests under other names than the room's, and from pages of other sites; adds the headers.

    Parameters
    ----------
    app
        What answers the others.
    hosts
        Names, without ports, by which the server may be asked; of a proxy's too.
    origins
        Origins besides ``http`` under the request's own host: a proxy's with ``https``.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str], origins: Collection[str] = ()) -> None:
        self._app, self._hosts, self._origins = app, frozenset(hosts), frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request.

        Parameters
        ----------
        scope, receive, send
            As ASGI has them.
        """
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("cache-control", "no-store")
            await send(message)

        refused = self._refused(Headers(scope=scope), scope["method"])
        if refused is not None:
            await refused(scope, receive, with_headers)
        else:
            await self._app(scope, receive, with_headers)

    def _refused(self, headers: Headers, method: str) -> Response | None:
        host = headers.get("host", "")
        try:
            name = urlsplit(f"//{host}").hostname
        except ValueError:
            name = None
        if name not in self._hosts:
            return JSONResponse({"problem": "the server is not asked by that name"}, 421)
        origin = headers.get("origin")
        own = {f"http://{host}", *self._origins}
        if origin is not None and origin not in own:
            return JSONResponse({"problem": "that page is not the workshop's"}, 403)
        if method not in ("GET", "HEAD") and headers.get("sec-fetch-site", "same-origin") not in (
            "same-origin",
            "none",
        ):
            return JSONResponse({"problem": "that page is not the workshop's"}, 403)
        return None
