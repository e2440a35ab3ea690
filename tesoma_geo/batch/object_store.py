"""Results of a batch in an object store that speaks S3.

An object is there whole or not at all. Nothing locks a prefix; instead the mark of a batch is exchanged only where it
is still as the call found it (a conditional put), so that of two calls that write differently one is told.
"""

import mimetypes
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from tesoma_geo._extras import require
from tesoma_geo.errors import OutputError, StoreError

if TYPE_CHECKING:
    from obstore.store import S3Store

#: Seconds for which a store that does not answer is asked again, and for which one answer may take.
PATIENCE_S = 60
_RETRIES = 10
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_EXAMPLE = "Write it as s3://BUCKET/PREFIX"
_KEYS = "Put the store's AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY into the environment of every process"
_REFUSED = ("AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken")
#: A version that no file has.
_NO_VERSION = '"00000000000000000000000000000000"'
#: Where a program asks for keys on a machine of the cloud that gives them.
_OF_MACHINE = "169.254."


@dataclass(frozen=True)
class ObjectStore:
    """Results below a prefix of a bucket; see :class:`tesoma_geo.batch.result_place.ResultPlace`.

    Keys, endpoint and region are read from the environment of each process (``AWS_…``), and never leave it.

    Attributes
    ----------
    bucket
        Its name.
    prefix
        What the names of all objects begin with, without slashes at its ends; may be empty.
    """

    bucket: str
    prefix: str = ""

    @classmethod
    def at(cls, address: str) -> Self:
        """The place that an address names.

        Parameters
        ----------
        address
            ``s3://BUCKET/PREFIX``.

        Returns
        -------
        ObjectStore

        Raises
        ------
        OutputError
            It is an address of another kind, holds a key or has a part that no object store takes.
        TesomaError
            The extra ``s3`` is not installed.
        """
        scheme, colon, rest = address.partition("://")
        if scheme.lower() != "s3" or not colon:
            raise OutputError(
                f"{address} is no place for results: they go to a folder or to a store that speaks S3", _EXAMPLE
            )
        if "@" in rest or "?" in rest or "#" in rest:
            raise OutputError(f"{address} holds more than a bucket and a prefix", f"{_EXAMPLE}. {_KEYS}")
        parts = urlsplit(f"s3://{rest}")
        prefix = parts.path.strip("/")
        if not _BUCKET.fullmatch(parts.netloc):
            raise OutputError(f"{parts.netloc!r} in {address} is no name of a bucket", _EXAMPLE)
        if any(part in ("", ".", "..") for part in prefix.split("/")) and prefix:
            raise OutputError(f"{address} has an empty part, . or .. in its prefix", _EXAMPLE)
        if not prefix.isprintable():
            raise OutputError(f"{prefix!r} has letters that cannot be printed", _EXAMPLE)
        require("obstore", extra="s3")
        return cls(parts.netloc, prefix)

    def __str__(self) -> str:
        return f"s3://{self.bucket}/{self.prefix}".rstrip("/")

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
        return f"{self}/{name}"

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
        return not any(self._listed(""))

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
        return sorted(self._listed(folder))

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
        return self._head(name) is not None

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
        with self._answering(), _object_may_be_missing():
            return bytes(_obstore().get(self._store(), name).bytes())
        return None

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
        head = self._head(name)
        return None if head is None else head["e_tag"]

    def put(self, name: str, content: bytes, since: str | None = None) -> None:
        """Write a file by one request: a call that ends meanwhile leaves nothing, seen or unseen.

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
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        mode = None if since is None else {"e_tag": since}
        with self._answering():
            try:
                _obstore().put(
                    self._store(), name, content, attributes={"Content-Type": kind}, mode=mode, use_multipart=False
                )
            except (_obstore().exceptions.PreconditionError, FileNotFoundError) as error:
                if "NoSuchBucket" in str(error):
                    raise
                if self.read(name) != content:  # what a request that was sent twice finds is its own
                    raise OutputError(
                        f"another call wrote {self.shown(name)} meanwhile", "Call the batch once more when it has ended"
                    ) from None

    def require_exchange(self, name: str, content: bytes) -> None:
        """Refuse a store that does not heed ``If-Match``: it would let one call write over another one's file.

        Parameters
        ----------
        name
            Of a file that is there.
        content
            Its bytes.

        Raises
        ------
        StoreError
            It wrote a file that has another version than it was asked to replace, or does not know how to ask.
        """
        remedy, found = "Name a store that does with --out, or a folder", self.version(name)
        if found is None:
            raise StoreError(f"{_where()} does not tell one state of a file from the next: it gives no ETag", remedy)
        if self._replaced(name, content, _NO_VERSION):
            raise StoreError(f"{_where()} does not keep two calls apart: it heeds no If-Match", remedy)
        if not self._replaced(name, content, found):
            raise StoreError(f"{_where()} refuses to write a file that nobody changed: it misreads If-Match", remedy)

    def _replaced(self, name: str, content: bytes, since: str) -> bool:
        """Whether a file of a version was written."""
        with self._answering():
            try:
                _obstore().put(self._store(), name, content, mode={"e_tag": since}, use_multipart=False)
            except _obstore().exceptions.PreconditionError:
                return False
        return True

    def remove(self, name: str) -> None:
        """Remove a file where it is there, and its folder where that is empty then: a store has no folders.

        Parameters
        ----------
        name
            Of the file.
        """
        if not self.has(name):  # stores answer in ways of their own to who removes nothing
            return
        with self._answering(), _object_may_be_missing():
            _obstore().delete(self._store(), name)

    def leads_out(self, name: str) -> bool:  # noqa: ARG002 - a store has no links
        """Whether a file of that name would lie elsewhere, by a link.

        Parameters
        ----------
        name
            Of the file.

        Returns
        -------
        bool
        """
        return False

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
        return self.has(name)

    def absolute(self) -> Self:
        """The same place, for processes that began in another folder.

        Returns
        -------
        ResultPlace
        """
        return self

    @contextmanager
    def alone(self) -> Iterator[None]:
        """A block in which no other call works here, where the place can be locked: a store cannot be locked.

        Returns
        -------
        context manager

        Raises
        ------
        OutputError
            Another call is at work, or nothing can be written here.
        """
        yield

    def tidy(self) -> None:
        """Remove what killed calls left half written: nothing is ever half written."""

    def _listed(self, folder: str) -> Iterator[str]:
        with self._answering():
            for objects in _obstore().list(self._store(), folder or None):
                for one in objects:
                    yield str(PurePosixPath(one["path"]))

    def _head(self, name: str) -> Any:
        with self._answering():
            try:
                return _obstore().head(self._store(), name)
            except FileNotFoundError:
                return None

    def _store(self) -> "S3Store":
        return _store_of(self.bucket, self.prefix, PATIENCE_S)

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """Whatever the store answers that is no answer is told in plain words, without what was sent."""
        try:
            yield
        except (_obstore().exceptions.BaseError, FileNotFoundError) as error:
            raise self._told(error) from None

    def _told(self, error: Exception) -> StoreError:
        """What is the matter, and what to do."""
        text = str(error).partition("\n\nDebug source")[0]
        found = re.search(r"<Code>(\w+)</Code>", text)
        code = found[1] if found else type(error).__name__
        at = _where()
        if isinstance(error, FileNotFoundError) or code == "NoSuchBucket":
            return StoreError(f"{at} has no bucket {self.bucket}", "Make it there, or name another with --out")
        if _OF_MACHINE in text:
            return StoreError(f"there is no key for {self}", _KEYS)
        denied = (_obstore().exceptions.PermissionDeniedError, _obstore().exceptions.UnauthenticatedError)
        if code in _REFUSED or isinstance(error, denied):
            return StoreError(f"{at} does not let this key at {self} ({code})", _KEYS)
        if "builder error" in text and at.startswith("http:"):
            return StoreError(
                f"{at} is not encrypted", "Name one of https:, or allow it with AWS_ALLOW_HTTP=true in the environment"
            )
        status = re.search(r"status code: (\d+ [A-Za-z ]+)", text)
        why = f"{status[1].strip()}, {code}" if status else re.sub(r".* - ", "", text.splitlines()[0])
        return StoreError(
            f"{at} does not do what is asked for {self} ({why})",
            "Call the batch once more when it answers: what is done is not done again",
        )


def _obstore() -> Any:
    return require("obstore", extra="s3")


@contextmanager
def _object_may_be_missing() -> Iterator[None]:
    """An object that is not there is no fault; a bucket that is not there is one."""
    try:
        yield
    except FileNotFoundError as error:
        if "NoSuchBucket" in str(error):
            raise


def _where() -> str:
    """The endpoint as a person knows it, without its path or a user."""
    named = (
        os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL") or os.environ.get("AWS_ENDPOINT")
    )
    if not named:
        return "S3 of Amazon"
    parts = urlsplit(named)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


@lru_cache(maxsize=4)
def _store_of(bucket: str, prefix: str, patience_s: float) -> "S3Store":
    """The connections of this process to a store, kept open."""
    store: S3Store = require("obstore.store", extra="s3").S3Store(
        bucket,
        prefix=prefix or None,
        client_options={
            "timeout": timedelta(seconds=patience_s),
            "connect_timeout": timedelta(seconds=min(10, patience_s)),
            "allow_http": os.environ.get("AWS_ALLOW_HTTP", "").lower() in ("1", "true", "yes"),
        },
        retry_config={"max_retries": _RETRIES, "retry_timeout": timedelta(seconds=patience_s)},
    )
    return store
