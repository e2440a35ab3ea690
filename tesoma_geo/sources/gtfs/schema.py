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
class FieldSchema:
    """A column of a GTFS file.

    Attributes
    ----------
    kind
        How its values are read.
    required
        Whether the column must be there and every row have a value.
    beside
        Whether a value that cannot be read counts as not given: a trip runs, whatever its direction is called.
    """

    kind: Kind
    required: bool = False
    beside: bool = False


@dataclass(frozen=True)
class FileSchema:
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

    columns: Mapping[str, FieldSchema]
    required: bool = False
    unique: tuple[str, ...] = ()
    refers: Mapping[str, tuple[str, str]] = field(default_factory=dict)


#: A kind of vehicle that the reference does not know is none (-1).
_ROUTE_TYPES = choice(*range(8), 11, 12, *range(100, 1800), empty=-1)
_YES_OR_NO = FieldSchema(choice(0, 1), required=True)
_STOP = ("stops", "stop_id")
_TRIP = ("trips", "trip_id")
_ROUTE = ("routes", "route_id")

SCHEMA: Mapping[str, FileSchema] = {
    "agency": FileSchema(
        {
            "agency_id": FieldSchema(IDENTIFIER),
            "agency_name": FieldSchema(TEXT),
            "agency_timezone": FieldSchema(ZONE, required=True),
        },
        required=True,
    ),
    "stops": FileSchema(
        {
            "stop_id": FieldSchema(IDENTIFIER, required=True),
            "stop_name": FieldSchema(TEXT),
            "stop_lat": FieldSchema(LATITUDE),
            "stop_lon": FieldSchema(LONGITUDE),
            "zone_id": FieldSchema(IDENTIFIER),
            "location_type": FieldSchema(choice(0, 1, 2, 3, 4)),
            "parent_station": FieldSchema(IDENTIFIER),
            "wheelchair_boarding": FieldSchema(choice(0, 1, 2), beside=True),
        },
        required=True,
        unique=("stop_id",),
        refers={"parent_station": _STOP},
    ),
    "routes": FileSchema(
        {
            "route_id": FieldSchema(IDENTIFIER, required=True),
            "route_short_name": FieldSchema(TEXT),
            "route_long_name": FieldSchema(TEXT),
            "route_type": FieldSchema(_ROUTE_TYPES, required=True, beside=True),
        },
        required=True,
        unique=("route_id",),
    ),
    "trips": FileSchema(
        {
            "trip_id": FieldSchema(IDENTIFIER, required=True),
            "route_id": FieldSchema(IDENTIFIER, required=True),
            "service_id": FieldSchema(IDENTIFIER, required=True),
            "trip_headsign": FieldSchema(TEXT),
            "direction_id": FieldSchema(choice(0, 1), beside=True),
            "shape_id": FieldSchema(IDENTIFIER),
            "block_id": FieldSchema(IDENTIFIER),
            "wheelchair_accessible": FieldSchema(choice(0, 1, 2), beside=True),
        },
        required=True,
        unique=("trip_id",),
        refers={"route_id": ("routes", "route_id")},
    ),
    "stop_times": FileSchema(
        {
            "trip_id": FieldSchema(IDENTIFIER, required=True),
            "arrival_time": FieldSchema(CLOCK),
            "departure_time": FieldSchema(CLOCK),
            "stop_id": FieldSchema(IDENTIFIER),
            "stop_sequence": FieldSchema(whole(0), required=True),
            "location_id": FieldSchema(IDENTIFIER),
            "location_group_id": FieldSchema(IDENTIFIER),
            "start_pickup_drop_off_window": FieldSchema(IDENTIFIER),
            "pickup_type": FieldSchema(choice(0, 1, 2, 3), beside=True),
            "drop_off_type": FieldSchema(choice(0, 1, 2, 3), beside=True),
            "shape_dist_traveled": FieldSchema(AMOUNT, beside=True),
        },
        required=True,
        unique=("trip_id", "stop_sequence"),
        refers={"trip_id": _TRIP, "stop_id": _STOP},
    ),
    "calendar": FileSchema(
        {
            "service_id": FieldSchema(IDENTIFIER, required=True),
            "monday": _YES_OR_NO,
            "tuesday": _YES_OR_NO,
            "wednesday": _YES_OR_NO,
            "thursday": _YES_OR_NO,
            "friday": _YES_OR_NO,
            "saturday": _YES_OR_NO,
            "sunday": _YES_OR_NO,
            "start_date": FieldSchema(DAY, required=True),
            "end_date": FieldSchema(DAY, required=True),
        },
        unique=("service_id",),
    ),
    "calendar_dates": FileSchema(
        {
            "service_id": FieldSchema(IDENTIFIER, required=True),
            "date": FieldSchema(DAY, required=True),
            "exception_type": FieldSchema(choice(1, 2), required=True),
        },
        unique=("service_id", "date"),
    ),
    "feed_info": FileSchema(
        {"feed_start_date": FieldSchema(DAY, beside=True), "feed_end_date": FieldSchema(DAY, beside=True)},
    ),
    "frequencies": FileSchema(
        {
            "trip_id": FieldSchema(IDENTIFIER, required=True),
            "start_time": FieldSchema(CLOCK, required=True),
            "end_time": FieldSchema(CLOCK, required=True),
            "headway_secs": FieldSchema(whole(1), required=True),
            "exact_times": FieldSchema(choice(0, 1), beside=True),
        },
        unique=("trip_id", "start_time"),
        refers={"trip_id": _TRIP},
    ),
    "transfers": FileSchema(
        {
            "from_stop_id": FieldSchema(IDENTIFIER),
            "to_stop_id": FieldSchema(IDENTIFIER),
            "from_route_id": FieldSchema(IDENTIFIER),
            "to_route_id": FieldSchema(IDENTIFIER),
            "from_trip_id": FieldSchema(IDENTIFIER),
            "to_trip_id": FieldSchema(IDENTIFIER),
            "transfer_type": FieldSchema(choice(0, 1, 2, 3, 4, 5)),
            "min_transfer_time": FieldSchema(whole(0)),
        },
        unique=("from_stop_id", "to_stop_id", "from_route_id", "to_route_id", "from_trip_id", "to_trip_id"),
        refers={
            "from_stop_id": _STOP,
            "to_stop_id": _STOP,
            "from_route_id": _ROUTE,
            "to_route_id": _ROUTE,
            "from_trip_id": _TRIP,
            "to_trip_id": _TRIP,
        },
    ),
    "fare_attributes": FileSchema(
        {
            "fare_id": FieldSchema(IDENTIFIER, required=True),
            "price": FieldSchema(AMOUNT, required=True),
            "currency_type": FieldSchema(TEXT, required=True),
            "transfers": FieldSchema(choice(0, 1, 2, empty=-1)),
            "transfer_duration": FieldSchema(whole(0)),
        },
        unique=("fare_id",),
    ),
    "fare_rules": FileSchema(
        {
            "fare_id": FieldSchema(IDENTIFIER, required=True),
            "route_id": FieldSchema(IDENTIFIER),
            "origin_id": FieldSchema(IDENTIFIER),
            "destination_id": FieldSchema(IDENTIFIER),
            "contains_id": FieldSchema(IDENTIFIER),
        },
        refers={"fare_id": ("fare_attributes", "fare_id"), "route_id": ("routes", "route_id")},
    ),
    "shapes": FileSchema(
        {
            "shape_id": FieldSchema(IDENTIFIER, required=True),
            "shape_pt_lat": FieldSchema(LATITUDE, required=True),
            "shape_pt_lon": FieldSchema(LONGITUDE, required=True),
            "shape_pt_sequence": FieldSchema(whole(0), required=True),
        },
        unique=("shape_id", "shape_pt_sequence"),
    ),
    "pathways": FileSchema(
        {
            "pathway_id": FieldSchema(IDENTIFIER),
            "from_stop_id": FieldSchema(IDENTIFIER, required=True),
            "to_stop_id": FieldSchema(IDENTIFIER, required=True),
            "pathway_mode": FieldSchema(choice(*range(1, 8)), required=True),
            "is_bidirectional": FieldSchema(choice(0, 1)),
            "length": FieldSchema(AMOUNT, beside=True),
            "traversal_time": FieldSchema(whole(0), beside=True),
            "stair_count": FieldSchema(TEXT),
        },
        refers={"from_stop_id": _STOP, "to_stop_id": _STOP},
    ),
}

#: Files that no trip needs: one that cannot be read is left out, whatever is wrong with it.
BESIDE = ("feed_info", "shapes", "transfers", "fare_attributes", "fare_rules", "pathways")

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

#: File → why it is not read.
IGNORED: Mapping[str, str] = {
    "fare_products": "fares are read from fare_attributes.txt and fare_rules.txt",
    "booking_rules": "services on demand have no timetable",
    "location_groups": "services on demand have no timetable",
}
