"""Ranges that stay on one line."""

import re

import pytest

from tesoma_geo.render.text.ranges import unbroken


@pytest.mark.parametrize("told", ["24–35", "7.00–9.00", "1\u00a0721–2\u00a0890", "0,5–1,5", "7:15–9:00"])
def test_a_range_is_one_piece_and_the_text_is_as_it_was(told: str) -> None:
    markup = f"<p>Osuus on {told}\u00a0%. Muut</p>"
    kept = unbroken(markup)
    assert f'<span class="range">{told}</span>' in kept
    assert re.sub("</?span[^>]*>", "", kept) == markup


@pytest.mark.parametrize(
    "markup",
    [
        '<svg><title>4–5</title><text x="1">4–5</text></svg>',
        '<a title="4–5" href="#a">b</a>',
        "<pre><code>4–5</code></pre>",
        "<p>20.\u00a0syyskuuta 2021–31.\u00a0maaliskuuta 2022, a – b, – 5</p>",
    ],
)
def test_what_holds_no_markup_or_is_no_range_is_left_alone(markup: str) -> None:
    assert unbroken(markup) == markup
