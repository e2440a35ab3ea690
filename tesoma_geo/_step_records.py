"""What became of the steps of a job, and how that is told; no library is loaded for it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

#: Why a step is not done again.
UNCHANGED = "nothing that it follows from changed"


@dataclass(frozen=True)
class Effort:
    """What a step took.

    Attributes
    ----------
    seconds
        On the clock.
    peak_mb
        The most memory of the process that did it meanwhile, and of its helpers; None where the system does not tell.
    """

    seconds: float
    peak_mb: float | None


@dataclass(frozen=True)
class StepRecord:
    """What became of a step.

    Attributes
    ----------
    name
        Of the step.
    kept
        Whether its value was kept from an earlier time.
    why
        Why it was done, or that nothing changed.
    seconds
        How long it took to do, or to read.
    peak_mb
        The most memory while it was done; None where it was kept, or the system does not tell.
    """

    name: str
    kept: bool
    why: str
    seconds: float
    peak_mb: float | None = None


#: Where whoever tells of steps gathers them; None where nobody does.
_gathered: ContextVar[list[StepRecord] | None] = ContextVar("gathered", default=None)


@contextmanager
def gathered_steps() -> Iterator[list[StepRecord]]:
    """A block whose steps are gathered, whichever job they are of.

    Yields
    ------
    list of StepRecord
        Filled while the block lasts.
    """
    steps: list[StepRecord] = []
    former = _gathered.set(steps)
    try:
        yield steps
    finally:
        _gathered.reset(former)


def note_steps(records: Iterable[StepRecord]) -> None:
    """Let whoever gathers steps know of some; of each once, however often it is noted.

    Parameters
    ----------
    records
        The steps.
    """
    steps = _gathered.get()
    if steps is not None:
        steps.extend(record for record in records if not any(record is known for known in steps))


def step_lines(records: Sequence[StepRecord]) -> list[str]:
    """Steps as lines for a person.

    Parameters
    ----------
    records
        In the order in which they were done.

    Returns
    -------
    list of str
        Name, seconds, kept or done, and why.
    """
    wide = max((len(record.name) for record in records), default=0)
    return [
        f"{record.name:<{wide}}  {record.seconds:6.2f} s  {'kept' if record.kept else 'done'}: {record.why}"
        for record in records
    ]
