"""What each chart of the years says, in a sentence: its heading."""

from typing import TYPE_CHECKING

from tesoma_geo.render.pages.trend_findings import (
    WithinMinutes,
    destination_name,
    finding_key,
    shares_of,
    since_words,
)
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.terms import by_way

if TYPE_CHECKING:
    from tesoma_geo.follow_up.trend_records import TrendFigures


def within_message(figures: "TrendFigures", one: WithinMinutes, text: Catalogue) -> str:
    """Which share of the residents gets there, and which did.

    Parameters
    ----------
    figures
        Of :func:`tesoma_geo.follow_up.trend.trend`.
    one
        The indicator.
    text
        The language.

    Returns
    -------
    str
        As the finding of it says, without a stop.
    """
    words = {
        "to": destination_name(one.kind, text),
        "minutes": text.number(one.minutes, 1),
        "way": text.named("profile", one.profile).lower(),
    }
    before, after = (text.percent(share) for share in shares_of(figures, one.name) or (0.0, 0.0))
    told = text("trend.share", share=after)
    if before == after:
        return text("trend.message.same_near" if one.kind else "trend.message.same", after=told, **words)
    by, since = by_way(text, one.profile), since_words(figures, text)
    return text(finding_key(one), after=told, before=before, by=by, since=since, **words).removesuffix(".")


def median_message(profile: str, before: float, after: float, text: Catalogue) -> str:
    """In how many minutes half of the residents are there.

    Parameters
    ----------
    profile
        The way of moving.
    before
        The median of the first run, minutes.
    after
        That of the last run, minutes.
    text
        The language.

    Returns
    -------
    str
    """
    return _before_and_after("median", profile, text.number(before, 1), text.number(after, 1), text)


def gini_message(profile: str, before: float, after: float, text: Catalogue) -> str:
    """Whether the minutes are more alike than before.

    Parameters
    ----------
    profile
        The way of moving.
    before
        Gini of the first run.
    after
        That of the last run.
    text
        The language.

    Returns
    -------
    str
    """
    told = "more_alike" if after < before else "less_alike"
    return _before_and_after(told, profile, text.number(before, 2), text.number(after, 2), text)


def _before_and_after(told: str, profile: str, before: str, after: str, text: Catalogue) -> str:
    way = text.named("profile", profile).lower()
    if before == after:
        same = "median_same" if told == "median" else "as_alike"
        return text(f"trend.message.{same}", after=after, way=way)
    return text(f"trend.message.{told}", before=before, after=after, way=way)
