"""The cheapest tickets for the rides of a trip."""

from itertools import combinations, pairwise, product

import numpy as np
import pandas as pd
import pytest

from tesoma_geo.network.transit import Timetable
from tesoma_geo.network.transit.fares import Fare, FareRide, fare_of
from tests.gtfs_feeds import write_feed

ATTRIBUTES = (
    "fare_id,price,currency_type,payment_method,transfers,transfer_duration\n"
    "A,2.5,EUR,0,,5400\nAB,3.5,EUR,0,,5400\nONE,2,EUR,0,0,\n"
)
RULES = "fare_id,route_id,origin_id,destination_id,contains_id\nA,,,,A\nAB,,,,A\nAB,,,,B\nONE,R,B,B,\n"


def ride(zones, starts_s, route="R"):
    return FareRide(route, 0, zones[0], zones[-1], frozenset(zones), starts_s)


@pytest.fixture
def timetable(tmp_path):
    return Timetable.from_gtfs(write_feed(tmp_path, fare_attributes=ATTRIBUTES, fare_rules=RULES), "2022-01-18")


@pytest.mark.parametrize(
    ("rides", "fare"),
    [
        ([ride("A", 0)], Fare(2.5, "EUR", ("A",))),
        ([ride("AB", 0)], Fare(3.5, "EUR", ("AB",))),
        ([ride("A", 0), ride("AB", 5400)], Fare(3.5, "EUR", ("AB",))),
        ([ride("A", 0), ride("AB", 5401)], Fare(6.0, "EUR", ("A", "AB"))),  # the ticket ran out a second before
        ([ride("B", 0)], Fare(2.0, "EUR", ("ONE",))),  # from B to B by this route only
        ([ride("B", 0, "other")], Fare(3.5, "EUR", ("AB",))),
        ([ride("B", 0), ride("B", 60)], Fare(3.5, "EUR", ("AB",))),  # the other allows no change
        ([ride("C", 0)], None),
        ([], None),
    ],
)
def test_the_cheapest_tickets_that_cover_zones_times_and_changes(timetable, rides, fare):
    assert fare_of(timetable, tuple(rides)) == fare


def test_a_feed_without_fares_has_none(tmp_path):
    assert fare_of(Timetable.from_gtfs(write_feed(tmp_path), "2022-01-18"), (ride("A", 0),)) is None


ANY = {
    "fare_id": "A", "feed": 0, "price": 2.5, "currency": "EUR", "transfers": -1, "duration_s": -1, "contains": "",
}  # fmt: skip


def test_a_rule_is_of_a_line_and_its_zones_together():
    feed = Feed(
        pd.DataFrame(
            [
                {**ANY, "route_id": "R1", "origin": "A", "destination": "B"},
                {**ANY, "route_id": "R2", "origin": "C", "destination": "D"},
            ]
        )
    )
    assert fare_of(feed, (ride("AB", 0, "R1"),)) is not None
    assert fare_of(feed, (ride("CD", 0, "R1"),)) is None
    assert fare_of(feed, (ride("AC", 0, "R1"), ride("CB", 60, "R1"))) is not None
    assert fare_of(feed, (ride("AC", 0, "R1"), ride("CB", 60, "R2"))) is None


def test_a_later_ride_in_another_currency_does_not_hide_the_one_that_pays_for_all():
    one = {"feed": 0, "transfers": 0, "duration_s": -1, "contains": "", "origin": "", "destination": ""}
    fares = pd.DataFrame(
        [
            {**one, "fare_id": "p", "price": 1.0, "currency": "EUR", "route_id": "R1"},
            {**one, "fare_id": "q", "price": 9.0, "currency": "SEK", "route_id": "R1"},
            {**one, "fare_id": "r", "price": 9.0, "currency": "SEK", "route_id": "R2"},
        ]
    )
    assert fare_of(Feed(fares), (ride("A", 0, "R1"), ride("A", 9, "R2"))) == Fare(18.0, "SEK", ("q", "r"))


class Feed:
    """As much of a timetable as fares look at."""

    def __init__(self, fares):
        self.fares = fares


def drawn_fares(random):
    """Fares of up to three rules each: rows as the reader makes them."""
    rows = []
    for number in range(random.integers(1, 6)):
        fare = {
            "fare_id": f"f{number}", "feed": 0, "price": float(random.integers(1, 9)) / 2,
            "currency": str(random.choice(["EUR", "EUR", "SEK"])), "transfers": int(random.integers(-1, 3)),
            "duration_s": int(random.choice([-1, 600, 3600])),
        }  # fmt: skip
        for _ in range(random.integers(1, 4)):
            route, origin, destination, contains = (
                str(random.choice(["", "", *options])) for options in (["R1", "R2"], "AB", "AB", "AB")
            )
            if random.random() < 0.5:
                route = origin = destination = ""
            else:
                contains = ""
            rows.append({**fare, "route_id": route, "origin": origin, "destination": destination, "contains": contains})
    return pd.DataFrame(rows)


def admits(rules, rides):
    """Whether a fare is good for rides on one ticket, rule by rule as the reference of GTFS tells them."""
    first = rules[0]
    if 0 <= first["transfers"] < len(rides) - 1:
        return False
    if 0 <= first["duration_s"] < rides[-1].starts_s - rides[0].starts_s:
        return False
    zones = {row["contains"] for row in rules if row["contains"]}
    if zones and any(zone not in zones for one in rides for zone in one.zones):
        return False
    others = [row for row in rules if row["route_id"] or row["origin"] or row["destination"]]
    if not others:
        return True

    def holds(row, one):
        return (
            row["route_id"] in ("", one.route_id)
            and row["origin"] in ("", rides[0].origin)
            and row["destination"] in ("", rides[-1].destination)
        )

    return all(any(holds(row, one) for row in others) for one in rides)


def cheapest_by_hand(fares, rides):
    """Every way to part the rides into tickets, and every fare for each part."""
    of_fare = {name: rules.to_dict("records") for name, rules in fares.groupby("fare_id")}
    prices = []
    for parts in range(1, len(rides) + 1):
        for cuts in combinations(range(1, len(rides)), parts - 1):
            edges = [0, *cuts, len(rides)]
            pieces = [rides[begin:end] for begin, end in pairwise(edges)]
            for names in product(of_fare, repeat=parts):
                bought = [of_fare[name] for name in names]
                if len({rules[0]["currency"] for rules in bought}) > 1:
                    continue
                if all(admits(rules, piece) for rules, piece in zip(bought, pieces, strict=True)):
                    prices.append(sum(rules[0]["price"] for rules in bought))
    return min(prices, default=None)


def test_no_way_of_paying_is_cheaper():
    """Every route of up to three rides, every fare and every way of parting the trip, in 150 drawn feeds."""
    told = 0
    for seed in range(150):
        random = np.random.default_rng(seed)
        fares = drawn_fares(random)
        starts = np.cumsum(random.integers(60, 2000, 3))
        rides = tuple(
            ride("".join(random.choice(list("AB"), 2)), int(start), str(random.choice(["R1", "R2"])))
            for start in starts[: random.integers(1, 4)]
        )
        found, wanted = fare_of(Feed(fares), rides), cheapest_by_hand(fares, rides)
        assert (None if found is None else found.price) == (None if wanted is None else pytest.approx(wanted)), seed
        told += wanted is not None
    assert told > 50
