"""A file on a server, read as files are."""

import io
import random

import pytest
from catalogue_servers import ranges_of
from loopback import serving

from tesoma_geo._http import session
from tesoma_geo.errors import FetchError
from tesoma_geo.sources.remote_file import BLOCK_BYTES, RemoteBlocks, RemoteFile

CONTENT = random.Random(1).randbytes(3 * BLOCK_BYTES + 17)


def test_any_part_reads_as_of_a_file_here():
    draws = random.Random(2)
    with serving() as server, session() as polite:
        server.routes["/f"] = ranges_of(CONTENT)
        here, there = io.BytesIO(CONTENT), RemoteFile(RemoteBlocks(polite, f"{server.address}/f"))
        for _ in range(50):
            whence = draws.choice([io.SEEK_SET, io.SEEK_CUR, io.SEEK_END])
            offset = draws.randrange(-1000, len(CONTENT)) if whence else draws.randrange(len(CONTENT) + 100)
            if whence == io.SEEK_CUR and here.tell() + offset < 0:
                continue
            if whence == io.SEEK_END:
                offset = -abs(offset) % len(CONTENT) * -1
            assert here.seek(offset, whence) == there.seek(offset, whence)
            size = draws.choice([-1, 0, 10, 1000, BLOCK_BYTES + 5])
            assert here.read(size) == there.read(size)
            assert here.tell() == there.tell()
        assert len(server.asked) == 4  # each block once


def test_no_more_is_read_than_allowed():
    with serving() as server, session() as polite:
        server.routes["/f"] = ranges_of(CONTENT)
        blocks = RemoteBlocks(polite, f"{server.address}/f", max_bytes=2 * BLOCK_BYTES)
        with pytest.raises(FetchError, match="too much"):
            RemoteFile(blocks).read()
        assert blocks.failure is not None
        assert RemoteFile(blocks, is_quiet=True).read() == CONTENT[: 2 * BLOCK_BYTES]
