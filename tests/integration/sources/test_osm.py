"""Reading the OpenStreetMap file of Tampere."""

from pathlib import Path

import pytest

from tesoma_geo.errors import SourceError
from tesoma_geo.sources.osm import read_osm


def test_a_cut_off_pbf_is_refused(shared_data: Path, tmp_path):
    whole = (shared_data / "tampere.osm.pbf").read_bytes()
    cut = tmp_path / "cut.osm.pbf"
    cut.write_bytes(whole[: len(whole) // 3])
    with pytest.raises(SourceError, match="cannot be read as OpenStreetMap data"):
        read_osm(cut)


def test_tampere_holds_what_an_independent_count_holds(shared_data: Path):
    """Counts by osmium's own command line: 29,836 ways tagged highway, 2 multipolygons of highway=pedestrian."""
    extract = read_osm(shared_data / "tampere.osm.pbf")
    assert int((extract.ways["highway"].notna() & (extract.ways["osm_id"] > 0)).sum()) == 29_836
    assert int((extract.ways["osm_id"] < 0).sum()) == 2
    assert extract.left_out == ()
