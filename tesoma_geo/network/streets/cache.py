"""Built networks kept on disk by the content they were built from, so that a file is read once."""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pyarrow.feather as feather
import shapely

from tesoma_geo._files import cache_folder, sha256, written_file, written_folder
from tesoma_geo.errors import OutputError, SourceError
from tesoma_geo.network.engine import Hierarchy
from tesoma_geo.network.streets.network import StreetNetwork
from tesoma_geo.tables import LeftOut

#: Changes whenever a network read from the same file would be another one.
FORMAT = 1

ARRAYS = ("node_id", "lon", "lat", "x", "y", "elevation_m", "tail", "head", "length_m", "way")


def cached_network(
    path: Path, crs: str, area: shapely.Geometry | None, build: Callable[[], StreetNetwork]
) -> StreetNetwork:
    """The network of a file, from disk where it was built before."""
    key = hashlib.sha256(f"{FORMAT} {sha256(path)} {crs} ".encode())
    key.update(b"" if area is None else shapely.to_wkb(area))
    folder = cache_folder() / f"network-{key.hexdigest()[:32]}"
    try:
        return _loaded(folder, crs)
    except (OSError, ValueError, KeyError):
        network = build()
    with suppress(OutputError, OSError), written_folder(folder) as draft:  # without a cache it only takes longer
        np.savez(draft / "arrays.npz", **{name: getattr(network, name) for name in ARRAYS})
        feather.write_feather(network.ways, draft / "ways.arrow", compression="uncompressed")
        feather.write_feather(network.node_tags, draft / "node_tags.arrow", compression="uncompressed")
        left_out = [f"{left.count}\t{left.what}\t{left.reason}\t{'|'.join(left.examples)}" for left in network.left_out]
        (draft / "left_out.tsv").write_text("\n".join(left_out), encoding="utf-8")
    return network


def cached_hierarchy(network: StreetNetwork) -> Hierarchy:
    """The contracted network, from disk where it was contracted before."""
    key = hashlib.sha256()
    for array in (network.tail, network.head, network.x, network.y):
        key.update(np.ascontiguousarray(array).tobytes())
    path = cache_folder() / f"hierarchy-{key.hexdigest()[:32]}.npy"
    try:
        return Hierarchy.load(path)
    except SourceError:
        hierarchy = Hierarchy.build(network.n_nodes, network.tail, network.head, network.x, network.y)
    with suppress(OutputError, OSError), written_file(path, overwrite=True) as draft:
        hierarchy.save(draft)
    return hierarchy


def _loaded(folder: Path, crs: str) -> StreetNetwork:
    with np.load(folder / "arrays.npz", allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in ARRAYS}
    lines = (folder / "left_out.tsv").read_text(encoding="utf-8").splitlines()
    fields = [line.split("\t") for line in lines]
    return StreetNetwork(
        **arrays,
        ways=feather.read_feather(folder / "ways.arrow"),
        node_tags=feather.read_feather(folder / "node_tags.arrow"),
        crs=crs,
        left_out=tuple(
            LeftOut(what, reason, int(count), tuple(filter(None, examples.split("|"))))
            for count, what, reason, examples in fields
        ),
    )
