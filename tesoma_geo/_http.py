"""Downloads that are kept with their date, and asked for again only if the server has something newer."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from tesoma_geo._files import sha256, write_json, written_file
from tesoma_geo._redaction import without_secrets
from tesoma_geo.errors import FetchError

#: Larger than any layer of a city, smaller than a disk.
MAX_BYTES = 4 * 1024**3
USER_AGENT = "tesoma-geo (accessibility analysis of a district)"
_CONNECT_S, _READ_S = 15, 180
_BODY_ATTEMPTS = 3
_BUSY = (429, 500, 502, 503, 504)
_NOT_MODIFIED = 304


class RefusalError(FetchError):
    """The server answered, but with an error."""


@dataclass(frozen=True)
class Fetched:
    """A downloaded file and where it came from.

    Attributes
    ----------
    path
        The file.
    url
        Where it was asked for.
    date
        When it was downloaded, ISO 8601 in UTC.
    sha256
        Hash of its bytes.
    etag, last_modified
        What the server said of its version.
    is_new
        Whether this call downloaded it, rather than an earlier one.
    """

    path: Path
    url: str
    date: str
    sha256: str
    etag: str | None = None
    last_modified: str | None = None
    is_new: bool = True


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
    polite = requests.Session()
    polite.headers["User-Agent"] = USER_AGENT
    again = Retry(
        total=4,
        connect=2,
        read=1,
        backoff_factor=backoff_s,
        status_forcelist=_BUSY,
        allowed_methods=("GET", "POST"),  # both only ask
        raise_on_status=False,
        retry_after_max=120,
    )
    polite.mount("http://", HTTPAdapter(max_retries=again))
    polite.mount("https://", HTTPAdapter(max_retries=again))
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
        ``http://`` or ``https://``; redirects are followed.
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
        The server cannot be reached, refuses, breaks off, or sends too much.
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


def record_of(path: Path) -> Fetched | None:
    """What is known of a downloaded file.

    Parameters
    ----------
    path
        The file, with its record ``<path>.json`` beside it.

    Returns
    -------
    Where it came from, or None when it is not there as it was downloaded.
    """
    try:
        record = json.loads(_record_path(path).read_text(encoding="utf-8"))
        known = Fetched(**{**record, "path": path, "is_new": False})
    except (OSError, ValueError, TypeError):
        return None
    return known if path.is_file() and sha256(path) == known.sha256 else None


def keep_record(path: Path, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched:
    """Write beside a downloaded file where it came from, and when.

    Parameters
    ----------
    path
        The file, just downloaded.
    url
        Where it was asked for.
    etag, last_modified
        What the server said of its version.

    Returns
    -------
    What was written.
    """
    now = datetime.now(UTC).isoformat(timespec="seconds")
    fetched = Fetched(path, without_secrets(url), now, sha256(path), etag, last_modified)
    record = {name: value for name, value in asdict(fetched).items() if name not in ("path", "is_new")}
    with written_file(_record_path(path), overwrite=True) as draft:
        write_json(draft, record)
    return fetched


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


def _record_path(path: Path) -> Path:
    return path.with_name(path.name + ".json")


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
        with written_file(path, overwrite=True) as draft, draft.open("wb") as file:
            for chunk in _body(response, url, max_bytes):
                file.write(chunk)
        tags = response.headers
        return keep_record(path, url, etag=tags.get("ETag"), last_modified=tags.get("Last-Modified"))


def _asked(polite: requests.Session, url: str, max_bytes: int, **question: Any) -> bytes:
    """The body of a response; the question as :meth:`requests.Session.request` takes it."""
    try:
        with polite.request(url=url, stream=True, **question) as response:
            _require_success(response, url)
            return b"".join(_body(response, url, max_bytes))
    except requests.RequestException as error:
        raise unreachable(url, error) from None


def _require_success(response: requests.Response, url: str) -> None:
    if response.ok:
        return
    remedy = "Try again later" if response.status_code in _BUSY else "Check the address"
    raise RefusalError(f"{url}: the server answered {response.status_code} {response.reason}", remedy)


def _body(response: requests.Response, url: str, max_bytes: int) -> Iterator[bytes]:
    size = 0
    for chunk in response.iter_content(1 << 20):
        size += len(chunk)
        if size > max_bytes:
            raise FetchError(f"{url}: the download is larger than {max_bytes / 1e6:.0f} MB", "Ask for a smaller area")
        yield chunk
