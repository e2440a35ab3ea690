"""Which services run on which day."""

from datetime import date

import numpy as np

from tesoma_geo.sources.gtfs.reader import Feed
from tesoma_geo.sources.gtfs.schema import WEEKDAYS

ADDED, REMOVED = 1, 2


def services_on(feed: Feed, day: date) -> frozenset[str]:
    """Identifiers of the services that run on a day, by ``calendar.txt`` and its exceptions.

    Either file may be missing. An exception wins over the weekly rule.

    Parameters
    ----------
    feed
        A feed, checked.
    day
        The day.

    Returns
    -------
    frozenset of str
        Values of ``service_id``.
    """
    running: set[str] = set()
    if "calendar" in feed.tables:
        weekly = feed.tables["calendar"]
        runs = weekly[WEEKDAYS[day.weekday()]] == 1
        within = (weekly["start_date"] <= day.toordinal()) & (day.toordinal() <= weekly["end_date"])
        running |= set(weekly["service_id"][runs & within])
    if "calendar_dates" in feed.tables:
        exceptions = feed.tables["calendar_dates"]
        today = exceptions[exceptions["date"] == day.toordinal()]
        running |= set(today["service_id"][today["exception_type"] == ADDED])
        running -= set(today["service_id"][today["exception_type"] == REMOVED])
    return frozenset(running)


def span(feed: Feed) -> tuple[date, date] | None:
    """First and last day on which a service that has trips may run.

    Parameters
    ----------
    feed
        A feed, checked.

    Returns
    -------
    tuple of date, or None
        None where there is no such day.
    """
    used = set(feed.tables["trips"]["service_id"].cat.categories)
    days: list[np.ndarray] = []
    if "calendar" in feed.tables:
        weekly = feed.tables["calendar"]
        rows = weekly[weekly["service_id"].isin(used) & (weekly[list(WEEKDAYS)].sum(axis=1) > 0)]
        days += [rows["start_date"].to_numpy(), rows["end_date"].to_numpy()]
    if "calendar_dates" in feed.tables:
        exceptions = feed.tables["calendar_dates"]
        rows = exceptions[exceptions["service_id"].isin(used) & (exceptions["exception_type"] == ADDED)]
        days.append(rows["date"].to_numpy())
    ordinals = np.concatenate(days) if days else np.empty(0, int)
    if not len(ordinals):
        return None
    return date.fromordinal(int(ordinals.min())), date.fromordinal(int(ordinals.max()))
