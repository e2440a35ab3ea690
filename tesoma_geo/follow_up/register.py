"""``trials.toml``: which trials there are and how each stands, as plain lines that people can read and merge."""

import datetime
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from tesoma_geo._files import written_file
from tesoma_geo.errors import Fault, InputError, ScenarioError
from tesoma_geo.near_names import did_you_mean
from tesoma_geo.workspace.faults import faults_of
from tesoma_geo.workspace.model import FrozenModel
from tesoma_geo.workspace.toml import read_toml
from tesoma_geo.workspace.values import Words

#: Its name, beside the workspace file.
REGISTER = "trials.toml"
EXAMPLE = "docs/trials.md has an example"
HEAD = "# The register of local trials: `tesoma-geo trial` writes it; a trial a table, a note a table of its own.\n"

State = Literal["planned", "running", "ended"]


class TrialNote(FrozenModel):
    """Something that somebody wrote down of a trial on a day; plans and events, no answers of residents."""

    date: datetime.date
    text: Words
    who: str | None = None


class Trial(FrozenModel):
    """One trial of the register.

    Attributes
    ----------
    scenario
        The scenario file, relative to the register.
    state
        How it stands.
    begun, ended
        The days on which it began and ended.
    result
        What was learnt, in a sentence of those who ran it, plain or by language.
    notes
        In the order in which they were written.
    """

    scenario: Annotated[str, Field(min_length=1)]
    state: State = "planned"
    begun: datetime.date | None = None
    ended: datetime.date | None = None
    result: Words | None = None
    notes: tuple[TrialNote, ...] = ()

    @model_validator(mode="after")
    def _days_are_of_the_state(self) -> Self:
        if self.state != "planned" and self.begun is None:
            raise PydanticCustomError("needs", "is {state} and lacks begun", {"state": self.state})
        if self.state == "ended" and self.ended is None:
            raise PydanticCustomError("needs", "is ended and lacks ended", {})
        if self.state == "planned" and self.begun is not None:
            raise PydanticCustomError("state_of_days", "is planned, but began on {day}", {"day": str(self.begun)})
        if self.state != "ended" and self.ended is not None:
            raise PydanticCustomError(
                "state_of_days", "is {state}, but ended on {day}", {"state": self.state, "day": str(self.ended)}
            )
        if self.begun is not None and self.ended is not None and self.ended < self.begun:
            context = {"begins": self.begun.isoformat(), "ends": self.ended.isoformat()}
            raise PydanticCustomError("ends_before", "ends on {ends}, before it begins on {begins}", context)
        return self


class Register(FrozenModel):
    """All trials of a workspace, by their short names."""

    trials: dict[Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,59}$")], Trial] = Field(default_factory=dict)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """Read and check the register; an empty one where there is none yet.

        Parameters
        ----------
        path
            The file.

        Returns
        -------
        Register

        Raises
        ------
        ScenarioError
            With every fault: what is not TOML, such as the marks of a merge, unknown keys, days that cannot be.
        """
        file = Path(path)
        if not file.exists():
            return cls()
        content = read_toml(file, ScenarioError, "register of trials", f"Write one: {EXAMPLE}")
        try:
            return cls.model_validate(content)
        except ValidationError as error:
            raise ScenarioError(faults_of(error.errors(), cls, "register", EXAMPLE)) from None

    def trial(self, name: str) -> Trial:
        """One trial.

        Parameters
        ----------
        name
            Its short name.

        Returns
        -------
        Trial

        Raises
        ------
        InputError
            There is none.
        """
        if name not in self.trials:
            known = ", ".join(self.trials)
            remedy = did_you_mean(name, self.trials) or (f"Known are {known}" if known else "Begin one: trial start")
            raise InputError(f"there is no trial {name!r}", remedy)
        return self.trials[name]

    def with_trial(self, name: str, trial: Trial) -> "Register":
        """The register with a trial, in the place of the one of its name.

        Parameters
        ----------
        name
            Its short name.
        trial
            As it stands now.

        Returns
        -------
        Register
        """
        return Register.model_validate({"trials": {**self.trials, name: trial}})

    def text(self) -> str:
        """The register as TOML: tables by name, so that two people's trials merge line by line.

        Returns
        -------
        str
            The content of the file.
        """
        lines = [HEAD]
        for name in sorted(self.trials):
            trial = self.trials[name]
            lines.append(f"[trials.{name}]")
            content = trial.model_dump(mode="json", exclude={"notes"}, exclude_none=True)
            lines += [f"{key} = {_value(key, value)}" for key, value in content.items()]
            for note in trial.notes:
                lines += ["", f"[[trials.{name}.notes]]"]
                fields = note.model_dump(mode="json", exclude_none=True)
                lines += [f"{key} = {_value(key, value)}" for key, value in fields.items()]
            lines.append("")
        return "\n".join(lines)

    def write(self, path: Path) -> None:
        """Write the register; nobody sees half of it.

        Parameters
        ----------
        path
            The file; replaced.
        """
        with written_file(path, overwrite=True) as draft:
            draft.write_text(self.text(), encoding="utf-8", newline="\n")


def change_register(path: Path, change: Callable[[Register], Register]) -> None:
    """Read the register, change it and write it, one process at a time: nobody's trial or note is lost.

    Parameters
    ----------
    path
        The file; made where it is not there.
    change
        Gives the register as it shall be.

    Raises
    ------
    OutputError
        Another process changes it at the same time, or somebody did by hand.
    """
    with written_file(path, overwrite=True) as draft:
        draft.write_text(change(Register.load(path)).text(), encoding="utf-8", newline="\n")


def name_of_scenario(path: Path) -> str:
    """The short name that a trial has from its scenario file.

    Parameters
    ----------
    path
        Of the file.

    Returns
    -------
    str
        Small letters, digits and hyphens.
    """
    plain = re.sub(r"[^a-z0-9_-]+", "-", path.stem.lower()).strip("-_")
    return (plain or "trial")[:60]


def started(register: Register, name: str, scenario: str, day: datetime.date) -> Register:
    """The register after a trial began.

    Parameters
    ----------
    register
        Before.
    name
        Of the trial.
    scenario
        Its file, relative to the register.
    day
        On which it began.

    Returns
    -------
    Register

    Raises
    ------
    InputError
        It runs already, or has ended.
    """
    known = register.trials.get(name)
    if known is not None and known.state != "planned":
        raise InputError(
            f"the trial {name!r} is {known.state} since {known.ended or known.begun}", "Give another --name"
        )
    notes = known.notes if known is not None else ()
    return register.with_trial(name, Trial(scenario=scenario, state="running", begun=day, notes=notes))


def noted(register: Register, name: str, note: TrialNote) -> Register:
    """The register with one more note of a trial.

    Parameters
    ----------
    register
        Before.
    name
        Of the trial.
    note
        What to write down.

    Returns
    -------
    Register

    Raises
    ------
    InputError
        There is no such trial.
    """
    trial = register.trial(name)
    return register.with_trial(name, trial.model_copy(update={"notes": (*trial.notes, note)}))


def ended(register: Register, name: str, day: datetime.date, result: Words | None) -> Register:
    """The register after a trial ended.

    Parameters
    ----------
    register
        Before.
    name
        Of the trial.
    day
        On which it ended.
    result
        What was learnt, in a sentence, plain or by language; None where it is not told yet.

    Returns
    -------
    Register

    Raises
    ------
    InputError
        There is no such trial, it does not run, or it would end before it began.
    """
    trial = register.trial(name)
    if trial.state != "running" or trial.begun is None:
        raise InputError(f"the trial {name!r} does not run: it is {trial.state}", "Name one that runs")
    if day < trial.begun:
        raise InputError(f"{day} lies before the trial began on {trial.begun}", "Give a later --on")
    change = {"state": "ended", "ended": day, "result": result or trial.result}
    return register.with_trial(name, trial.model_copy(update=change))


def faults_of_names(register: Register, folder: Path) -> list[Fault]:
    """Trials whose scenario file is not there.

    Parameters
    ----------
    register
        The register.
    folder
        Of the register.

    Returns
    -------
    list of Fault
        One a trial.
    """
    return [
        Fault(
            f"trials.{name}.scenario",
            f"no such file: {trial.scenario}",
            "Correct the path; it is relative to the register",
        )
        for name, trial in register.trials.items()
        if not (folder / trial.scenario).is_file()
    ]


def _value(key: str, value: object) -> str:
    """A value as TOML writes it; days without quotes."""
    if key in ("date", "begun", "ended"):
        return str(value)
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{tag} = {_value(tag, words)}" for tag, words in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
