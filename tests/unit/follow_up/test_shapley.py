"""Parts by hand, exact sums in any case, and the error of sampled orders."""

import numpy as np
import pytest

from tesoma_geo.follow_up.shapley import EXACT, taken_apart


def game(weights):
    """Each cause adds its weight, and the first two together one more."""
    names = list(weights)

    def value(exchanged):
        together = 1.0 if {names[0], names[1]} <= exchanged else 0.0
        return np.array([sum(weights[name] for name in exchanged) + together, 2.0])

    return names, value


def test_what_two_do_together_is_halved():
    names, value = game({"a": 1.0, "b": 2.0, "c": 4.0})
    parts = taken_apart(names, value)
    assert parts.parts[:, 0].tolist() == [1.5, 2.5, 4.0]
    assert parts.parts[:, 1].tolist() == [0.0, 0.0, 0.0]
    assert parts.orders == 6
    assert parts.exact
    assert not parts.error.any()


@pytest.mark.parametrize("n", [2, EXACT, EXACT + 1, 8])
def test_parts_sum_exactly_however_many_causes(n):
    random = np.random.default_rng(n)
    table = {}

    def value(exchanged):
        return table.setdefault(exchanged, random.normal(size=3))

    names = [str(one) for one in range(n)]
    parts = taken_apart(names, value)
    whole = table[frozenset(names)] - table[frozenset()]
    assert np.allclose(parts.parts.sum(axis=0), whole, atol=1e-12)
    assert parts.exact == (n <= EXACT)


def test_sampled_orders_are_near_and_tell_how_near():
    names, value = game({str(one): float(one) for one in range(7)})
    parts = taken_apart(names, value)
    exact = np.arange(7.0) + np.array([0.5, 0.5, 0, 0, 0, 0, 0])
    assert (np.abs(parts.parts[:, 0] - exact) <= 3 * parts.error[:, 0] + 1e-9).all()


def test_each_set_is_asked_once():
    asked = []
    taken_apart(["a", "b", "c"], lambda exchanged: asked.append(exchanged) or np.zeros(1))
    assert len(asked) == len(set(asked)) == 8


def test_no_cause_has_no_part():
    assert taken_apart([], lambda _: np.zeros(2)).parts.shape == (0, 2)
