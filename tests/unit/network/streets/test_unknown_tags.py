"""Tags that nobody mapped: who lends them, what they cost on average, and what a draw makes of them."""

import numpy as np
import pandas as pd
import pytest

from tesoma_geo.network.streets.unknown_tags import UnknownTags

FACTORS = {
    "surface": {"unknown": 1.0, "gravel": 1.5, "mud": np.inf},
    "tracktype": {"unknown": 1.0, "grade3": 1.3, "grade5": np.inf},
}


def ways(*rows):
    table = pd.DataFrame([{"osm_id": number, **row} for number, row in enumerate(rows, 1)])
    for tag in ("surface", "tracktype", "name"):
        table[tag] = table.get(tag)
    return table.astype(object).where(table.notna(), None).astype({"osm_id": np.int64})


def model(table, x=None):
    x = np.arange(len(table)) * 50.0 if x is None else np.asarray(x, float)
    return UnknownTags.of(table, x, np.zeros(len(table)))


def many(count, **tags):
    return [tags] * count


def test_a_class_lends_to_its_own_and_a_tag_that_it_does_not_have_stays_away():
    table = ways(
        *many(30, highway="residential", surface="asphalt"),
        *many(30, highway="track", surface="gravel", tracktype="grade3"),
        {"highway": "residential"},
        {"highway": "track"},
    )
    expected = model(table).expected(table, FACTORS)
    assert expected[-2] == 1.0  # a residential street has no tracktype
    assert expected[-1] == pytest.approx(1.5 * 1.3)  # the whole set of its donor


def test_few_known_ways_are_not_taken_for_all_and_none_for_anything():
    paths = many(40, highway="footway", surface="gravel")
    table = ways(*paths, *many(4, highway="pedestrian", surface="asphalt"), {"highway": "pedestrian"})
    # Four of its class weigh 4, those of its family 5.
    assert model(table).expected(table, FACTORS)[-1] == pytest.approx((4 * 1.0 + 5 * 1.5) / 9)
    alone = ways(*many(10, highway="service", surface="gravel"), {"highway": "service"})
    assert model(alone).expected(alone, FACTORS)[-1] == 1.0


def test_the_expectation_is_the_mean_of_the_draws():
    random = np.random.default_rng(1)
    surfaces = random.choice(["asphalt", "gravel"], 200)
    table = ways(*({"highway": "footway", "surface": surface} for surface in surfaces), *many(300, highway="footway"))
    found = model(table, random.uniform(0, 5000, len(table)))
    drawn = found.drawn(7, range(300)).multiplier(slice(0, 300), table, FACTORS)
    expected = found.expected(table, FACTORS)
    assert drawn.shape == (300, 500)
    assert (drawn[:, :200] == expected[:200]).all()
    assert drawn[:, 200:].mean() == pytest.approx(expected[200:].mean(), rel=0.01)
    assert set(np.unique(drawn)) == {1.0, 1.5}


def test_a_street_is_closed_where_half_of_its_donors_are_and_its_draws_are_now_and_then():
    table = ways(
        *many(15, highway="path", surface="mud"), *many(15, highway="path", surface="gravel"), *many(40, highway="path")
    )
    mostly_mud = model(table, [*([0.0] * 15), *([500.0] * 15), *([0.0] * 40)])
    assert np.isinf(mostly_mud.expected(table, FACTORS)[30:]).all()
    drawn = mostly_mud.drawn(1, range(100)).multiplier(slice(0, 100), table, FACTORS)[:, 30:]
    assert 0.6 < np.isinf(drawn).mean() < 0.9  # 15 of the 20 nearest


def test_a_named_street_is_one_draw_and_has_the_same_one_in_another_network():
    known = [{"highway": "residential", "surface": surface} for surface in ("asphalt", "gravel") * 20]
    street = many(6, highway="residential", name="Tesomankatu")
    table = ways(*known, *street)
    x = [*(np.arange(40) * 10.0), *([200.0] * 6)]
    drawn = model(table, x).drawn(3, range(60)).multiplier(slice(0, 60), table, FACTORS)[:, 40:]
    assert (drawn == drawn[:, :1]).all()
    assert {1.0, 1.5} == set(np.unique(drawn))
    more = ways(*known, *street, {"highway": "residential", "name": "Uusikatu"})
    again = model(more, [*x, 9000.0]).drawn(3, range(60)).multiplier(slice(0, 60), more, FACTORS)[:, 40:46]
    np.testing.assert_array_equal(drawn, again)


def test_what_becomes_known_counts_and_what_a_profile_says_of_unknown_multiplies():
    table = ways(*many(30, highway="track", surface="gravel"), {"highway": "track"}, {"highway": "track"})
    found = model(table)
    told = table.copy()
    told.loc[30, "surface"] = "asphalt"
    careful = {"surface": {**FACTORS["surface"], "unknown": 1.2}}
    assert found.expected(told, FACTORS)[30:] == pytest.approx([1.0, 1.5])
    assert found.expected(table, careful)[30:] == pytest.approx(1.5 * 1.2)
