"""Alternatives: named lists of changes that can be switched, undone and done again; each is a scenario file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from tesoma_geo._files import written_file
from tesoma_geo.errors import InputError, ScenarioError
from tesoma_geo.scenarios.scenario import Scenario
from tesoma_geo.workshop.posts import Strict, Texts
from tesoma_geo.workshop.room_log import Act
from tesoma_geo.workshop.scenario_text import SECTIONS, scenario_text
from tesoma_geo.workspace.faults import faults_of

#: Acts of the log that are about alternatives.
ADDED, REMOVED, SWITCHED, UNDONE, REDONE = (
    "change added", "change removed", "change switched", "change undone", "change redone",
)  # fmt: skip
_ACTS = frozenset({ADDED, REMOVED, SWITCHED, UNDONE, REDONE})
#: Keys of entries that name files: what is drawn at a wall never does.
_FILES = frozenset({"source", "layer", "where"})
#: Most changes of an alternative, and alternatives of a workshop.
MOST_CHANGES, MOST_ALTERNATIVES = 60, 8


Section = Literal[
    "links", "costs", "services", "entrances", "ramps", "lighting", "paving", "winter_maintenance", "homes",
    "headways", "stops", "lines",
]  # fmt: skip


class Further(Strict):
    """A further entry of the scenario file that belongs to the same change.

    Attributes
    ----------
    section
        The table of the scenario file.
    entry
        Its entry, as the file has it.
    """

    section: Section
    entry: dict[str, Any]


class ChangeMessage(Strict):
    """A change as the wall sends it.

    Attributes
    ----------
    section
        The table of the scenario file.
    entry
        Its entry, as the file has it.
    also
        What else the same act does: a service that moves is closed and opened.
    kind
        What was drawn, for the list and for what a metre costs.
    name
        What the room calls it, in words or by language.
    """

    section: Section
    entry: dict[str, Any]
    also: Annotated[tuple[Further, ...], Field(max_length=4)] = ()
    kind: Annotated[str, Field(pattern=r"^[a-z_]{1,24}$")]
    name: Texts = ""


@dataclass(frozen=True)
class PlanChange:
    """One change of an alternative.

    Attributes
    ----------
    number
        By which it is named, from 1 on; never used again.
    section, entry, kind, name
        As of :class:`ChangeMessage`.
    on
        Whether it is part of the plan.
    also
        Table and entry of what else it does.
    """

    number: int
    section: str
    entry: Mapping[str, Any]
    kind: str
    name: str | Mapping[str, str]
    on: bool = True
    also: tuple[tuple[str, Mapping[str, Any]], ...] = ()


@dataclass(frozen=True)
class Alternative:
    """What follows from the acts about one alternative.

    Attributes
    ----------
    name
        Small letters, digits and hyphens.
    changes
        Those that are there, on or not.
    past, future
        Earlier lists, the last one last, and those that were undone.
    last
        The highest number given so far.
    """

    name: str
    changes: tuple[PlanChange, ...] = ()
    past: tuple[tuple[PlanChange, ...], ...] = ()
    future: tuple[tuple[PlanChange, ...], ...] = ()
    last: int = 0

    @property
    def entries(self) -> tuple[tuple[str, Mapping[str, Any]], ...]:
        """Table and entry of the changes that are on."""
        return tuple(
            entry for change in self.changes if change.on for entry in ((change.section, change.entry), *change.also)
        )

    def after(self, act: Act) -> "Alternative":
        """The alternative after an act of the log.

        Parameters
        ----------
        act
            About this alternative.

        Returns
        -------
        Alternative
            Itself where the act concerns nothing that is there.
        """
        content = act.content
        if act.name == UNDONE:
            return self if not self.past else replace(
                self, changes=self.past[-1], past=self.past[:-1], future=(*self.future, self.changes)
            )  # fmt: skip
        if act.name == REDONE:
            return self if not self.future else replace(
                self, changes=self.future[-1], future=self.future[:-1], past=(*self.past, self.changes)
            )  # fmt: skip
        changes, last = self.changes, self.last
        if act.name == ADDED:
            last += 1
            also = tuple((one["section"], one["entry"]) for one in content.get("also", ()))
            new = PlanChange(last, content["section"], content["entry"], content["kind"], content["name"], also=also)
            changes = (*changes, new)
        elif act.name == REMOVED:
            changes = tuple(change for change in changes if change.number != content["number"])
        elif act.name == SWITCHED:
            changes = tuple(
                replace(change, on=content["on"]) if change.number == content["number"] else change
                for change in changes
            )
        if changes == self.changes:
            return self
        return replace(self, changes=changes, past=(*self.past, self.changes)[-100:], future=(), last=last)


def alternatives_of(acts: Sequence[Act]) -> dict[str, Alternative]:
    """The alternatives after the acts of a log.

    Parameters
    ----------
    acts
        In their order; those about other things are passed over.

    Returns
    -------
    dict
        Name → alternative, in the order in which they were begun.
    """
    known: dict[str, Alternative] = {}
    for act in acts:
        if act.name in _ACTS:
            name = act.content["alternative"]
            known[name] = known.get(name, Alternative(name)).after(act)
    return known


def scenario_of(alternative: Alternative, folder: Path, head: Mapping[str, Any]) -> Scenario:
    """An alternative as the scenario that its file is.

    Parameters
    ----------
    alternative
        What is drawn.
    folder
        Of the session.
    head
        The keys of the file before its tables.

    Returns
    -------
    Scenario

    Raises
    ------
    ScenarioError
        With every fault of its entries.
    """
    content: dict[str, Any] = dict(head)
    for section in SECTIONS:
        entries = [entry for of, entry in alternative.entries if of == section]
        if entries:
            content[section] = entries
    try:
        return Scenario.model_validate({**content, "path": file_of(alternative.name, folder)})
    except ValidationError as error:
        raise ScenarioError(faults_of(error.errors(), Scenario, "scenario", "Draw it once more")) from None


def require_drawn(entry: Mapping[str, Any]) -> None:
    """Refuse an entry that names a file.

    Parameters
    ----------
    entry
        Of a scenario file.

    Raises
    ------
    InputError
        It has ``source``, ``layer`` or ``where``.
    """
    named = sorted(_FILES & set(entry))
    if named:
        raise InputError(f"a change that is drawn has no {named[0]}", "Draw it on the map")


def file_of(name: str, folder: Path) -> Path:
    """The scenario file of an alternative.

    Parameters
    ----------
    name
        Of the alternative.
    folder
        Of the session.

    Returns
    -------
    Path
    """
    return (folder / f"{name}.toml").absolute()


def save(alternative: Alternative, folder: Path, head: Mapping[str, Any]) -> Path:
    """Write the scenario file of an alternative: the whole of it or nothing.

    Parameters
    ----------
    alternative
        What is drawn.
    folder
        Of the session.
    head
        The keys of the file before its tables.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    OutputError
        It cannot be written.
    """
    path = file_of(alternative.name, folder)
    with written_file(path, overwrite=True) as draft:
        draft.write_text(scenario_text(head, alternative.entries), encoding="utf-8")
    return path
