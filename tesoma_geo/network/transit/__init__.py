"""Public transport: timetables of a day, and routers that answer for all departures of a window."""

from tesoma_geo.network.transit.api import Timetable, TripOptions, transit_router
from tesoma_geo.network.transit.router import TransitRouter
from tesoma_geo.network.transit.trips import Trips

__all__ = ["Timetable", "TransitRouter", "TripOptions", "Trips", "transit_router"]
