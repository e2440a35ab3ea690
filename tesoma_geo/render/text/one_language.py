"""What is said in one language is made without names in others: so it stays as it is where only these change."""

from collections.abc import Mapping
from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from tesoma_geo.workspace import Language, Workspace

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment

Name = TypeVar("Name")


def in_language(assessment: "Assessment", language: Language) -> "Assessment":
    """An assessment as what is said in one language needs it.

    Parameters
    ----------
    assessment
        As it was found, or a part of it.
    language
        Tag.

    Returns
    -------
    Assessment
        In whose workspace and summary the district and the one hub have their name in this language alone, where they
        have one in it.
    """
    inputs, told = copy(assessment.inputs), dict[str, Any](assessment.summary)
    object.__setattr__(inputs, "workspace", named_in(assessment.workspace, language))
    if "district" in told:
        told["district"] = in_one(told["district"], language)
    if "hub" in told:
        told["hub"] = {**told["hub"], "name": in_one(told["hub"]["name"], language)}
    summary: Any = told
    return replace(assessment, inputs=inputs, summary=summary)


def named_in(workspace: Workspace, language: Language) -> Workspace:
    """A workspace whose district and one hub have no name in other languages.

    Parameters
    ----------
    workspace
        The workspace.
    language
        Tag.

    Returns
    -------
    Workspace
    """
    district = workspace.district.model_copy(update={"name": in_one(workspace.district.name, language)})
    hub = workspace.hub.model_copy(update={"name": in_one(workspace.hub.name, language)})
    return workspace.model_copy(update={"district": district, "hub": hub})


def in_one(names: Mapping[Language, Name], language: Language) -> dict[Language, Name]:
    """Names in one language, or in all where there is none in it: then another one stands in its place.

    Parameters
    ----------
    names
        Language → name.
    language
        Tag.

    Returns
    -------
    dict
        Language → name.
    """
    return {language: names[language]} if language in names else dict(names)


def without_names(assessment: "Assessment") -> "Assessment":
    """An assessment whose district and one hub have no name at all: what asks for one fails.

    Parameters
    ----------
    assessment
        As it was found, or a part of it.

    Returns
    -------
    Assessment
        Its workspace does not tell what they are called.
    """
    inputs, workspace = copy(assessment.inputs), copy(assessment.workspace)
    sections = {section: copy(getattr(workspace, section)) for section in ("district", "hub")}
    for section in sections.values():
        there = {key: value for key, value in section.__dict__.items() if key != "name"}
        object.__setattr__(section, "__dict__", there)
    object.__setattr__(workspace, "__dict__", {**workspace.__dict__, **sections})
    object.__setattr__(inputs, "workspace", workspace)
    return replace(assessment, inputs=inputs)
