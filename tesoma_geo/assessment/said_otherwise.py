"""A result of which nothing changed but its targets and what its pages say of the site: what it takes of the former.

Neither a layer is read for it nor a library of tables loaded.
"""

import json
from pathlib import Path
from typing import Any

from tesoma_geo._cache import keep_value, kept_value
from tesoma_geo._files import write_json
from tesoma_geo._pickles import STEP, VALUE, read_pickle, write_pickle
from tesoma_geo._redaction import content_without_secrets
from tesoma_geo._result_mark import MANIFEST, mark_of
from tesoma_geo.assessment.target_figures import TimesOfHomes, targets
from tesoma_geo.assessment.unchanged_run import FINISHED, UnchangedRun, finished_key
from tesoma_geo.workspace import Workspace

#: File of the entry of a finished run: the workspace that it is drawn with, where that is another than it holds.
WORKSPACE = "workspace.pickle"
#: File of the entry of a finished run: what its stills show (:mod:`tesoma_geo.assessment.still_record`).
STILLS = "stills.pickle"
#: File of the entry of a finished run: what its targets are told from, as of
#: :class:`~tesoma_geo.assessment.target_figures.TimesOfHomes`.
HOMES = "homes.pickle"


def kept_pages(run: UnchangedRun, workspace: Workspace, step: str) -> dict[str, dict[str, bytes]] | None:
    """The pages of a former run without what they say of the site.

    Parameters
    ----------
    run
        As of :func:`~tesoma_geo.assessment.unchanged_run.unchanged_run`.
    workspace
        Its languages are asked for.
    step
        What the step of a language's pages is called, before the language.

    Returns
    -------
    dict or None
        Language → file → bytes; None where a language is no longer kept.
    """
    pages: dict[str, dict[str, bytes]] = {}
    for language in workspace.district.languages:
        key = run.keys.get(f"{step}{language}")
        files = None if key is None else kept_value(STEP, bytes.fromhex(key), read_pickle, None)
        if files is None:
            return None
        pages[language] = files
    return pages


def kept_homes(run: UnchangedRun) -> TimesOfHomes | None:
    """What targets are told from of a former run.

    Parameters
    ----------
    run
        As of :func:`~tesoma_geo.assessment.unchanged_run.unchanged_run`.

    Returns
    -------
    TimesOfHomes or None
        None where it is no longer kept.
    """
    homes: TimesOfHomes | None = kept_value(
        FINISHED, finished_key(run.mark), lambda entry: read_pickle(entry, HOMES), None
    )
    return homes


def tell_targets(workspace: Workspace, homes: TimesOfHomes, folder: Path) -> dict[str, Any]:
    """Tell the targets of now in the files beside the pages of a former result.

    Parameters
    ----------
    workspace
        The workspace.
    homes
        As of :func:`kept_homes`.
    folder
        A copy of the former result; its ``summary.json`` and ``manifest.json`` are written anew.

    Returns
    -------
    dict
        Section ``targets`` of ``summary.json``.
    """
    figures = targets(homes, workspace.targets)
    summary, manifest = (json.loads((folder / name).read_text(encoding="utf-8")) for name in ("summary.json", MANIFEST))
    manifest["parameters"]["workspace"] = told_settings(workspace)
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
    drawn = kept_value(FINISHED, finished_key(run.mark), _records, None)

    def write(entry: Path) -> None:
        for name, record in (drawn or {}).items():
            (entry / name).write_bytes(record)
        write_pickle(entry, workspace, WORKSPACE)

    if drawn is not None:
        keep_value(FINISHED, finished_key(mark_of(folder)), write)


def _records(entry: Path) -> dict[str, bytes]:
    return {name: (entry / name).read_bytes() for name in (VALUE, STILLS, HOMES) if (entry / name).exists()}
