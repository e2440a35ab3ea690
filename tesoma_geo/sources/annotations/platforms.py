"""The survey platforms whose exports are read: one list, and what other packages add to it.

A new platform is a file beside this one, with a function as :data:`Reader` says, and a line in :data:`READERS`.
Another package announces such a function as an entry point of the group ``tesoma_geo.platforms``.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from tesoma_geo._plugins import PLATFORMS, find_plugins, load_plugin
from tesoma_geo._reading import guarded_apart
from tesoma_geo.errors import Fault, WorkspaceError
from tesoma_geo.near_names import did_you_mean
from tesoma_geo.sources.annotations import maptionnaire, open311, paper, table, umap, vuorovaikutusalusta
from tesoma_geo.sources.annotations.schema import AnnotationReading, SurveyExport
from tesoma_geo.workspace import Workspace
from tesoma_geo.workspace.annotations import Annotations

#: Makes annotations in the one schema of a platform's export, and raises SourceError where it cannot.
Reader: TypeAlias = Callable[[SurveyExport], AnnotationReading]

#: ``platform`` in the workspace → its reader.
READERS: Mapping[str, Reader] = {
    "vuorovaikutusalusta": vuorovaikutusalusta.read,
    "open311": open311.read,
    "maptionnaire": maptionnaire.read,
    "umap": umap.read,
    "kobo": table.read_kobo,
    "table": table.read,
    "paper": paper.read,
}


def platform_names() -> tuple[str, ...]:
    """The names that ``platform`` may have: those of the package, then those that other packages add.

    Returns
    -------
    tuple of str
    """
    return tuple(dict.fromkeys([*READERS, *find_plugins(PLATFORMS)]))


def find_reader(platform: str, key: str = "annotations.platform") -> Reader:
    """The reader of a platform; the package's own come before those of other packages.

    Parameters
    ----------
    platform
        Its name.
    key
        Where the workspace names it, for the fault.

    Returns
    -------
    Reader

    Raises
    ------
    WorkspaceError
        No platform has that name.
    """
    if platform in READERS:
        return READERS[platform]
    names = platform_names()
    if platform not in names:
        remedy = did_you_mean(platform, names) or f"Use one of {', '.join(names)}"
        raise WorkspaceError([Fault(key, f"{platform!r} is no known survey platform", remedy)])
    reader: Reader = load_plugin(PLATFORMS, platform)
    return reader


def read_annotations(workspace: Workspace) -> tuple[AnnotationReading, ...]:
    """Read every ``[[annotations]]`` of a workspace.

    Parameters
    ----------
    workspace
        With any number of them.

    Returns
    -------
    tuple of AnnotationReading
        One each, in the workspace's order.

    Raises
    ------
    WorkspaceError
        A platform that is not known.
    SourceError
        A file that cannot be read as what the workspace says it is.
    """
    return tuple(read_section(workspace, section) for section in workspace.annotations)


@guarded_apart(
    "a survey's export",
    "Export the survey again",
    lambda workspace, section: workspace.resolve(section.geometries),
    small_too=False,
)
def read_section(workspace: Workspace, section: Annotations) -> AnnotationReading:
    """Read one ``[[annotations]]`` of a workspace.

    Parameters
    ----------
    workspace
        Whose metric CRS, themes and folder they are read with.
    section
        One of its ``annotations``.

    Returns
    -------
    AnnotationReading

    Raises
    ------
    WorkspaceError
        The platform is not known.
    SourceError
        A file that cannot be read as what the workspace says it is.
    """
    export = SurveyExport(
        section=section,
        path=workspace.resolve(section.geometries),
        crs=workspace.district.crs,
        themes=workspace.themes,
        respondents=workspace.resolve(section.respondents) if section.respondents else None,
    )
    return find_reader(section.platform)(export)
