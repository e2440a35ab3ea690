"""Whether a catalogue's file is there, before a workspace names it."""

from tesoma_geo._http import RefusalError, get_range, session
from tesoma_geo.errors import FetchError

#: What servers say of files that they do not have; stores of objects say 403 where nobody may list them.
_ABSENT = (403, 404, 410)


def is_there(address: str, begins: bytes) -> bool:
    """Whether a server has a file; its first bytes are asked for.

    Parameters
    ----------
    address
        ``http://`` or ``https://``.
    begins
        The first bytes of any file of this form.

    Returns
    -------
    bool
        False where the server says that it has none.

    Raises
    ------
    FetchError
        The server cannot be reached, is busy, or answers with something else.
    """
    with session() as polite:
        try:
            content, told = get_range(polite, address, 0, len(begins))
        except RefusalError as error:
            if error.status in _ABSENT:
                return False
            raise
    if told and content != begins:
        raise FetchError(f"{address}: the server answers with another kind of file", "Check the address")
    return True
