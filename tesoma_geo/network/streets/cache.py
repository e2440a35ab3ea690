"""Built networks kept on disk by the content they were built from, so that a file is read once."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.feather as feather
import shapely

from tesoma_geo._cache import cached_entry, load_arrays, save_arrays
from tesoma_geo._files import sha256
from tesoma_geo.network.engine import Hierarchy
from tesoma_geo.network.streets.network import StreetNetwork
from tesoma_geo.tables import load_left_out, save_left_out

#: Changes whenever a network read from the same file would be another one, or its files have another form.
FORMAT = 2

ARRAYS = ("node_id", "lon", "lat", "x", "y", "elevation_m", "tail", "head", "length_m", "way")


def cached_network(
    path: Path, crs: str, area: shapely.Geometry | None, build: Callable[[], StreetNetwork]
) -> StreetNetwork:
    """The network of a file, from disk where it was built before.

    Parameters
    ----------
    path
        The file that the network is built from; its content counts, not its name.
    crs
        The metric system of the network.
    area
        Polygon in ``crs`` that the network is cut to; None for the whole file.
    build
        Builds the network.
    """
    key = hashlib.sha256(f"{FORMAT} {sha256(path)} {crs} ".encode())
    key.update(b"" if area is None else shapely.to_wkb(area))
    return cached_entry("network", key.digest(), lambda folder: _read_network(folder, crs), build, _write_network)


def cached_hierarchy(network: StreetNetwork) -> Hierarchy:
    """The contracted network, from disk where it was contracted before.

    Parameters
    ----------
    network
        Streets; the hierarchy depends on their nodes and ends alone.
    """
    key = hashlib.sha256()
    for array in (network.tail, network.head, network.x, network.y):
        key.update(np.ascontiguousarray(array).tobytes())
    return cached_entry(
        "hierarchy",
        key.digest(),
        lambda folder: Hierarchy.load(folder / "hierarchy.npy"),
        lambda: Hierarchy.build(network.n_nodes, network.tail, network.head, network.x, network.y),
        lambda folder, hierarchy: hierarchy.save(folder / "hierarchy.npy"),
    )


def _write_network(folder: Path, network: StreetNetwork) -> None:
    save_arrays(folder, {name: getattr(network, name) for name in ARRAYS})
    feather.write_feather(network.ways, folder / "ways.arrow", compression="uncompressed")
    feather.write_feather(network.node_tags, folder / "node_tags.arrow", compression="uncompressed")
    save_left_out(folder / "left_out.json", network.left_out)


def _read_network(folder: Path, crs: str) -> StreetNetwork:
    arrays: dict[str, Any] = load_arrays(folder)
    return StreetNetwork(
        **arrays,
        ways=feather.read_feather(folder / "ways.arrow"),
        node_tags=feather.read_feather(folder / "node_tags.arrow"),
        crs=crs,
        left_out=load_left_out(folder / "left_out.json"),
    )
