"""The day that an OpenStreetMap file states."""

import osmium
import pytest

from tesoma_geo.sources.osm_day import replication_day


@pytest.mark.parametrize(("stated", "day"), [("2021-12-30T21:21:46Z", "2021-12-30"), (None, None)])
def test_the_day_is_the_one_in_the_header(tmp_path, stated, day):
    header = osmium.io.Header()
    if stated is not None:
        header.set("osmosis_replication_timestamp", stated)
    with osmium.SimpleWriter(str(tmp_path / "streets.osm.pbf"), header=header) as writer:
        writer.add_node(osmium.osm.mutable.Node(id=1, location=(23.6, 61.5)))
    assert replication_day(tmp_path / "streets.osm.pbf") == day


def test_what_is_no_such_file_states_none(tmp_path):
    (tmp_path / "broken.osm.pbf").write_bytes(b"\0\0\0\x0dnonsense")
    assert replication_day(tmp_path / "broken.osm.pbf") is None
    assert replication_day(tmp_path / "none.osm.pbf") is None
