"""``tesoma-geo serve``: a local preview of the pages."""

import re
import threading
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from os import PathLike
from pathlib import Path
from socket import SHUT_RDWR
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

import click

from tesoma_geo.cli.console import Console
from tesoma_geo.cli.options import console_options

LOOPBACK = "127.0.0.1"
#: What a browser of this machine calls it, with its port.
OWN_NAME = re.compile(r"(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?", re.IGNORECASE)
#: What a folder may show as its page (``SimpleHTTPRequestHandler``).
INDEX_PAGES = ("index.html", "index.htm")
#: Seconds that a request may take to come whole, however often something of it comes.
REQUEST_S = 30


class Preview(SimpleHTTPRequestHandler):
    """Files of one folder, without lists of folders and without following links out of it."""

    extensions_map = {  # noqa: RUF012 - the base class declares it as an instance variable
        **SimpleHTTPRequestHandler.extensions_map,
        ".geojson": "application/geo+json",
        ".gpkg": "application/geopackage+sqlite3",
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".parquet": "application/vnd.apache.parquet",
        ".tif": "image/tiff",
        ".webmanifest": "application/manifest+json",
        ".woff2": "font/woff2",
    }

    #: Seconds after which a request is left of which nothing comes, or an answer of which nothing is taken.
    timeout = 30
    #: What answers, without the versions of what it runs on.
    server_version, sys_version = "tesoma-geo", ""

    def handle_one_request(self) -> None:
        """Answer a request, unless it takes too long to come: a sign now and then would hold a thread for ever."""
        self.deadline = threading.Timer(REQUEST_S, self._cut)
        self.deadline.daemon = True
        self.deadline.start()
        try:
            super().handle_one_request()
        finally:
            self.deadline.cancel()

    def _cut(self) -> None:
        with suppress(OSError):
            self.connection.shutdown(SHUT_RDWR)

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Refuse other names of this machine, hidden files, and what a link leads to outside the folder.

        A page of another site can have the browser ask here under its own name; it gets nothing.

        Returns
        -------
        file or None
            The open file, whose headers are sent; None where an error was.
        """
        self.deadline.cancel()
        names = self.headers.get_all("Host", [LOOPBACK])
        if len(names) != 1 or OWN_NAME.fullmatch(names[0].strip()) is None:
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return None
        if not self._is_open():
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return super().send_head()

    def _is_open(self) -> bool:
        """Whether what the path names, and a folder's page, are files of the folder and not hidden in it."""
        if any(part.startswith(".") for part in unquote(urlsplit(self.path).path).split("/")):
            return False
        named, home = Path(self.translate_path(self.path)), Path(self.directory).resolve()
        try:
            files = [named, *(named / page for page in INDEX_PAGES if named.is_dir() and (named / page).exists())]
            targets = [file.resolve(strict=True) for file in files]
        except (OSError, ValueError, RuntimeError):  # not there, an impossible name, links in a circle
            return False
        return all(
            target.is_relative_to(home)
            and not any(part.startswith(".") for part in target.relative_to(home).parts)
            and (target.is_file() or (file is named and target.is_dir()))
            and not any(_is_private(path) for path in (file, target))
            for file, target in zip(files, targets, strict=True)
        )

    def _asked_from_here(self) -> bool:
        """Whether a page of this machine asks, such as one that tries the map in a frame from another port."""
        headers = getattr(self, "headers", None)  # none where the request could not be read
        try:
            asking = urlsplit(headers.get("Referer", "") if headers else "").netloc
        except ValueError:
            return False
        return OWN_NAME.fullmatch(asking) is not None

    def list_directory(self, path: str | PathLike[str]) -> None:  # noqa: ARG002 - as the base class has it
        """Refuse a folder without index.html: it is not there.

        Parameters
        ----------
        path
            The folder; not used.
        """
        self.send_error(HTTPStatus.NOT_FOUND)

    def end_headers(self) -> None:
        """What is previewed changes: the browser asks again each time, and lends it to no other site's page."""
        self.send_header("Cache-Control", "no-store")
        self.send_header("Cross-Origin-Resource-Policy", "cross-origin" if self._asked_from_here() else "same-origin")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Requests are not worth a line each."""


def _is_private(file: Path) -> bool:
    """Whether a file is a key, the store of answers beside it, or what planners alone see."""
    beside_a_key = file.parent / f"{file.name.split('.')[0]}.key"
    return file.suffix == ".key" or file.name.startswith("not_public_") or beside_a_key.is_file()


class PreviewServer(ThreadingHTTPServer):
    """A server that says nothing of requests that break off."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Leave a request that failed: the browser asks again.

        Parameters
        ----------
        request, client_address
            What failed; not used.
        """


@click.command("serve")
@click.argument(
    "folder",
    metavar="[DIR]",
    type=click.Path(path_type=Path),
    default=Path("maps/results/site"),
)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one.")
@console_options
def command(folder: Path, port: int, console: Console) -> None:
    """Show the pages at an address of this machine.

    DIR is maps/results/site unless named. Runs until ctrl-C. The pages also open from disk without this; a preview is
    for trying them as they will be on the web. No other machine can reach it.

    \b
    Examples:
      tesoma-geo serve
      tesoma-geo serve tampere/results/site --port 8080
    """
    from tesoma_geo.errors import InputError

    if not (folder / "index.html").is_file():
        raise InputError(f"{folder} holds no index.html", "Make the pages first, with tesoma-geo run")
    try:
        server = PreviewServer((LOOPBACK, port), partial(Preview, directory=str(folder)))
    except OSError as error:
        raise InputError(f"port {port} cannot be used ({error.strerror})", "Name another with --port") from None
    with server:
        click.echo(f"http://{LOOPBACK}:{server.server_port}/")
        console.info("Stop it with ctrl-C")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            console.info("Stopped")
