"""Where the sources that a workspace names lie: files beside it, and what ``fetch`` downloaded."""

import hashlib
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit


def source_path(workspace_file: Path, source: str) -> Path:
    """The local path of a source: relative to the workspace file, or where ``fetch`` puts it.

    The name of a fetched file begins with a hash of the whole address, so that two addresses never
    share a file, and ends as the address's path does, so that its format can be told.
    """
    if not is_address(source):
        return workspace_file.parent / source
    address = urlsplit(source)
    name = re.sub(r"[^A-Za-z0-9.]+", "_", unquote(address.path.rpartition("/")[2]) or address.netloc)
    digest = hashlib.sha256(source.encode()).hexdigest()[:8]
    return workspace_file.parent / "fetched" / f"{digest}_{name[-80:]}"


def is_address(source: str) -> bool:
    """Whether a source is to be fetched over HTTP."""
    return source.startswith(("http://", "https://"))


def overpass_source(overpass: str) -> str:
    """The source that stands for the streets fetched from an Overpass service."""
    return f"{overpass.rstrip('/')}/streets.osm.pbf"


def wfs_source(service: str, layer: str) -> str:
    """The source that stands for one layer fetched from a WFS."""
    return f"{service}/{layer}.gpkg"
