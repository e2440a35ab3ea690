"""Where the results of a batch lie: a folder, or below a prefix of an object store.

The rest of a batch knows files by their names below that place (``records/900101.json``) alone. In both kinds a file is
whole or not there, and one that is written twice with the same content is the same.
"""

from contextlib import AbstractContextManager
from typing import Protocol, Self


class ResultPlace(Protocol):
    """The place of a batch's results. It can be sent to another process, and holds no key of a store."""

    def __str__(self) -> str:
        """The place as a person names it."""

    def shown(self, name: str) -> str:
        """A file as a person names it.

        Parameters
        ----------
        name
            Of the file, below the place.

        Returns
        -------
        str
        """

    def is_empty(self) -> bool:
        """Whether nothing is there yet.

        Returns
        -------
        bool

        Raises
        ------
        OutputError
            It is no place for many files, or does not answer.
        """

    def names(self, folder: str) -> list[str]:
        """Files below a folder.

        Parameters
        ----------
        folder
            Its name below the place.

        Returns
        -------
        list of str
            Their names below the place, sorted.
        """

    def has(self, name: str) -> bool:
        """Whether a file is there.

        Parameters
        ----------
        name
            Of the file.

        Returns
        -------
        bool
        """

    def read(self, name: str) -> bytes | None:
        """A file's bytes.

        Parameters
        ----------
        name
            Of the file.

        Returns
        -------
        bytes or None
            None where there is no such file.
        """

    def version(self, name: str) -> str | None:
        """What tells one state of a file from the next, where nothing else keeps two calls apart.

        Parameters
        ----------
        name
            Of the file.

        Returns
        -------
        str or None
            None where the place is locked anyway, or there is no such file.
        """

    def put(self, name: str, content: bytes, since: str | None = None) -> None:
        """Write a file, whole or not at all.

        Parameters
        ----------
        name
            Of the file.
        content
            Its bytes.
        since
            The version that it must still have; None takes any.

        Raises
        ------
        OutputError
            Somebody wrote it meanwhile.
        """

    def require_exchange(self, name: str, content: bytes) -> None:
        """Refuse a place where one call could write over what another one wrote meanwhile, unknown to both.

        Parameters
        ----------
        name
            Of a file that is there.
        content
            Its bytes.

        Raises
        ------
        StoreError
            The place writes a file whatever version it has.
        """
        ...

    def remove(self, name: str) -> None:
        """Remove a file where it is there, and its folder where that is empty then.

        Parameters
        ----------
        name
            Of the file.
        """

    def leads_out(self, name: str) -> bool:
        """Whether a file of that name would lie elsewhere, by a link.

        Parameters
        ----------
        name
            Of the file.

        Returns
        -------
        bool
        """

    def is_taken(self, name: str) -> bool:
        """Whether anything of that name is there, be it no file.

        Parameters
        ----------
        name
            Of a file.

        Returns
        -------
        bool
        """

    def absolute(self) -> Self:
        """The same place, for processes that began in another folder.

        Returns
        -------
        ResultPlace
        """

    def alone(self) -> AbstractContextManager[None]:
        """A block in which no other call works here, where the place can be locked.

        Returns
        -------
        context manager

        Raises
        ------
        OutputError
            Another call is at work, or nothing can be written here.
        """

    def tidy(self) -> None:
        """Remove what killed calls left half written."""
