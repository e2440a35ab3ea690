"""Reports of barriers that tests make up, and the straight street that they lie on."""

from made_annotations import CRS, at

from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.survey import unmoderated
from tesoma_geo.network import StreetNetwork
from tesoma_geo.sources.annotations.schema import annotation_reading


def straight_street(write_osm):
    """A street of 600 m, a node every 20 m."""
    nodes = {number: (20.0 * number, 0.0) for number in range(1, 32)}
    return StreetNetwork.from_osm(write_osm(nodes, [(list(nodes), {"highway": "residential"})]), CRS)


def said(people, *, category="dark", severity=5, east=300.0, pins=1, **fields):
    return [
        {"annotation_id": f"{category}-{east}-{person}-{pin}", "respondent": f"p{person}", "question": "q",
         "kind": "barrier", "category": category, "severity": severity, "geometry": at(east, 2), **fields}
        for person in range(people) for pin in range(pins)
    ]  # fmt: skip


def store_of(*rows):
    everything = [row for group in rows for row in group]
    return unmoderated([annotation_reading(everything, [], crs=CRS, source="made")], Key(bytes(32)))[0]
