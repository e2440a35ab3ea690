"""Which services run on which day."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from tesoma_geo.sources.gtfs.kinds import MISSING
from tesoma_geo.sources.gtfs.reader import Feed
from tesoma_geo.sources.gtfs.schema import WEEKDAYS

ADDED, REMOVED = 1, 2
#: So far from the wished day, or from the feed's nearest one, another is looked for.
NEAR_DAYS = 22


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


def stated_span(feed: Feed) -> tuple[date | None, date | None]:
    """First and last day for which the feed says that it is valid (``feed_info.txt``).

    Parameters
    ----------
    feed
        A feed, checked.

    Returns
    -------
    tuple of date or None
        None for a day that is not given, or not readable.
    """
    if "feed_info" not in feed.tables or feed.tables["feed_info"].empty:
        return None, None
    row = feed.tables["feed_info"].iloc[0]
    first, last = (int(row[name]) for name in ("feed_start_date", "feed_end_date"))
    return (
        None if first == MISSING else date.fromordinal(first),
        None if last == MISSING else date.fromordinal(last),
    )


def nearest_day_of_service(feeds: Sequence[Feed], day: date) -> date | None:
    """The nearest day of the same kind on which services of all feeds run: the same day of the week, else any.

    Parameters
    ----------
    feeds
        Feeds, checked.
    day
        The day that was wished for.

    Returns
    -------
    date or None
        None where no day has service of all.
    """
    spans = [days for feed in feeds if (days := span(feed)) is not None]
    if len(spans) < len(feeds) or not spans:
        return None
    first, last = max(days[0] for days in spans), min(days[1] for days in spans)
    if first > last:
        return None
    nearest = min(max(day, first), last)
    within = [
        on
        for away in range(NEAR_DAYS)
        for on in (nearest + timedelta(away), nearest - timedelta(away))
        if first <= on <= last
    ]
    within.sort(key=lambda on: (on.weekday() != day.weekday(), abs((on - day).days)))
    used = [set(feed.tables["trips"]["service_id"]) for feed in feeds]
    return next(
        (on for on in within if all(services_on(feed, on) & ids for feed, ids in zip(feeds, used, strict=True))), None
    )
