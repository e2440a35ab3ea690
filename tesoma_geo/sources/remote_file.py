"""A file on a server as Python files are: only the blocks that are read are asked for (HTTP range requests)."""

import io
import re
from collections import OrderedDict

import requests

from tesoma_geo._http import RefusalError, get_range
from tesoma_geo.errors import FetchError

#: Asked for at a time: headers and tiles of a cloud-optimised GeoTIFF come in few questions.
BLOCK_BYTES = 1 << 17
#: Blocks that are kept while a file is open.
_KEPT = 256


class RemoteBlocks:
    """Blocks of a file on a server that gives ranges of bytes, each asked for once.

    Parameters
    ----------
    polite
        From :func:`tesoma_geo._http.session`.
    url
        ``http://`` or ``https://``.
    max_bytes
        The most that is asked for.

    Raises
    ------
    FetchError
        As of :func:`tesoma_geo._http.get_range`; the server gives no ranges.
    """

    def __init__(self, polite: requests.Session, url: str, max_bytes: int = 1 << 28) -> None:
        self._polite, self._url, self._left = polite, url, max_bytes
        self._blocks: OrderedDict[int, bytes] = OrderedDict()
        #: Bytes of the whole file.
        self.size = 0
        #: What went wrong, for whoever reads through a library that forgets it.
        self.failure: FetchError | None = None
        self.block(0)

    def block(self, number: int) -> bytes:
        """One block.

        Parameters
        ----------
        number
            From 0.

        Returns
        -------
        bytes
            Shorter at the end of the file.

        Raises
        ------
        FetchError
            The server breaks off, or more was asked for than is allowed.
        RefusalError
            The server gives no ranges.
        """
        if number in self._blocks:
            self._blocks.move_to_end(number)
            return self._blocks[number]
        try:
            self._left -= BLOCK_BYTES
            if self._left < 0:
                raise FetchError(f"{self._url}: too much of the file would be read", "Ask for a smaller area")
            first = number * BLOCK_BYTES
            content, content_range = get_range(self._polite, self._url, first, BLOCK_BYTES)
            size = re.fullmatch(r"bytes (\d+)-\d+/(\d+)", content_range)
            if size is None or int(size[1]) != first:
                raise RefusalError(f"{self._url}: the server gives no parts of files", "Download the file by hand")
            if len(content) < min(BLOCK_BYTES, int(size[2]) - first):
                raise FetchError(f"{self._url}: the download broke off", "Try again later")
        except FetchError as error:
            self.failure = error
            raise
        self.size = int(size[2])
        self._blocks[number] = content
        if len(self._blocks) > _KEPT:
            self._blocks.popitem(last=False)
        return content


class RemoteFile(io.RawIOBase):
    """A file on a server, to be read from anywhere.

    Parameters
    ----------
    blocks
        Its blocks; several files may read them.
    is_quiet
        Whether the file ends where the server fails, with the failure kept in ``blocks``: C libraries know no errors
        of Python.
    """

    def __init__(self, blocks: RemoteBlocks, *, is_quiet: bool = False) -> None:
        super().__init__()
        self._blocks, self._is_quiet, self._at = blocks, is_quiet, 0

    def readable(self) -> bool:
        """Whether it can be read.

        Returns
        -------
        bool
        """
        return True

    def seekable(self) -> bool:
        """Whether it can be read from anywhere.

        Returns
        -------
        bool
        """
        return True

    def tell(self) -> int:
        """Where the next byte is read.

        Returns
        -------
        int
        """
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go somewhere else.

        Parameters
        ----------
        offset, whence
            As of any file.

        Returns
        -------
        int
            Where the next byte is read.
        """
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._blocks.size}[whence]
        self._at = max(start + offset, 0)
        return self._at

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes.

        Parameters
        ----------
        size
            How many; all that are left where it is negative.

        Returns
        -------
        bytes
            Fewer where the file ends.

        Raises
        ------
        FetchError
            The server breaks off, or more was asked for than is allowed.
        """
        end = self._blocks.size if size < 0 else min(self._at + size, self._blocks.size)
        parts = []
        while self._at < end:
            number, skip = divmod(self._at, BLOCK_BYTES)
            part = self._part(number)[skip : skip + end - self._at]
            if not part:
                break
            parts.append(part)
            self._at += len(part)
        return b"".join(parts)

    def _part(self, number: int) -> bytes:
        try:
            return self._blocks.block(number)
        except FetchError:
            if self._is_quiet:
                return b""
            raise
