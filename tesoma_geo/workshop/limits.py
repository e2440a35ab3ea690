"""How often somebody may ask: a bucket of tokens each, which fills with time."""

import time
from collections import OrderedDict
from collections.abc import Callable

#: Most callers that are remembered; the one that asked longest ago is forgotten first.
MOST_CALLERS = 20_000


class Limit:
    """So many requests at once, and so many a minute after that, for each caller.

    Parameters
    ----------
    at_once
        Requests that may come together.
    a_minute
        Requests a minute in the long run.
    clock
        Seconds that only grow.
    """

    def __init__(self, at_once: int, a_minute: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._at_once, self._a_second, self._clock = float(at_once), a_minute / 60.0, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, caller: str) -> bool:
        """Whether a caller may ask now; the request counts.

        Parameters
        ----------
        caller
            Anything that tells callers apart.

        Returns
        -------
        bool
        """
        left = self._now(caller)
        allowed = left >= 1.0
        self._left[caller] = (left - 1.0 if allowed else left, self._clock())
        self._left.move_to_end(caller)
        while len(self._left) > MOST_CALLERS:
            self._left.popitem(last=False)
        return allowed

    def is_used_up(self, caller: str) -> bool:
        """Whether a caller would be refused; nothing counts.

        Parameters
        ----------
        caller
            Anything that tells callers apart.

        Returns
        -------
        bool
        """
        return self._now(caller) < 1.0

    def _now(self, caller: str) -> float:
        left, since = self._left.get(caller, (self._at_once, self._clock()))
        return min(self._at_once, left + (self._clock() - since) * self._a_second)
