"""The scenario file: what a plan changes, as TOML, checked at the door like the workspace.

``docs/scenarios.md`` explains every key. Paths in the file are relative to the file.
"""

import os
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, ValidationError

from tesoma_geo.errors import Fault, ScenarioError
from tesoma_geo.near_names import did_you_mean
from tesoma_geo.scenarios.entries import (
    CostsEntry,
    EntranceEntry,
    Euros,
    HeadwayEntry,
    HomesEntry,
    ImprovedStreets,
    LightingEntry,
    LineEntry,
    LinksEntry,
    PavingEntry,
    RampEntry,
    ServiceEntry,
    StopEntry,
    WinterEntry,
)
from tesoma_geo.scenarios.known_tags import VALUES
from tesoma_geo.scenarios.trial_section import TrialSection
from tesoma_geo.workspace import Names
from tesoma_geo.workspace.faults import faults_of, missing_files
from tesoma_geo.workspace.model import FrozenModel
from tesoma_geo.workspace.toml import read_toml

EXAMPLE = "docs/scenarios.md has an example"


class Scenario(FrozenModel):
    """A whole scenario file, checked; make one with :meth:`load`.

    Attributes
    ----------
    path
        The file it was read from; relative sources are relative to its folder.
    name, text
        What the plan is called, and what it is, by language.
    join_m
        Farthest that an end of a link may lie from a street.
    cost_eur_per_m
        Type of link (its ``highway``, or ``bridge`` or ``tunnel``) → euros a metre, where an entry names none.
    trial
        That the plan is tried on the ground, and what is asked; None of a plan alone.
    """

    path: Path
    name: Names
    text: Names | None = None
    join_m: Annotated[float, Field(gt=0, le=1000)] = 30.0
    links: tuple[LinksEntry, ...] = ()
    costs: tuple[CostsEntry, ...] = ()
    services: tuple[ServiceEntry, ...] = ()
    entrances: tuple[EntranceEntry, ...] = ()
    headways: tuple[HeadwayEntry, ...] = ()
    stops: tuple[StopEntry, ...] = ()
    lines: tuple[LineEntry, ...] = ()
    ramps: tuple[RampEntry, ...] = ()
    lighting: tuple[LightingEntry, ...] = ()
    paving: tuple[PavingEntry, ...] = ()
    winter_maintenance: tuple[WinterEntry, ...] = ()
    homes: tuple[HomesEntry, ...] = ()
    cost_eur_per_m: dict[str, Euros] = Field(default_factory=dict)
    trial: TrialSection | None = None

    @property
    def improvements(self) -> tuple[tuple[str, ImprovedStreets], ...]:
        """Streets that are made better, with the key that each stands at."""
        tables = ("ramps", "lighting", "paving", "winter_maintenance")
        return tuple((f"{table}.{number}", one) for table in tables for number, one in enumerate(getattr(self, table)))

    @classmethod
    def load(cls, path: str | os.PathLike[str], catalogues: Collection[str] = ()) -> Self:
        """Read and check a scenario file.

        Parameters
        ----------
        path
            The TOML file.
        catalogues
            Languages beside the package's own that its names may be in: those of the workspace's catalogues.

        Returns
        -------
        Scenario
            Checked; places are longitudes and latitudes still.

        Raises
        ------
        ScenarioError
            With every fault of the file: what is not TOML, unknown or missing keys, values out of range,
            files that do not exist.
        """
        file = Path(path)
        content = read_toml(file, ScenarioError, "scenario file", f"Write one: {EXAMPLE}")
        missing = missing_files(file.absolute(), content, fetched=True)
        try:
            scenario = cls.model_validate({**content, "path": file.absolute()}, context={"catalogues": catalogues})
        except ValidationError as error:
            faults = faults_of(error.errors(), cls, "scenario", EXAMPLE)
            raise ScenarioError([*faults, *missing]) from None
        faults = [*_unknown_types(scenario.cost_eur_per_m), *missing]
        if faults:
            raise ScenarioError(faults)
        return scenario

    def parameters(self) -> dict[str, Any]:
        """The file as it is understood, for the manifest.

        Returns
        -------
        dict
            What the file states, without defaults.
        """
        return self.model_dump(mode="json", exclude={"path"}, exclude_defaults=True)


def _unknown_types(named: Iterable[str]) -> list[Fault]:
    """Types of links whose cost is told and that no link can be of."""
    known = (*VALUES["highway"], "bridge", "tunnel")
    return [
        Fault(
            f"cost_eur_per_m.{name}",
            "is no type of link that is known",
            did_you_mean(name, known) or "Write a highway, bridge or tunnel",
        )
        for name in named
        if name not in known
    ]
