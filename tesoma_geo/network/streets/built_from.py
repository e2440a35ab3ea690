"""What networks were built from: a key for whoever keeps what follows from one.

It belongs to the very network: one that is made of it with another tag, moment or change has none.
"""

import hashlib
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

Network = TypeVar("Network", bound=object)

_KEYS: WeakKeyDictionary[object, bytes] = WeakKeyDictionary()


def key_of(network: object) -> bytes | None:
    """What a network was built from.

    Parameters
    ----------
    network
        The streets.

    Returns
    -------
    bytes or None
        A digest; None where that is not known.
    """
    return _KEYS.get(network)


def built_from(network: Network, key: bytes | None, *more: NDArray[Any]) -> Network:
    """The same network, whose key is known from now on.

    Parameters
    ----------
    network
        The streets.
    key
        Digest of all that they follow from; None where that is not known.
    *more
        What they follow from besides.

    Returns
    -------
    The network itself.
    """
    if key is not None:
        digest = hashlib.sha256(key)
        for array in more:
            digest.update(np.ascontiguousarray(array).tobytes())
        _KEYS[network] = digest.digest()
    return network
