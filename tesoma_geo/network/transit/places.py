"""What a transit router is asked about: points with their ways to the stops."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.network.streets.snap import Positions
from tesoma_geo.network.transit.legs import StopLegs

#: Whether trips lead to a hub or from it.
Direction = Literal["to", "from"]


@dataclass(frozen=True, eq=False)
class Places:
    """Points and their ways to the stops, found once for many questions, and each only when it is asked for.

    Attributes
    ----------
    street, walk
        Where the points meet the streets of the way to the first stop, and of the walks.
    find_legs
        Finds the legs at this end of trips to a hub, or from one; see :meth:`legs`.
    """

    street: Positions
    walk: Positions
    find_legs: Callable[[Direction], StopLegs]

    def __len__(self) -> int:
        return len(self.walk.edge)

    @property
    def found(self) -> NDArray[np.bool_]:
        """Which points have a street near enough, shape (n,)."""
        return self.street.found | self.walk.found

    @cached_property
    def legs_to(self) -> StopLegs:
        """From each point to the stops that it reaches."""
        return self.find_legs("to")

    @cached_property
    def legs_from(self) -> StopLegs:
        """From stops to each point."""
        return self.find_legs("from")

    def one(self, place: int) -> "Places":
        """One of the places alone.

        Parameters
        ----------
        place
            Its row.

        Returns
        -------
        Places
            Of one place.
        """
        row = slice(place, place + 1)
        return Places(self.street.take(row), self.walk.take(row), lambda direction: self.legs(direction).one(place))

    def legs(self, direction: Direction) -> StopLegs:
        """The legs at this end of trips to a hub, or from one.

        Parameters
        ----------
        direction
            Where the trips lead, seen from the hub.

        Returns
        -------
        StopLegs
            To the stops where trips ``"to"`` the hub begin, or from those where trips ``"from"`` it end.
        """
        return self.legs_to if direction == "to" else self.legs_from
