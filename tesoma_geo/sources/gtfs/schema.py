"""What is read of a GTFS feed: its files, their columns, what must be there and what must be unique.

General Transit Feed Specification, Schedule Reference (gtfs.org), October 2024. Columns that nobody here
asks for are not read; files that change no travel time are named in :data:`IGNORED` and noted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tesoma_geo.sources.gtfs.kinds import (
    AMOUNT,
    CLOCK,
    DAY,
    IDENTIFIER,
    LATITUDE,
    LONGITUDE,
    TEXT,
    ZONE,
    Kind,
    choice,
    whole,
)


@dataclass(frozen=True)
class Column:
    """A column of a GTFS file.

    Attributes
    ----------
    kind
        How its values are read.
    required
        Whether the column must be there and every row have a value.
    """

    kind: Kind
    required: bool = False


@dataclass(frozen=True)
class Table:
    """A file of a feed.

    Attributes
    ----------
    columns
        Name → column.
    required
        Whether a feed must have the file.
    unique
        Columns that together name a row, if any.
    refers
        Column → the table and column in which its values must be found.
    """

    columns: Mapping[str, Column]
    required: bool = False
    unique: tuple[str, ...] = ()
    refers: Mapping[str, tuple[str, str]] = field(default_factory=dict)


_ROUTE_TYPES = choice(*range(8), 11, 12, *range(100, 1800))
_YES_OR_NO = Column(choice(0, 1), required=True)
_STOP = ("stops", "stop_id")
_TRIP = ("trips", "trip_id")

SCHEMA: Mapping[str, Table] = {
    "agency": Table(
        {"agency_id": Column(IDENTIFIER), "agency_name": Column(TEXT), "agency_timezone": Column(ZONE, required=True)},
        required=True,
    ),
    "stops": Table(
        {
            "stop_id": Column(IDENTIFIER, required=True),
            "stop_name": Column(TEXT),
            "stop_lat": Column(LATITUDE),
            "stop_lon": Column(LONGITUDE),
            "zone_id": Column(IDENTIFIER),
            "location_type": Column(choice(0, 1, 2, 3, 4)),
            "parent_station": Column(IDENTIFIER),
            "wheelchair_boarding": Column(choice(0, 1, 2)),
        },
        required=True,
        unique=("stop_id",),
        refers={"parent_station": _STOP},
    ),
    "routes": Table(
        {
            "route_id": Column(IDENTIFIER, required=True),
            "route_short_name": Column(TEXT),
            "route_long_name": Column(TEXT),
            "route_type": Column(_ROUTE_TYPES, required=True),
        },
        required=True,
        unique=("route_id",),
    ),
    "trips": Table(
        {
            "trip_id": Column(IDENTIFIER, required=True),
            "route_id": Column(IDENTIFIER, required=True),
            "service_id": Column(IDENTIFIER, required=True),
            "trip_headsign": Column(TEXT),
            "direction_id": Column(choice(0, 1)),
            "shape_id": Column(IDENTIFIER),
            "wheelchair_accessible": Column(choice(0, 1, 2)),
        },
        required=True,
        unique=("trip_id",),
        refers={"route_id": ("routes", "route_id")},
    ),
    "stop_times": Table(
        {
            "trip_id": Column(IDENTIFIER, required=True),
            "arrival_time": Column(CLOCK),
            "departure_time": Column(CLOCK),
            "stop_id": Column(IDENTIFIER, required=True),
            "stop_sequence": Column(whole(0), required=True),
            "pickup_type": Column(choice(0, 1, 2, 3)),
            "drop_off_type": Column(choice(0, 1, 2, 3)),
            "shape_dist_traveled": Column(AMOUNT),
        },
        required=True,
        unique=("trip_id", "stop_sequence"),
        refers={"trip_id": _TRIP, "stop_id": _STOP},
    ),
    "calendar": Table(
        {
            "service_id": Column(IDENTIFIER, required=True),
            "monday": _YES_OR_NO,
            "tuesday": _YES_OR_NO,
            "wednesday": _YES_OR_NO,
            "thursday": _YES_OR_NO,
            "friday": _YES_OR_NO,
            "saturday": _YES_OR_NO,
            "sunday": _YES_OR_NO,
            "start_date": Column(DAY, required=True),
            "end_date": Column(DAY, required=True),
        },
        unique=("service_id",),
    ),
    "calendar_dates": Table(
        {
            "service_id": Column(IDENTIFIER, required=True),
            "date": Column(DAY, required=True),
            "exception_type": Column(choice(1, 2), required=True),
        },
        unique=("service_id", "date"),
    ),
    "frequencies": Table(
        {
            "trip_id": Column(IDENTIFIER, required=True),
            "start_time": Column(CLOCK, required=True),
            "end_time": Column(CLOCK, required=True),
            "headway_secs": Column(whole(1), required=True),
            "exact_times": Column(choice(0, 1)),
        },
        unique=("trip_id", "start_time"),
        refers={"trip_id": _TRIP},
    ),
    "transfers": Table(
        {
            "from_stop_id": Column(IDENTIFIER),
            "to_stop_id": Column(IDENTIFIER),
            "from_route_id": Column(IDENTIFIER),
            "to_route_id": Column(IDENTIFIER),
            "from_trip_id": Column(IDENTIFIER),
            "to_trip_id": Column(IDENTIFIER),
            "transfer_type": Column(choice(0, 1, 2, 3, 4, 5)),
            "min_transfer_time": Column(whole(0)),
        },
        refers={"from_stop_id": _STOP, "to_stop_id": _STOP},
    ),
    "fare_attributes": Table(
        {
            "fare_id": Column(IDENTIFIER, required=True),
            "price": Column(AMOUNT, required=True),
            "currency_type": Column(TEXT, required=True),
            "transfers": Column(choice(0, 1, 2, empty=-1)),
            "transfer_duration": Column(whole(0)),
        },
        unique=("fare_id",),
    ),
    "fare_rules": Table(
        {
            "fare_id": Column(IDENTIFIER, required=True),
            "route_id": Column(IDENTIFIER),
            "origin_id": Column(IDENTIFIER),
            "destination_id": Column(IDENTIFIER),
            "contains_id": Column(IDENTIFIER),
        },
        refers={"fare_id": ("fare_attributes", "fare_id"), "route_id": ("routes", "route_id")},
    ),
    "shapes": Table(
        {
            "shape_id": Column(IDENTIFIER, required=True),
            "shape_pt_lat": Column(LATITUDE, required=True),
            "shape_pt_lon": Column(LONGITUDE, required=True),
            "shape_pt_sequence": Column(whole(0), required=True),
        },
        unique=("shape_id", "shape_pt_sequence"),
    ),
}

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

#: File → why it is not read.
IGNORED: Mapping[str, str] = {
    "pathways": "walks inside stations are taken from the streets",
    "fare_products": "fares are read from fare_attributes.txt and fare_rules.txt",
    "booking_rules": "services on demand have no timetable",
    "location_groups": "services on demand have no timetable",
}
