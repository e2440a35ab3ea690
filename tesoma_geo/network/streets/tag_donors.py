"""Who lends a tag to the ways without it: ways of the same class that have it, near by and alike."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo._arrays import Bool, Float64, Int32, UInt64
from tesoma_geo.network.streets.keyed_numbers import key_of_text, keys_of

#: Tags that are drawn, in this order: a donor of one brings those after it too.
DRAWN_TAGS = ("surface", "tracktype", "smoothness")


#: Classes that lend each other tags where few of one class are known.
FAMILIES: Mapping[str, str] = {
    **dict.fromkeys(
        ("footway", "cycleway", "pedestrian", "path", "bridleway", "steps", "corridor", "platform"), "path"
    ),
    "track": "track",
}


#: Tags that donors should have alike: whether there is one, and a value of :data:`ROUGH`.
ALIKE = ("mtb:scale", "lit", "name", "service", "footway", "segregated", "informal", "tracktype")


#: Assumption: a tag that differs weighs as much as a donor this much farther away, in metres.
DIFFERENT_M = 1000.0


#: Donors of a way: so many of the nearest of its class; of its family where its class has fewer.
DONORS, FROM_FAMILY = 20, 10


#: Assumption: how many donors of the class those of the family weigh together.
FAMILY_WEIGHT = 5.0


#: A tag is drawn where so many ways of the family have it, and this share of the class; of the family where few are of
#: the class.
FEWEST_KNOWN, LEAST_SHARE, FEW_OF_CLASS = 20, 0.02, 50


#: Surfaces that are loose or rough; the others are paved.
ROUGH = frozenset(
    ("unpaved", "gravel", "fine_gravel", "compacted", "ground", "dirt", "earth", "grass", "sand", "mud", "woodchips",
     "pebblestone", "rock", "grass_paver")
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Donors:
    """Who lends a tag to the streets without it.

    Attributes
    ----------
    of_way
        By way: its row below, -1 where the tag is known or not drawn, shape (ways,).
    donors, weights
        Rows of the ways that lend it, and how much each weighs (a sum of 1), shapes (rows, donors).
    key
        What tells these rows apart, the same in every network of these streets; shape (rows,).
    """

    of_way: Int32
    donors: Int32
    weights: Float64
    key: UInt64


def street_keys(ways: pd.DataFrame) -> UInt64:
    """What tells streets apart: the name, or the way's own id where it has none.

    Parameters
    ----------
    ways
        ``osm_id`` and tag columns, a row a way.

    Returns
    -------
    uint64 array of shape (ways,)
    """
    keys = keys_of(ways["osm_id"].to_numpy(np.int64))
    if "name" in ways:
        codes, names = pd.factorize(ways["name"])
        named = np.array([*(key_of_text(name) for name in names), 0], np.uint64)[codes]
        keys = np.where(codes >= 0, named, keys)
    return keys


def donors_of(ways: pd.DataFrame, tag: str, middle: Float64, street: UInt64) -> Donors:
    """Who lends a tag to whom.

    Parameters
    ----------
    ways
        ``osm_id`` and tag columns, a row a way, numbered from 0.
    tag
        The tag.
    middle
        The middle of each way in metres, shape (ways, 2).
    street
        A key of each way's street, shape (ways,).

    Returns
    -------
    Donors
    """
    highway = ways["highway"].fillna("").to_numpy(object)
    family = np.array([FAMILIES.get(one, "road") for one in highway], object)
    known = ways[tag].notna().to_numpy() & (highway != "")
    like = _alike(ways, tag)
    place = np.column_stack([middle, DIFFERENT_M * like])
    # One row for the ways of a street that are of one class and alike in what is known.
    missing = np.flatnonzero(~known & (highway != "") & _applies(highway, family, known))
    pattern = pd.DataFrame({"street": street[missing], "class": highway[missing]}).assign(
        **{f"{number}": like[missing, number] for number in range(like.shape[1])}
    )
    row = pattern.groupby(list(pattern.columns), sort=False).ngroup().to_numpy()
    of_way = np.full(len(ways), -1, np.int32)
    of_way[missing] = row
    first = missing[np.unique(row, return_index=True)[1]] if len(row) else missing
    donors, weights = (
        np.zeros((len(first), DONORS + FROM_FAMILY), np.int32),
        np.zeros((len(first), DONORS + FROM_FAMILY)),
    )
    for kind in np.unique(highway[first]):
        mine = np.flatnonzero(highway[first] == kind)
        own = np.flatnonzero(known & (highway == kind))
        others = np.flatnonzero(known & (highway != kind) & (family == FAMILIES.get(kind, "road")))
        n_own = min(len(own), DONORS)
        if n_own:
            donors[mine, :n_own] = _nearest(place, own, first[mine], n_own)
            weights[mine, :n_own] = 1.0
        n_others = min(len(others), FROM_FAMILY) if n_own < DONORS else 0
        if n_others:
            donors[mine, DONORS : DONORS + n_others] = _nearest(place, others, first[mine], n_others)
            weights[mine, DONORS : DONORS + n_others] = FAMILY_WEIGHT / n_others
    weights /= np.maximum(weights.sum(axis=1, keepdims=True), 1e-9)
    return Donors(of_way, donors, weights, street[first])


def _applies(highway: NDArray[np.object_], family: NDArray[np.object_], known: Bool) -> Bool:
    """Ways of classes that have the tag often enough for it to say something of those without it, shape (ways,)."""
    tagged = pd.DataFrame({"class": highway, "family": family, "known": known})
    of_class, of_family = tagged.groupby("class")["known"], tagged.groupby("family")["known"]
    few = of_class.transform("size") < FEW_OF_CLASS
    share = of_class.transform("mean").where(~few, of_family.transform("mean"))
    applies: Bool = ((share >= LEAST_SHARE) & (of_family.transform("sum") >= FEWEST_KNOWN)).to_numpy(bool)
    return applies


def _alike(ways: pd.DataFrame, tag: str) -> Float64:
    """What donors should share with those they lend to: 0 or 1, shape (ways, tags)."""
    columns = [ways[other].notna().to_numpy(float) for other in ALIKE if other in ways and other != tag]
    if tag != "surface" and "surface" in ways:
        rough = ways["surface"].isin(ROUGH).to_numpy()
        columns += [rough.astype(float), (ways["surface"].notna().to_numpy() & ~rough).astype(float)]
    return np.column_stack(columns) if columns else np.zeros((len(ways), 0))


def _nearest(place: Float64, donors: NDArray[np.int64], takers: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """The nearest of some ways to others, shape (takers, count)."""
    from scipy.spatial import KDTree

    return donors[KDTree(place[donors]).query(place[takers], k=np.arange(1, count + 1))[1]]
