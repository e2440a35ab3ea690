"""Buildings are on the map where they are known, and a handful is told of instead."""

from dataclasses import replace

import pytest

import tesoma_geo as tg
from tesoma_geo.render.figures.known_buildings import buildings_known
from tesoma_geo.render.map import layers
from tesoma_geo.render.map.layer_names import layer_names
from tesoma_geo.render.sections.sources import few_buildings_line
from tesoma_geo.render.text.catalogue import catalogue


def _with_buildings(assessment: tg.Assessment, number: int) -> tg.Assessment:
    inputs = assessment.inputs
    some = replace(inputs)
    vars(some)["ground"] = inputs.ground._replace(buildings=inputs.ground.buildings[:number])
    return replace(assessment, inputs=some)


@pytest.mark.parametrize(("share", "known"), [(0, False), (0.05, False), (0.2, True)])
def test_a_handful_of_buildings_is_no_layer(assessment: tg.Assessment, share: float, known: bool) -> None:
    number = round(share * len(assessment.origins))
    some = _with_buildings(assessment, number)
    assert len(some.inputs.ground.buildings) == number
    assert buildings_known(some) == known
    assert ("buildings" in [content.key for content in layers.ground(some)]) == known
    assert ("buildings" in layer_names(some.workspace, some)) == known
    line = few_buildings_line(some, catalogue("en"))
    assert (f"only a few buildings ({number})" in line) == (number > 0 and not known)
