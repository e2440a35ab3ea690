"""Figures with the interval that they most likely lie in."""

from tesoma_geo.render.text.catalogue import Catalogue

#: Two ends of an interval that holds nine of ten draws.
Interval = tuple[float, float]


def between(catalogue: Catalogue, interval: Interval | None, times: float = 1.0) -> str:
    """Two ends of an interval as whole numbers.

    Parameters
    ----------
    catalogue
        The language.
    interval
        The ends; None where they are not known.
    times
        What they are multiplied by: 100 makes shares percent.

    Returns
    -------
    str
        Such as ``18–25``; nothing where both are the same or not known.
    """
    if interval is None:
        return ""
    first, last = (catalogue.number(end * times) for end in interval)
    return "" if first == last else f"{first}–{last}"


def with_interval(catalogue: Catalogue, figure: str, interval: Interval | None, times: float = 1.0) -> str:
    """A figure with what it most likely lies between.

    Parameters
    ----------
    catalogue
        The language.
    figure
        As it is told.
    interval, times
        As of :func:`between`.

    Returns
    -------
    str
        The figure alone where the ends are the same or not known.
    """
    ends = between(catalogue, interval, times)
    return catalogue("told.between", figure=figure, between=ends) if ends else figure
