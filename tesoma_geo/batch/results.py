"""Results of a batch in a folder, and the place that somebody named."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from tesoma_geo._drafts import draft_folder
from tesoma_geo._result_mark import refuse_within_result
from tesoma_geo.batch.object_store import ObjectStore
from tesoma_geo.batch.result_place import ResultPlace
from tesoma_geo.errors import OutputError

REMEDY = "Name another place with --out"
_DRAFTS = ".drafts"
#: How an address begins; a drive of Windows has one letter.
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")


@dataclass(frozen=True)
class LocalFolder:
    """Results in a folder, which is locked while a call works on it; see
    :class:`tesoma_geo.batch.result_place.ResultPlace`.

    Attributes
    ----------
    folder
        The folder; it need not be there.
    """

    folder: Path

    def __str__(self) -> str:
        return str(self.folder)

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
        return str(self.folder / name)

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
        if not self.folder.exists():
            return True
        if not self.folder.is_dir():
            raise OutputError(f"{self.folder} is a file, not a folder", REMEDY)
        drafts = self.folder / _DRAFTS  # of a call that was killed before its first file had its name
        return all(path == drafts for path in self.folder.iterdir()) and not any(map(Path.is_file, drafts.glob("*")))

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
        return sorted(
            path.relative_to(self.folder).as_posix() for path in (self.folder / folder).rglob("*") if path.is_file()
        )

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
        return (self.folder / name).is_file()

    def read(self, name: str) -> bytes | None:
        """A file's bytes: None too for what is there and cannot be read as a file.

        Parameters
        ----------
        name
            Of the file.

        Returns
        -------
        bytes or None
            None where there is no such file.
        """
        with suppress(OSError):
            return (self.folder / name).read_bytes()
        return None

    def version(self, name: str) -> str | None:  # noqa: ARG002 - the folder is locked
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
        return None

    def put(self, name: str, content: bytes, since: str | None = None) -> None:  # noqa: ARG002 - the folder is locked
        """Write a file, whole or not at all: under a name that nobody else uses, and then renamed.

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
        path, drafts = self.folder / name, self.folder / _DRAFTS
        drafts.mkdir(parents=True, exist_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=drafts) as own:
            draft = Path(own) / path.name
            draft.write_bytes(content)
            os.replace(draft, path)

    def require_exchange(self, name: str, content: bytes) -> None:
        """Refuse a place where one call could write over what another one wrote meanwhile: a folder is locked.

        Parameters
        ----------
        name, content
            Of a file that is there.
        """

    def remove(self, name: str) -> None:
        """Remove a file where it is there, and its folder where that is empty then.

        Parameters
        ----------
        name
            Of the file.
        """
        path = self.folder / name
        path.unlink(missing_ok=True)
        if path.parent != self.folder:
            with suppress(OSError):
                path.parent.rmdir()

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
        return not (self.folder / name).resolve().is_relative_to(self.folder.resolve())

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
        return (self.folder / name).exists()

    def absolute(self) -> Self:
        """The same place, for processes that began in another folder.

        Returns
        -------
        ResultPlace
        """
        return type(self)(self.folder.absolute())

    @contextmanager
    def alone(self) -> Iterator[None]:
        """A block in which no other call works here, where the place can be locked.

        Returns
        -------
        context manager

        Raises
        ------
        OutputError
            Another call is at work, or nothing can be written here.
        """
        place = self.folder.resolve()
        refuse_within_result(place)
        with draft_folder(place):
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise OutputError(f"{self.folder} cannot be written ({error.strerror})", REMEDY) from None
            yield

    def tidy(self) -> None:
        """Remove what killed calls left half written."""
        shutil.rmtree(self.folder / _DRAFTS, ignore_errors=True)


def results_at(place: str | os.PathLike[str] | ResultPlace) -> ResultPlace:
    """The place of results that somebody named.

    Parameters
    ----------
    place
        A folder, ``s3://BUCKET/PREFIX``, or the place itself.

    Returns
    -------
    ResultPlace

    Raises
    ------
    OutputError
        It is an address of another kind, or has a part that no object store takes.
    TesomaError
        It is an object store, and the extra ``s3`` is not installed.
    """
    if not isinstance(place, str | os.PathLike):
        return place
    named = os.fspath(place)
    if _ADDRESS.match(named):
        return ObjectStore.at(named)
    return LocalFolder(Path(named))
