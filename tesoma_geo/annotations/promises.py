"""What is promised of everything that is published, in the words of the audit."""

_WAITING = "answers that wait for their cohort are in no number"
_SINGLE = "points and texts only when a moderator approved them, one a respondent; points are moved"
_PRIVATE = "answers to questions about homes and daily places are in nothing that is published"

#: What is promised where numbers hold noise.
NOISY_PROMISES = (
    "every number about answers holds random noise: whether somebody answered changes the odds of any numbers at most "
    "by a factor of e to epsilon_budget, over all releases together",
    "what is counted, and on which day, was fixed before the answers came; empty rows hold noise as well",
    "noise is drawn once, when a cohort closes; no number is exact, none has a place, and no drawn line is published",
    _WAITING,
    _SINGLE,
    _PRIVATE,
)


def promises(k: int) -> list[str]:
    """What is promised where numbers are exact.

    Parameters
    ----------
    k
        Fewest respondents of any number.

    Returns
    -------
    list of str
    """
    return [
        f"every number is about {k} or more distinct respondents, and so is every sum and difference",
        "a cohort is counted once, when it closes; whoever leaves or changes something later changes no number",
        _WAITING,
        _SINGLE,
        f"no drawn line, but streets and links of the map that {k} or more distinct respondents drew, and "
        "never the streets where a drawing begins and ends",
        _PRIVATE,
    ]
