"""Built networks kept on disk by the content they were built from, so that a file is read once."""

import hashlib
import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, TypeVar

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow.feather as feather
import shapely
from numpy.typing import NDArray

from tesoma_geo._cache import cached_entry, load_arrays, save_arrays
from tesoma_geo._files import sha256, write_json
from tesoma_geo._reading import guarded_apart
from tesoma_geo.crs import WGS84
from tesoma_geo.errors import SourceError
from tesoma_geo.network.streets.built_from import built_from
from tesoma_geo.network.streets.conditional import SUMMER
from tesoma_geo.network.streets.from_extract import streets_of_extract
from tesoma_geo.network.streets.network import Streets
from tesoma_geo.network.streets.obstacles import Obstacles
from tesoma_geo.network.streets.restrictions import Restrictions
from tesoma_geo.network.streets.shape import StreetShape
from tesoma_geo.network.streets.turn_restrictions import rules_at
from tesoma_geo.network.streets.turn_rules import TurnRule
from tesoma_geo.network.streets.way_rules import WayRules
from tesoma_geo.sources.osm import OsmExtract, read_osm
from tesoma_geo.sources.osm_obstacles import ObstacleLayers, read_obstacles
from tesoma_geo.tables import LeftOut, load_left_out, save_left_out

Network = TypeVar("Network", bound=Streets)

#: Changes whenever a network read from the same file would be another one, or its files have another form.
FORMAT = 24

#: Obstacles this far outside the streets are kept, in metres: the farthest that points are snapped, and more.
NEAR_M = 500.0

ARRAYS = ("node_id", "lon", "lat", "x", "y", "elevation_m", "tail", "head", "length_m", "way", "stands_for")
#: Arrays of the network's shape: they take as long to find out as the rest takes to read.
OF_SHAPE = ("drivable", "sheltered")
OF_RESTRICTIONS = ("maybe", "always")
#: Arrays of the network's rules: likewise.
OF_RULES = ("kind_of_way", "maybe_of_way", "always_of_way", "sheltered_way", "restricted_barrier")


def cached_network(
    kind: type[Network], path: Path, crs: str | None, area: shapely.Geometry | None = None, country: str | None = None
) -> Network:
    """The network of an OpenStreetMap file, from disk where it was built before.

    Parameters
    ----------
    kind
        The class of the network.
    path
        The file that the network is built from; its content counts, not its name.
    crs
        The metric system of the network; the place's own where it is None.
    area
        Polygon in ``crs`` that the network is cut to; None for the whole file.
    country
        ISO 3166-1 code of the country whose rules hold; the place's where it is None.

    Returns
    -------
    A network of the class ``kind``.
    """
    key = hashlib.sha256(f"{FORMAT} {sha256(path)} {crs} {country} ".encode())
    key.update(b"" if area is None else shapely.to_wkb(area))
    network = cached_entry(
        "network",
        key.digest(),
        lambda folder: _read_network(kind, folder),
        lambda: _built(kind, path, crs, area, country),
        _write_network,
    )
    return built_from(network, key.digest())


def _built(
    kind: type[Network], path: Path, crs: str | None, area: shapely.Geometry | None, country: str | None
) -> Network:
    """The network of a file, with what it has of fences, tracks and water near the streets."""
    layers: ObstacleLayers | None
    try:
        extract, layers = _read_together(path)
    except SourceError:  # each for itself: streets without obstacles will do
        extract, layers = read_osm(path), _obstacles(path)
    network = streets_of_extract(kind, extract, crs, area, country)
    if layers is None:
        unread = LeftOut("fences, tracks and water", "the file's could not be read", 1)
        return replace(network, left_out=(*network.left_out, unread))
    near, shapes = shapely.box(network.x.min(), network.y.min(), network.x.max(), network.y.max()), []
    for layer in layers:
        metric = gpd.GeoSeries(layer, crs=WGS84).to_crs(network.crs)
        shapes.append(metric[metric.intersects(near.buffer(NEAR_M))].to_numpy())
    return replace(network, obstacles=Obstacles.of(*shapes))


@guarded_apart("OpenStreetMap data", "It may be cut off or damaged: download it again")
def _read_together(path: Path) -> tuple[OsmExtract, ObstacleLayers]:
    """Streets and obstacles, read in one child process."""
    return read_osm(path), read_obstacles(path)


def _obstacles(path: Path) -> ObstacleLayers | None:
    try:
        return read_obstacles(path)
    except SourceError:
        return None


def _write_network(folder: Path, network: Streets) -> None:
    shape = {name: getattr(network.shape, name) for name in OF_SHAPE}
    shape |= {name: getattr(network.shape.restrictions, name) for name in OF_RESTRICTIONS}
    save_arrays(folder, {name: getattr(network, name) for name in ARRAYS} | shape | network.rules.as_arrays())
    feather.write_feather(network.ways, folder / "ways.arrow", compression="uncompressed")
    feather.write_feather(network.node_tags, folder / "node_tags.arrow", compression="uncompressed")
    feather.write_feather(network.barriers, folder / "barriers.arrow", compression="uncompressed")
    shapes = np.concatenate([network.obstacles.lines, network.obstacles.water])
    is_water = np.arange(len(shapes)) >= len(network.obstacles.lines)
    obstacles = pd.DataFrame({"shape": shapely.to_wkb(shapes), "water": is_water})
    feather.write_feather(obstacles, folder / "obstacles.arrow")
    (folder / "crs.txt").write_text(network.crs, encoding="utf-8")
    (folder / "country.txt").write_text(network.country, encoding="utf-8")
    save_left_out(folder / "left_out.json", network.left_out)
    write_json(folder / "turn_rules.json", [asdict(rule) for rule in network.turn_rules])


def _read_network(kind: type[Network], folder: Path) -> Network:
    arrays: dict[str, Any] = load_arrays(folder)
    of_shape: dict[str, Any] = {name: arrays.pop(name) for name in OF_SHAPE}
    of_rules: dict[str, Any] = {name: arrays.pop(name) for name in OF_RULES}
    restrictions = Restrictions(**{name: arrays.pop(name) for name in OF_RESTRICTIONS})
    rules = tuple(TurnRule.of_content(rule) for rule in json.loads((folder / "turn_rules.json").read_bytes()))
    length_m: NDArray[np.float32] = arrays["length_m"]
    obstacles = feather.read_feather(folder / "obstacles.arrow")
    shapes, is_water = shapely.from_wkb(obstacles["shape"].to_numpy()), obstacles["water"].to_numpy(bool)
    ways, barriers = feather.read_feather(folder / "ways.arrow"), feather.read_feather(folder / "barriers.arrow")
    return kind(
        **arrays,
        ways=ways,
        node_tags=feather.read_feather(folder / "node_tags.arrow"),
        barriers=barriers,
        crs=(folder / "crs.txt").read_text(encoding="utf-8"),
        obstacles=Obstacles.of(shapes[~is_water], shapes[is_water]),
        left_out=load_left_out(folder / "left_out.json"),
        country=(folder / "country.txt").read_text(encoding="utf-8"),
        turn_rules=rules,
        rules=WayRules.of_arrays(ways, barriers, of_rules),
        shape=StreetShape(
            **{name: arrays[name] for name in ("x", "y", "tail", "head")},
            restrictions=restrictions,
            rules=rules_at(rules, SUMMER),
            length_m=length_m,
            drivable=of_shape["drivable"],
            sheltered=of_shape["sheltered"],
        ),
    )
