"""What a command says to the person: on stderr, in plain lines, with nothing that a file could forge."""

import json
import os
import sys
import time
import traceback
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import click

from tesoma_geo._memory import MemoryWatch, resident_mb
from tesoma_geo._redaction import without_secrets
from tesoma_geo._step_records import StepRecord, gathered_steps
from tesoma_geo.errors import TesomaError

QUIET, NORMAL, VERBOSE, DEBUG = -1, 0, 1, 2


@dataclass(frozen=True)
class Console:
    """What a command says on stderr, by how much the person wants to hear.

    Attributes
    ----------
    verbosity
        -1 with ``-q``, 0 as a rule, 1 with ``-v``, 2 with ``-vv``.
    as_json
        Whether each line is a JSON object, for programs that collect them.
    """

    verbosity: int = NORMAL
    as_json: bool = False

    def info(self, text: object) -> None:
        """Write a line that a person wants to see unless they asked for quiet.

        Parameters
        ----------
        text
            What is said; control characters are taken out.
        """
        if self.verbosity >= NORMAL:
            self._say("info", text)

    def detail(self, text: object) -> None:
        """Write a line for who asked for more with ``-v``.

        Parameters
        ----------
        text
            What is said; control characters are taken out.
        """
        if self.verbosity >= VERBOSE:
            self._say("debug", text)

    def _say(self, level: str, text: object) -> None:
        click.echo(json_line(level, text) if self.as_json else plain(text), err=True)

    def line(self, level: str, message: str, **further: Any) -> None:
        """Write a line for programs.

        Parameters
        ----------
        level
            ``"info"``, or ``"error"``, which who asked for quiet sees too.
        message
            What kind of line it is, or what is said.
        further
            More of the line.
        """
        if level == "error" or self.verbosity >= NORMAL:
            click.echo(json_line(level, message, **further), err=True)

    @contextmanager
    def progress(self, *, explained: bool = False) -> Iterator[Callable[[str], None]]:
        """Give what takes the name of each part of a long job.

        On a terminal the part stands beside a clock and is gone afterwards;
        elsewhere nothing is written. With ``-v`` each part is a line instead. Among JSON lines each part is one when
        it ends, with its seconds, the memory that is held then, and the most while it was done; and in the end each
        step is one, whichever process did it.

        Parameters
        ----------
        explained
            Whether lines of steps tell whether it was kept, and why, and are written for who wants quiet, too.

        Yields
        ------
        function
            To be called with the name of each part.
        """
        if self.as_json:
            with gathered_steps() as steps:
                try:
                    yield from self._timed_parts()
                finally:
                    self._tell_steps(steps, explained)
            return
        if self.verbosity != NORMAL or not sys.stderr.isatty():
            yield self.detail
            return
        from rich.console import Console
        from rich.progress import Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}", markup=False), TimeElapsedColumn())
        # Drawn when a step begins, by no thread of its own: beside one, no process may be forked.
        with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
            task, here = bar.add_task("starting"), os.getpid()

            def tell(step: str) -> None:
                if os.getpid() == here:
                    bar.update(task, description=plain(step), refresh=True)

            yield tell

    def _timed_parts(self) -> Iterator[Callable[[str], None]]:
        """Takes the name of each part, and writes a line of the one before."""
        here, now = os.getpid(), ("", time.perf_counter(), MemoryWatch())

        def tell(part: str) -> None:
            nonlocal now
            if os.getpid() != here:
                return
            name, began, watch = now
            further = {"seconds": round(time.perf_counter() - began, 3), "memory_mb": resident_mb()}
            further["peak_memory_mb"] = watch.end()
            if name:
                self.line("info", "part", part=plain(name), **further)
            now = part, time.perf_counter(), MemoryWatch()

        try:
            yield tell
        finally:
            tell("")

    def _tell_steps(self, steps: Sequence[StepRecord], explained: bool) -> None:
        """A line for each step.

        They stand by their names, and only who asks hears which were kept: else a log would tell that somebody wrote
        into the store of answers.
        """
        console = replace(self, verbosity=NORMAL) if explained else self
        for step in sorted(steps, key=lambda step: step.name):
            why = {"kept": step.kept, "why": plain(step.why)} if explained else {}
            took = {"seconds": round(step.seconds, 3), "peak_memory_mb": step.peak_mb}
            console.line("info", "step", step=plain(step.name), **took, **why)


def json_line(level: str, text: object, **further: Any) -> str:
    """A line of a log for programs.

    Parameters
    ----------
    level
        ``"debug"``, ``"info"`` or ``"error"``.
    text
        What is said; control characters and secrets are taken out.
    further
        More of the line: plain values.

    Returns
    -------
    str
        A JSON object with ``time`` (UTC), ``level``, ``message`` and what is further there.
    """
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    return json.dumps({"time": now, "level": level, "message": plain(text), **further}, ensure_ascii=False)


def plain(text: object) -> str:
    """One line without control characters and secrets: names in data may hold escape codes of the terminal.

    Parameters
    ----------
    text
        Anything; its ``str`` is taken.

    Returns
    -------
    str
        New lines and tabs as blanks, other control characters as �.
    """
    return "".join(
        character if unicodedata.category(character)[0] != "C" else " " if character in "\n\t" else "�"
        for character in without_secrets(str(text))
    )


def error_lines(error: TesomaError) -> list[str]:
    """An error as lines: why, then what to do; several faults are numbered in between.

    Parameters
    ----------
    error
        What the package refused to do.

    Returns
    -------
    list of str
        Two lines; with several faults one more for each.
    """
    if len(error.faults) > 1:
        numbered = [f"  {number}. {fault}" for number, fault in enumerate(error.faults, 1)]
        return [plain(line) for line in (f"Error: {len(error.faults)} faults", *numbered, error.remedy)]
    return [plain(f"Error: {error.problem}"), plain(error.remedy or "See tesoma-geo --help")]


def unexpected_error_lines(error: Exception) -> list[str]:
    """The lines of an exception that nobody foresaw.

    Parameters
    ----------
    error
        Any other exception.

    Returns
    -------
    list of str
        Why, then what to do.
    """
    if isinstance(error, OSError) and error.strerror:
        return [
            plain(f"Error: {error.filename or 'the system'}: {error.strerror}"),
            "Check that the place exists, may be read and written, and has room",
        ]
    if isinstance(error, MemoryError):
        return ["Error: the memory of this machine is used up", "Take a smaller area or network.buffer_m"]
    where = traceback.extract_tb(error.__traceback__)[-1]
    return [
        plain(f"Error: {type(error).__name__}: {error} ({where.name}, line {where.lineno})"),
        "This should not happen: run it again with -vv and report what it prints to the project",
    ]
