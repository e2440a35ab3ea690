"""What pictures follow from in a workspace."""

from typing import Any

from tesoma_geo.workspace import Workspace, without_licences

#: Sections of a workspace that no picture tells of: figures, pages or what is published follow from them.
UNSHOWN = (
    "winter", "nature", "experience", "annotations", "transit", "elevation", "network", "path", "survey_walk",
    "profiles", "targets", "themes", "moderation", "publish", "workshop", "site",
)  # fmt: skip


def brought_catalogues(workspace: Workspace) -> dict[str, bytes]:
    """The catalogues of texts that a workspace brings.

    Parameters
    ----------
    workspace
        The workspace.

    Returns
    -------
    dict
        Language → the bytes of the file.
    """
    return {tag: workspace.resolve(source).read_bytes() for tag, source in workspace.district.catalogues.items()}


def shown_settings(workspace: Workspace) -> dict[str, Any]:
    """What pictures follow from in a workspace: its sections, and the catalogues that it brings.

    Parameters
    ----------
    workspace
        The workspace.

    Returns
    -------
    dict
        Name → a section, or the bytes of a catalogue.
    """
    sections = {
        f"[{name}]": without_licences(getattr(workspace, name))
        for name in type(workspace).model_fields
        if name not in UNSHOWN
    }
    return {**sections, "catalogues": brought_catalogues(workspace)}
