"""A change taken apart into its causes: the mean over all orders in which one after the other is exchanged.

Shapley, L. S. (1953). A value for n-person games. *Contributions to the Theory of Games II*, 307-317. Beyond
:data:`EXACT` causes orders are sampled, each with its reverse (antithetic pairs; Mitchell, R. et al. (2022). Sampling
permutations for Shapley value estimation. *Journal of Machine Learning Research*, 23(43)), and parts still sum exactly.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

#: Up to so many causes every order counts; beyond, so many pairs of orders are drawn.
EXACT, PAIRS, SEED = 5, 12, 2022


@dataclass(frozen=True, eq=False)
class Parts:
    """What each cause does to each figure.

    Attributes
    ----------
    causes
        Their names.
    parts
        Shape (causes, figures); the sum over causes is the whole change.
    error
        Standard error of each part, shape (causes, figures); 0 where every order counted.
    orders
        How many orders counted.
    exact
        Whether all of them did.
    """

    causes: tuple[str, ...]
    parts: Array
    error: Array
    orders: int
    exact: bool = True


def taken_apart(
    causes: Sequence[str], value: Callable[[frozenset[str]], Array], *, pairs: int = PAIRS, seed: int = SEED
) -> Parts:
    """Take the change of figures apart.

    Parameters
    ----------
    causes
        What may be exchanged.
    value
        The figures with some causes exchanged, shape (figures,); asked once for each set.
    pairs, seed
        Pairs of orders that are drawn beyond :data:`EXACT` causes, and what they are drawn from.

    Returns
    -------
    Parts
    """
    known: dict[frozenset[str], Array] = {}

    def figures(exchanged: frozenset[str]) -> Array:
        if exchanged not in known:
            known[exchanged] = np.asarray(value(exchanged), float)
        return known[exchanged]

    n, first = len(causes), figures(frozenset())
    if not n:
        nothing = np.zeros((0, len(first)))
        return Parts((), nothing, nothing, 1)
    exact = n <= EXACT
    by_order = []
    for order in _orders(n, exact, pairs, seed):
        steps, before = np.empty((n, len(first))), first
        for place, cause in enumerate(order):
            after = figures(frozenset(causes[one] for one in order[: place + 1]))
            steps[cause] = after - before
            before = after
        by_order.append(steps)
    every = np.array(by_order)
    error = np.zeros_like(every[0])
    if not exact:
        of_pairs = every.reshape(-1, 2, *every.shape[1:]).mean(axis=1)
        error = of_pairs.std(axis=0, ddof=1) / math.sqrt(len(of_pairs))
    return Parts(tuple(causes), every.mean(axis=0), error, len(every), exact)


def _orders(n: int, exact: bool, pairs: int, seed: int) -> Sequence[tuple[int, ...]]:
    if exact:
        return list(permutations(range(n)))
    random = np.random.default_rng(seed)
    orders: list[tuple[int, ...]] = []
    for _ in range(pairs):
        order = tuple(int(one) for one in random.permutation(n))
        orders += [order, order[::-1]]
    return orders
