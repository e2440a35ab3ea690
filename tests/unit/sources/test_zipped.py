"""Zip files that would fill the machine are refused before they are unpacked."""

import zipfile

import pytest

from tesoma_geo.errors import SourceError
from tesoma_geo.sources._zipped import require_moderate
from tesoma_geo.sources.gtfs.reader import read_feed


@pytest.fixture
def packed(tmp_path):
    """A zip file of a few kilobytes with so many megabytes of zeros."""

    def of(megabytes, name="stop_times.txt"):
        path = tmp_path / "feed.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(name, "w") as file:
            for _ in range(megabytes):
                file.write(bytes(1_000_000))
        return path

    return of


def test_a_bomb_is_refused(packed):
    path = packed(150)
    with pytest.raises(SourceError, match=r"feed\.zip of 0\.1 MB holds 150 MB"):
        read_feed(path)


def test_a_small_file_may_be_packed_tightly(packed):
    with zipfile.ZipFile(packed(5)) as archive:
        require_moderate(packed(5), archive)


def test_too_many_files_are_refused(tmp_path):
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(10_001):
            archive.writestr(str(number), "")
    with zipfile.ZipFile(path) as archive, pytest.raises(SourceError, match="10,001 files"):
        require_moderate(path, archive)
