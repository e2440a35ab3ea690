"""Routes and wished links: groups of k or more who have nobody in common, whoever they are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.sparse import csr_array

from tesoma_geo.annotations.shared_lines import (
    LEAST_SHARE,
    ROUTE_GROUP_IN_K,
    SharedLine,
    link_groups,
    published_lines,
    route_groups,
)

DRAWN = arrays(bool, st.tuples(st.integers(1, 24), st.integers(1, 8)))
FITS = arrays(np.int64, st.tuples(st.integers(1, 24), st.integers(1, 6)), elements=st.integers(0, 3))


def rows(*routes):
    """Who drew along which of the pieces, each route as the letters of its pieces."""
    return np.array([[piece in route for piece in "abcdefgh"] for route in routes])


def found(groups):
    return [(len(members), "".join("abcdefgh"[piece] for piece in pieces)) for members, pieces in groups]


def test_two_streets_are_two_groups_and_one_number_is_of_all_its_pieces():
    groups = route_groups(rows(*["abc"] * 12, *["def"] * 10, "gh"), np.ones(8), 5)
    assert found(groups) == [(12, "abc"), (10, "def")]


def test_who_drew_elsewhere_is_not_counted_with_a_street():
    assert found(route_groups(rows(*["abc"] * 12, *["def"] * 8, "gh"), np.ones(8), 5)) == [(12, "abc")]
    assert found(route_groups(rows(*["abc"] * 9, "gh"), np.ones(8), 5)) == []


def test_where_one_more_drew_on_his_piece_is_not_shown():
    assert found(route_groups(rows(*["ab"] * 12, "abc"), np.ones(8), 5)) == [(13, "ab")]


def test_a_group_shows_what_half_of_it_drew():
    assert found(route_groups(rows(*["ab"] * 12, *["a"] * 14), np.ones(8), 5)) == [(14, "a"), (12, "ab")]
    assert found(route_groups(rows(*["ab"] * 12, *["a"] * 9), np.ones(8), 5)) == [(21, "ab")]


def test_fewer_than_k_show_nothing():
    assert route_groups(rows(*["abc"] * 9), np.ones(8), 5) == []
    assert route_groups(np.zeros((0, 8), bool), np.ones(8), 5) == []
    assert link_groups(csr_array(np.ones((4, 2), np.int64)), 5) == []


def test_a_link_takes_the_pair_that_fits_best_and_the_next_takes_who_is_left():
    fits = np.zeros((14, 3), np.int64)
    fits[:6, 0], fits[:6, 1], fits[6:12, 2], fits[3, 2] = 9, 5, 7, 1
    assert [(members.tolist(), pair.tolist()) for members, pair in link_groups(csr_array(fits), 5)] == [
        ([0, 1, 2, 3, 4, 5], [0]), ([6, 7, 8, 9, 10, 11], [2])
    ]  # fmt: skip


@given(drawn=DRAWN, k=st.integers(2, 5))
def test_every_piece_that_is_shown_was_drawn_by_k_and_by_half_and_nobody_counts_twice(drawn, k):
    groups = route_groups(drawn, length_m := np.arange(1.0, drawn.shape[1] + 1), k)
    everybody = [person for members, _ in groups for person in members.tolist()]
    assert len(everybody) == len(set(everybody))
    for members, pieces in groups:
        assert len(members) >= ROUTE_GROUP_IN_K * k
        assert (drawn[members][:, pieces] @ length_m[pieces] > 0).all()
        counts = drawn[members].sum(axis=0)
        assert len(pieces)
        assert (counts[pieces] >= max(k, LEAST_SHARE * len(members))).all()


@given(fits=FITS, k=st.integers(2, 5))
def test_everybody_of_a_link_wants_it(fits, k):
    everybody = []
    for members, pair in link_groups(csr_array(fits), k):
        assert len(members) >= k
        assert (fits[members, pair[0]] > 0).all()
        everybody += members.tolist()
    assert len(everybody) == len(set(everybody))


@given(drawn=DRAWN, fits=FITS, k=st.integers(2, 5), seed=st.integers(0, 99))
def test_exchanging_who_drew_what_changes_no_figure(drawn, fits, k, seed):
    dice = np.random.default_rng(seed)
    length_m = np.arange(1.0, drawn.shape[1] + 1)
    other = dice.permutation(len(drawn))
    figures = sorted((len(members), tuple(pieces)) for members, pieces in route_groups(drawn, length_m, k))
    assert figures == sorted((len(one), tuple(of)) for one, of in route_groups(drawn[other], length_m, k))
    wishes = [(len(members), *pair) for members, pair in link_groups(csr_array(fits), k)]
    mixed = csr_array(fits[dice.permutation(len(fits))])
    assert [(len(members), *pair) for members, pair in link_groups(mixed, k)] == wishes


@given(sizes=st.lists(st.integers(3, 11), min_size=1, max_size=4), left=st.integers(0, 8), k=st.just(3))
def test_numbers_in_steps_of_k_beside_an_exact_total_make_nobody_certain_of_a_small_group(sizes, left, k):
    """How many of an exact total are in no group: k sizes in a row are possible, so never 1 to k - 1 alone."""
    told = [size // k * k for size in sizes]
    total = sum(sizes) + left
    most = total - sum(told)
    least = total - sum(number + k - 1 for number in told)
    assert least <= left <= most
    assert not set(range(least, most + 1)) <= set(range(1, k))


def test_the_same_lines_of_two_cohorts_are_one_feature():
    one = SharedLine("route", "idea", 5, (((0.0, 0.0), (10.0, 0.0)), ((10.0, 0.0), (20.0, 0.0))))
    more = SharedLine("wished_link", "missing_link", 10, (((0.0, 0.0), (0.0, 90.0)),))
    assert SharedLine.from_json(one.to_json()) == one
    done = published_lines(
        [{"lines": [one.to_json(), more.to_json()]}, {"lines": [one.to_json()]}, {"lines": None}, {}]
    )
    assert [(row["type"], row["voices_at_least"], row["geometry"].length) for row in done] == [
        ("route", 10, 20.0), ("wished_link", 10, 90.0)
    ]  # fmt: skip


@pytest.mark.parametrize("people", [30, 300])
def test_a_trunk_with_branches_is_shown_as_far_as_half_go(people):
    dice = np.random.default_rng(1)
    branch = dice.integers(0, 7, people)
    drawn = np.zeros((people, 8), bool)
    drawn[:, 0] = True
    drawn[np.arange(people), 1 + branch] = True
    groups = route_groups(drawn, np.full(8, 100.0), 5)
    shown = {int(piece) for _, pieces in groups for piece in pieces}
    assert shown >= {0}
    assert {piece - 1 for piece in shown if piece} <= set(np.flatnonzero(np.bincount(branch, minlength=7) >= 5))
