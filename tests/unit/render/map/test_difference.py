"""The legend of minutes saved and lost has the steps of the script."""

import re

import pytest

from tesoma_geo.render.map.difference import DIFFERENCE, STEPS_MIN, difference_signs
from tesoma_geo.render.text import assets
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.workspace import LANGUAGES, Language


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_has_a_line_and_a_colour(language: Language) -> None:
    signs = list(difference_signs(catalogue(language)))
    style = assets.asset("styles/map.css").read_text("utf-8")
    assert len({sign.label for sign in signs}) == len(signs) == 2 * len(STEPS_MIN) + 1
    assert {sign.layers for sign in signs} == {DIFFERENCE}
    assert all(f".{sign.look} {{" in style for sign in signs)


def test_only_steps_that_are_on_the_map_have_a_line() -> None:
    signs = list(difference_signs(catalogue("en"), {3: ("walk", "car"), 6: ("walk",)}))
    assert [(sign.look, sign.of_json) for sign in signs] == [("won-6", '["walk"]'), ("won-3", '["walk", "car"]')]


def test_script_and_legend_part_the_scale_alike() -> None:
    script = assets.asset("scripts/painters/difference.js").read_text("utf-8")
    (steps,) = re.findall(r"STEPS = \[([-0-9, ]+)\]", script)
    seconds = [60 * minutes for minutes in STEPS_MIN]
    assert [int(step) for step in steps.split(",")] == [*(-one for one in reversed(seconds)), *seconds]
