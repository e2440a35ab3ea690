"""Asking servers politely: files that are downloaded again only if there is something newer, and single questions."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Self

import requests
from urllib3.exceptions import MaxRetryError
from urllib3.util import Retry

from tesoma_geo._downloads import Fetched, keep, record_of
from tesoma_geo._http_limits import GuardedSession, PrivateAddressError, body_of
from tesoma_geo.errors import FetchError

#: Larger than any layer of a city, smaller than a disk.
MAX_BYTES = 4 * 1024**3
USER_AGENT = "tesoma-geo (accessibility analysis of a district)"
_CONNECT_S, _READ_S = 15, 180
_BODY_ATTEMPTS = 3
_BUSY = (429, 500, 502, 503, 504)
_NOT_MODIFIED, _PARTIAL = 304, 206


#: Longest that a busy server is waited for, seconds; whoever tells a longer time is not asked again before it.
_LONGEST_S = 120.0


class RefusalError(FetchError):
    """The server answered, but with an error.

    Parameters
    ----------
    problem, remedy
        As of :class:`~tesoma_geo.errors.TesomaError`.
    status
        The status of HTTP; 0 where it was another reason.
    """

    def __init__(self, problem: str, remedy: str = "", status: int = 0) -> None:
        super().__init__(problem, remedy)
        self.status = status


class _Patience(Retry):
    """Asks again when the server is ready, but not at all where that is longer than one can wait."""

    def increment(
        self, method: Any = None, url: Any = None, response: Any = None, error: Any = None, *further: Any, **named: Any
    ) -> Self:
        told = None if response is None else self.get_retry_after(response)
        if told is not None and told > _LONGEST_S:
            raise MaxRetryError(None, url, f"ready in {told:.0f} s")  # type: ignore[arg-type]  # no pool is at hand
        return super().increment(method, url, response, error, *further, **named)


def user_agent() -> str:
    """Who asks, with how to reach them where ``TESOMA_GEO_CONTACT`` in the environment tells.

    Returns
    -------
    str
        In one line of Latin letters, as headers want it.
    """
    contact = os.environ.get("TESOMA_GEO_CONTACT", "").strip()
    printable = "".join(letter for letter in contact if letter.isprintable() and letter.isascii())
    return f"{USER_AGENT} {printable}".rstrip()


def session(backoff_s: float = 0.5) -> requests.Session:
    """A session that says who asks, waits as busy servers tell it to, and gives up in the end.

    Parameters
    ----------
    backoff_s
        Seconds to wait where a busy server does not tell how long, doubled each time.

    Returns
    -------
    requests.Session
    """
    again = _Patience(
        total=4,
        connect=2,
        read=1,
        backoff_factor=backoff_s,
        status_forcelist=_BUSY,
        allowed_methods=("GET", "POST"),  # both only ask
        raise_on_status=False,
    )
    polite = GuardedSession(again)
    polite.headers["User-Agent"] = user_agent()
    return polite


def download(
    url: str,
    path: Path,
    *,
    refresh: bool = False,
    max_bytes: int = MAX_BYTES,
    progress: Callable[[str], None] = lambda _: None,
) -> Fetched:
    """Download a file unless it is there already.

    Parameters
    ----------
    url
        ``http://`` or ``https://``; redirects are followed, to another server only where its address is public.
    path
        Where it goes, whole or not at all; ``<path>.json`` beside it tells where it came from.
    refresh
        Ask the server for a newer version of what is there.
    max_bytes
        The size beyond which a download is broken off.
    progress
        Told what is being done.

    Returns
    -------
    The file and where it came from.

    Raises
    ------
    FetchError
        The server cannot be reached, refuses, breaks off, sends too much, or leads to a private address.
    OutputError
        A file is there that was not downloaded, or that was changed afterwards.
    AssertionError
        Never: every attempt ends otherwise.
    """
    known = record_of(path)
    if known is not None and not refresh:
        return known
    headers = _if_newer(known)
    progress(f"Downloading {url}")
    with session() as polite:
        for attempt in range(1, _BODY_ATTEMPTS + 1):
            try:
                return _attempt(polite, url, path, headers, max_bytes, known)
            except requests.exceptions.ChunkedEncodingError:
                if attempt == _BODY_ATTEMPTS:
                    raise FetchError(f"{url}: the download broke off {attempt} times", "Try again later") from None
            except PrivateAddressError as error:
                raise led_astray(url, error) from None
            except requests.RequestException as error:
                raise unreachable(url, error) from None
    raise AssertionError("every attempt returns or raises")


def get(polite: requests.Session, url: str, parameters: Mapping[str, str], max_bytes: int = MAX_BYTES) -> bytes:
    """The body of a response that belongs to a larger download.

    Parameters
    ----------
    polite
        From :func:`session`.
    url
        ``http://`` or ``https://``, without the parameters.
    parameters
        What is asked, as the query of the address.
    max_bytes
        The size beyond which a download is broken off.

    Returns
    -------
    The bytes.

    Raises
    ------
    FetchError
        As of :func:`download`.
    """
    return _asked(polite, url, max_bytes, method="GET", params=dict(parameters), timeout=(_CONNECT_S, _READ_S))


def get_range(polite: requests.Session, url: str, first: int, number: int) -> tuple[bytes, str]:
    """Some bytes of a file.

    Parameters
    ----------
    polite
        From :func:`session`.
    url
        ``http://`` or ``https://``.
    first, number
        Which bytes; the first of the file is 0.

    Returns
    -------
    content : bytes
        Fewer where the file ends.
    told : str
        What the server says that they are, such as ``bytes 0-99/1234``; empty where it gives no ranges.

    Raises
    ------
    FetchError
        As of :func:`download`.
    """
    headers = {"Range": f"bytes={first}-{first + number - 1}", "Accept-Encoding": "identity"}
    try:
        with polite.get(url, headers=headers, timeout=(_CONNECT_S, _READ_S), stream=True) as response:
            _require_success(response, url)
            if response.status_code != _PARTIAL:
                return b"", ""
            return b"".join(body_of(response, url, number)), response.headers.get("Content-Range", "")
    except PrivateAddressError as error:
        raise led_astray(url, error) from None
    except requests.RequestException as error:
        raise unreachable(url, error) from None


def post(
    polite: requests.Session, url: str, form: Mapping[str, str], read_s: float = _READ_S, max_bytes: int = MAX_BYTES
) -> bytes:
    """The body of a response to a question that is too long for an address.

    Parameters
    ----------
    polite
        From :func:`session`.
    url
        ``http://`` or ``https://``.
    form
        What is asked, as the fields of a form.
    read_s
        Seconds without a byte after which the server is given up.
    max_bytes
        The size beyond which a download is broken off.

    Returns
    -------
    The bytes.

    Raises
    ------
    FetchError
        As of :func:`download`.
    """
    return _asked(polite, url, max_bytes, method="POST", data=dict(form), timeout=(_CONNECT_S, read_s))


def led_astray(url: str, error: PrivateAddressError) -> FetchError:
    """The error for a server that redirects into an inner network.

    Parameters
    ----------
    url
        Where it was asked.
    error
        What was found.

    Returns
    -------
    The error to raise, with what to do.
    """
    return FetchError(f"{url}: {error.problem}", error.remedy)


def unreachable(url: str, error: Exception) -> FetchError:
    """The error for a server that does not answer as servers do.

    Parameters
    ----------
    url
        Where it was asked.
    error
        What requests raised.

    Returns
    -------
    The error to raise, with what to do.
    """
    if isinstance(error, requests.Timeout):
        return FetchError(f"{url}: the server did not answer in time", "Try again later")
    if isinstance(error, requests.exceptions.SSLError):
        return FetchError(f"{url}: the server's certificate is not trusted", "Check the address")
    if isinstance(error, requests.exceptions.TooManyRedirects):
        return FetchError(f"{url}: the server redirects in a circle", "Check the address")
    return FetchError(f"{url}: the server cannot be reached", "Check the address and the connection")


def _if_newer(known: Fetched | None) -> dict[str, str]:
    if known is None:
        return {}
    conditions = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in conditions.items() if value}


def _attempt(
    polite: requests.Session,
    url: str,
    path: Path,
    headers: dict[str, str],
    max_bytes: int,
    known: Fetched | None,
) -> Fetched:
    with polite.get(url, headers=headers, timeout=(_CONNECT_S, _READ_S), stream=True) as response:
        if response.status_code == _NOT_MODIFIED and known is not None:
            return known
        _require_success(response, url)

        def write(draft: Path) -> None:
            with draft.open("wb") as file:
                for chunk in body_of(response, url, max_bytes):
                    file.write(chunk)

        tags = response.headers
        return keep(path, url, write, etag=tags.get("ETag"), last_modified=tags.get("Last-Modified"))


def _asked(polite: requests.Session, url: str, max_bytes: int, **question: Any) -> bytes:
    """The body of a response; the question as :meth:`requests.Session.request` takes it."""
    try:
        with polite.request(url=url, stream=True, **question) as response:
            _require_success(response, url)
            return b"".join(body_of(response, url, max_bytes))
    except PrivateAddressError as error:
        raise led_astray(url, error) from None
    except requests.RequestException as error:
        raise unreachable(url, error) from None


def _require_success(response: requests.Response, url: str) -> None:
    if response.ok:
        return
    status = response.status_code
    wait = response.headers.get("Retry-After", "").strip()
    later = f"Try again in {int(wait)} s" if wait.isdecimal() and int(wait) > _LONGEST_S else "Try again later"
    problem = f"{url}: the server answered {status} {response.reason}"
    raise RefusalError(problem, later if status in _BUSY else "Check the address", status)
