"""The one time that the fast parts are compiled, told before it takes a minute."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path

from tesoma_geo._files import cache_folder
from tesoma_geo.cli.console import Console
from tesoma_geo.errors import InputError

#: Address space of a run of the sample, bytes, as measured (2,890 MB on Linux with two cores, of which 755 MB were
#: resident): libraries reserve far more than they use.
LEAST_ADDRESS_SPACE = 3_000_000_000


@contextmanager
def compile_notice(console: Console) -> Iterator[None]:
    """Say that the block compiles the fast parts, unless a block before it did on this machine.

    Where memory is limited to less than any such block needs, nothing is begun: libraries in C end the program then,
    and compilers of LLVM do so without a word.

    Parameters
    ----------
    console
        What talks to the person.

    Yields
    ------
    None
        While the block runs.

    Raises
    ------
    InputError
        The process may not take as much address space as a run needs.
    """
    require_address_space()
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


def require_address_space() -> None:
    """Refuse a limit such as ``ulimit -v`` below what the smallest run takes, where layers or pictures are worked with.

    Libraries in C answer such a limit with an abort, or try again without end.

    Raises
    ------
    InputError
        The process may not take as much address space as a run needs.
    """
    if sys.platform == "win32":
        return
    import resource

    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    if limit != resource.RLIM_INFINITY and limit < LEAST_ADDRESS_SPACE:
        raise InputError(
            f"this program may take {limit / 1e6:,.0f} MB of address space, and needs "
            f"{LEAST_ADDRESS_SPACE / 1e6:,.0f} MB or more (of which a run of the sample uses 800 MB)",
            "Raise the limit (ulimit -v), or limit resident memory instead",
        )
