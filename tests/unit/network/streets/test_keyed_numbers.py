"""A number belongs to its thing, not to the order in which things come."""

import numpy as np

from tesoma_geo.network.streets.keyed_numbers import key_of_text, keys_of, uniform


def test_a_thing_has_its_number_whatever_comes_before_it():
    many = keys_of(np.array([-3, 7, 40, 5_000_000_000]))
    alone = keys_of(np.array([40]))
    assert uniform(1, 2, "surface", many)[2] == uniform(1, 2, "surface", alone)[0]


def test_seed_run_purpose_and_thing_each_give_another_number():
    keys = keys_of(np.array([40, 41]))
    numbers = {uniform(*how, keys)[0] for how in ((1, 2, "a"), (2, 2, "a"), (1, 3, "a"), (1, 2, "b"))}
    assert len({*numbers, uniform(1, 2, "a", keys)[1]}) == 5


def test_numbers_are_spread_evenly_and_things_do_not_go_together():
    keys = keys_of(np.arange(20_000))
    numbers = [uniform(5, run, "surface", keys) for run in (0, 1)]
    counts = np.histogram(numbers[0], bins=20, range=(0, 1))[0]
    # Each of 20 parts holds 1,000, give or take 31.
    assert abs(counts - 1000).max() < 155
    assert ((numbers[0] > 0) & (numbers[0] < 1)).all()
    assert abs(np.corrcoef(numbers)[0, 1]) < 0.03
    assert abs(np.corrcoef(numbers[0][:-1], numbers[0][1:])[0, 1]) < 0.03


def test_the_key_of_a_name_is_the_same_in_every_process():
    assert key_of_text("Tesomankatu") == 3240652848624648552
    assert key_of_text("Tesomankatu") != key_of_text("Kohmankaari")
