"""What there is today of a theme."""

import pytest

import tesoma_geo as tg
from tesoma_geo.render.sections.theme_today import theme_today
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.sources.annotations.labels import THEMES


@pytest.mark.parametrize("code", [*THEMES, "school", "our own theme"])
def test_a_theme_tells_what_there_is_or_nothing(assessment: tg.Assessment, code: str) -> None:
    there = theme_today(assessment, catalogue("fi"), code)
    assert there is None or (there.short and there.tables)
    assert (there is None) == (code in ("communication", "renewal", "our own theme"))
