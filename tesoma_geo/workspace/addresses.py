"""Where the sources that a workspace names lie: files beside it, and what ``fetch`` downloaded."""

import hashlib
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from tesoma_geo._database import SCHEMES
from tesoma_geo._redaction import address_without_login

#: RFC 3986, but for schemes of one letter, which are drives.
_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")


def source_path(workspace_file: Path, source: str) -> Path:
    """The local path of a source: relative to the workspace file, or where ``fetch`` puts it.

    The name of a fetched file begins with a hash of the address without its secrets, so that two addresses never
    share a file and no name can be tried for a password. It ends as the address's path does, so that its format can be
    told.

    Parameters
    ----------
    workspace_file
        The workspace file.
    source
        A path relative to it, an absolute path, or an address.

    Returns
    -------
    Path
        The file, whether it is there or not.
    """
    if not is_address(source):
        return workspace_file.parent / source
    of_database = scheme_of(source) in SCHEMES
    source = address_without_login(source)
    address = urlsplit(source)
    last = unquote(address.path.rpartition("/")[2]) or address.hostname or ""
    if of_database:
        last = f"{address.fragment}.parquet"
    name = re.sub(r"[^A-Za-z0-9.]+", "_", last)
    digest = hashlib.sha256(source.encode()).hexdigest()[:8]
    return workspace_file.parent / "fetched" / f"{digest}_{name[-80:]}"


def is_address(source: str) -> bool:
    """Whether a source is to be fetched: ``https://…``, or another scheme that a fetcher is installed for.

    Parameters
    ----------
    source
        As the workspace names it.

    Returns
    -------
    bool
    """
    return _ADDRESS.match(source) is not None


def scheme_of(address: str) -> str:
    """The scheme of an address in lower case, such as ``https``.

    Parameters
    ----------
    address
        See :func:`is_address`.

    Returns
    -------
    str
        Empty for what is no address.
    """
    match = _ADDRESS.match(address)
    return match[1].lower() if match else ""


def overpass_source(overpass: str) -> str:
    """The source that stands for the streets fetched from an Overpass service.

    Parameters
    ----------
    overpass
        Address of the service.

    Returns
    -------
    str
        An address that is never asked for; it names the file.
    """
    return f"{overpass.rstrip('/')}/streets.osm.pbf"


def wfs_source(service: str, layer: str) -> str:
    """The source that stands for one layer fetched from a WFS.

    Parameters
    ----------
    service
        Address of the service.
    layer
        Name of the feature type.

    Returns
    -------
    str
        An address that is never asked for; it names the file.
    """
    return f"{service}/{layer}.gpkg"


def with_tables(content: Any) -> Any:
    """The content of a file in which tables of databases are a part of their address.

    Parameters
    ----------
    content
        What TOML makes of the file, or of a part of it.

    Returns
    -------
    object
        ``source = "postgresql://…"`` with ``table = "public.areas"`` as ``source = "postgresql://…#public.areas"``; all
        else as it was.
    """
    if isinstance(content, list):
        return [with_tables(item) for item in content]
    if not isinstance(content, dict):
        return content
    anew = {name: with_tables(value) for name, value in content.items()}
    source, table = anew.get("source"), anew.get("table")
    if isinstance(source, str) and isinstance(table, str) and scheme_of(source) in SCHEMES and "#" not in source:
        anew["source"] = f"{source}#{anew.pop('table')}"
    return anew


def database_fault(source: str) -> tuple[str, str] | None:
    """What is wrong with an address of a table of a database.

    Parameters
    ----------
    source
        An address.

    Returns
    -------
    tuple of str or None
        Problem and remedy; None where nothing is, or it is no database.
    """
    if scheme_of(source) not in SCHEMES:
        return None
    address = urlsplit(source)
    if address.password is not None or re.search(r"(^|&)(ssl)?password=", address.query):
        where = "PGPASSWORD, in ~/.pgpass or in a service file (postgresql:///?service=…)"
        return "holds a password, and this file may be published", f"Take it out and put it into {where}"
    if not address.fragment:
        return "is a database, and no table of it", 'Add table = "public.areas"'
    return None
