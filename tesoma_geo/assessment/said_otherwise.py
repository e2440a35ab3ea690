"""A result of which nothing changed but what its pages say of the site: what it takes of the former one.

Neither a layer is read for it nor a library of tables loaded.
"""

from pathlib import Path

from tesoma_geo._cache import keep_value, kept_value
from tesoma_geo._pickles import STEP, VALUE, read_pickle, write_pickle
from tesoma_geo._result_mark import mark_of
from tesoma_geo.assessment.unchanged_run import FINISHED, UnchangedRun, finished_key
from tesoma_geo.workspace import Workspace

#: File of the entry of a finished run: the workspace that it is drawn with, where that is another than it holds.
WORKSPACE = "workspace.pickle"
#: File of the entry of a finished run: what its stills show (:mod:`tesoma_geo.assessment.still_record`).
STILLS = "stills.pickle"


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
    return {name: (entry / name).read_bytes() for name in (VALUE, STILLS) if (entry / name).exists()}
