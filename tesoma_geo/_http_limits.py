"""What a server may not do to who asks it: lead to machines of the inner network, or send without an end.

The address that the workspace names is asked for wherever it lies: a city has servers of its own. A redirect to another
server is followed only where that one is public, which is seen by the address that the connection has reached: a name
may stand for another one a moment later.
"""

import ipaddress
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError

from tesoma_geo.errors import FetchError

#: A download may take so long, seconds: a country's extract comes in an hour over a slow line.
MOST_SECONDS = 3600.0
#: What is packed for the way is unpacked to at most so many times its size, where it is large: text reaches fifty.
MOST_RATIO, LARGE_BYTES = 200.0, 100_000_000
_CHUNK_BYTES = 1 << 18
_PORTS = {"http": 80, "https": 443}


def is_public(address: str) -> bool:
    """Whether a machine may be reached from anywhere.

    Parameters
    ----------
    address
        An IP address, of either version.

    Returns
    -------
    bool
        False for loopback, private, link-local, shared, reserved and multicast addresses, in IPv6 notation too.
    """
    known = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(known, ipaddress.IPv6Address):
        known = known.ipv4_mapped or known.sixtofour or known
    return known.is_global and not known.is_multicast


class PrivateAddressError(FetchError):
    """A redirect leads to a machine of an inner network."""


def _require_public(host: str, address: str) -> None:
    if not is_public(address):
        raise PrivateAddressError(
            f"the server redirects to {host}, which is no public address ({address})",
            "Check the address; name the file itself if it lies there",
        )


class _PublicHTTP(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        connected = super()._new_conn()
        _require_reached(self.host, connected)
        return connected


class _PublicHTTPS(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        connected = super()._new_conn()
        _require_reached(self.host, connected)
        return connected


def _require_reached(host: str, connected: socket.socket) -> None:
    try:
        _require_public(host, str(connected.getpeername()[0]))
    except FetchError:
        connected.close()
        raise


class _PublicHTTPPool(HTTPConnectionPool):
    ConnectionCls = _PublicHTTP


class _PublicHTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _PublicHTTPS


class _PublicAdapter(HTTPAdapter):
    """Connects to public addresses alone."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """As of the base class, with connections that look whom they reached.

        Parameters
        ----------
        *args, **kwargs
            As the base class takes them.
        """
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _PublicHTTPPool, "https": _PublicHTTPSPool}

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """As of the base class; an address in numbers is looked at before a proxy is asked for it.

        Parameters
        ----------
        request
            What is asked.
        *args, **kwargs
            As the base class takes them.

        Returns
        -------
        requests.Response
        """
        host = (urlsplit(request.url or "").hostname or "").rstrip(".")
        with suppress(ValueError):  # a name: whom it stands for is seen when the connection is there
            _require_public(host, "127.0.0.1" if host == "localhost" else str(ipaddress.ip_address(host)))
        return super().send(request, *args, **kwargs)


class GuardedSession(requests.Session):
    """A session that is led to other servers only where these are public.

    Parameters
    ----------
    again
        How often and when to ask again, as :class:`~requests.adapters.HTTPAdapter` takes it.
    """

    def __init__(self, again: Any) -> None:
        super().__init__()
        self._named: tuple[str, str, int | None] | None = None
        self._elsewhere = _PublicAdapter(max_retries=again)
        for scheme in _PORTS:
            self.mount(f"{scheme}://", HTTPAdapter(max_retries=again))

    def request(self, method: Any, url: Any, *args: Any, **kwargs: Any) -> requests.Response:
        """Ask; the server of this address may lie anywhere.

        Parameters
        ----------
        method, url, *args, **kwargs
            As :class:`requests.Session` takes them.

        Returns
        -------
        requests.Response
        """
        self._named = _server(str(url))
        return super().request(method, url, *args, **kwargs)

    def get_adapter(self, url: str) -> Any:
        """What connects to an address: with the look at whom it reached, unless it was named.

        Parameters
        ----------
        url
            The address.

        Returns
        -------
        requests.adapters.BaseAdapter
        """
        usual = super().get_adapter(url)  # raises for schemes that nothing serves
        named, server = self._named, _server(str(url))
        to_https = named is not None and server[1:] == (named[1], 443) and named[2] == _PORTS["http"]
        return usual if server == named or to_https else self._elsewhere

    def close(self) -> None:
        """Close all connections."""
        super().close()
        self._elsewhere.close()


def body_of(response: requests.Response, url: str, most_bytes: int) -> Iterator[bytes]:
    """The body of a response, unpacked, piece by piece, within limits of size, ratio and time.

    Parameters
    ----------
    response
        Asked with ``stream=True``.
    url
        For messages.
    most_bytes
        The size beyond which it is broken off.

    Yields
    ------
    bytes

    Raises
    ------
    FetchError
        It is too large, packed too tightly, packed twice, or takes too long.
    requests.exceptions.ChunkedEncodingError
        It broke off.
    """
    if "," in response.headers.get("Content-Encoding", ""):
        raise FetchError(f"{url}: the download is packed more than once", "Check the address")
    size, end = 0, time.monotonic() + MOST_SECONDS
    while chunk := _received(response):
        size += len(chunk)
        if size > most_bytes:
            raise FetchError(f"{url}: the download is larger than {most_bytes / 1e6:.0f} MB", "Ask for a smaller area")
        if size > LARGE_BYTES and size > MOST_RATIO * max(response.raw.tell(), 1):
            raise FetchError(
                f"{url}: {response.raw.tell() / 1e6:.1f} MB unpack to more than {size / 1e6:.0f} MB",
                "Check the address; a download of this kind is made to fill a disk",
            )
        if time.monotonic() > end:
            raise FetchError(f"{url}: the download took more than {MOST_SECONDS:.0f} s", "Try again later")
        yield chunk


def _received(response: requests.Response) -> bytes:
    """What came next, as little as it may be, so that a server that drips is noticed."""
    try:
        while not (chunk := bytes(response.raw.read1(_CHUNK_BYTES, decode_content=True))):
            if response.raw.length_remaining:
                raise requests.exceptions.ChunkedEncodingError("the body broke off")
            if response.raw.closed or response.raw._fp is None or response.raw._fp.isclosed():
                break
        return chunk
    except (HTTPError, ConnectionError) as error:
        raise requests.exceptions.ChunkedEncodingError(error) from error


def _server(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    return scheme, (parts.hostname or "").lower(), parts.port or _PORTS.get(scheme)
