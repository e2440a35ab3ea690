"""Public transport: timetables of a day, and routers that answer for all departures of a window."""

from tesoma_geo.network.transit.build import transit_router
from tesoma_geo.network.transit.router import TransitRouter
from tesoma_geo.network.transit.timetable import Timetable
from tesoma_geo.network.transit.trips import Trips

__all__ = ["Timetable", "TransitRouter", "Trips", "transit_router"]
