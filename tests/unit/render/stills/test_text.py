"""Text in pictures: as it is, and no wider than its room."""

import pytest

from tesoma_geo.render.stills.text import SMALLEST, fitted, plain, width_in, wrapped

LONG = "Länsikeskuksen kirjasto ja nuorisotila sekä uimahalli"


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\nb\tc", "a b c"), ("$x^2$", r"\$x^2\$"), ("\x1b[31mred", " [31mred"), ("a\u2028b", "a b"), ("", "")],
)
def test_text_is_one_line_without_mathematics(text, shown):
    assert plain(text) == shown


def test_width_grows_with_size_and_weight():
    assert width_in("", 9) == width_in("  ", 9) == 0
    assert width_in("Tesoma", 18) == pytest.approx(2 * width_in("Tesoma", 9), rel=0.02)
    assert width_in("Tesoma", 9, "bold") > width_in("Tesoma", 9) > width_in("Teso", 9)


@pytest.mark.parametrize("room_in", [0.6, 1.0, 2.0, 10.0])
def test_wrapped_lines_fit_and_lose_no_word_that_fits(room_in):
    lines = wrapped(LONG, 9, room_in)
    assert all(width_in(line, 9) <= room_in * 1.001 for line in lines)
    words = " ".join(lines).split()
    assert len(words) == len(LONG.split())
    assert all(shown == word or shown.endswith("…") for shown, word in zip(words, LONG.split(), strict=True))


def test_a_line_is_made_smaller_before_it_is_cut():
    wide = width_in(LONG, 9)
    assert fitted(LONG, 9, wide) == (LONG, 9)
    text, size = fitted(LONG, 9, 0.9 * wide)
    assert text == LONG
    assert size == pytest.approx(0.9 * 9)
    text, size = fitted(LONG, 9, 0.3 * wide)
    assert text.endswith("…")
    assert LONG.startswith(text[:-1])
    assert size == pytest.approx(SMALLEST * 9)
    assert width_in(text, size) <= 0.3 * wide * 1.001


def test_a_number_and_its_unit_stay_on_one_line() -> None:
    for room in (0.4, 0.6, 0.8, 1.0, 1.4):
        lines = wrapped("Neljä asukasta viidestä (78\u00a0%) kävelee kotoa", 10, room)
        assert not any(line.endswith(("78", "(78")) or line.startswith("%") for line in lines)
