"""Networks kept on disk: the same as those that were read, and read again where the file or the copy changed."""

import numpy as np
import pytest

from tesoma_geo.network import StreetNetwork

LINE = {1: (0, 0), 2: (100, 0), 3: (300, 0), 4: (300, 400)}


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))


def test_what_is_kept_equals_what_was_read(write_osm):
    path = write_osm(LINE, [([1, 2, 3], {"highway": "path", "lit": "no"})], {2: {"barrier": "gate"}})
    read, kept = StreetNetwork.from_osm(path), StreetNetwork.from_osm(path)
    for name in ("node_id", "lon", "lat", "x", "y", "tail", "head", "length_m", "way"):
        assert np.array_equal(getattr(read, name), getattr(kept, name)), name
    assert read.ways.equals(kept.ways)
    assert read.node_tags.equals(kept.node_tags)


def test_a_changed_file_is_read_again(write_osm):
    assert StreetNetwork.from_osm(write_osm(LINE, [([1, 2], {"highway": "path"})])).n_edges == 1
    assert StreetNetwork.from_osm(write_osm(LINE, [([1, 2, 3], {"highway": "path"})])).n_edges == 2


def test_a_damaged_cache_is_built_anew(write_osm, tmp_path):
    path = write_osm(LINE, [([1, 2], {"highway": "path"})])
    StreetNetwork.from_osm(path)
    [arrays] = (tmp_path / "cache").glob("network-*/tail.npy")
    arrays.write_bytes(b"nonsense")
    assert StreetNetwork.from_osm(path).n_edges == 1
