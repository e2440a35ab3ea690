"""The steps of a job, each a function of its arguments: done, or taken from what was kept of the same content.

The key of a step is a digest of its name, of everything that it is given, and of this program: its own source and the
packages that figures come from. So a step that is given nothing else than it is keyed by cannot be stale. What is kept
lies in the user's cache folder, for the user alone.
"""

import hashlib
import json
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from tesoma_geo._cache import is_kept, keep_value, kept_value, limit_bytes, make_room
from tesoma_geo._content import Contents
from tesoma_geo._memory import MemoryWatch
from tesoma_geo._pickles import STEP, read_pickle, write_pickle
from tesoma_geo._processes import in_processes
from tesoma_geo._program import program
from tesoma_geo._step_records import UNCHANGED, Effort, StepRecord, note_steps, step_lines
from tesoma_geo._step_traces import StepTraces

Value = TypeVar("Value")

#: All that a value follows from, by name, and what makes it.
Task = tuple[Mapping[str, Any], Callable[[], Value]]
#: The same of files: name → bytes.
FileTask = Task[dict[str, bytes]]


class Missing:
    """Stands for the value of a step that is not kept."""


MISSING = Missing()


@dataclass(frozen=True)
class PlannedStep:
    """A step that is about to be done.

    Attributes
    ----------
    name
        What it is called, the same from time to time.
    key
        Digest of all that its value depends on.
    parts
        What it is given, by name → digest: to tell what changed since the last run.
    why
        Why it is done.
    """

    name: str
    key: bytes
    parts: dict[str, str]
    why: str


@dataclass(frozen=True)
class Aside:
    """Stands for the value of a step that is kept, where nobody needs it yet.

    Attributes
    ----------
    key
        Of the step.
    """

    key: bytes


def measured(do: Callable[[], Value]) -> tuple[Value, Effort]:
    """Do something, and tell what it took.

    Parameters
    ----------
    do
        Without arguments.

    Returns
    -------
    value
        What it gave.
    effort : Effort
        Of doing it.
    """
    began, watch = time.perf_counter(), MemoryWatch()
    try:
        value = do()
    finally:
        peak_mb = watch.end()
    return value, Effort(_since(began), peak_mb)


class Steps:
    """The steps of one job.

    Parameters
    ----------
    job
        What the job is about, the same from time to time: tells what changed since the last run.
    keep
        Whether what was kept is taken, and what is done is kept.

    Attributes
    ----------
    records
        What became of each, in the order in which they were done.
    keys
        Name → key of each that may be kept, hex digits.
    traces
        What each is given, and was in the last run of the job.
    """

    def __init__(self, job: str, *, keep: bool = True) -> None:
        self.keep = keep
        self.records: list[StepRecord] = []
        self.keys: dict[str, str] = {}
        self.traces = StepTraces(job)
        self._contents = Contents()

    def find(self, name: str, /, **given: Any) -> tuple[PlannedStep, Any]:
        """A step by all that it is given, and its value where that is kept.

        Parameters
        ----------
        name
            What it is called.
        given
            Everything that the step's value follows from.

        Returns
        -------
        step : PlannedStep
            To be handed to :meth:`done` where the value is missing.
        value
            What was kept; :data:`MISSING` where nothing is.
        """
        if not self.keep:
            return PlannedStep(name, b"", {}, "nothing kept is taken"), MISSING
        began = time.perf_counter()
        key, parts = self._key(name, given)
        self.keys[name] = key.hex()
        value = kept_value(STEP, key, read_pickle, MISSING)
        why = self.traces.why(name, parts, alike="what was kept is gone")
        if value is not MISSING:
            self._note(StepRecord(name, True, UNCHANGED, _since(began)))
        return PlannedStep(name, key, parts, why), value

    def part(self, name: str, do: Callable[[], Value], /, **given: Any) -> Value:
        """A part of the value of a step, kept or made now; told of nowhere, so that a process beside this may ask.

        Parameters
        ----------
        name
            What it is called, unlike any step.
        do
            Makes it, from what is given and nothing else.
        given
            Everything that it follows from.

        Returns
        -------
        What ``do`` gives or gave.
        """
        if not self.keep:
            return do()
        key, _ = self._key(name, given)
        kept: Any = kept_value(STEP, key, read_pickle, MISSING)
        value: Value = do() if kept is MISSING else kept
        if kept is MISSING:
            keep_value(STEP, key, lambda folder: write_pickle(folder, value))
        return value

    def keep_value(self, step: PlannedStep, value: Any) -> None:
        """Keep what a step gave; may be called in a process beside this one.

        Parameters
        ----------
        step
            As :meth:`find` gave it.
        value
            What can be pickled.
        """
        if self.keep:
            keep_value(STEP, step.key, lambda folder: write_pickle(folder, value))

    def put_aside(self, step: PlannedStep, value: Value) -> Value | Aside:
        """Keep what a step gave, and hold it no longer where it is kept; may be called in a process beside this one.

        Parameters
        ----------
        step
            As :meth:`find` gave it.
        value
            What can be pickled.

        Returns
        -------
        value or Aside
            For :meth:`taken_back`.
        """
        self.keep_value(step, value)
        return Aside(step.key) if self.keep and is_kept(STEP, step.key) else value

    def taken_back(self, value: Value | Aside) -> Value | Missing:
        """What was put aside.

        Parameters
        ----------
        value
            As :meth:`put_aside` gave it.

        Returns
        -------
        The value; :data:`MISSING` where somebody else made room meanwhile, so that it is to be done again.
        """
        if not isinstance(value, Aside):
            return value
        kept: Value | Missing = kept_value(STEP, value.key, read_pickle, MISSING)
        return kept

    def tell(self, step: PlannedStep, effort: Effort) -> None:
        """Note that a step was done.

        Parameters
        ----------
        step
            As :meth:`find` gave it.
        effort
            What it took.
        """
        self._note(StepRecord(step.name, False, step.why, effort.seconds, effort.peak_mb))

    def take(self, name: str, do: Callable[[], Value], /, **given: Any) -> Value:
        """The value of a step, kept or done now.

        Parameters
        ----------
        name
            What it is called.
        do
            Does it, from what is given and nothing else.
        given
            Everything that the step's value follows from.

        Returns
        -------
        What ``do`` gives or gave.
        """
        step, value = self.find(name, **given)
        if value is MISSING:
            value, effort = measured(do)
            self.keep_value(step, value)
            self.tell(step, effort)
        done: Value = value
        return done

    def take_all(self, tasks: Mapping[str, Task[Value]]) -> dict[str, Value]:
        """Values that steps give: those that are kept are read, the others are made side by side.

        Parameters
        ----------
        tasks
            Name of a step → all that it follows from, by name, and what makes it. The first ones begin first.

        Returns
        -------
        dict
            Name of a step → value.
        """
        kept = {name: self.find(name, **given) for name, (given, _) in tasks.items()}
        values = {name: value for name, (_, value) in kept.items()}
        left = [name for name, value in values.items() if value is MISSING]

        def one(name: str) -> tuple[Value, Effort]:
            value, effort = measured(tasks[name][1])
            self.keep_value(kept[name][0], value)
            return value, effort

        for name, (value, effort) in zip(left, in_processes([partial(one, name) for name in left]), strict=True):
            values[name] = value
            self.tell(kept[name][0], effort)
        return values

    def finish(self) -> None:
        """Remember what the steps were given, to tell the next time what changed; drop what was unused longest."""
        if not self.keep:
            return
        self.traces.finish()
        if any(not record.kept for record in self.records):
            with suppress(OSError):  # there may be no folder
                make_room(limit_bytes())

    def lines(self) -> list[str]:
        """The steps as lines for a person, in the order in which they were done.

        Returns
        -------
        list of str
            Name, seconds, kept or done, and why.
        """
        return step_lines(self.records)

    def _note(self, record: StepRecord) -> None:
        self.records.append(record)
        note_steps([record])

    def _key(self, name: str, given: Mapping[str, Any]) -> tuple[bytes, dict[str, str]]:
        """What names a value, and the digests of what it follows from."""
        parts = {part: self._contents.of_table(value).hex() for part, value in given.items()}
        parts["this program"] = program()
        return hashlib.blake2b(json.dumps([name, parts]).encode(), digest_size=16).digest(), parts


def _since(began: float) -> float:
    return time.perf_counter() - began
