"""Shares of residents as people say them: "one in four residents", and per cent where no such words are near."""

from tesoma_geo.render.text.catalogue import Catalogue

#: Shares that every language has words for, as ``share.<name>``.
NAMED = {
    "tenth": 1 / 10,
    "fifth": 1 / 5,
    "quarter": 1 / 4,
    "third": 1 / 3,
    "half": 1 / 2,
    "two_thirds": 2 / 3,
    "three_quarters": 3 / 4,
    "four_fifths": 4 / 5,
    "nine_tenths": 9 / 10,
}
#: A share is called by its name when it is no farther from it than this, ...
NEAR = 0.02
#: ... nor than this part of it, or of what is left of the whole.
NEAR_PART = 0.1
#: From here on nearly all.
NEARLY_ALL = 0.95
#: From here on the per cent would be that of all.
ROUNDS_TO_ALL = 0.995


def share_name(share: float) -> str:
    """Which words a share is told with.

    A name is taken where the share lies within two per cent of the whole, and within a tenth of the smaller of the
    named part and the rest: 24 % is a quarter, 28 % is no name's, 8 % is no tenth. The choice is this project's own;
    the exact per cent stands beside the words.

    Parameters
    ----------
    share
        0 to 1.

    Returns
    -------
    str
        A key of :data:`NAMED`, or ``all``, ``nearly_everyone``, ``nearly_all``, ``percent``, ``below_one``.
    """
    if share >= 1:
        return "all"
    if share >= ROUNDS_TO_ALL:
        return "nearly_everyone"
    if share >= NEARLY_ALL:
        return "nearly_all"
    if 0 < share < 0.005:
        return "below_one"
    name, named = min(NAMED.items(), key=lambda item: abs(item[1] - share))
    within = min(NEAR, NEAR_PART * min(named, 1 - named))
    return name if abs(share - named) <= within + 1e-9 else "percent"


def share_of_residents(catalogue: Catalogue, share: float) -> str:
    """A share of residents in words, with the per cent beside them where it is not that of all.

    Parameters
    ----------
    catalogue
        The language.
    share
        0 to 1.

    Returns
    -------
    str
        Such as ``joka neljäs asukas (24 %)``, in small letters: :func:`sentence` begins a sentence with it.
    """
    name = share_name(share)
    shown = 0.01 if name == "below_one" else share
    return catalogue(f"share.{name}", percent=catalogue.percent(shown))


def sentence(text: str) -> str:
    """A text with its first letter large.

    Parameters
    ----------
    text
        One line.

    Returns
    -------
    str
        The line.
    """
    return text[:1].upper() + text[1:]
