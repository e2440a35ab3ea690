"""Every platform's reader under one call."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from tesoma_geo.sources.annotations import maptionnaire, open311, paper, table, umap, vuorovaikutusalusta
from tesoma_geo.sources.annotations.schema import AnnotationReading
from tesoma_geo.workspace import Workspace
from tesoma_geo.workspace.annotations import Annotations

Reader: TypeAlias = Callable[..., AnnotationReading]

#: Readers of platforms that export one file.
READERS: Mapping[str, Reader] = {
    "open311": open311.read,
    "maptionnaire": maptionnaire.read,
    "umap": umap.read,
    "kobo": table.read_kobo,
    "table": table.read,
    "paper": paper.read,
}


def read_annotations(workspace: Workspace) -> tuple[AnnotationReading, ...]:
    """Read every ``[[annotations]]`` of a workspace, one reading each.

    Raises
    ------
    SourceError
        A file that cannot be read as what the workspace says it is.
    """
    return tuple(read_section(workspace, section) for section in workspace.annotations)


def read_section(workspace: Workspace, section: Annotations) -> AnnotationReading:
    """Read one ``[[annotations]]``; see :func:`read_annotations`."""
    path, crs, themes = workspace.resolve(section.geometries), workspace.district.crs, workspace.themes
    if section.platform in READERS:
        return READERS[section.platform](path, section, crs=crs, themes=themes)
    respondents = workspace.resolve(section.respondents) if section.respondents else None
    return vuorovaikutusalusta.read(path, respondents, section, crs=crs, themes=themes)
