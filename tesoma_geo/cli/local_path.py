"""A file or folder of this machine that a command writes or reads; an address of something else is refused."""

from pathlib import Path
from typing import Any

import click

from tesoma_geo._redaction import without_secrets

#: What is done in place of writing to an address.
WRITTEN = "Name one, and copy it there afterwards; tesoma-geo batch alone writes to s3://BUCKET/PREFIX"


class LocalPath(click.Path):
    """A file or folder of this machine; an address, such as ``s3://bucket/results``, is none.

    Parameters
    ----------
    instead
        What to do in place of naming an address.
    allow_dash
        Whether ``-`` stands for stdout.
    """

    def __init__(self, instead: str = WRITTEN, *, allow_dash: bool = False) -> None:
        super().__init__(path_type=Path, allow_dash=allow_dash)
        self.instead = instead

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path.

        Parameters
        ----------
        value
            What was typed, or a default.
        param
            The option or argument.
        ctx
            What click knows of this call.

        Returns
        -------
        pathlib.Path

        Raises
        ------
        BadParameter
            It is an address. Without this a folder called ``s3:`` would be made.
        """
        if isinstance(value, str) and "://" in value:
            raise click.BadParameter(
                f"{without_secrets(value)} is no file or folder of this machine. {self.instead}", ctx, param
            )
        return super().convert(value, param, ctx)


#: What ``--out`` is of.
LOCAL_PATH = LocalPath()
#: A table that is read and that no file of settings names.
LOCAL_TABLE = LocalPath("Name one: write the table of a database into a file first, such as with ogr2ogr or psql")
