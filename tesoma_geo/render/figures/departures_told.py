"""What is known of how sure a share by public transport is: what the time of departure makes of it, and a walk."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tesoma_geo.render.text.catalogue import Catalogue

if TYPE_CHECKING:
    from tesoma_geo.assessment.summary_records import Summary


def by_timetable(summary: "Summary", catalogue: Catalogue, cutoff: float, within: int, residents: int) -> Iterator[str]:
    """Between what a share is by the time of departure, and how many would be there on foot alone.

    Parameters
    ----------
    summary
        Of an assessment.
    catalogue
        The language.
    cutoff
        Minutes.
    within
        Residents who are there within them by public transport.
    residents
        All residents.

    Yields
    ------
    str
        Sentences; none of what is not known.
    """
    if transit := summary.get("transit"):
        since, to = transit["window"]
        there = [row["within"][f"{cutoff:g}"] for row in transit["day"] if since <= row["clock"] < to]
        shown = [catalogue.number(100 * count / residents) for count in (min(there), max(there))] if there else []
        if len(set(shown)) > 1:
            when = {"date": catalogue.day(transit["date"]), "since": catalogue.clock(since), "to": catalogue.clock(to)}
            yield catalogue("glance.by_departure", low=shown[0], high=shown[1], **when)
    walking = summary["profiles"].get("walk")
    if walking is None:
        return
    # Whoever walks faster than a ride counts as walking all the way.
    on_foot = int(walking["population_within"][f"{cutoff:g}"])
    if on_foot >= within:
        yield catalogue("glance.all_on_foot")
    else:
        yield catalogue("glance.on_foot_alone", share=catalogue.percent(on_foot / residents))
