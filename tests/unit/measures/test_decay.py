import math
import pickle

import numpy as np
import pytest

from tesoma_geo.errors import InputError
from tesoma_geo.measures import decay

EVERY = [
    decay.step(20),
    decay.stepped({10: 1.0, 20: 0.5}),
    decay.linear(20),
    decay.exponential(0.1),
    decay.gaussian(10),
    decay.logistic(20, 5),
    decay.inverse_power(1.5),
]


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (decay.step(20), [1, 1, 1, 0]),
        (decay.stepped({20: 0.5, 10: 1.0}), [1, 1, 0.5, 0]),
        (decay.linear(20), [1, 0.5, 0, 0]),
        (decay.exponential(0.1), [1, math.exp(-1), math.exp(-2), math.exp(-4)]),
        (decay.gaussian(10), [1, math.exp(-0.5), math.exp(-2), math.exp(-8)]),
        (decay.inverse_power(2), [1, 0.01, 0.0025, 0.000625]),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_weights_by_hand(function, expected):
    np.testing.assert_allclose(function([0, 10, 20, 40]), expected, atol=1e-15)


def test_the_logistic_has_its_mean_and_standard_deviation():
    mean, sd = 40.0, 8.0
    cost = np.linspace(0, 400, 400_001)
    density = -np.gradient(decay.logistic(mean, sd)(cost), cost)
    assert np.trapezoid(density * cost, cost) == pytest.approx(mean, rel=1e-3)
    assert np.trapezoid(density * (cost - mean) ** 2, cost) == pytest.approx(sd**2, rel=1e-2)
    assert decay.logistic(mean, sd)(0.0) == 1
    assert decay.logistic(mean, sd)(1e9) == 0


@pytest.mark.parametrize("function", EVERY, ids=lambda function: function.name)
def test_what_cannot_be_reached_weighs_nothing_and_shapes_are_kept(function):
    weights = function(np.array([[0.0, np.inf], [5.0, 60.0]]))
    assert weights.shape == (2, 2)
    assert weights[0].tolist() == [1, 0]
    assert (np.diff(function(np.arange(0, 90.0))) <= 0).all()


def test_a_function_of_ones_own_is_not_asked_about_inf():
    assert decay.custom(lambda cost: np.ones(len(cost)))([1, np.inf]).tolist() == [1, 0]


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (lambda cost: math.exp(-cost), "fails on the costs"),
        (lambda cost: 1.0, "the shape"),
        (lambda cost: 1 - cost / 20, "gives -2.0 for the cost 60"),
        (lambda cost: 1 / cost, "gives inf for the cost 0"),
        (lambda cost: cost * np.nan, "gives nan"),
    ],
)
@pytest.mark.filterwarnings("ignore:divide by zero")
def test_a_function_of_ones_own_is_tried_first(function, said):
    with pytest.raises(InputError, match=said):
        decay.custom(function)


def test_a_function_that_goes_wrong_later_is_found_out():
    sly = decay.custom(lambda cost: np.where(cost == 7, -1.0, 1.0))
    with pytest.raises(InputError, match="gives the weight -1"):
        sly([7.0])


@pytest.mark.parametrize(
    "make",
    [
        lambda: decay.step(0),
        lambda: decay.linear(-1),
        lambda: decay.exponential(math.inf),
        lambda: decay.gaussian(math.nan),
        lambda: decay.logistic(20, 0),
        lambda: decay.inverse_power(0),
        lambda: decay.stepped({}),
        lambda: decay.stepped({10: -1.0}),
        lambda: decay.stepped({0: 1.0}),
    ],
)
def test_parameters_that_make_no_decay(make):
    with pytest.raises(InputError):
        make()


@pytest.mark.parametrize(
    "made",
    [
        decay.step(15), decay.stepped({10: 1.0, 20: 0.5}), decay.linear(15), decay.exponential(0.1), decay.gaussian(9),
        decay.logistic(20, 5), decay.inverse_power(1.5),
    ],
    ids=lambda made: made.name,
)  # fmt: skip
def test_a_decay_is_the_same_in_another_process(made):
    costs = np.array([0.0, 5.0, 10.0, 19.9, math.inf])
    sent = pickle.loads(pickle.dumps(made))
    assert sent.name == made.name
    assert sent(costs).tolist() == made(costs).tolist()
