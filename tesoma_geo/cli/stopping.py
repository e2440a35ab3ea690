"""Being told to stop: whichever way, half-written results are cleaned up, and only then the program ends."""

import signal
import time
from collections.abc import Callable
from types import FrameType

from tesoma_geo._drafts import ENDING
from tesoma_geo.errors import causes

#: Further signals are left unheard for so long, seconds: who presses ctrl-C thrice means to stop, not to leave rubbish.
CLEANING_S = 5.0


def stop_cleanly() -> None:
    """Let ctrl-C, a closed terminal and being told to end all stop the work as an exception does.

    A signal that the program was started with as ignored (``nohup``) stays ignored.
    """
    handler = _once()
    for number in ENDING:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, handler)


def was_stopped(error: BaseException) -> bool:
    """Whether an error is what a library made of being told to stop.

    Some do: a library in C++ that is stopped while it is imported raises an ``ImportError``.

    Parameters
    ----------
    error
        As it reached the command.

    Returns
    -------
    bool
    """
    return any(isinstance(cause, KeyboardInterrupt) for cause in causes(error))


def _once() -> Callable[[int, FrameType | None], None]:
    """A handler that raises ``KeyboardInterrupt``, and then lets the cleaning be done undisturbed."""
    heard: list[float] = []

    def handler(_number: int, _frame: FrameType | None) -> None:
        if heard and time.monotonic() - heard[-1] < CLEANING_S:
            return
        heard.append(time.monotonic())
        raise KeyboardInterrupt

    return handler
