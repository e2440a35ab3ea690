"""Values of this program in entries of its cache; no library is loaded for it but what a value is made of."""

import copyreg
import pickle
import sys
from pathlib import Path
from typing import IO, Any

#: Kind of the entries that hold the values of steps.
STEP = "step"
#: The file of an entry that holds one value.
VALUE = "value.pickle"
#: Shapes of an array that are told at once.
_SHAPES_AT_ONCE = 1 << 16


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
        dump(value, file)


def dump(value: Any, file: IO[bytes]) -> None:
    """Pickle a value; arrays of shapes many at a time, which takes a tenth of what one after another takes.

    Parameters
    ----------
    value
        What can be pickled.
    file
        Where to; :func:`pickle.load` reads it.
    """
    pickler = pickle.Pickler(file, pickle.HIGHEST_PROTOCOL)
    shapely, numpy = sys.modules.get("shapely"), sys.modules.get("numpy")
    if shapely is not None and numpy is not None:
        pickler.dispatch_table = copyreg.dispatch_table | {numpy.ndarray: _reduced}
    pickler.dump(value)


def _reduced(array: Any) -> Any:
    """What an array is pickled as: of objects that are all shapes, or none, as they tell themselves."""
    if array.dtype == object and array.size:
        import shapely

        if (shapely.is_geometry(array) | shapely.is_missing(array)).all():
            told = shapely.to_wkb(array.ravel(), include_srid=True)
            parts = [told[first : first + _SHAPES_AT_ONCE].tolist() for first in range(0, len(told), _SHAPES_AT_ONCE)]
            return _shapes, (array.shape, parts)
    return array.__reduce_ex__(pickle.HIGHEST_PROTOCOL)


def _shapes(shape: tuple[int, ...], parts: list[list[bytes | None]]) -> Any:
    """The array of shapes that was told so."""
    import numpy as np
    import shapely

    return np.concatenate([shapely.from_wkb(part) for part in parts]).reshape(shape)
