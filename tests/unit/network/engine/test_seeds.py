"""Where searches start and end: checked, and put in the order of the hierarchy."""

import numpy as np
import pytest

from tesoma_geo.errors import InputError
from tesoma_geo.network.engine.seeds import SearchSeeds

POSITION = np.array([3, 1, 0, 2], np.int32)


def test_nodes_become_positions():
    seeds = SearchSeeds.checked(POSITION, [0, 2, 2, 3], [0, 3, 1], [1.5, 0.0, 7.0])
    assert seeds.places == 3
    assert seeds.at.tolist() == [3, 2, 1]
    assert seeds.seconds.tolist() == [1.5, 0, 7]
    assert (seeds.offsets.dtype, seeds.at.dtype, seeds.seconds.dtype) == (np.int64, np.int32, np.float32)


@pytest.mark.parametrize(
    ("offsets", "nodes", "seconds", "says"),
    [
        ([0, 1], [0], [1.0, 2.0], "1,.* nodes and .*2,.* costs"),
        ([0, 1], [[0]], [[1.0]], "Give each seed one of both"),
        ([], [], [], "do not run from 0 to 0"),
        ([0, 1], [0, 1], [1.0, 1.0], "do not run from 0 to 2"),
        ([1, 2], [0, 1], [1.0, 1.0], "do not run from 0 to 2"),
        ([0, 2, 1, 2], [0, 1], [1.0, 1.0], "do not run from 0 to 2"),
        ([0, 2], [0, 4], [1.0, 1.0], "Seed 1 is at node 4 of 4"),
        ([0, 1], [-1], [1.0], "Seed 0 is at node -1 of 4"),
        ([0, 1], [2], [-0.5], "Seed 0 at node 2 costs -0.5 s"),
        ([0, 1], [2], [float("nan")], "costs nan s"),
    ],
)
def test_what_cannot_be_is_refused(offsets, nodes, seconds, says):
    with pytest.raises(InputError, match=says):
        SearchSeeds.checked(POSITION, offsets, np.array(nodes, int), seconds)


@pytest.mark.parametrize("seed", range(20))
def test_sorting_keeps_each_place_its_seeds(seed):
    rng = np.random.default_rng(seed)
    counts = rng.integers(0, 3, 12)
    offsets = np.r_[0, np.cumsum(counts)]
    position = rng.permutation(50).astype(np.int32)
    nodes, seconds = rng.integers(0, 50, counts.sum()), rng.uniform(0, 9, counts.sum())
    seeds = SearchSeeds.checked(position, offsets, nodes, seconds)
    ordered, places = seeds.sorted()
    assert sorted(places.tolist()) == list(range(12))
    firsts = []
    for row, place in enumerate(places):
        here = slice(ordered.offsets[row], ordered.offsets[row + 1])
        there = slice(seeds.offsets[place], seeds.offsets[place + 1])
        assert ordered.at[here].tolist() == seeds.at[there].tolist()
        assert ordered.seconds[here].tolist() == seeds.seconds[there].tolist()
        firsts.append(int(ordered.at[here][0]) if here.stop > here.start else -1)
    assert firsts == sorted(firsts)
