"""How places of a text are filled."""

import pytest

from tesoma_geo.render.text.filling import FILLING


@pytest.mark.parametrize(
    ("name", "told"), [("Kävely", "kävely"), ("E-bike", "e-bike"), ("VR", "VR"), ("", ""), ("Åka", "åka")]
)
def test_a_name_may_begin_small_inside_a_sentence(name: str, told: str) -> None:
    assert FILLING[False].format("({profile!l})", profile=name) == f"({told})"


def test_a_name_is_left_as_it_is_otherwise() -> None:
    assert FILLING[False].format("{profile}: {n} {profile!s}", profile="Kävely", n=3) == "Kävely: 3 Kävely"
