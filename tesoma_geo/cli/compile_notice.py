"""The one time that the fast parts are compiled, told before it takes a minute."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path

from tesoma_geo._files import cache_folder
from tesoma_geo.cli.console import Console


@contextmanager
def compile_notice(console: Console) -> Iterator[None]:
    """Say that the block compiles the fast parts, unless a block before it did on this machine.

    Parameters
    ----------
    console
        What talks to the person.

    Yields
    ------
    None
        While the block runs.
    """
    stamp = _stamp()
    if not os.path.exists(stamp):  # noqa: PTH110 - never raises, whoever may enter the folder
        console.info("The first run on this machine compiles the fast parts: about a minute, once")
    yield
    with suppress(OSError):  # a cache that cannot be written only says it again
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.touch()


def _stamp() -> Path:
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return cache_folder() / f"compiled-{version('tesoma-geo')}-numba{version('numba')}-python{python}"
