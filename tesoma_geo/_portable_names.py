"""Names that become names of files: such that Windows and macOS can hold them too, beside each other."""

import re
from collections.abc import Iterable

#: Names of devices that Windows keeps for itself, with any ending.
DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"com{number}" for number in range(10)), *(f"lpt{number}" for number in range(10))}
)
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def name_problem(names: Iterable[str]) -> str | None:
    """What keeps names from being names of files on every system.

    Parameters
    ----------
    names
        Without endings.

    Returns
    -------
    str or None
        About the first that is no such name; None where all are.
    """
    seen: dict[str, str] = {}
    for name in names:
        forbidden = _FORBIDDEN.search(name)
        if forbidden:
            return f"{name!r} has the character {forbidden[0]!r}, which no file may have in its name on Windows"
        if not name or name != name.rstrip(". "):
            return f"{name!r} ends in a point or a blank, or is empty: Windows names no file so"
        if name.split(".")[0].casefold() in DEVICES:
            return f"{name!r} is the name of a device on Windows"
        if name.casefold() in seen and seen[name.casefold()] != name:
            return f"{seen[name.casefold()]!r} and {name!r} differ in capitals alone: one file on Windows and macOS"
        seen[name.casefold()] = name
    return None
