"""Where trips may start and end: what hangs on the streets, and how."""

import numpy as np

import tesoma_geo as tg


def town(write_osm, drive, yard=None):
    """A street of sixty nodes, a drive from its middle, and a yard at the end of the drive."""
    nodes = {number: (20.0 * number, 0.0) for number in range(1, 61)}
    nodes |= {100 + number: (600.0, 20.0 * number) for number in range(1, 5)}
    ways = [(list(range(1, 61)), {"highway": "residential"}), ([30, 101, 102], {"highway": "service", **drive})]
    ways.append(([102, 103, 104], {"highway": "service", **(yard or {})}))
    return tg.StreetNetwork.from_osm(write_osm(nodes, ways), crs="EPSG:3067")


def usable_ways(network, profile="walk"):
    router = network.router(profile)
    return {int(osm_id) for osm_id in np.unique(network.ways["osm_id"].to_numpy()[network.way[router.usable]])}


def test_a_yard_behind_a_private_drive_is_reached(write_osm):
    network = town(write_osm, {"access": "private"})
    router = network.router("walk")
    assert usable_ways(network) == {1, 2, 3}
    assert router.costs.restricted.sum() == 4  # the yard too: whoever comes there has business there


def test_a_yard_behind_a_closed_drive_is_not(write_osm):
    assert usable_ways(town(write_osm, {"access": "no"})) == {1}


def test_a_drive_that_is_private_for_cars_alone(write_osm):
    network = town(write_osm, {"motor_vehicle": "private"})
    assert not network.router("walk").costs.restricted.any()
    assert network.router("car").costs.restricted.sum() == 4
    assert usable_ways(network, "car") == {1, 2, 3}


def test_pieces_that_hang_on_nothing_are_counted(write_osm):
    pieces, edges = town(write_osm, {"access": "no"}).router("walk").small_pieces
    assert (pieces, edges) == (1, 2)
