"""The hub's card: which share of residents get there by a way of moving, and how sure that is, in sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tesoma_geo.network.streets.profiles import TIMETABLE_PROFILES
from tesoma_geo.render.figures.departures_told import by_timetable
from tesoma_geo.render.figures.headline import Reach, headline_cutoff
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.intervals import between
from tesoma_geo.render.text.place_names import HubName
from tesoma_geo.render.text.shares import sentence, share_of_residents

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment


def headline_sentence(catalogue: Catalogue, reach: Reach, hub: HubName, cutoff: float) -> str:
    """The hub's card: which share of residents get there within the cutoff, as a sentence.

    All of them are "every resident" only where the interval, if one is known, begins there too, else nearly everyone.

    Parameters
    ----------
    catalogue
        The language.
    reach
        How residents get there by one way of moving.
    hub
        The hub's name.
    cutoff
        Minutes.

    Returns
    -------
    str
        In the language of the page.
    """
    count, minutes = reach.within[cutoff], catalogue.number(cutoff, 1)
    if not count:
        name = catalogue.named("profile", reach.profile)
        return catalogue("card.nobody", hub=hub, n=minutes, profile=name)
    unsure = least_of_nearly_all(catalogue, reach, cutoff)
    who = catalogue("share.nearly_everyone") if unsure else share_of_residents(catalogue, reach.share(count))
    return _card(catalogue, reach.profile, hub, who, minutes)


def least_of_nearly_all(catalogue: Catalogue, reach: Reach, cutoff: float) -> str:
    """How many per cent are there at least, where a share rounds to 100 % and may not be everybody.

    Parameters
    ----------
    catalogue
        The language.
    reach
        How residents get there by one way of moving.
    cutoff
        Minutes.

    Returns
    -------
    str
        Such as ``98 %``, where the interval begins, 99 % at most; empty where the share is everybody, or is not near.
    """
    count, whole, low = reach.within[cutoff], catalogue.percent(1.0), _least_share(reach, cutoff)
    everybody = count == reach.residents and catalogue.percent(low) == whole
    if everybody or catalogue.percent(reach.share(count)) != whole:
        return ""
    return catalogue.percent(min(low, 0.99))


def most_and_least(reaches: Sequence[Reach], cutoff: float) -> tuple[Reach, Reach]:
    """By which ways of moving most and fewest get there; of equal ones the surest, then the first and the last.

    Parameters
    ----------
    reaches
        How residents get there, a row a way of moving.
    cutoff
        Minutes.

    Returns
    -------
    tuple of Reach
        The two, which are the same where there is one alone.
    """
    most = max(reaches, key=lambda reach: (reach.share(reach.within[cutoff]), _least_share(reach, cutoff)))
    return most, min(reversed(reaches), key=lambda reach: reach.share(reach.within[cutoff]))


def _least_share(reach: Reach, cutoff: float) -> float:
    """Where the interval of the share within the cutoff begins; the share itself where none is known."""
    ends = reach.sure_within(cutoff)
    return reach.share(reach.within[cutoff] if ends is None else int(ends[0]))


def told_percent(catalogue: Catalogue, reach: Reach, cutoff: float) -> str:
    """Which share is there within the cutoff, for where the number stands without a sentence on how sure it is.

    Parameters
    ----------
    catalogue
        The language.
    reach
        How residents get there by one way of moving.
    cutoff
        Minutes.

    Returns
    -------
    str
        Such as ``28 %``; ``98–100 %`` where it rounds to 100 % and may not be everybody.
    """
    share = reach.share(reach.within[cutoff])
    if not least_of_nearly_all(catalogue, reach, cutoff):
        return catalogue.percent(share)
    return f"{catalogue.number(100 * min(_least_share(reach, cutoff), 0.99))}–{catalogue.percent(1.0)}"


def share_sentence(catalogue: Catalogue, reach: Reach, hub: HubName, cutoff: float) -> str:
    """The hub's card for another season or departure: the sentence with ``{share}`` where its per cents go.

    Parameters
    ----------
    catalogue
        The language.
    reach
        Of which way of moving.
    hub
        The hub's name.
    cutoff
        Minutes.

    Returns
    -------
    str
        In the language of the page.
    """
    who = catalogue("share.percent", percent="{share}")
    return _card(catalogue, reach.profile, hub, who, catalogue.number(cutoff, 1))


def card(assessment: "Assessment", catalogue: Catalogue, reach: Reach, hub: HubName) -> str:
    """The hub's card of a profile with how sure it is, where that is known.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.
    reach
        How residents get there by one way of moving.
    hub
        The hub's name.

    Returns
    -------
    str
        In the language of the page.
    """
    return " ".join(filter(None, message(assessment, catalogue, reach, hub)))


def message(assessment: "Assessment", catalogue: Catalogue, reach: Reach, hub: HubName) -> tuple[str, str]:
    """The hub's card of a profile in two parts: what a page says in large letters, and how sure it is.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.
    reach
        How residents get there by one way of moving.
    hub
        The hub's name.

    Returns
    -------
    tuple of str
        The sentence, and its interval in a sentence; by public transport, whose interval is not known, between what it
        is by the time of departure, and how many would be there on foot as well; by car that queues are not counted.
        Empty where none is known.
    """
    told, sure = _told(assessment, catalogue, reach, hub)
    return told, " ".join(filter(None, (sure, beside(catalogue, reach.profile))))


def winter_message(
    catalogue: Catalogue, reach: Reach, hub: HubName, cutoff: float, winter: Mapping[str, Any]
) -> tuple[str, str, str] | None:
    """The same for winter where the headline tells the time within which half are there; no range is drawn for winter.

    Parameters
    ----------
    catalogue
        The language.
    reach
        How residents get there by one way of moving, without snow.
    hub
        The hub's name.
    cutoff
        Minutes.
    winter
        Figures on snow and ice, as the summary has them.

    Returns
    -------
    tuple of str or None
        The sentence, what stands below it, and that it is of winter and what it is else; None where the headline is a
        share, or in winter not all are there.
    """
    if not is_sure_of_all(reach, cutoff) or winter["population_within"][f"{cutoff:g}"] < reach.residents:
        return None
    there = replace(reach, median_min=winter["median_min"], between={})
    told, below = _when_all_are_there(catalogue, there, hub, cutoff)
    usual, now = (catalogue.number(minutes or 0.0) for minutes in (reach.median_min, there.median_min))
    apart = catalogue("moment.apart.winter_same") if usual == now else catalogue("moment.apart.winter_time", n=usual)
    return told, " ".join(filter(None, (below, beside(catalogue, reach.profile)))), apart


def beside(catalogue: Catalogue, profile: str) -> str:
    """What must be known beside a figure of a way of moving, such as that queues are not counted.

    Parameters
    ----------
    catalogue
        The language.
    profile
        The way of moving.

    Returns
    -------
    str
        Empty where there is nothing of the kind.
    """
    key = f"glance.beside.{profile}"
    return catalogue(key) if catalogue.knows(key) else ""


def _told(assessment: "Assessment", catalogue: Catalogue, reach: Reach, hub: HubName) -> tuple[str, str]:
    """The sentence, and its interval or what is known of it; empty where neither is known."""
    cutoff = headline_cutoff(assessment)
    if is_sure_of_all(reach, cutoff):
        return _when_all_are_there(catalogue, reach, hub, cutoff)
    sentence = headline_sentence(catalogue, reach, hub, cutoff)
    least = least_of_nearly_all(catalogue, reach, cutoff)
    at_least = [catalogue("glance.at_least", low=least)] if least else []
    if reach.profile in TIMETABLE_PROFILES and reach.within[cutoff]:
        within, residents = reach.within[cutoff], reach.residents
        return sentence, " ".join([*at_least, *by_timetable(assessment.summary, catalogue, cutoff, within, residents)])
    if at_least:
        return sentence, at_least[0]
    uncertainty = assessment.summary.get("uncertainty", {}).get(reach.profile)
    if uncertainty is None or not reach.residents:
        return sentence, ""
    interval: Mapping[str, Any] = uncertainty["figures"][f"population_within_{cutoff:g}_min"]
    low, high = (catalogue.number(100 * reach.share(interval[end])) for end in ("low", "high"))
    if low == high:
        return sentence, ""
    return sentence, catalogue("glance.sure", low=low, high=high)


def is_sure_of_all(reach: Reach, cutoff: float) -> bool:
    """Whether all are there in time, in every draw too: the time is then the news, by a way that has an interval.

    Parameters
    ----------
    reach
        How residents get there by one way of moving.
    cutoff
        Minutes.

    Returns
    -------
    bool
    """
    ends, half = reach.sure_within(cutoff), reach.median_min
    if ends is None or not reach.residents:
        return False
    return ends[0] == reach.within[cutoff] == reach.residents and round(half or cutoff) < cutoff


def _when_all_are_there(catalogue: Catalogue, reach: Reach, hub: HubName, cutoff: float) -> tuple[str, str]:
    """When half of them are there; below it when all are, and how sure the former is."""
    minutes = catalogue.number(reach.median_min or 0.0)
    half = _card(catalogue, reach.profile, hub, catalogue("everyone.half"), minutes)
    ends = between(catalogue, reach.between.get("median_min"))
    sure = catalogue("everyone.sure", n=minutes, between=ends) if ends else ""
    return half, " ".join(filter(None, (catalogue("everyone.all", n=catalogue.number(cutoff, 1)), sure)))


def _card(catalogue: Catalogue, profile: str, hub: HubName, who: str, minutes: str) -> str:
    """That somebody gets there within so many minutes, as each way of moving says it."""
    key, name = f"card.{profile}", catalogue.named("profile", profile)
    told = catalogue(key if catalogue.knows(key) else "card.other", hub=hub, who=who, n=minutes, profile=name)
    return sentence(told)
