"""Projects and the workbook as they are written: with whom to credit in place of marks."""

import io
import zipfile
from collections.abc import Mapping
from copy import copy

from markupsafe import escape

from tesoma_geo.workspace import Workspace
from tesoma_geo.workspace.licences import END_OF_MARK, licences_of, put_licences

_ENDS = END_OF_MARK.encode()
_AT_ONCE = 1 << 20


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
    """An archive of XML, packed as before; what has no mark, such as large tables, is not packed anew."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as kept, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as written:
        for member in kept.infolist():
            if not _has_mark(kept, member):
                _copy(content, kept, member, written)
                continue
            text = kept.read(member).decode("utf-8")
            written.writestr(member, put_licences(text, licences, lambda licence: str(escape(licence))).encode("utf-8"))
    return packed.getvalue()


def _has_mark(kept: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    end = b""
    with kept.open(member) as part:
        while some := part.read(_AT_ONCE):
            if _ENDS in end + some:
                return True
            end = some[1 - len(_ENDS) :]
    return False


def _copy(content: bytes, kept: zipfile.ZipFile, member: zipfile.ZipInfo, written: zipfile.ZipFile) -> None:
    """Put a member of an archive into another, packed as it is."""
    if written.fp is None:
        raise AssertionError("an archive that is being written is closed")
    later = [one.header_offset for one in kept.infolist() if one.header_offset > member.header_offset]
    same = copy(member)
    same.header_offset = written.start_dir
    written.fp.seek(written.start_dir)
    written.fp.write(memoryview(content)[member.header_offset : min(later, default=kept.start_dir)])
    written.start_dir = written.fp.tell()
    written.filelist.append(same)
    written.NameToInfo[same.filename] = same
