"""A way of moving in sentences: of every limit, or of those that a page without room asks for."""

import pytest

from tesoma_geo.render.figures.headline import Reach
from tesoma_geo.render.figures.sentences import reach_sentences
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.render.text.place_names import HubName

EN = catalogue("en")
HUB = HubName.of("Centre", EN)
REACH = Reach("walk", {5.0: 10, 15.0: 40, 30.0: 90}, (10, 30, 50, 10), 100, 17.0, 30.0, {})


def test_every_limit_has_its_sentence():
    told = reach_sentences(EN, REACH, HUB)
    assert [line for line in told if line.startswith("Within")] == [
        "Within 5 minutes: 10 residents (10%).",
        "Within 15 minutes: 40 residents (40%).",
        "Within 30 minutes: 90 residents (90%).",
    ]


@pytest.mark.parametrize("asked", [(15.0, 30.0), (30.0, 15.0), {15.0, 30.0}])
def test_a_page_asks_for_some_and_gets_all_else(asked):
    told, all_told = reach_sentences(EN, REACH, HUB, asked), reach_sentences(EN, REACH, HUB)
    assert told == all_told[1:]


def test_a_limit_that_nobody_was_counted_for_is_not_told_of():
    assert not any(line.startswith("Within") for line in reach_sentences(EN, REACH, HUB, (7.0,)))
