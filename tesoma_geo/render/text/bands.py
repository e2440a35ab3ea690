"""Bands of minutes: their colours and their words."""

from collections.abc import Sequence
from itertools import accumulate, pairwise

import numpy as np

from tesoma_geo.render.text.catalogue import Catalogue

#: Colours of the ramp in ``styles/map.css``, from near to far.
RAMP_STEPS = 9
#: Steps after it, lighter still, for further minutes of one way of moving.
FURTHER_STEPS = 2


def band_labels(catalogue: Catalogue, cutoffs: tuple[float, ...]) -> list[str]:
    """The legend in words: up to each cutoff, over the last, no way there.

    Parameters
    ----------
    catalogue
        The language.
    cutoffs
        Minutes, from the smallest to the largest.

    Returns
    -------
    list of str
        Two more than there are cutoffs.
    """
    shown = [catalogue.number(cutoff, 1) for cutoff in cutoffs]
    return [
        catalogue("band.first", to=shown[0]),
        *(catalogue("band.between", since=since, to=to) for since, to in pairwise(shown)),
        catalogue("band.beyond", since=shown[-1]),
        catalogue("band.unreachable"),
    ]


def brief_labels(catalogue: Catalogue, cutoffs: tuple[float, ...]) -> list[str]:
    """The legend in figures, where words have no room: minutes from and to, and the words for no way there.

    Parameters
    ----------
    catalogue
        The language.
    cutoffs
        Minutes, from the smallest to the largest.

    Returns
    -------
    list of str
        Two more than there are cutoffs.
    """
    shown = [catalogue.number(cutoff, 1) for cutoff in (0.0, *cutoffs)]
    between = [f"{since}–{to}" for since, to in pairwise(shown)]
    return [*between, f"{shown[-1]}+", catalogue("band.unreachable")]


def band_shares(catalogue: Catalogue, counts: Sequence[int]) -> list[str]:
    """Shares of residents by band, in whole percent that add up to what pages say of each cutoff, and to 100.

    Each is what its band adds to the rounded share of all bands up to it: 14.6 % within 15 minutes are 15 %, and
    so are the bands up to there.

    Parameters
    ----------
    catalogue
        The language.
    counts
        Residents of each band, the nearest first, then those beyond and those without a way.

    Returns
    -------
    list of str
        Of each band; some residents that add nothing are "<1 %".
    """
    total = sum(counts) or 1
    up_to = [round(100 * value / total) for value in accumulate(counts, initial=0)]
    added = [to - since for since, to in pairwise(up_to)]
    return [
        f"<{catalogue.percent(0.01)}" if count and not share else catalogue.percent(share / 100)
        for count, share in zip(counts, added, strict=True)
    ]


def band_classes(bands: int, further: int = 0) -> list[str]:
    """The style sheet's classes for so many bands, for what is beyond them, and for no way there.

    Parameters
    ----------
    bands
        How many steps there are.
    further
        How many of them lie beyond the workspace's last cutoff.

    Returns
    -------
    list of str
        Two more than there are cutoffs.
    """
    return [*(f"ramp-{step}" for step in ramp_steps(bands, further)), "beyond", "unreachable"]


def ramp_steps(bands: int, further: int = 0) -> list[int]:
    """Which colour of the style sheet's ramp each of so many bands has; the whole ramp is used.

    Further steps have colours of their own, so that the colours before them mean the same minutes on every map.

    Parameters
    ----------
    bands
        How many steps there are.
    further
        How many of them lie beyond the workspace's last cutoff, :data:`FURTHER_STEPS` at most.

    Returns
    -------
    list of int
        Steps of the ramp, the nearest first.
    """
    usual = np.rint(np.linspace(0, RAMP_STEPS - 1, bands - further))
    return [*(int(step) for step in usual), *range(RAMP_STEPS, RAMP_STEPS + further)]
