"""``python -m tesoma_geo`` is ``tesoma-geo``."""

import atexit
import os
import sys
from contextlib import suppress

from tesoma_geo.cli import main


def program() -> None:
    """The console script ``tesoma-geo``: the command line, after which what is in memory is left to the system.

    Taking a run's tables apart, one value after another, would take a twentieth of the run.
    """
    code = 1  # of an error that nobody caught

    def leave() -> None:  # known first, so called last: after all that libraries have to do at the end
        with suppress(OSError, ValueError):  # an output that nobody reads any more: Python tells of it
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    atexit.register(leave)
    try:
        main()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        raise


if __name__ == "__main__":
    program()
