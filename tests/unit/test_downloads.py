"""Records of downloaded files: our own may be replaced, what somebody else has touched stays as it is."""

import json

import pytest

from tesoma_geo._downloads import keep, record_of
from tesoma_geo._files import sha256
from tesoma_geo.errors import OutputError

URL = "https://example.org/layer.gpkg"


def kept(path, content=b"one", url=URL, **tags):
    return keep(path, url, lambda draft: draft.write_bytes(content), **tags)


def test_what_was_kept_is_known_again(tmp_path):
    path = tmp_path / "layer.gpkg"
    fetched = kept(path, etag='"a"', last_modified="Mon, 01 Jan 2024 00:00:00 GMT")
    assert path.read_bytes() == b"one"
    assert fetched.sha256 == sha256(path)
    assert (fetched.is_new, fetched.etag) == (True, '"a"')
    known = record_of(path)
    assert known is not None
    assert not known.is_new
    assert (known.url, known.date, known.sha256) == (URL, fetched.date, fetched.sha256)
    assert (known.etag, known.last_modified) == (fetched.etag, fetched.last_modified)


def test_nothing_is_known_of_what_is_not_there(tmp_path):
    assert record_of(tmp_path / "absent") is None


def test_a_second_download_takes_the_place_of_the_first(tmp_path):
    path = tmp_path / "layer.gpkg"
    kept(path, etag='"a"')
    kept(path, b"two")
    assert path.read_bytes() == b"two"
    assert record_of(path).etag is None
    assert sorted(one.name for one in tmp_path.iterdir()) == ["layer.gpkg", "layer.gpkg.json"]


def test_secrets_of_an_address_are_in_no_record(tmp_path):
    path = tmp_path / "layer.gpkg"
    kept(path, url="https://user:hush@example.org/layer?api_key=hush")
    assert "hush" not in (tmp_path / "layer.gpkg.json").read_text()


@pytest.mark.parametrize("how", ["changed", "never kept", "record damaged", "record of others", "a folder"])
def test_what_is_somebodys_own_is_refused_and_stays(tmp_path, how):
    path, beside = tmp_path / "layer.gpkg", tmp_path / "layer.gpkg.json"
    if how == "never kept":
        path.write_bytes(b"own")
    elif how == "a folder":
        path.mkdir()
    else:
        kept(path)
        if how == "changed":
            path.write_bytes(b"own")
        else:
            beside.write_text("{" if how == "record damaged" else json.dumps({"some": "thing"}))
    before = path.read_bytes() if path.is_file() else None
    for act in (record_of, kept):
        with pytest.raises(OutputError) as refused:
            act(path)
        assert "layer.gpkg" in refused.value.problem
        assert refused.value.remedy
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_download_that_fails_leaves_the_former_one(tmp_path):
    path = tmp_path / "layer.gpkg"
    kept(path)

    def broken(draft):
        draft.write_bytes(b"half")
        raise ValueError("broke off")

    with pytest.raises(ValueError, match="broke off"):
        keep(path, URL, broken)
    assert path.read_bytes() == b"one"
    assert record_of(path) is not None


def test_a_file_that_comes_meanwhile_stays(tmp_path):
    path = tmp_path / "layer.gpkg"

    def while_somebody_writes(draft):
        draft.write_bytes(b"ours")
        path.write_bytes(b"theirs")

    with pytest.raises(OutputError):
        keep(path, URL, while_somebody_writes)
    assert path.read_bytes() == b"theirs"


def test_a_record_before_its_file_is_no_stop(tmp_path):
    path = tmp_path / "layer.gpkg"
    kept(path)
    path.unlink()
    assert record_of(path) is None
    kept(path, b"again")
    assert record_of(path).sha256 == sha256(path)
