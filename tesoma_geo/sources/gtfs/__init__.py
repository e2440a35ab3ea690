"""GTFS feeds: a declared schema, every fault with its line and column, and which services run when."""

from tesoma_geo.sources.gtfs.calendar import nearest_day_of_service, services_on, span, stated_span
from tesoma_geo.sources.gtfs.reader import Feed, general_transfers, read_feed, specific_transfers

__all__ = [
    "Feed",
    "general_transfers",
    "nearest_day_of_service",
    "read_feed",
    "services_on",
    "span",
    "specific_transfers",
    "stated_span",
]
