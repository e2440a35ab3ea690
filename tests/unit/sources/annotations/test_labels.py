"""Own words of forms as codes."""

import pytest

from tesoma_geo.sources.annotations.labels import CHARRETTE, THEMES, VALUES, theme_of


def test_the_charrette_has_five_themes_and_four_values():
    assert list(CHARRETTE) == ["youth", "business", "routes", "communication", "together"]
    assert list(VALUES) == ["together", "nature", "moving", "local_services"]
    assert {*CHARRETTE, *VALUES} <= set(THEMES)


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("Yhdessä tekeminen", "together"), ("Luonnon vaaliminen", "nature"), ("Att röra på sig", "moving"),
        ("using local services", "local_services"), ("nature", "nature"), ("Jotain muuta", None),
    ],
)  # fmt: skip
def test_labels_of_themes_and_values(label, code):
    assert theme_of(label) == code


def test_a_workspace_adds_its_own():
    assert theme_of("Kulttuuri", {"kulttuuri": "culture"}) == "culture"
    assert theme_of("culture", {"kulttuuri": "culture"}) == "culture"
