"""On which terms the data of a workspace is, and marks in place of the terms for what is kept without them.

What is made with marks follows from the licences only as far as the marks tell: which layers have the same one, which
have none, whose data is credited first and whose answers are made up. The words are put in when it is written.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from tesoma_geo.workspace.annotations import MADE_UP_WORDS
from tesoma_geo.workspace.file import Workspace
from tesoma_geo.workspace.model import FrozenModel

#: Whose name makes a line of credits the first.
FIRST = "OpenStreetMap"
#: The last letter of every mark, which no licence has.
END_OF_MARK = "\ue001"
#: A mark: signs of the area for private use around the number of a licence; before them what says that data is made
#: up, within them whom it names.
_MARK = re.compile(rf"(?:{MADE_UP_WORDS[0]} \ue000(\d{{1,4}})!|\ue000(\d{{1,4}}))(?:{FIRST})?{END_OF_MARK}")


def stated_licence(workspace: Workspace, key: str, of_streets: bool) -> str | None:
    """What the innermost table on the way to a layer says.

    Parameters
    ----------
    workspace
        The workspace file.
    key
        Of the layer, such as ``services.files.0``.
    of_streets
        Whether it is read of the street file: where no layer is named it is under the terms of the streets.

    Returns
    -------
    str or None
        None where none is stated.
    """
    at: object = workspace
    table: object = None
    for part in key.split("."):
        if isinstance(at, tuple):
            at = at[int(part)] if part.isdecimal() and int(part) < len(at) else None
        else:
            at = getattr(at, part, None)
        table = at if hasattr(at, "licence") else table
    if table is None and of_streets:
        table = workspace.network
    stated = getattr(table, "licence", None)
    return stated if isinstance(stated, str) else None


def licences_of(workspace: Workspace) -> tuple[str, ...]:
    """The licences of a workspace, in the order of its tables.

    Parameters
    ----------
    workspace
        The workspace.

    Returns
    -------
    tuple of str
        One for each table that may have one, empty where it has none; the number of a mark is a place among them.
    """
    return tuple(licence for _, licence in licences_by_table(workspace))


def licences_by_table(workspace: Workspace) -> tuple[tuple[str, str], ...]:
    """The tables of a workspace that may have a licence, with it.

    Parameters
    ----------
    workspace
        The workspace.

    Returns
    -------
    tuple of tuple
        Name of the table, such as ``services.files.0``, and its licence; as of :func:`licences_of`.
    """
    return tuple(_by_table(workspace, ""))


def with_marks(workspace: Workspace) -> Workspace:
    """A workspace with marks in place of its licences.

    Parameters
    ----------
    workspace
        The workspace.

    Returns
    -------
    Workspace
        The same but for these.
    """
    licences = licences_of(workspace)
    marked: Workspace = _told(workspace, lambda licence: _mark(licence, licences))
    return marked


def marks_of(workspace: Workspace) -> tuple[str, ...]:
    """The marks of the licences of a workspace: what is made with marks follows from no more of them.

    Parameters
    ----------
    workspace
        The workspace.

    Returns
    -------
    tuple of str
        In the order of :func:`licences_of`; empty where there is no licence.
    """
    licences = licences_of(workspace)
    return tuple(_mark(licence, licences) for licence in licences)


def put_licences(text: str, licences: Sequence[str], written: Callable[[str], str]) -> str:
    """A text with licences in place of their marks.

    Parameters
    ----------
    text
        Made with :func:`with_marks`.
    licences
        As of :func:`licences_of`.
    written
        Makes a licence harmless for what the text is.

    Returns
    -------
    str
        A mark that no licence has stays.
    """

    def put(mark: re.Match[str]) -> str:
        number = int(mark[1] or mark[2])
        return written(licences[number]) if number < len(licences) else mark[0]

    return _MARK.sub(put, text)


def _mark(licence: str, licences: Sequence[str]) -> str:
    """The mark of a licence: its number is that of the first table that has the same one."""
    if not licence:
        return ""
    number, first = licences.index(licence), FIRST if FIRST in licence else ""
    if licence.strip().lower().startswith(MADE_UP_WORDS):
        return f"{MADE_UP_WORDS[0]} \ue000{number}!{first}{END_OF_MARK}"
    return f"\ue000{number}{first}{END_OF_MARK}"


def _by_table(value: Any, name: str) -> Iterator[tuple[str, str]]:
    """A value of the workspace by its tables, in the order in which :func:`_told` comes to them."""
    items = enumerate(value) if isinstance(value, tuple | list) else value.items() if isinstance(value, dict) else ()
    for key, one in value if isinstance(value, FrozenModel) else items:
        if isinstance(value, FrozenModel) and key == "licence":
            yield name, one or ""
        else:
            yield from _by_table(one, f"{name}.{key}" if name else str(key))


def _told(value: Any, told: Callable[[str], str]) -> Any:
    """A value of the workspace with its licences as they are told; what has none of them is the same."""
    if isinstance(value, FrozenModel):
        changed = {}
        for name, one in value:
            other = (told(one or "") or one) if name == "licence" else _told(one, told)
            if other is not one:
                changed[name] = other
        if not changed:
            return value
        copied = value.model_copy()
        copied.__dict__.update(changed)
        return copied
    if isinstance(value, tuple | list):
        items = [_told(one, told) for one in value]
        return type(value)(items) if any(new is not old for new, old in zip(items, value, strict=True)) else value
    if isinstance(value, dict):
        entries = {key: _told(one, told) for key, one in value.items()}
        return entries if any(entries[key] is not value[key] for key in value) else value
    return value
