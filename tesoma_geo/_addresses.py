"""Where the sources that a workspace names lie: files beside it, and what ``fetch`` downloaded."""

import re
from pathlib import Path


def source_path(workspace_file: Path, source: str) -> Path:
    """The local path of a source: relative to the workspace file, or where ``fetch`` puts it."""
    if is_address(source):
        readable = re.sub(r"[^A-Za-z0-9.]+", "_", source.split("://", 1)[1]).strip("_")
        return workspace_file.parent / "fetched" / readable[-120:]
    return workspace_file.parent / source


def is_address(source: str) -> bool:
    """Whether a source is to be fetched over HTTP."""
    return source.startswith(("http://", "https://"))
