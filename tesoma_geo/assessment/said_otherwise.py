"""A result of which nothing changed but its targets, licences and words of the site: what it takes of the former one.

Neither a layer is read for it nor a library of tables loaded.
"""

import json
from pathlib import Path
from typing import Any, NamedTuple

from tesoma_geo._cache import is_kept, keep_value, kept_value
from tesoma_geo._files import write_json
from tesoma_geo._pickles import STEP, VALUE, read_pickle, write_pickle
from tesoma_geo._redaction import content_without_secrets
from tesoma_geo._result_mark import MANIFEST, mark_of
from tesoma_geo.assessment.credited import CreditedLayer, credited_again, each_once
from tesoma_geo.assessment.target_figures import TimesOfHomes, targets
from tesoma_geo.assessment.unchanged_run import FINISHED, UnchangedRun, finished_key
from tesoma_geo.workspace import Workspace

#: File of the entry of a finished run: the workspace that it is drawn with, where that is another than it holds.
WORKSPACE = "workspace.pickle"
#: File of the entry of a finished run: what its stills show (:mod:`tesoma_geo.assessment.still_record`).
STILLS = "stills.pickle"
#: File of the entry of a finished run: what it is told anew from, a :class:`ToldFrom`.
TOLD = "told.pickle"


class ToldFrom(NamedTuple):
    """What a result is told anew from.

    Attributes
    ----------
    homes
        What targets are told from.
    layers
        Which layers are credited.
    """

    homes: TimesOfHomes
    layers: tuple[CreditedLayer, ...]


def kept_files(run: UnchangedRun, step: str) -> dict[str, bytes] | None:
    """Files that a step of a former run made, as they were before they were completed.

    Parameters
    ----------
    run
        As of :func:`~tesoma_geo.assessment.unchanged_run.unchanged_run`.
    step
        Its name.

    Returns
    -------
    dict or None
        File → bytes; None where they are no longer kept.
    """
    key = run.keys.get(step)
    files: dict[str, bytes] | None = None if key is None else kept_value(STEP, bytes.fromhex(key), read_pickle, None)
    return files


def kept_told(run: UnchangedRun) -> ToldFrom | None:
    """What a former run is told anew from.

    Parameters
    ----------
    run
        As of :func:`~tesoma_geo.assessment.unchanged_run.unchanged_run`.

    Returns
    -------
    ToldFrom or None
        None where it is no longer kept.
    """
    told: ToldFrom | None = kept_value(FINISHED, finished_key(run.mark), _told, None)
    return told


def tell_again(workspace: Workspace, told: ToldFrom, folder: Path) -> dict[str, Any]:
    """Tell targets and licences of now in the files beside the pages of a former result.

    Parameters
    ----------
    workspace
        The workspace.
    told
        As of :func:`kept_told`.
    folder
        A copy of the former result; its ``summary.json`` and ``manifest.json`` are written anew.

    Returns
    -------
    dict
        Section ``targets`` of ``summary.json``.
    """
    figures, layers = targets(told.homes, workspace.targets), credited_again(told.layers, workspace)
    summary, manifest = (json.loads((folder / name).read_text(encoding="utf-8")) for name in ("summary.json", MANIFEST))
    manifest["parameters"]["workspace"] = told_settings(workspace)
    manifest["licences"] = each_once(layer.licence for layer in layers)
    listed = [layer for layer in layers if layer.is_layer]
    for one, layer in zip(manifest["inputs"], listed, strict=True):
        one["licence"] = content_without_secrets(layer.licence)
    write_json(folder / "summary.json", {**summary, "targets": figures})
    write_json(folder / MANIFEST, manifest)
    return dict(figures)


def told_settings(workspace: Workspace) -> Any:
    """The settings of a workspace as ``manifest.json`` tells them; those of several hubs only where there are.

    Parameters
    ----------
    workspace
        The workspace.

    Returns
    -------
    dict
        Section → settings, without secrets.
    """
    unsaid = () if workspace.all_hubs else ("hubs", "hub_choice")
    return content_without_secrets(workspace.model_dump(mode="json", exclude={"path", *unsaid}))


def keep_drawn_with(workspace: Workspace, run: UnchangedRun, folder: Path) -> None:
    """Keep what is drawn of a result that was told anew: that of the former run, with another workspace.

    Parameters
    ----------
    workspace
        The workspace.
    run
        The former run.
    folder
        The result, complete.
    """
    key = finished_key(mark_of(folder))
    if is_kept(FINISHED, key):
        return
    drawn = kept_value(FINISHED, finished_key(run.mark), _records, None)

    def write(entry: Path) -> None:
        for name, record in (drawn or {}).items():
            (entry / name).write_bytes(record)
        write_pickle(entry, workspace, WORKSPACE)

    if drawn is not None:
        keep_value(FINISHED, key, write)


def _told(entry: Path) -> ToldFrom:
    told: ToldFrom = read_pickle(entry, TOLD)
    if not (entry / WORKSPACE).exists():
        return told
    return told._replace(layers=credited_again(told.layers, read_pickle(entry, WORKSPACE)))


def _records(entry: Path) -> dict[str, bytes]:
    return {name: (entry / name).read_bytes() for name in (VALUE, STILLS, TOLD) if (entry / name).exists()}
