"""Who may move where: access tags before classes, the specific before the general."""

import numpy as np
import pandas as pd
import pytest

from tesoma_geo.countries import country_rules
from tesoma_geo.network.streets.permissions import (
    Permission,
    behind_restricted,
    closed_by_class,
    permissions,
    restricted_ways,
)
from tesoma_geo.network.streets.profiles import default_profiles

PROFILES = default_profiles()
OPEN, PUSHED, CLOSED = Permission.OPEN, Permission.PUSHED, Permission.CLOSED


def ways(**tags: str) -> pd.DataFrame:
    return pd.DataFrame({"highway": pd.Series([tags.pop("highway", None)], dtype="str")}).assign(
        **{key: pd.Series([value], dtype="str") for key, value in tags.items()}
    )


@pytest.mark.parametrize(
    ("tags", "walk", "bicycle", "car"),
    [
        ({"highway": "residential"}, OPEN, OPEN, OPEN),
        ({"highway": "footway"}, OPEN, PUSHED, CLOSED),
        ({"highway": "footway", "bicycle": "yes"}, OPEN, OPEN, CLOSED),
        ({"highway": "cycleway"}, OPEN, OPEN, CLOSED),
        ({"highway": "cycleway", "foot": "no"}, CLOSED, OPEN, CLOSED),
        ({"highway": "steps"}, OPEN, PUSHED, CLOSED),
        ({"highway": "motorway"}, CLOSED, CLOSED, OPEN),
        ({"highway": "trunk"}, OPEN, OPEN, OPEN),
        ({"highway": "trunk", "motorroad": "yes"}, CLOSED, CLOSED, OPEN),
        ({"highway": "trunk", "motorroad": "yes", "foot": "yes"}, OPEN, PUSHED, OPEN),
        ({"highway": "services"}, CLOSED, CLOSED, CLOSED),
        ({"highway": "services", "access": "yes"}, CLOSED, CLOSED, CLOSED),
        ({"highway": "disused", "foot": "yes"}, CLOSED, CLOSED, CLOSED),
        ({"highway": "secondary", "foot": "use_sidepath"}, CLOSED, OPEN, OPEN),
        ({"highway": "primary", "motorroad": "yes"}, CLOSED, CLOSED, OPEN),
        ({"highway": "service", "access": "private"}, OPEN, OPEN, OPEN),
        ({"highway": "service", "access": "private", "foot": "yes"}, OPEN, PUSHED, OPEN),
        ({"highway": "service", "access": "customers"}, OPEN, OPEN, OPEN),
        ({"highway": "residential", "motor_vehicle": "no"}, OPEN, OPEN, CLOSED),
        ({"highway": "residential", "vehicle": "no", "bicycle": "yes"}, OPEN, OPEN, CLOSED),
        ({"highway": "secondary", "bicycle": "use_sidepath"}, OPEN, PUSHED, OPEN),
        ({"highway": "path", "bicycle": "dismount"}, OPEN, PUSHED, CLOSED),
        ({"highway": "path", "bicycle": "no"}, OPEN, PUSHED, CLOSED),
        ({"highway": "residential", "access": "unheard-of"}, OPEN, OPEN, OPEN),
    ],
)  # fmt: skip
def test_who_may_use_a_way(tags, walk, bicycle, car):
    table = ways(**tags)
    found = [permissions(table, PROFILES[name])[0] for name in ("walk", "bicycle", "car")]
    assert found == [walk, bicycle, car]


@pytest.mark.parametrize(
    ("tags", "walk", "bicycle", "car"),
    [
        ({"access": "private"}, True, True, True),
        ({"access": "private", "foot": "yes"}, False, True, True),
        ({"motor_vehicle": "destination"}, False, False, True),
        ({"vehicle": "permit", "bicycle": "yes"}, False, False, True),
        ({"access": "customers"}, True, True, True),
        ({"access": "no"}, False, False, False),
        ({"foot": "private"}, True, False, False),
    ],
)  # fmt: skip
def test_who_may_begin_or_end_on_a_way_and_not_pass(tags, walk, bicycle, car):
    table = ways(highway="service", **tags)
    assert [restricted_ways(table, PROFILES[name])[0] for name in ("walk", "bicycle", "car")] == [walk, bicycle, car]


def test_a_way_closed_to_wheelchairs_is_open_to_others():
    table = ways(highway="path", wheelchair="no")
    assert permissions(table, PROFILES["wheelchair"])[0] == CLOSED
    assert permissions(table, PROFILES["walk"])[0] == OPEN


@pytest.mark.parametrize(
    ("country", "walk", "bicycle"),
    [
        ("", OPEN, OPEN),
        ("FI", OPEN, OPEN),
        ("BR", OPEN, OPEN),
        ("ES", CLOSED, OPEN),
        ("CH", CLOSED, CLOSED),
        ("GR", CLOSED, OPEN),
        ("RO", OPEN, OPEN),
    ],
)
def test_trunk_roads_are_open_to_walkers_unless_a_country_closes_them(country, walk, bicycle):
    table, rules = ways(highway="trunk"), country_rules(country)
    assert permissions(table, PROFILES["walk"], rules)[0] == walk
    assert permissions(table, PROFILES["bicycle"], rules)[0] == bicycle
    assert permissions(table, PROFILES["car"], rules)[0] == OPEN
    assert closed_by_class(table, PROFILES["walk"], rules)[0] == (walk == CLOSED)
    assert permissions(ways(highway="trunk", foot="yes"), PROFILES["walk"], rules)[0] == OPEN


@pytest.mark.parametrize("tags", [{"railway": "platform"}, {"public_transport": "platform"}, {"man_made": "pier"}])
def test_platforms_and_piers_are_for_walkers(tags):
    found = [permissions(ways(**tags), PROFILES[name])[0] for name in ("walk", "car")]
    assert found == [OPEN, CLOSED]
    assert permissions(ways(**tags, access="no"), PROFILES["walk"])[0] == CLOSED


#: https://wiki.openstreetmap.org/wiki/OSM_tags_for_routing/Access_restrictions, the table for all countries as of
#: 2024-07 (foot, bicycle, motorcar); where this product differs on purpose, that is said beside it.
WIKI_DEFAULTS = {
    "motorway": (CLOSED, CLOSED, OPEN), "motorway_link": (CLOSED, CLOSED, OPEN), "trunk": (OPEN, OPEN, OPEN),
    "primary": (OPEN, OPEN, OPEN), "secondary": (OPEN, OPEN, OPEN), "tertiary": (OPEN, OPEN, OPEN),
    "unclassified": (OPEN, OPEN, OPEN), "residential": (OPEN, OPEN, OPEN), "living_street": (OPEN, OPEN, OPEN),
    "road": (OPEN, OPEN, OPEN), "service": (OPEN, OPEN, OPEN), "track": (OPEN, OPEN, OPEN),
    "path": (OPEN, OPEN, CLOSED),
    "bridleway": (OPEN, PUSHED, CLOSED),  # wiki: horses alone; walkers are not turned away from a bare bridleway
    "cycleway": (OPEN, OPEN, CLOSED),  # wiki: no walkers; Finland and most countries of its table: walkers too
    "footway": (OPEN, PUSHED, CLOSED), "pedestrian": (OPEN, PUSHED, CLOSED), "steps": (OPEN, PUSHED, CLOSED),
    "busway": (CLOSED, CLOSED, CLOSED), "bus_guideway": (CLOSED, CLOSED, CLOSED),
    "raceway": (CLOSED, CLOSED, CLOSED), "escape": (CLOSED, CLOSED, CLOSED),
}  # fmt: skip


@pytest.mark.parametrize("kind", WIKI_DEFAULTS)
def test_classes_are_open_as_the_wiki_has_them(kind):
    found = tuple(permissions(ways(highway=kind), PROFILES[name])[0] for name in ("walk", "bicycle", "car"))
    assert found == WIKI_DEFAULTS[kind]


def pieces(edges, nodes):
    """The piece of each node, by joining the ends of one edge after another."""
    of = list(range(nodes))
    for one, other in edges:
        of = [of[one] if piece == of[other] else piece for piece in of]
    return of


def behind_by_hand(edges, nodes, open_, restricted):
    """Public edges outside the largest public piece of all that hangs together; of equal ones the first."""
    public = [edge for edge, free, private in zip(edges, open_, restricted, strict=True) if free and not private]
    of_public, of_all = pieces(public, nodes), pieces([e for e, free in zip(edges, open_, strict=True) if free], nodes)
    size = {piece: sum(of_public[tail] == piece for tail, _ in public) for piece in of_public}
    first = {piece: of_public.index(piece) for piece in of_public}
    main = {}
    for tail, _ in public:
        piece, whole = of_public[tail], of_all[tail]
        best = main.get(whole, piece)
        main[whole] = min(piece, best, key=lambda one: (-size[one], first[one]))
    return [
        bool(free and not private and main[of_all[tail]] != of_public[tail])
        for (tail, _), free, private in zip(edges, open_, restricted, strict=True)
    ]


@pytest.mark.parametrize("seed", range(40))
def test_what_lies_behind_private_streets_is_found_as_by_hand(seed):
    random = np.random.default_rng(seed)
    nodes = 14
    edges = random.integers(0, nodes, (random.integers(1, 22), 2)).astype(np.int32)
    open_, restricted = random.random(len(edges)) < 0.85, random.random(len(edges)) < 0.35
    found = behind_restricted(edges[:, 0], edges[:, 1], nodes, open_, restricted)
    assert found.tolist() == behind_by_hand(edges.tolist(), nodes, open_, restricted)
