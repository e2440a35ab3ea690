"""The workspace file as a whole: a district's layers and wishes, as TOML, checked when it is read.

Paths in the file are relative to the file. Every fault is found in one pass and told with its
key, its value and the remedy.
"""

import os
import re
import warnings
from pathlib import Path
from typing import Any, Self

from pydantic import Field, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from tesoma_geo._given import instance
from tesoma_geo._given import path as given_path
from tesoma_geo._portable_names import name_problem
from tesoma_geo.errors import WorkspaceError
from tesoma_geo.near_names import did_you_mean
from tesoma_geo.workspace.addresses import overpass_source, source_path
from tesoma_geo.workspace.annotations import Annotations, Experience, Moderation, Publish
from tesoma_geo.workspace.deprecated_keys import deprecated_keys
from tesoma_geo.workspace.faults import faults_of, missing_files
from tesoma_geo.workspace.hubs import HubChoice, Hubs, OneOfHubs, all_hubs, checked_hubs, with_main_hub
from tesoma_geo.workspace.model import FrozenModel
from tesoma_geo.workspace.sections import (
    Access,
    Basemap,
    District,
    Elevation,
    Hub,
    Nature,
    Network,
    Population,
    Services,
    Site,
    Transit,
    Walks,
    Winter,
)
from tesoma_geo.workspace.toml import read_toml
from tesoma_geo.workspace.values import Share
from tesoma_geo.workspace.workshop import Workshop


def _own_catalogues(content: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """The languages that a file brings its own catalogues of, for whatever names a language in it."""
    district = content.get("district")
    named = district.get("catalogues") if isinstance(district, dict) else None
    return {"catalogues": tuple(named) if isinstance(named, dict) else ()}


def parse_target(name: str) -> tuple[str, float]:
    """The profile and the minutes of a target such as ``walk_within_15_min``.

    Parameters
    ----------
    name
        ``<profile>_within_<minutes>_min``.

    Returns
    -------
    tuple of str and float

    Raises
    ------
    ValueError
        The name is not of that form.
    """
    match = re.fullmatch(r"(\w+)_within_([1-9]\d*)_min", name)
    if match is None:
        raise ValueError(name)
    return match[1], float(match[2])


def _once(details: list[ErrorDetails], content: dict[str, Any]) -> list[ErrorDetails]:
    """The errors of a file; those of a hub that stands in for ``[hub]`` are told where it stands, not twice."""
    if "hub" in content or not content.get("hubs"):
        return details
    elsewhere = [detail for detail in details if detail["loc"][:1] != ("hub",)]
    if all(detail["loc"][:1] != ("hubs",) for detail in elsewhere):  # all are planned, or none is a table
        return details
    return elsewhere


class Workspace(FrozenModel):
    """A whole workspace file, checked; make one with :meth:`load`.

    Attributes
    ----------
    path
        The file it was read from; relative sources are relative to its folder.
    targets
        ``<profile>_within_<minutes>_min`` → the share of residents that the district wants to reach the hub so.
    survey_walk
        What mapping walks found of tags that the street file lacks.
    site
        Who answers for the pages; no parameter of the results.
    hub
        The one hub, or of several the one that the pages are about.
    hubs
        Of several hubs: those beside ``[hub]``, or all of them where the file has no ``[hub]``.
    hub_choice
        How people are taken to choose among several hubs.
    """

    path: Path
    district: District
    hub: Hub
    hubs: Hubs = ()
    hub_choice: HubChoice = HubChoice()
    network: Network
    survey_walk: Walks = ()
    elevation: Elevation | None = None
    basemap: Basemap = Basemap()
    transit: Transit | None = None
    population: Population
    services: Services = Services()
    nature: Nature = Nature()
    winter: Winter | None = None
    annotations: tuple[Annotations, ...] = ()
    access: Access = Access()
    targets: dict[str, Share] = Field(default_factory=dict)
    profiles: dict[str, dict[str, Any]] = Field(default_factory=dict)
    themes: dict[str, str] = Field(default_factory=dict)
    moderation: Moderation = Moderation()
    publish: Publish = Publish()
    experience: Experience = Experience()
    workshop: Workshop = Field(default=Workshop(), exclude=True)
    site: Site = Field(default=Site(), exclude=True)

    @model_validator(mode="before")
    @classmethod
    def _one_of_several_is_the_hub(cls, content: Any) -> Any:
        return with_main_hub(content)

    @field_validator("hubs")
    @classmethod
    def _hubs_are_told_apart(cls, value: tuple[OneOfHubs, ...], known: ValidationInfo) -> tuple[OneOfHubs, ...]:
        if value and "hub" in known.data:
            checked_hubs(known.data["hub"], value)
        return value

    @field_validator("profiles", "access")
    @classmethod
    def _profiles_can_name_files(cls, value: Any) -> Any:
        """Rasters and pictures are named after profiles."""
        problem = name_problem(value.profiles if isinstance(value, Access) else value)
        if problem:
            raise PydanticCustomError("file_name", "{problem}", {"problem": problem})
        return value

    @field_validator("targets")
    @classmethod
    def _targets_can_be_met(cls, value: dict[str, float], known: ValidationInfo) -> dict[str, float]:
        for name in value:
            try:
                profile, _ = parse_target(name)
            except ValueError:
                raise PydanticCustomError("target", "names {name}, which is no target", {"name": name}) from None
            if "access" in known.data and profile not in known.data["access"].profiles:
                there = known.data["access"].profiles
                parameters = {"name": name, "profile": profile, "those": ", ".join(there)}
                parameters["near"] = f". {near}" if (near := did_you_mean(profile, there)) else ""
                problem = "names {name}, but {profile} is not in access.profiles, which has {those}{near}"
                raise PydanticCustomError("target", problem, parameters)
        return value

    @field_validator("services")
    @classmethod
    def _window_is_known(cls, value: Services, known: ValidationInfo) -> Services:
        if value.open_at is not None and "transit" in known.data and known.data["transit"] is None:
            raise PydanticCustomError("no_window", "has open_at, but there is no [transit] with a date and a window")
        return value

    @model_validator(mode="after")
    def _publication_knows_who_is_trusted(self) -> Self:
        stated = {survey.source_name: survey.trust for survey in self.annotations if survey.trust is not None}
        if stated:
            publish = self.publish.model_copy(update={"trust": {**self.publish.trust, **stated}})
            object.__setattr__(self, "publish", publish)
        return self

    @classmethod
    def load(cls, path: str | os.PathLike[str], *, fetched: bool = True, answers: bool = True) -> Self:
        """Read and check a workspace file.

        Parameters
        ----------
        path
            The TOML file.
        fetched
            Whether addresses that the file names must have been fetched already.
        answers
            Whether what residents answered is to be read, so that the files of surveys must be there.

        Returns
        -------
        Workspace

        Raises
        ------
        WorkspaceError
            With every fault of the file: what is not TOML, unknown or missing keys, values out of
            range, files that do not exist.
        """
        file = given_path("the workspace", path, "Give the path of its file, or a Workspace")
        content = read_toml(file, WorkspaceError, "workspace file", "`tesoma-geo init` writes a whole one")
        read = content if answers else {name: part for name, part in content.items() if name != "annotations"}
        try:
            workspace = cls.model_validate({**content, "path": file.absolute()}, context=_own_catalogues(content))
        except ValidationError as error:
            raise WorkspaceError(
                [
                    *faults_of(_once(error.errors(), content), cls),
                    *missing_files(file.absolute(), read, fetched=fetched),
                ]
            ) from None
        faults = missing_files(workspace.path, read, fetched=fetched)
        if faults:
            raise WorkspaceError(faults)
        for key, text in deprecated_keys(workspace):
            warnings.warn(f"{key} of {file}: {text}", DeprecationWarning, stacklevel=2)
        return workspace

    def resolve(self, source: str) -> Path:
        """Where a source named in the file lies: fetched ones in ``fetched/`` beside the file.

        Parameters
        ----------
        source
            As the file names it: a path relative to the file, or an address.

        Returns
        -------
        Path

        Raises
        ------
        InputError
            It is no text.
        """
        return source_path(
            self.path, instance("source", source, str, "Give a path or an address, as the file names it")
        )

    @property
    def all_hubs(self) -> tuple[OneOfHubs, ...]:
        """Every hub of several, the one that the pages are about first; empty where there is one alone."""
        return all_hubs(self.hub, self.hubs)

    @property
    def osm_path(self) -> Path:
        """The OpenStreetMap file: the named one, or the one that ``fetch`` made."""
        return self.resolve(self.network.osm or overpass_source(self.network.overpass or ""))
