"""Whether text was decoded wrongly on its way here: "PyÃ¶rÃ¤tie" for "Pyörätie"."""

from collections.abc import Iterable, Iterator

from tesoma_geo.errors import Doubt

#: What decoders put where they knew no letter.
_UNKNOWN = "\ufffd"


def is_misread(text: str) -> bool:
    """Whether a text looks like UTF-8 that was read as the Windows encoding of western Europe, or has lost letters.

    Parameters
    ----------
    text
        A name, an answer.

    Returns
    -------
    bool
        Text that was read rightly is hardly ever UTF-8 once more when written in that encoding, unless it is ASCII.
    """
    if _UNKNOWN in text:
        return True
    if text.isascii():
        return False
    for encoding in ("cp1252", "latin-1"):
        try:
            text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        return True
    return False


def misread_doubts(key: str, names: Iterable[object]) -> Iterator[Doubt]:
    """A doubt where names of a layer were decoded wrongly.

    Parameters
    ----------
    key
        Of the layer in the workspace file.
    names
        Of areas, of services, of stops; never words of residents, for one is told.

    Yields
    ------
    Doubt
    """
    misread = sorted({name for name in names if isinstance(name, str) and is_misread(name)})
    if misread:
        problem = f"{len(misread)} names look decoded wrongly, such as {misread[0]!r}"
        yield Doubt(key, problem, "Export the layer again as UTF-8", misread[0])
