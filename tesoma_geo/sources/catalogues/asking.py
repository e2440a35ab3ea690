"""Whether a catalogue's file is there, before a workspace names it."""

from tesoma_geo._http import RefusalError, get_range, session


def is_there(address: str) -> bool:
    """Whether a server has a file; its first byte is asked for.

    Parameters
    ----------
    address
        ``http://`` or ``https://``.

    Returns
    -------
    bool
        False where the server refuses it.

    Raises
    ------
    FetchError
        The server cannot be reached.
    """
    with session() as polite:
        try:
            get_range(polite, address, 0, 1)
        except RefusalError:
            return False
    return True
