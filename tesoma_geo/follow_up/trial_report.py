"""What may be told of each trial: its plan, what the map says of it, what residents said, and its result."""

import datetime
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from tesoma_geo.crs import to_metric
from tesoma_geo.errors import Fault, ScenarioError, TesomaError
from tesoma_geo.follow_up.register import REGISTER, Register, Trial, faults_of_names
from tesoma_geo.follow_up.trial_faults import trial_faults
from tesoma_geo.follow_up.voices import TrialVoices, voices_near
from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.scenarios.compare import Comparison, compare
from tesoma_geo.scenarios.scenario import Scenario
from tesoma_geo.scenarios.trial_section import TrialSection

#: From this share of the draws on a change is told as one.
SURE, LIKELY = 0.95, 0.8


@dataclass(frozen=True, eq=False)
class TrialReport:
    """One trial.

    Attributes
    ----------
    name
        Its short name.
    trial
        As the register has it.
    scenario
        The plan.
    section
        What is asked.
    comparison
        What the map says that the plan does; None where it cannot be made on these layers any more.
    problem
        Why not.
    voices
        What residents said near it, as far as it is released; None where nobody was asked.
    places
        Where it is, in the district's metric CRS: what it names, else what its plan changes.
    verdict
        ``planned``, ``running``, ``unknown``, ``fewer``, ``more``, ``maybe_fewer``, ``maybe_more`` or ``no_change``:
        what the released answers say of a trial.
    overdue
        Whether it runs by the register, but a note of it or a closed cohort is of a day after its last one.
    """

    name: str
    trial: Trial
    scenario: Scenario
    section: TrialSection
    comparison: Comparison | None
    problem: str | None
    voices: TrialVoices | None
    places: tuple[shapely.Geometry, ...]
    verdict: str
    overdue: bool

    def figures(self) -> dict[str, Any]:
        """The trial as ``trials.json`` holds it.

        Returns
        -------
        dict
            JSON can hold it.
        """
        answers = [] if self.comparison is None else self.comparison.figures["answers"]
        return {
            "name": self.name,
            "title": self.scenario.name,
            "state": self.trial.state,
            "begun": None if self.trial.begun is None else self.trial.begun.isoformat(),
            "ended": None if self.trial.ended is None else self.trial.ended.isoformat(),
            "planned": [self.section.begins.isoformat(), self.section.ends and self.section.ends.isoformat()],
            "who": self.section.who,
            "question": self.section.question,
            "success": self.section.success,
            "watch": list(self.section.watch),
            "result": self.trial.result,
            "notes": [note.model_dump(mode="json") for note in self.trial.notes],
            "by_the_map": answers,
            "problem": self.problem,
            "voices": None if self.voices is None else asdict(self.voices),
            "verdict": self.verdict,
        }


def register_path(workspace_file: Path) -> Path:
    """Where the register of a workspace is.

    Parameters
    ----------
    workspace_file
        Of the workspace.

    Returns
    -------
    Path
        Beside it, whether it is there or not.
    """
    return workspace_file.parent / REGISTER


def trial_scenario(path: Path, catalogues: tuple[str, ...] = ()) -> tuple[Scenario, TrialSection]:
    """A scenario that is a trial.

    Parameters
    ----------
    path
        Of its file.
    catalogues
        Languages of the workspace's own.

    Returns
    -------
    tuple of Scenario and TrialSection

    Raises
    ------
    ScenarioError
        With the faults of the file, or because it has no ``[trial]``.
    """
    scenario = Scenario.load(path, catalogues)
    if scenario.trial is None:
        raise ScenarioError(
            f"{path.name} has no [trial]", "Add begins, who and question; docs/trials.md has an example"
        )
    return scenario, scenario.trial


def trial_reports(inputs: Inputs, progress: Callable[[str], None] | None = None) -> tuple[TrialReport, ...]:
    """Every trial of a workspace's register.

    Parameters
    ----------
    inputs
        The layers, with what of the residents' answers is released.
    progress
        Told the name of each trial.

    Returns
    -------
    tuple of TrialReport
        Those that run first, then those planned, then those that ended, by name; none without a register.

    Raises
    ------
    ScenarioError
        With the faults of the register and of the scenario files.
    """
    path = register_path(inputs.workspace.path)
    register = Register.load(path)
    faults = faults_of_names(register, path.parent)
    if faults:
        raise ScenarioError(faults)
    order = ("running", "planned", "ended")
    released = () if inputs.publication is None else inputs.publication.cohorts
    for name, trial in register.trials.items():
        scenario, section = trial_scenario(path.parent / trial.scenario, tuple(inputs.workspace.district.catalogues))
        topics = [group.topic for cohort in released for group in cohort.groups if group.kind == section.kind]
        of_trial = trial_faults(scenario, section, inputs.workspace, inputs.study_area, topics)
        faults += [Fault(f"{name}: {fault.where}", fault.problem, fault.remedy) for fault in of_trial]
    if faults:
        raise ScenarioError(faults)
    reports = []
    for name, trial in sorted(register.trials.items(), key=lambda row: (order.index(row[1].state), row[0])):
        if progress is not None:
            progress(name)
        reports.append(_report(inputs, name, trial, path.parent / trial.scenario))
    return tuple(reports)


def _report(inputs: Inputs, name: str, trial: Trial, file: Path) -> TrialReport:
    scenario, section = trial_scenario(file, tuple(inputs.workspace.district.catalogues))
    comparison, problem = None, None
    try:
        comparison = compare(inputs, scenario)
    except TesomaError as error:
        problem = error.problem
    places = _places(section, comparison, inputs.workspace.district.crs)
    voices = None
    if inputs.publication is not None and places:
        days = trial.begun or section.begins, trial.ended
        crs, k = inputs.workspace.district.crs, inputs.publication.k
        voices = voices_near(section, days, places, inputs.publication.cohorts, crs, k)
    verdict = _verdict(trial, section, voices)
    return TrialReport(
        name,
        trial,
        scenario,
        section,
        comparison,
        problem,
        voices,
        tuple(places),
        verdict,
        _overdue(inputs, trial, section),
    )


def _overdue(inputs: Inputs, trial: Trial, section: TrialSection) -> bool:
    """Whether something known is of a day after the last one, while nobody has ended the trial."""
    if trial.state != "running" or section.ends is None:
        return False
    cohorts = () if inputs.publication is None else inputs.publication.cohorts
    closed = [datetime.date.fromisoformat(one.closed) for one in cohorts if one.closed is not None]
    return any(day > section.ends for day in (*(note.date for note in trial.notes), *closed))


def _places(section: TrialSection, comparison: Comparison | None, crs: str) -> list[shapely.Geometry]:
    if section.places:
        lon, lat = np.array(section.places, float).T
        return list(shapely.points(*to_metric(lon, lat, crs)))
    return [] if comparison is None else list(comparison.places.geometry)


def _verdict(trial: Trial, section: TrialSection, voices: TrialVoices | None) -> str:
    """What the answers after the trial say; those during it while it runs."""
    if trial.state == "planned":
        return "planned"
    changes = {} if voices is None else {change.period: change for change in voices.changes}
    change = changes.get("after") or changes.get("during")
    if change is None:
        return "running" if trial.state == "running" else "unknown"
    if change.sure >= SURE:
        return section.expects
    if change.sure >= LIKELY:
        return f"maybe_{section.expects}"
    return "no_change"


def today() -> datetime.date:
    """The day by the machine's clock.

    Returns
    -------
    date
    """
    return datetime.datetime.now(datetime.UTC).astimezone().date()
