"""What networks were built from: a key for whoever keeps what follows from one.

It belongs to the very network, beside what was found of it once: one that is made of it with another tag, moment or
change has none.
"""

import hashlib
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Network = TypeVar("Network", bound=object)

#: Where a network has its key, among what it keeps of itself.
KEY = "_built_from"


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
    key: bytes | None = vars(network).get(KEY)
    return key


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
        vars(network)[KEY] = digest.digest()
    return network
