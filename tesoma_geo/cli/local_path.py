"""A file or folder of this machine that a command writes; an address of something else is refused."""

from pathlib import Path
from typing import Any

import click


class LocalPath(click.Path):
    """A file or folder of this machine to be written; an address, such as ``s3://bucket/results``, is none."""

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
                f"{value} is no file or folder of this machine. Name one, and copy it there afterwards; "
                "tesoma-geo batch alone writes to s3://BUCKET/PREFIX",
                ctx,
                param,
            )
        return super().convert(value, param, ctx)


#: What ``--out`` is of.
LOCAL_PATH = LocalPath(path_type=Path)
