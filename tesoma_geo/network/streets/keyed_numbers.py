"""Random numbers that belong to a thing: the same for the same thing, whatever other things there are.

A generator that deals out numbers in turn gives every street another one as soon as a scenario adds a street. Here the
number is a hash of the seed, the run and the key of the thing. The hash is the finaliser of SplitMix64 (Steele, Lea and
Flood 2014).
"""

import hashlib

import numpy as np
from numpy.typing import NDArray

from tesoma_geo._arrays import Float64, UInt64

_STEP, _FIRST, _SECOND = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


def key_of_text(text: str) -> int:
    """A key of a name.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    int
        From 0 to 2⁶⁴ - 1, the same in every process.
    """
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def keys_of(ids: NDArray[np.int64]) -> UInt64:
    """Keys of numbers such as OpenStreetMap ids.

    Parameters
    ----------
    ids
        Whole numbers, shape (n,).

    Returns
    -------
    uint64 array of shape (n,)
    """
    return _mixed(ids.astype(np.int64).view(np.uint64))


def uniform(seed: int, run: int, what: str, keys: UInt64) -> Float64:
    """A number for each thing in one run, evenly spread over 0 to 1, neither of them included.

    Parameters
    ----------
    seed, run
        What it depends on.
    what
        What the number is for: another one for each purpose.
    keys
        Of the things, shape (n,).

    Returns
    -------
    float64 array of shape (n,)
    """
    salt = np.uint64(key_of_text(f"{seed}/{run}/{what}"))
    bits = _mixed(_mixed(np.asarray(keys, np.uint64) ^ salt) + salt)
    number: Float64 = ((bits >> np.uint64(12)).astype(np.float64) + 0.5) / 2.0**52
    return number


def _mixed(bits: UInt64) -> UInt64:
    with np.errstate(over="ignore"):
        bits = bits + _STEP
        bits = (bits ^ (bits >> np.uint64(30))) * _FIRST
        bits = (bits ^ (bits >> np.uint64(27))) * _SECOND
    mixed: UInt64 = bits ^ (bits >> np.uint64(31))
    return mixed
