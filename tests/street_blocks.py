"""Small streets side by side, each with who takes it: for tables of what OpenStreetMap's tags mean.

Each row is a street of 400 m with tags, and a way round of 2,400 m that is open to everybody: who takes the street? All
rows of a table lie in one network, one block beside another.
"""

from typing import NamedTuple

import geopandas as gpd
import numpy as np
import shapely

from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.conditional import When
from tesoma_geo.network.streets.edits import Edits
from tesoma_geo.network.streets.lengths import ground_length_m
from tesoma_geo.sources.osm import OsmExtract
from tests.conftest import CORNER, CRS, write_osm_file

#: Who takes a street at all, by signs; a bicycle may be pushed.
WHO = {"w": "walk", "r": "wheelchair", "b": "bicycle", "c": "car"}
#: The sign of riding a bicycle along it, and the longest that this takes, parking it included, in seconds.
RIDES, RIDDEN_S = "B", 240.0
ROAD = {"highway": "residential"}
APART_M = 3000.0


class Street(NamedTuple):
    """A street, the tags of a node in its middle, and who passes it: by the signs of ``WHO``.

    Who is in neither text is not asked about: where the wiki leaves it open. ``back`` is the other direction; the same
    where it is None.
    """

    tags: dict[str, str]
    yes: str
    no: str | None = None
    back: tuple[str, str] | None = None
    node: dict[str, str] | None = None

    def expected(self, back: bool) -> tuple[str, str]:
        if back and self.back is not None:
            return self.back
        return self.yes, "".join(set(WHO) - set(self.yes)) if self.no is None else self.no


def road(yes, no=None, back=None, node=None, **tags):
    return Street(ROAD | {key.replace("__", ":"): value for key, value in tags.items()}, yes, no, back, node)


def kind(highway, yes, no=None, back=None, **tags):
    return Street({"highway": highway} | {key.replace("__", ":"): value for key, value in tags.items()}, yes, no, back)


def point(yes, no=None, **tags):
    return Street(ROAD, yes, no, None, {key.replace("__", ":"): value for key, value in tags.items()})


def blocks(path, streets):
    """All streets in one file, each with its way round, in a row."""
    nodes, ways, node_tags = {}, [], {}
    for number, street in enumerate(streets):
        first, x = 10 * number + 1, APART_M * number
        places = [(-100, 0), (0, 0), (200, 0), (400, 0), (500, 0), (0, 1000), (400, 1000)]
        nodes |= {first + at: (x + east, north) for at, (east, north) in enumerate(places)}
        ways += [
            ([first, first + 1, first + 5, first + 6, first + 3, first + 4], ROAD),
            ([first + 1, first + 2, first + 3], street.tags),
        ]
        if number:
            ways.append(([first - 6, first], ROAD))
        if street.node:
            node_tags[first + 2] = street.node
    return write_osm_file(path, nodes, ways, node_tags)


def wrong_answers(path, streets, when: When, country: str):
    """Whoever takes a street that is closed to them, or does not take an open one; the rows written to ``path``."""
    network = StreetNetwork.from_osm(blocks(path, streets), CRS).at(when, country)
    ends = [
        gpd.GeoSeries(
            shapely.points([(CORNER[0] + APART_M * n + east, CORNER[1]) for n in range(len(streets))]), crs=CRS
        )
        for east in (-50, 450)
    ]
    wrong = []
    for sign, profile in WHO.items():
        router = network.router(profile)
        for back in (False, True):
            begin, end = ends[::-1] if back else ends
            seconds = np.diag(router.travel_times(begin, end))
            round_s = round_seconds(router, begin, end)
            for street, found, longest in zip(streets, seconds, round_s, strict=True):
                yes, no = street.expected(back)
                taken = found < longest - 1.0
                told = [(sign, profile, taken)]
                if sign == "b":
                    told.append((RIDES, "riding", found < RIDDEN_S))
                wrong += [
                    (who, "back" if back else "", street.tags, street.node, "taken" if does else "not taken")
                    for one, who, does in told
                    if (one in yes and not does) or (one in no and does)
                ]
    return wrong


def round_seconds(router, begin, end):
    """Seconds of the ways round, the streets themselves closed."""
    network = router.network
    x = network.x - CORNER[0]
    inner = (network.y < CORNER[1] + 1) & (np.abs((x + APART_M / 2) % APART_M - APART_M / 2 - 200) < 1)
    edges = np.flatnonzero(inner[network.tail] ^ inner[network.head])
    return np.diag(router.with_edits(Edits.closing(edges)).travel_times(begin, end))


def street_metres(extract: OsmExtract) -> float:
    """Length of all streets that were read."""
    return float(ground_length_m(extract.lon, extract.lat, extract.tail, extract.head).sum())
