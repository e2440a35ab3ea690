"""The ways in which a text can be read."""

import pytest

from tesoma_geo.annotations.personal_data.readings import readings


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("nolla neljä nolla", "0 4 0"), ("O4O", "040"), ("٠٤٠", "040"), ("⓿❹", "04"),
        ("0\ufe0f\u20e34\ufe0f\u20e3", "04"),
        ("0\u03364\u0336", "04"), ("kаlle@x.fi", "kalle@x.fi"), ("АВС-123", "ABC-123"), ("a b c", "abc"),
        ("K.L.X.4.9.3", "KLX493"), ("x%40y.fi", "x@y.fi"), ("x&#64;y.fi", "x@y.fi"), ("04\u31640", "040"),
        ("010190 viiva 930", "010190-930"), ("O1O19O-93OW", "010190-930W"), ("posti。fi", "posti.fi"),
        ("O, 4, 5", "045"),
    ],
)  # fmt: skip
def test_a_disguise_is_read(text, read):
    assert read in readings(text)


def test_the_first_is_the_text_itself():
    assert readings("Viisi kuusta – kaatui")[0] == "Viisi kuusta - kaatui"


@pytest.mark.parametrize("text", ["Темно и скользко", "Valot pimeänä", ""])
def test_what_hides_nothing_is_read_in_one_way(text):
    assert readings(text) == (text,)
