"""Feeds of the Mobility Database that serve a place."""

from pathlib import Path

import pytest
import shapely
from catalogue_servers import feed, feeds
from loopback import Loopback, serving

from tesoma_geo.errors import FetchError
from tesoma_geo.sources.catalogues.mobility_database import CATALOGUE
from tesoma_geo.sources.catalogues.records import Place, Question

HERE = (10.0, 5.0, 10.1, 5.1)


def asked(server: Loopback, folder: Path) -> Question:
    place = Place("Town", 10.05, 5.05, outline=shapely.box(*HERE))
    return Question(place, (9.9, 4.9, 10.2, 5.2), "EPSG:32632", server.address, folder)


def test_those_that_are_kept_up_and_serve_the_place_smallest_first(tmp_path):
    with serving() as server:
        rows = [
            feed(
                server,
                (0, 0, 30, 30),
                id="land",
                provider="Railways",
                **{"urls.latest": "https://example.org/rail.zip"},
            ),
            feed(server, HERE, id="town", **{"urls.license": "", "urls.latest": "https://example.org/town.zip"}),
            feed(server, HERE, id="old", status="deprecated"),
            feed(server, HERE, id="still", status="inactive"),
            feed(server, HERE, id="next", status="future"),
            feed(server, HERE, id="live", data_type="gtfs_rt"),
            feed(server, (10.15, 5.0, 10.2, 5.1), id="beside"),
            feed(server, HERE, id="unboxed", **{"location.bounding_box.minimum_latitude": ""}),
            feed(server, HERE, id="nowhere", **{"urls.latest": ""}),
        ]
        server.gives("/feeds_v2.csv", (200, {}, b"\xef\xbb\xbf" + feeds(rows)))
        entry = CATALOGUE.find(asked(server, tmp_path))
    assert entry is not None
    assert entry.keys["gtfs"] == ["https://example.org/town.zip", "https://example.org/rail.zip"]
    assert "Town's buses (licence not told)" in entry.licence
    assert "Railways" in entry.licence


def test_more_feeds_than_are_taken_are_named(tmp_path):
    with serving() as server:
        rows = [feed(server, HERE, id=f"f{number}", provider=f"Line {number}") for number in range(7)]
        server.gives("/feeds_v2.csv", (200, {}, feeds(rows)))
        entry = CATALOGUE.find(asked(server, tmp_path))
    assert entry is not None
    assert len(entry.keys["gtfs"]) == 5
    assert [note for note in entry.notes if note.startswith("Not taken")] == [
        "Not taken: f5 Line 5", "Not taken: f6 Line 6",
    ]  # fmt: skip


@pytest.mark.parametrize("body", [b"", b"<html>", b"mdb_source_id,urls.latest\n1,https://example.org/a.zip\n"])
def test_what_is_no_list_of_version_2_is_told(tmp_path, body):
    with serving() as server:
        server.gives("/feeds_v2.csv", (200, {}, body))
        with pytest.raises(FetchError, match="version 2"):
            CATALOGUE.find(asked(server, tmp_path))
