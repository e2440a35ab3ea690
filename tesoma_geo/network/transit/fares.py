"""Fares by zone: the cheapest ticket of a feed for the rides of a trip.

``fare_attributes.txt`` and ``fare_rules.txt`` of GTFS. A fare whose rules name zones with ``contains_id``
holds for trips that pass no other zone: a ticket of zones A and B is also good within A. Where a trip is
longer than a ticket lasts, or changes oftener than it allows, the next ride begins another ticket.
"""

from dataclasses import dataclass

import pandas as pd

from tesoma_geo.network.transit.timetable import DayTimetable


@dataclass(frozen=True)
class Fare:
    """What a trip costs.

    Attributes
    ----------
    price
        Of all tickets together.
    currency
        ISO 4217.
    tickets
        Identifiers of the fares, in the order they are bought.
    """

    price: float
    currency: str
    tickets: tuple[str, ...]


@dataclass(frozen=True)
class FareRide:
    """A ride as fares see it.

    Attributes
    ----------
    route_id, feed
        Which line, and of which feed.
    origin, destination
        Zones of boarding and alighting.
    zones
        Zones of all stops on the way.
    starts_s
        When it is boarded.
    """

    route_id: str
    feed: int
    origin: str
    destination: str
    zones: frozenset[str]
    starts_s: int

    @classmethod
    def of(cls, timetable: DayTimetable, first: int, last: int) -> "FareRide":
        """The ride between two calls of a trip.

        Parameters
        ----------
        timetable
            What runs.
        first, last
            Rows of the calls of boarding and alighting.

        Returns
        -------
        FareRide
            With the zones of all stops on the way.
        """
        calls = timetable.calls
        line = timetable.lines.iloc[int(timetable.trips["line"].iloc[int(calls.trip[first])])]
        zones = [str(zone) for zone in timetable.stops["zone"].iloc[calls.stop[first : last + 1]]]
        return cls(
            str(line["route_id"]), int(line["feed"]), zones[0], zones[-1], frozenset(filter(None, zones)),
            int(calls.departure_s[first]),
        )  # fmt: skip


def fare_of(timetable: DayTimetable, rides: tuple[FareRide, ...]) -> Fare | None:
    """The cheapest tickets for rides in their order.

    Parameters
    ----------
    timetable
        What runs, with its fares.
    rides
        The rides of a trip.

    Returns
    -------
    Fare or None
        None where the feed has no fare for one of them, or there is no ride.
    """
    fares = timetable.fares
    if fares.empty or not rides:
        return None
    # The cheapest way to pay for the first rides, by currency: prices add up, so the best of a part stays the best.
    best: list[dict[str, Fare]] = [{"": Fare(0.0, "", ())}]
    for end in range(1, len(rides) + 1):
        cheapest: dict[str, Fare] = {}
        for begin in range(end):
            for ticket in _tickets(fares, rides[begin:end]):
                before = best[begin].get(ticket.currency if begin else "")
                if before is None:
                    continue
                price, known = round(before.price + ticket.price, 6), cheapest.get(ticket.currency)
                if known is None or price < known.price:
                    cheapest[ticket.currency] = Fare(price, ticket.currency, (*before.tickets, *ticket.tickets))
        best.append(cheapest)
    return min(best[-1].values(), key=lambda fare: (fare.price, fare.currency), default=None)


def _tickets(fares: pd.DataFrame, rides: tuple[FareRide, ...]) -> list[Fare]:
    """The cheapest single fare of each currency that covers the rides."""
    feeds = {ride.feed for ride in rides}
    if len(feeds) > 1:
        return []
    rows = fares[fares["feed"] == feeds.pop()]
    lasts_s = rides[-1].starts_s - rides[0].starts_s
    enough = ((rows["transfers"] < 0) | (rows["transfers"] >= len(rides) - 1)) & (
        (rows["duration_s"] < 0) | (rows["duration_s"] >= lasts_s)
    )
    cheapest: dict[str, Fare] = {}
    for fare, rules in rows[enough].groupby("fare_id"):
        price, currency = float(rules["price"].iloc[0]), str(rules["currency"].iloc[0])
        if (currency not in cheapest or price < cheapest[currency].price) and _covers(rules, rides):
            cheapest[currency] = Fare(price, currency, (str(fare),))
    return list(cheapest.values())


def _covers(rules: pd.DataFrame, rides: tuple[FareRide, ...]) -> bool:
    """Whether the rules of one fare admit all the rides; a fare without rules admits any.

    The zones of ``contains`` are taken together. Each other row is a rule of its own: a line, and from where to where;
    every ride goes by a line that a rule for the whole trip names, or that leaves the line open.
    """
    contained = set(rules["contains"]) - {""}
    if contained and not frozenset().union(*(ride.zones for ride in rides)) <= contained:
        return False
    rows = [row for row in zip(rules["route_id"], rules["origin"], rules["destination"], strict=True) if any(row)]
    here = (rides[0].origin, rides[-1].destination)
    lines = {line for line, origin, destination in rows if origin in ("", here[0]) and destination in ("", here[1])}
    return not rows or "" in lines or all(ride.route_id in lines for ride in rides)
