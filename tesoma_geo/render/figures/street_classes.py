"""Classes of streets that maps draw alike."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass

#: What the painter draws alike; the painter's numbers are the positions here.
STREET_CLASSES = (
    ("motorway", "trunk", "primary"),
    ("secondary", "tertiary"),
    ("residential", "unclassified", "living_street", "road", "busway"),
    ("service",),
    ("footway", "path", "cycleway", "pedestrian", "track", "bridleway", "corridor"),
    ("steps",),
)
