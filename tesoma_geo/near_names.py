"""Names that were misspelt: what could have been meant, in one place for workspaces, commands and calls."""

import difflib
import re
from collections.abc import Iterable

#: A name that needs no quotation marks in a sentence.
_PLAIN_NAME = re.compile(r"[\w.-]+")


def instead(name: object, known: Iterable[object], otherwise: str = "") -> str:
    """The remedy for a name that is not known: the nearest one that is, else what else to do.

    Parameters
    ----------
    name
        What was written.
    known
        What could have been.
    otherwise
        Told where nothing known is near; without it the known names are.

    Returns
    -------
    str
        One sentence.
    """
    names = [str(one) for one in known]
    return did_you_mean(str(name), names) or otherwise or f"Use one of {', '.join(names)}"


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The remedy for a misspelt name: the known one that is nearest to it.

    Parameters
    ----------
    name
        What was written.
    known
        What could have been.

    Returns
    -------
    str
        A question; empty where nothing known is near.
    """
    near = nearest_name(name, known)
    if near is None:
        return ""
    return f"Did you mean {near if _PLAIN_NAME.fullmatch(near) else repr(near)}?"


def nearest_name(name: str, known: Iterable[str]) -> str | None:
    """The known name that is nearest to one that is not known, whatever its case.

    Parameters
    ----------
    name
        What was written.
    known
        What could have been.

    Returns
    -------
    str or None
        The same but for case, blanks and hyphens, else the most alike of those that go on from it or that it goes on
        from, else the most alike;
        None where nothing is near.
    """
    plain = {_plain(one): one for one in reversed(list(known))}
    written = _plain(name)
    if written in plain:
        return plain[written]
    begun = [one for one in plain if len(min(one, written, key=len)) > 3 and _begins(one, written)]
    near = difflib.get_close_matches(written, begun or plain, n=1, cutoff=0.0 if begun else 0.6)
    return plain[near[0]] if near else None


def _plain(name: str) -> str:
    return "".join(name.casefold().replace("_", " ").replace("-", " ").split())


def _begins(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)
