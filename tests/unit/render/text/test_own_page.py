"""Words of a page that is about one way of moving."""

import pytest

from tesoma_geo.languages import CATALOGUES
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.render.text.own_page import on_its_page


@pytest.mark.parametrize("language", CATALOGUES)
def test_a_page_does_not_repeat_what_it_is_about(language: str) -> None:
    text = catalogue(language)
    own, said = on_its_page(text, "profile"), {"profile": "Snowshoes", "total": "9", "first": "7", "n": 5}
    for key in ("why.short", "why.chart", "chart.areas", "winter.chart_within"):
        assert "nowshoes" in text(key, **said)
        assert "nowshoes" not in own(key, **said)
    # What is no aside stays.
    assert own.texts["profile.heading"] == text.texts["profile.heading"]
