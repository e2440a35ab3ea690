"""Layers of a workspace that were read before: kept by the content of its files, without what residents said."""

from contextlib import suppress
from dataclasses import replace

from tesoma_geo._cache import keep_value, kept_value, limit_bytes, make_room
from tesoma_geo._pickles import read_pickle, write_pickle
from tesoma_geo._steps import Steps
from tesoma_geo.inputs.files_key import files_key
from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.inputs.layers import read_inputs
from tesoma_geo.inputs.shared_layers import SharedLayers
from tesoma_geo.workspace import Workspace

LAYERS = "layers"


def read_kept_inputs(workspace: Workspace, shared: SharedLayers | None = None) -> Inputs:
    """The layers of a workspace; those of the place as whichever command read them of the same files.

    Parameters
    ----------
    workspace
        The workspace, checked.
    shared
        Streets and timetable that were read for several workspaces: then nothing is kept.

    Returns
    -------
    Inputs
        As of :func:`~tesoma_geo.inputs.layers.read_inputs`; what residents said is read now.

    Raises
    ------
    WorkspaceError
        With the faults of all layers.
    """
    steps = Steps(str(workspace.path.resolve()))
    inputs = read_inputs(workspace, shared, steps)
    steps.finish()
    return inputs


def layers_without_answers(workspace: Workspace) -> tuple[Inputs, bytes | None]:
    """The layers of a workspace, read now or as they were read from the same files; answers are not kept, nor given.

    Parameters
    ----------
    workspace
        The workspace, checked.

    Returns
    -------
    inputs : Inputs
        As of :func:`~tesoma_geo.inputs.layers.read_inputs`, without a survey.
    key : bytes or None
        What names the files; None where they are not all that the layers follow from, so that nothing is kept.

    Raises
    ------
    WorkspaceError
        With the faults of all layers.
    """
    key = files_key(workspace)
    kept: Inputs | None = None if key is None else kept_value(LAYERS, key, read_pickle, None)
    if kept is not None:
        return kept, key
    inputs = replace(read_kept_inputs(workspace), survey=None)
    if key is not None:
        keep_value(LAYERS, key, lambda folder: write_pickle(folder, inputs))
        with suppress(OSError):  # there may be no folder
            make_room(limit_bytes())
    return inputs, key
