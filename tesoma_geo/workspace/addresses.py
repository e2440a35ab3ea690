"""Where the sources that a workspace names lie: files beside it, and what ``fetch`` downloaded."""

import hashlib
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

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
    source = address_without_login(source)
    address = urlsplit(source)
    name = re.sub(r"[^A-Za-z0-9.]+", "_", unquote(address.path.rpartition("/")[2]) or address.hostname or "")
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
