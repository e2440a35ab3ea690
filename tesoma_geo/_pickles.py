"""Values of this program in entries of its cache; no library is loaded for it but what a value is made of."""

import pickle
from pathlib import Path
from typing import Any

#: Kind of the entries that hold the values of steps.
STEP = "step"
#: The file of an entry that holds one value.
VALUE = "value.pickle"


def read_pickle(folder: Path, name: str = VALUE) -> Any:
    """A value as :func:`write_pickle` kept it.

    Parameters
    ----------
    folder
        Of an entry of the cache.
    name
        Of the file.

    Returns
    -------
    The value.
    """
    # Written by this program into the user's own cache, for the user alone, beside compiled code that is run as well.
    with (folder / name).open("rb") as file:
        return pickle.load(file)  # noqa: S301 - see above


def write_pickle(folder: Path, value: Any, name: str = VALUE) -> None:
    """Write a value into the folder of an entry of the cache.

    Parameters
    ----------
    folder
        Of the entry.
    value
        What can be pickled.
    name
        Of the file.
    """
    with (folder / name).open("wb") as file:
        pickle.dump(value, file, pickle.HIGHEST_PROTOCOL)
