"""The one family of errors: each names the thing, its value and the remedy.

``TesomaError`` is what callers catch. Readers collect every :class:`Fault` they find and raise
them together, so that a planner mends a file once instead of ten times.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from tesoma_geo._redaction import without_secrets


@dataclass(frozen=True)
class Finding:
    """One thing that a reader of inputs has to say; it shows no secret of an address.

    Attributes
    ----------
    where
        The thing: a workspace key (``network.buffer_m``), a file, a column, a row.
    problem
        What is the matter with it, with the value found.
    remedy
        What to do about it, as an instruction; empty where there is nothing to do.
    value
        The value found, on its own, for a program; empty where there is no single one.
    """

    where: str
    problem: str
    remedy: str = ""
    value: str = ""

    def __post_init__(self) -> None:
        for name in ("where", "problem", "remedy", "value"):
            object.__setattr__(self, name, without_secrets(str(getattr(self, name))))

    def __str__(self) -> str:
        return f"{self.where}: {self.problem}. {self.remedy}" if self.remedy else f"{self.where}: {self.problem}"


class Fault(Finding):
    """What is wrong with an input: it stops the work."""


class Doubt(Finding):
    """What may be wrong with an input, being possible but unlikely: the work goes on."""

    def as_fault(self) -> Fault:
        """The same as a fault, for who wants to be stopped by it.

        Returns
        -------
        Fault
        """
        return Fault(self.where, self.problem, self.remedy, self.value)


class Note(Finding):
    """What a planner should know of an input, and nothing is the matter."""


class TesomaError(Exception):
    """Anything that tesoma_geo refuses to do, with the reason and the remedy; it shows no secret of an address.

    Parameters
    ----------
    problem
        What is wrong, naming the thing and its value; or the faults themselves.
    remedy
        What to do, as an instruction; empty when the faults carry their own.
    """

    def __init__(self, problem: str | Sequence[Fault], remedy: str = "") -> None:
        self.faults: tuple[Fault, ...] = () if isinstance(problem, str) else tuple(problem)
        if isinstance(problem, str):
            self.problem, self.remedy = without_secrets(problem), without_secrets(remedy)
        elif len(self.faults) == 1:
            fault = self.faults[0]
            self.problem, self.remedy = f"{fault.where}: {fault.problem}", fault.remedy
        else:
            lines = "\n".join(f"  {number}. {fault}" for number, fault in enumerate(self.faults, 1))
            self.problem = f"{len(self.faults)} faults\n{lines}"
            self.remedy = remedy or "Mend them and run the command again"
        between = "\n" if len(self.faults) > 1 else ". "
        super().__init__(f"{self.problem}{between}{self.remedy}" if self.remedy else self.problem)

    def __reduce__(self) -> tuple[type[Self], tuple[str | tuple[Fault, ...], str]]:
        """The same error in another process."""
        return type(self), (self.faults or self.problem, self.remedy)


class WorkspaceError(TesomaError, ValueError):
    """The workspace file or what it names cannot be used."""


class ScenarioError(TesomaError, ValueError):
    """The scenario file cannot be used, or not with this workspace."""


class SourceError(TesomaError, ValueError):
    """A file or an address cannot be read as what it is said to be."""


class EmptySourceError(SourceError):
    """A file is what it is said to be, and holds no row."""


class InputError(TesomaError, ValueError):
    """An argument of a library call is outside what the call can answer."""


class OutputError(TesomaError):
    """A result cannot be written where it was asked for."""


class StoreError(OutputError):
    """A store of objects does not take or give what it is asked for."""


class FetchError(TesomaError):
    """A download did not succeed."""


def causes(error: BaseException) -> Iterator[BaseException]:
    """An error and those that it came of, the latest first.

    Parameters
    ----------
    error
        As it was caught.

    Yields
    ------
    BaseException
        Each once.
    """
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        yield cause
        seen.add(id(cause))
        cause = cause.__cause__ or cause.__context__
