"""Files that are published packed."""

import gzip
import io
import zipfile

import pytest
from loopback import serving

from tesoma_geo.errors import FetchError
from tesoma_geo.sources.packed import fetch_from_zip, fetch_packed


def quiet(_: str) -> None:
    pass


def test_it_is_unpacked_once_and_asked_for_again_only_if_newer(tmp_path):
    with serving() as server:
        server.routes["/cells.gpkg.gz"] = lambda _query, headers: (
            (304, {}, b"") if headers.get("if-none-match") == '"1"' else (200, {"ETag": '"1"'}, gzip.compress(b"cells"))
        )
        address, path = f"gz+{server.address}/cells.gpkg", tmp_path / "cells.gpkg"
        assert fetch_packed(address, path, refresh=False, progress=quiet).is_new
        assert path.read_bytes() == b"cells"
        assert not fetch_packed(address, path, refresh=False, progress=quiet).is_new
        assert len(server.asked) == 1
        assert not fetch_packed(address, path, refresh=True, progress=quiet).is_new
        assert len(server.asked) == 2


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (gzip.compress(b"cells" * 1000)[:-20], "no whole gzip file"),
        (b"<html>Not here</html>", "no whole gzip file"),
        (gzip.compress(bytes(50_000_000)), "grows beyond"),
    ],
    ids=["cut", "none", "bomb"],  # packed bytes hold the time of packing
)
def test_what_is_no_sound_gzip_file_is_refused(tmp_path, content, told):
    with serving() as server:
        server.gives("/cells.gpkg.gz", (200, {}, content))
        with pytest.raises(FetchError, match=told):
            fetch_packed(f"gz+{server.address}/cells.gpkg", tmp_path / "cells.gpkg", refresh=False, progress=quiet)
    assert not (tmp_path / "cells.gpkg").exists()


def zipped(**members: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(f"{name}.tif", body)
    return content.getvalue()


def test_a_file_comes_out_of_its_archive(tmp_path):
    with serving() as server:
        server.gives("/tile.zip", (200, {}, zipped(other=b"other", tile=b"cells")))
        fetch_from_zip(f"zip+{server.address}/tile.tif", tmp_path / "t.tif", refresh=False, progress=quiet)
    assert (tmp_path / "t.tif").read_bytes() == b"cells"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (zipped(other=b"other"), "no zip archive with tile.tif"),
        (zipped(tile=b"cells")[:-30], "no zip archive"),
        (b"<html>", "no zip archive"),
        (zipped(tile=bytes(50_000_000)), "grows beyond"),
    ],
)
def test_what_is_no_sound_archive_is_refused(tmp_path, content, told):
    with serving() as server:
        server.gives("/tile.zip", (200, {}, content))
        with pytest.raises(FetchError, match=told):
            fetch_from_zip(f"zip+{server.address}/tile.tif", tmp_path / "t.tif", refresh=False, progress=quiet)
    assert not (tmp_path / "t.tif").exists()
