"""The place of results: a folder or a prefix of a store, and what is neither is refused."""

import pytest

from tesoma_geo.batch.object_store import ObjectStore
from tesoma_geo.batch.results import LocalFolder, results_at
from tesoma_geo.errors import OutputError


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("gs://bucket/a", "gs://bucket/a is no place for results"),
        ("s3:/bucket/a", "no place for results"),
        ("https://bucket/a", "no place for results"),
        ("s3://", "'' in s3:// is no name of a bucket"),
        ("s3://Upper/a", "no name of a bucket"),
        ("s3://bucket/../b", "an empty part, . or .."),
        ("s3://bucket/a//b", "an empty part"),
        ("s3://key:hidden@bucket/a", "more than a bucket and a prefix"),
        ("s3://bucket/a?versionId=1", "more than a bucket and a prefix"),
    ],
)
def test_an_address_that_is_none_is_refused_without_its_secret(place, says):
    with pytest.raises(OutputError, match=says) as told:
        results_at(place)
    assert "hidden" not in str(told.value)


def test_a_place_is_what_was_named(tmp_path):
    assert results_at(tmp_path) == results_at(str(tmp_path)) == LocalFolder(tmp_path)
    assert results_at("s3://bucket/") == ObjectStore("bucket")
    place = results_at("s3://bucket/a/b/")
    assert place == ObjectStore("bucket", "a/b") == results_at(place)
    assert place.shown("page/index.html") == "s3://bucket/a/b/page/index.html"


def test_a_file_is_written_whole_and_what_a_killed_call_left_goes(tmp_path):
    place = LocalFolder(tmp_path / "out")
    assert place.is_empty()
    assert place.read("a/b.json") is None
    with place.alone():
        assert place.is_empty()
        place.put("a/b.json", b"1")
        place.put("a/b.json", b"2")
        (tmp_path / "out" / ".drafts" / "left").mkdir()
        place.tidy()
    assert place.names("") == place.names("a") == ["a/b.json"]
    assert place.read("a/b.json") == b"2"
    assert place.has("a/b.json")
    assert place.is_taken("a")
    assert not place.has("a")
    place.remove("a/b.json")
    place.remove("a/b.json")
    assert not (tmp_path / "out" / "a").exists()
    assert place.is_empty()


def test_drafts_of_a_call_that_was_killed_at_once_are_nobodys_and_others_files_are(tmp_path):
    (tmp_path / ".drafts" / "tmp1").mkdir(parents=True)
    (tmp_path / ".drafts" / "tmp1" / "batch.json").write_bytes(b"{")
    assert LocalFolder(tmp_path).is_empty()
    (tmp_path / ".drafts" / "thesis.txt").write_bytes(b"mine")
    assert not LocalFolder(tmp_path).is_empty()
