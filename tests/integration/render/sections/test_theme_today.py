"""What there is today of a theme."""

import pytest

import tesoma_geo as tg
from tesoma_geo.render.sections.theme_today import CONNECTIONS, theme_today
from tesoma_geo.render.sections.transit import connections
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.sources.annotations.labels import THEMES


@pytest.mark.parametrize("code", [*THEMES, "school", "our own theme"])
def test_a_theme_tells_what_there_is_or_nothing(assessment: tg.Assessment, code: str) -> None:
    there = theme_today(assessment, catalogue("fi"), code)
    assert there is None or (there.short and there.tables)
    assert (there is None) == (code in ("communication", "renewal", "our own theme"))


@pytest.mark.parametrize("code", ["routes", "moving"])
def test_a_theme_of_ways_tells_the_beginning_of_the_connections(assessment: tg.Assessment, code: str) -> None:
    there, whole = theme_today(assessment, catalogue("en"), code), connections(assessment, catalogue("en"))
    assert there is not None
    assert whole is not None
    assert (there.short, there.sentences) == (whole.short, whole.sentences[:CONNECTIONS])
    assert len(whole.sentences) > CONNECTIONS
    assert [table.key for table in there.tables] == [whole.tables[0].key]
