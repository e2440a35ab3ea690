"""The last way home: the last departure from the hub that rides, of all the hours that the feed covers."""

from dataclasses import replace

from tesoma_geo.network.transit.last_way_home import last_departures_home, last_way_home
from tesoma_geo.network.transit.missed_changes import whole_day
from tests.feeds_with_changes import ALONE, HOME, HUB


def last(router, hub=HOME, place=HUB):
    return last_way_home(whole_day(router), router.snap(hub), router.snap(place))


def test_it_is_the_last_departure_from_which_a_vehicle_is_caught(ask):
    router = ask(**ALONE)
    home = last(router)
    # The bus at 8:00 is the only one to the second stop, a second's walk and a minute of slack before it; with the
    # next one from there the trip ends at 9:10.
    assert router.timetable.clock(home.leaves_s) == "07:58:59"
    assert router.timetable.clock(home.arrives_s)[:5] == "09:10"


def test_where_no_vehicle_leads_there_is_none(ask):
    assert last(ask(**ALONE), HUB, HOME) is None


def test_of_lines_by_headway_it_is_there_in_every_draw(headway_router):
    headway_router = replace(headway_router, draws=10)
    home = last(headway_router)
    trips = whole_day(headway_router).trips_from(headway_router.snap(HOME), headway_router.snap(HUB))
    at = trips.asked_s == home.leaves_s
    assert at.sum() == headway_router.draws
    assert (trips.rides[0, at] > 0).all()
    assert (trips.rides[0, trips.asked_s > home.leaves_s].reshape(headway_router.draws, -1) <= 0).all(axis=1).any()


def test_many_places_are_told_as_one_is(ask, headway_router):
    places = [[24.20, 61.50], [23.90, 61.50], [23.60, 61.50], [24.50, 61.50]]
    for router in (ask(**ALONE), replace(headway_router, draws=10)):
        whole, hub = whole_day(router), router.snap(HOME)
        many = last_departures_home(whole, hub, router.snap(places))
        one_by_one = [last_way_home(whole, hub, router.snap([place])) for place in places]
        assert many.tolist() == [-1 if home is None else home.leaves_s for home in one_by_one]
        assert many[2] == -1  # the hub itself
        assert (many[:2] > 0).all()
