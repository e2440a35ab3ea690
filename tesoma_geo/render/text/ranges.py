"""Ranges on pages: ``24–35`` does not break at its dash."""

import re

_NUMBER = r"\d+(?:[.,:\u00a0\u202f]\d+)*"
#: What is passed over whole (a tag, and elements that hold no markup), else a range; one of days is long and may break.
_PASSED_OR_RANGE = re.compile(
    r"<(title|text|option|script|style|pre|code|textarea)\b.*?</\1>|<[^>]*>"
    rf"|(?P<range>{_NUMBER}–{_NUMBER})(?!\d|\.[ \u00a0][a-zà-ž])",
    re.DOTALL,
)


def unbroken(markup: str) -> str:
    """Markup whose ranges stay on one line: the style sheet's ``range`` keeps them, and their text is as it was.

    Parameters
    ----------
    markup
        Of a page, escaped.

    Returns
    -------
    str
        The same with an element around each range.
    """
    return _PASSED_OR_RANGE.sub(
        lambda found: f'<span class="range">{found["range"]}</span>' if found["range"] else found[0], markup
    )
