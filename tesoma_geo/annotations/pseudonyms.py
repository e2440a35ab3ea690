"""The secret key beside the store: pseudonyms of respondents, and offsets that nobody can undo without it."""

import hashlib
import hmac
import os
import secrets
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tesoma_geo.errors import OutputError, WorkspaceError

_BYTES = 32


@dataclass(frozen=True)
class Key:
    """A secret of 256 bits. It is shown nowhere and written into no output.

    Attributes
    ----------
    secret
        The bytes.
    """

    secret: bytes = field(repr=False)

    def digest(self, purpose: str, *parts: object) -> bytes:
        """HMAC-SHA256 of the parts for one purpose, 32 bytes; different purposes tell nothing of each other.

        Parameters
        ----------
        purpose
            What it is for.
        parts
            What is digested, as texts.

        Returns
        -------
        bytes
        """
        message = "\x1f".join([purpose, *map(str, parts)])
        return hmac.new(self.secret, message.encode(), hashlib.sha256).digest()

    def pseudonym(self, source: str, respondent: str) -> str:
        """Stands for a respondent of a source, 16 hex digits.

        Parameters
        ----------
        source
            Name of the survey.
        respondent
            The platform's id.

        Returns
        -------
        str
        """
        return "r" + self.digest("respondent", source, respondent).hex()[:15]

    def annotation(self, source: str, annotation: str) -> str:
        """Stands for an annotation of a source, 16 hex digits.

        Parameters
        ----------
        source
            Name of the survey.
        annotation
            The platform's id, or what identifies it there.

        Returns
        -------
        str
        """
        return "a" + self.digest("annotation", source, annotation).hex()[:15]

    @property
    def fingerprint(self) -> str:
        """By which a store recognises its key."""
        return self.digest("fingerprint").hex()[:16]

    @classmethod
    def random(cls) -> "Key":
        """A new key.

        Returns
        -------
        Key
            From the operating system's source of secrets.
        """
        return cls(secrets.token_bytes(_BYTES))

    @classmethod
    def read(cls, path: Path) -> "Key":
        """Read a key file.

        Parameters
        ----------
        path
            64 hex digits.

        Returns
        -------
        Key

        Raises
        ------
        WorkspaceError
            There is none, or it is damaged.
        """
        try:
            secret = bytes.fromhex(path.read_text(encoding="ascii").strip())
        except FileNotFoundError:
            raise WorkspaceError(
                f"{path}: the key of the annotations is gone, and without it nobody is recognised",
                "Put the file back from a backup",
            ) from None
        except (OSError, ValueError) as error:
            problem = f"{path} cannot be read as a key ({error})"
            raise WorkspaceError(problem, "Put the file back from a backup") from None
        if len(secret) != _BYTES:
            raise WorkspaceError(f"{path} holds {len(secret)} bytes, not {_BYTES}", "Put the file back from a backup")
        return cls(secret)

    @classmethod
    def read_or_create(cls, path: Path) -> "Key":
        """The key of a file, which is written whole, for its owner alone, if it is not there.

        Parameters
        ----------
        path
            The file.

        Returns
        -------
        Key
            That of the first process, where several create it at once.

        Raises
        ------
        WorkspaceError
            The file is damaged.
        OutputError
            There is none, and the folder cannot be written.
        """
        if path.exists():
            return cls.read(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, draft = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        except OSError as error:
            raise OutputError(
                f"{path.parent} cannot be written ({error.strerror})", "Name another place with moderation.store"
            ) from None
        try:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(cls.random().secret.hex() + "\n")
                file.flush()
                os.fsync(file.fileno())
            with suppress(FileExistsError):  # another process was faster: then its key counts
                os.link(draft, path)
        finally:
            Path(draft).unlink(missing_ok=True)
        return cls.read(path)
