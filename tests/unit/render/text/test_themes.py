"""Style sheets of the light and the dark."""

import re

import pytest

from tesoma_geo.render.text.assets import asset
from tesoma_geo.render.text.themes import THEMES, theme_style


def test_each_theme_sets_the_same_colours_and_both_differ() -> None:
    light, dark = (dict(re.findall(r"--([\w-]+): ([^;]+);", theme_style(theme))) for theme in THEMES)
    assert {"map-land", "ramp-0", "frame-text", "ground", "track"} <= dark.keys() <= light.keys()
    assert light["map-land"] != dark["map-land"]
    assert f"--map-land: {light['map-land']}" in asset("styles/map.css").read_text("utf-8")


@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_is_whole_css_that_asks_nothing_of_the_system(theme: str) -> None:
    style = theme_style(theme)
    assert style.count("{") == style.count("}")
    assert "prefers-color-scheme" not in style


@pytest.mark.parametrize(("theme", "line"), [("light", "#231b2e"), ("dark", "#f6f3fa")])
def test_whoever_asks_for_more_contrast_has_stronger_lines_in_a_theme_too(theme: str, line: str) -> None:
    usual, strong = theme_style(theme).split("(prefers-contrast: more) and (forced-colors: none)")
    for name in ("frame-line", "frame-faint", "map-major", "line", "faint"):
        assert f"--{name}:" in usual
        assert f"--{name}:" in strong
    assert f"--frame-line: {line};" in strong
    assert f"--frame-line: {line};" not in usual
