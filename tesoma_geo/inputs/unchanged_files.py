"""That layers stay as they are while they are read: the hash of a file is that of what was read of it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tesoma_geo.errors import SourceError
from tesoma_geo.workspace import Workspace
from tesoma_geo.workspace.addresses import source_path
from tesoma_geo.workspace.faults import named_sources

#: What by its name a shapefile belongs to.
_SHAPEFILE = (".shp", ".shx", ".dbf", ".prj", ".cpg")


@contextmanager
def unchanged_files(workspace: Workspace) -> Iterator[None]:
    """Within the block the files that a workspace names stay as they are, or its end is an error.

    Parameters
    ----------
    workspace
        Whose layers are read within the block.

    Yields
    ------
    None

    Raises
    ------
    SourceError
        A file was changed, put there or taken away meanwhile: what was read of it, and the hash that the manifest
        tells, may be of two states. Each is named with its key.
    """
    before = _states(workspace)
    yield
    after = _states(workspace)
    changed = [name for name in before if before[name] != after.get(name)]
    if changed:
        raise SourceError(
            f"{'; '.join(changed)} changed while it was read",
            "Run the command again when nothing writes there any longer",
        )


def _states(workspace: Workspace) -> dict[str, tuple[tuple[str, int, int, int], ...]]:
    """Of each layer, by key and file: names, numbers, sizes and times of change of all that belongs to it."""
    content = workspace.model_dump(mode="json", exclude={"path"}, exclude_none=True)
    named = ((key, source_path(workspace.path, source)) for key, source in named_sources(content))
    return {f"{key}: {path}": tuple(_of_files(path)) for key, path in named}


def _of_files(path: Path) -> Iterator[tuple[str, int, int, int]]:
    files = [path]
    if path.suffix.lower() in _SHAPEFILE:
        files = [path.with_suffix(end) for end in _SHAPEFILE]
    elif path.is_dir():
        files = sorted(Path(folder) / name for folder, _, names in os.walk(path) for name in names)
    for file in files:
        with suppress(OSError):
            known = file.stat()
            yield file.name, known.st_ino, known.st_size, known.st_mtime_ns
