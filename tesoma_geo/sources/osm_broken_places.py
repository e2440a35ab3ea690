"""Nodes whose coordinates are broken: at 0, 0, or farther from the next ones of their street than any street runs."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod

#: Metres between two nodes of a street, ferries apart, beyond which one of them is broken: an assumption.
FARTHEST_M = 20_000.0
#: Degrees around 0, 0 where nobody lives but those whose other nodes are as near.
NEAR_ZERO, FROM_ZERO = 1e-6, 1.0


def broken_places(
    line: NDArray[np.int32],
    ref: NDArray[np.int64],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    far: NDArray[np.bool_],
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Nodes with broken coordinates, and stretches that are too long to be a street though neither end is broken.

    Parameters
    ----------
    line
        The line of each node, shape (r,).
    ref
        Its id, shape (r,).
    lon, lat
        WGS 84 degrees; NaN where the place is not known, shape (r,).
    far
        Lines' nodes that may lie far from one another, as those of ferries do, shape (r,).

    Returns
    -------
    broken : bool array of shape (r,)
        Nodes at 0, 0 where the others are elsewhere, and those that lie far from all their neighbours on all lines.
    leaps : bool array of shape (r - 1,)
        From each node to the next one: too far, neither of them broken.
    """
    known = np.isfinite(lon)
    broken = known & (np.abs(lon) < NEAR_ZERO) & (np.abs(lat) < NEAR_ZERO)
    if broken.any() and np.hypot(np.median(lon[known]), np.median(lat[known])) < FROM_ZERO:
        broken[:] = False
    within = (line[1:] == line[:-1]) & (ref[1:] != ref[:-1]) & (known & ~broken)[1:] & (known & ~broken)[:-1]
    leaps = np.zeros(max(len(line) - 1, 0), bool)
    # A degree of latitude is 111 km: what is nearer than this in both is not measured.
    degrees = FARTHEST_M / 112_000.0
    wide = np.maximum(np.abs(np.diff(lat)), np.abs(np.diff(lon)) * np.cos(np.radians(lat[1:])))
    asked = np.flatnonzero(within & ~(far[1:] & far[:-1]) & (wide > degrees / 1.5))
    if len(asked):
        _, _, metres = Geod(ellps="WGS84").inv(lon[asked], lat[asked], lon[asked + 1], lat[asked + 1])
        leaps[asked] = np.asarray(metres) > FARTHEST_M
    if leaps.any():
        ids, first, node = np.unique(ref, return_index=True, return_inverse=True)
        begins, too_far = np.flatnonzero(within), np.flatnonzero(leaps)
        around = np.bincount(np.r_[node[begins], node[begins + 1]], minlength=len(ids))
        leaping = np.bincount(np.r_[node[too_far], node[too_far + 1]], minlength=len(ids))
        away = np.hypot(lon[first] - np.nanmedian(lon), lat[first] - np.nanmedian(lat))
        pairs = list(zip(node[too_far].tolist(), node[too_far + 1].tolist(), strict=True))
        nodes = _broken_among(np.flatnonzero((leaping > 0) & (leaping == around)), away, pairs)
        broken |= known & np.isin(node, nodes)
        leaps &= ~(broken[1:] | broken[:-1])
    return broken, leaps


def _broken_among(
    candidates: NDArray[np.int64], away: NDArray[np.float64], pairs: Sequence[tuple[int, int]]
) -> list[int]:
    """Of nodes that are far from all their neighbours those without which no leap is left, the farthest first."""
    others: dict[int, set[int]] = {}
    for one, other in pairs:
        others.setdefault(one, set()).add(other)
        others.setdefault(other, set()).add(one)
    nodes: list[int] = []
    for node in candidates[np.argsort(-away[candidates], kind="stable")].tolist():
        if others[node]:
            nodes.append(node)
            for other in others.pop(node):
                others[other].discard(node)
    return nodes
