"""Pages in steps, made without the district's targets: what they tell of these is put in when they are written.

So targets are not there at all when a page is made: one that asked for them would fail.
"""

from collections.abc import Mapping
from copy import copy
from dataclasses import fields, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from tesoma_geo._steps import FileTask, Steps, Task
from tesoma_geo.render.map import layers
from tesoma_geo.render.map.content import Content
from tesoma_geo.render.pages.registry import METHOD, PAGE_KINDS, SiteParts, pages_by_kind
from tesoma_geo.render.pages.site_context import Page
from tesoma_geo.render.text.shown_settings import brought_catalogues
from tesoma_geo.workspace import Language, without_licences

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment
    from tesoma_geo.inputs.inputs import Inputs

#: Kinds of pages that are made last, with the method, which tells where the figures of all pages come from.
LAST = ("start", "figures", METHOD)
#: The kind whose pages take longest: a step of its own.
VOICES = "voices"
#: Sections of a workspace that no page is made with.
UNTOLD = ("targets", "moderation", "workshop")
#: Layers that pages show, beside what was found.
SHOWN = ("profiles", "district", "study_area", "hub", "water", "green", "reports", "left_out")
#: What the steps of the maps of all pages are called; the second goes before a language.
MAP_DATA, MAP_SCRIPT = "map data", "map "


def given_to(parts: SiteParts) -> dict[str, Any]:
    """All that pages follow from.

    Parameters
    ----------
    parts
        What they are made of.

    Returns
    -------
    dict
        Name → value.
    """
    assessment, inputs = parts.assessment, parts.assessment.inputs
    found = {one.name: getattr(assessment, one.name) for one in fields(assessment)}
    del found["inputs"], found["surfaces"]
    shown = {name: inputs.__dict__[name] for name in SHOWN if name in inputs.__dict__}
    told = {one.name: getattr(parts, one.name) for one in fields(parts) if one.name != "assessment"}
    there = inputs.workspace.__dict__
    sections = {f"[{name}]": there[name] for name in type(inputs.workspace).model_fields if name in there}
    further = {"ground": inputs.ground, "catalogues": brought_catalogues(inputs.workspace)}
    return {**found, **shown, **told, **sections, **further}


def without_targets(assessment: "Assessment") -> "Assessment":
    """An assessment without what is put into pages when they are written, or told on none.

    Parameters
    ----------
    assessment
        As it was found.

    Returns
    -------
    Assessment
        In its summary and its workspace some sections are not there.
    """
    workspace, inputs = copy(assessment.workspace), copy(assessment.inputs)
    object.__setattr__(workspace, "__dict__", {k: v for k, v in workspace.__dict__.items() if k not in UNTOLD})
    object.__setattr__(inputs, "workspace", workspace)
    summary: Any = {name: section for name, section in assessment.summary.items() if name != "targets"}
    return replace(assessment, inputs=inputs, summary=summary)


def map_contents(parts: SiteParts, steps: Steps) -> tuple[Content, ...]:
    """What the maps of all pages show: nothing of it names the hub.

    Parameters
    ----------
    parts
        What pages are made of, without targets.
    steps
        Takes it where it was kept.

    Returns
    -------
    tuple of Content
        From the ground up.
    """
    inputs = _without_hub_name(parts.assessment.inputs)
    del inputs.__dict__["reports"], inputs.__dict__["left_out"]
    summary: Any = {name: section for name, section in parts.assessment.summary.items() if name != "hub"}
    bare = replace(parts, assessment=replace(parts.assessment, inputs=inputs, left_out=(), summary=summary))
    given = {name: without_licences(value) if name.startswith("[") else value for name, value in given_to(bare).items()}
    given["addresses"] = inputs.addresses  # which its search finds
    made = partial(layers.contents, bare.assessment, bare.publication, bare.comparison)
    return steps.take(MAP_DATA, made, **given)


def _without_hub_name(inputs: "Inputs") -> "Inputs":
    """A copy of layers whose workspace does not tell what the one hub is called."""
    bare, workspace, hub = copy(inputs), copy(inputs.workspace), copy(inputs.workspace.hub)
    object.__setattr__(hub, "__dict__", {name: value for name, value in hub.__dict__.items() if name != "name"})
    object.__setattr__(workspace, "__dict__", {**workspace.__dict__, "hub": hub})
    object.__setattr__(bare, "workspace", workspace)
    return bare


def tasks_of_kinds(
    spoken: Mapping[Language, SiteParts], contents: tuple[Content, ...]
) -> dict[str, Task[dict[str, list[Page]]]]:
    """What makes all pages but the last, and what they follow from.

    Parameters
    ----------
    spoken
        Language → what they are made of in it, without targets.
    contents
        What their maps show.

    Returns
    -------
    dict
        Name of a step, as of :func:`steps_of` → what is given to it, and what gives pages by their kind.
    """
    tasks: dict[str, Task[dict[str, list[Page]]]] = {}
    for language, parts in spoken.items():
        given = given_to(parts)
        for step, kinds in steps_of(language).items():
            made = partial(pages_by_kind, parts, contents, language, kinds)
            tasks[step] = {**given, "tag": language, "kinds": kinds}, made
    return tasks


def script_task(parts: SiteParts, contents: tuple[Content, ...], language: Language) -> FileTask:
    """What makes the words of the maps of one language, and what they follow from.

    Parameters
    ----------
    parts
        What they are made of in this language, without targets.
    contents
        As of :func:`tasks_of_kinds`.
    language
        Tag.

    Returns
    -------
    given : dict
        Name → value.
    made
        Gives the script by the name of its file.
    """

    def made() -> dict[str, bytes]:
        script = map_script(parts.assessment, contents, language)
        return {f"map-{language}.js": f"{script}\n".encode()}

    return {**given_to(parts), "tag": language}, made


def map_script(assessment: "Assessment", contents: tuple[Content, ...], language: Language) -> str:
    """The script that makes the map of a page of what is packed.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    contents
        What the map shows.
    language
        Of its words.

    Returns
    -------
    str
        JavaScript.
    """
    from tesoma_geo.render.map.folium_map import composed  # folium takes long to load

    return composed(assessment, contents, language).parts().script.strip()


def steps_of(language: Language) -> dict[str, tuple[str, ...]]:
    """The steps in which all pages but the last are made.

    Parameters
    ----------
    language
        Of the pages.

    Returns
    -------
    dict
        Name of a step → keys of the kinds of its pages.
    """
    others = [kind.key for kind in PAGE_KINDS if kind.key not in (*LAST, VOICES)]
    return {f"voices {language}": (VOICES,), f"ways {language}": tuple(others)}
