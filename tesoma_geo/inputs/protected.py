"""Files that no command may write over, whatever its ``--out`` names."""

from pathlib import Path

from tesoma_geo.annotations.store_path import store_path
from tesoma_geo.workspace import Workspace
from tesoma_geo.workspace.addresses import source_path
from tesoma_geo.workspace.faults import named_sources


def protected_files(workspace: Workspace) -> tuple[Path, ...]:
    """What a workspace reads and keeps: its file, its layers, the store of annotations, its key, the register.

    Parameters
    ----------
    workspace
        The workspace.

    Returns
    -------
    tuple of Path
        Whether they are there or not.
    """
    content = workspace.model_dump(mode="json", exclude={"path"}, exclude_none=True)
    layers = [source_path(workspace.path, source) for _, source in named_sources(content)]
    kept = *answer_files(workspace), register_file(workspace)
    return tuple(dict.fromkeys((workspace.path, workspace.osm_path, *layers, *kept)))


def register_file(workspace: Workspace) -> Path:
    """The register of trials, which people write into as well.

    Parameters
    ----------
    workspace
        The workspace.

    Returns
    -------
    Path
        Whether it is there or not.
    """
    return workspace.path.parent / "trials.toml"


def answer_files(workspace: Workspace) -> tuple[Path, ...]:
    """The store of residents' answers and its key, of which not even a digest may leave.

    Parameters
    ----------
    workspace
        The workspace.

    Returns
    -------
    tuple of Path
        Whether they are there or not.
    """
    store = store_path(workspace)
    return store, store.with_suffix(".key"), workspace.path.parent / "annotations.key"
