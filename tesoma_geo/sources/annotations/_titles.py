"""Columns named ``title - option`` back into questions with their options.

Titles and options may hold the separator themselves, so titles that the workspace names come first,
and otherwise what most columns have in common.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

SEPARATOR = " - "
#: The option for own words, as the two exports of the platform write it.
OWN_WORDS = ("jokin muu, mikä?", "joku muu mikä?")


def split_titles(texts: Sequence[str], known: Iterable[str]) -> list[tuple[str, str | None]]:
    """Title and option of each column text; the option is None where the text is a whole title.

    Parameters
    ----------
    texts
        Column names of one numbered question, or of a whole table, without their numbers.
    known
        Titles that the workspace names.

    Returns
    -------
    list of tuple
        In the order of ``texts``.
    """
    titles = sorted(known, key=len, reverse=True)
    shared = Counter(prefix for text in texts for prefix in _prefixes(text))
    pairs: list[tuple[str, str | None]] = []
    for text in texts:
        title = next((title for title in titles if text == title or text.startswith(title + SEPARATOR)), None)
        if title is None:
            several = [prefix for prefix in _prefixes(text) if shared[prefix] > 1]
            own = [prefix for prefix in _prefixes(text) if text[len(prefix + SEPARATOR) :] in OWN_WORDS]
            title = max(several, key=lambda prefix: (shared[prefix], len(prefix)), default=own[0] if own else text)
        pairs.append((title, text[len(title + SEPARATOR) :] if text != title else None))
    return pairs


def _prefixes(text: str) -> list[str]:
    """Everything before each separator, shortest first."""
    parts = text.split(SEPARATOR)
    return [SEPARATOR.join(parts[:count]) for count in range(1, len(parts))]
