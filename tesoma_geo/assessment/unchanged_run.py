"""A run of which nothing changed: the former result is found by what it was made from, and no layer is read.

What is kept is only where the result lies, its mark and what was said of it. It is taken again where the folder is
still whole and unchanged, each file by its hash. What follows from more than files (a store of answers, a register of
trials, a package of another platform) is never taken so: the steps of the run are then found one by one.
"""

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import MappingProxyType

from tesoma_geo._cache import is_kept, keep_value, kept_value
from tesoma_geo._files import write_json
from tesoma_geo._program import program
from tesoma_geo._result_mark import made_again, mark_of
from tesoma_geo._step_traces import Given
from tesoma_geo.errors import OutputError
from tesoma_geo.inputs.files_key import RunKeys

#: Kinds of entries of the cache: a result with what was said of it, and what its pages are drawn from.
RUN, FINISHED = "run", "finished"
#: A result under all that it follows from but for what is told of targets and of the site.
ALIKE = "alike"
#: A result under all that it follows from but for that and for licences.
RETOLD = "retold"


@dataclass(frozen=True)
class RunTold:
    """What a run tells a person.

    Attributes
    ----------
    left_out
        What was said to be left out, a line each.
    doubts
        What was said to be doubtful, a line each.
    steps
        The names of its steps.
    """

    left_out: tuple[str, ...]
    doubts: tuple[str, ...]
    steps: tuple[str, ...]


@dataclass(frozen=True)
class UnchangedRun:
    """A former run.

    Attributes
    ----------
    folder
        Where its result was written.
    mark
        What tells its result from every other.
    told
        What was told of it.
    keys
        Name → key of its steps, hex digits.
    given
        What each of them was given, as of :attr:`tesoma_geo._step_traces.StepTraces.given`.
    """

    folder: str
    mark: str
    told: RunTold
    keys: dict[str, str]
    given: Given = field(default_factory=dict)


def keep_run(
    keys: RunKeys, folder: Path, told: RunTold, step_keys: Mapping[str, str], given: Given = MappingProxyType({})
) -> None:
    """Remember a run whose result is whole.

    Parameters
    ----------
    keys
        As of :func:`tesoma_geo.inputs.files_key.run_keys`, found before the layers were read.
    folder
        The result.
    told
        What was told of it.
    step_keys
        Name → key of its steps, as of :attr:`tesoma_geo._steps.Steps.keys`.
    given
        What each of them was given.
    """
    of_steps = dict(step_keys), {name: dict(parts) for name, parts in given.items()}
    run = asdict(UnchangedRun(str(folder.absolute()), mark_of(folder), told, *of_steps))
    for kind, key in ((RUN, keys.whole), (ALIKE, keys.but_for_words), (RETOLD, keys.but_for_retold)):
        keep_value(kind, key, lambda entry: write_json(entry / "run.json", run))


def unchanged_run(key: bytes, kind: str = RUN) -> UnchangedRun | None:
    """A former run of the same content, whose result is still there as it was written.

    Parameters
    ----------
    key
        As of :func:`tesoma_geo.inputs.files_key.run_keys`: of all, of all but targets and the site, or of all but
        licences too.
    kind
        :data:`RUN` for the first of them, :data:`ALIKE` for the second, :data:`RETOLD` for the third.

    Returns
    -------
    UnchangedRun or None
        None where there is none, its folder was changed, or what its pages are drawn from is no longer kept.
    """
    run: UnchangedRun | None = kept_value(kind, key, _read, None)
    if run is None:
        return None
    try:
        as_written = mark_of(Path(run.folder)) == run.mark
    except OutputError:
        return None
    return run if as_written and is_kept(FINISHED, finished_key(run.mark)) else None


def write_again(run: UnchangedRun, folder: Path) -> None:
    """Write the result of a former run once more: the same bytes, but for the moment.

    Parameters
    ----------
    run
        As of :func:`unchanged_run`.
    folder
        An existing folder.
    """
    shutil.copytree(run.folder, folder, dirs_exist_ok=True)
    made_again(folder)


def finished_key(mark: str) -> bytes:
    """What names that which pages of a result are drawn from.

    Parameters
    ----------
    mark
        As of :func:`tesoma_geo._result_mark.mark_of`.

    Returns
    -------
    bytes
        16 of them.
    """
    return hashlib.blake2b(f"{mark} {program()}".encode(), digest_size=16).digest()


def _read(entry: Path) -> UnchangedRun:
    run = json.loads((entry / "run.json").read_text(encoding="utf-8"))
    told = {name: tuple(lines) for name, lines in run["told"].items()}
    return UnchangedRun(run["folder"], run["mark"], RunTold(**told), run["keys"], run["given"])
