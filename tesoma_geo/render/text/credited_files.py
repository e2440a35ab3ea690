"""Projects and the workbook as they are written: with whom to credit in place of marks."""

import io
import zipfile
from collections.abc import Mapping

from markupsafe import escape

from tesoma_geo.workspace import Workspace
from tesoma_geo.workspace.licences import licences_of, put_licences


def with_credits(files: Mapping[str, bytes], workspace: Workspace) -> dict[str, bytes]:
    """Files with the licences of now in place of marks.

    Parameters
    ----------
    files
        Name → bytes, as :func:`~tesoma_geo.render.desk.tables_task.credited_task` makes them.
    workspace
        States the licences.

    Returns
    -------
    dict
        Name → bytes; what credits nobody stays as it is.
    """
    licences = licences_of(workspace)
    return {
        name: _credited(content, licences) if name.endswith((".xlsx", ".qgz")) else content
        for name, content in files.items()
    }


def _credited(content: bytes, licences: tuple[str, ...]) -> bytes:
    """An archive of XML, packed as before."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as kept, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as written:
        for member in kept.infolist():
            text = kept.read(member).decode("utf-8")
            written.writestr(member, put_licences(text, licences, lambda licence: str(escape(licence))).encode("utf-8"))
    return packed.getvalue()
