"""Networks kept on disk: the same as those that were read, and read again where the file or the copy changed."""

import os

import numpy as np
import pytest

from tesoma_geo._reading import guarded_apart
from tesoma_geo.errors import SourceError
from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets import cache

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


def refuses(path):
    raise SourceError("broken", "mend it")


@pytest.mark.parametrize("reader", [lambda path: os.abort(), refuses])
def test_streets_stand_where_obstacles_cannot_be_read(write_osm, monkeypatch, reader):
    path = write_osm(LINE, [([1, 2], {"highway": "path"})])
    monkeypatch.setattr(cache, "read_obstacles", guarded_apart("obstacles", "mend it")(reader))
    network = StreetNetwork.from_osm(path)
    assert network.n_edges == 1
    assert [(one.what, one.count) for one in network.left_out][-1] == ("fences, tracks and water", 1)


def test_what_is_no_file_of_streets_is_an_error_with_its_own_cause(tmp_path):
    (tmp_path / "town.osm").write_text("<osm version='0.6'></osm>")
    with pytest.raises(SourceError, match="holds no way tagged highway"):
        StreetNetwork.from_osm(tmp_path / "town.osm")
