"""Every platform's reader under one call."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

from tesoma_geo._workspace_annotations import Annotations
from tesoma_geo.sources.annotations import vuorovaikutusalusta
from tesoma_geo.sources.annotations.schema import AnnotationReading
from tesoma_geo.workspace import Workspace

Reader: TypeAlias = Callable[..., AnnotationReading]

READERS: Mapping[str, Reader] = {
    "vuorovaikutusalusta": vuorovaikutusalusta.read,
}


def read_annotations(workspace: Workspace) -> tuple[AnnotationReading, ...]:
    """Read every ``[[annotations]]`` of a workspace, one reading each.

    Raises
    ------
    SourceError
        A file that cannot be read as what the workspace says it is.
    """
    return tuple(_read(workspace, section) for section in workspace.annotations)


def _read(workspace: Workspace, section: Annotations) -> AnnotationReading:
    respondents: Path | None = workspace.resolve(section.respondents) if section.respondents else None
    return READERS[section.platform](
        workspace.resolve(section.geometries), respondents, section, crs=workspace.district.crs, themes=workspace.themes
    )
