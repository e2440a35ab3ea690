"""Where the points of a job meet the streets of one profile: found once, and handed to all who ask the router."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.network.streets.search import StreetSearch
from tesoma_geo.network.streets.snap import Positions


@dataclass(frozen=True, eq=False)
class SnappedPoints:
    """Positions of a job's points on the streets that one profile may start and end on.

    Attributes
    ----------
    origins
        Of ``Inputs.origins``, in their order.
    hub
        Of the hub's entrances, in their order.
    services
        Of ``Inputs.services``, in their order; None where there are none.
    """

    origins: Positions
    hub: Positions
    services: Positions | None

    @classmethod
    def of(cls, inputs: Inputs, router: StreetSearch) -> Self:
        """Snap the origins, the entrances and the services of a job to the streets of a router.

        Parameters
        ----------
        inputs
            The layers of the job.
        router
            The streets with the costs of a profile.

        Returns
        -------
        SnappedPoints
            Edges, fractions and distances in metres; see :class:`~tesoma_geo.network.streets.snap.Positions`.
        """
        services = router.snap(inputs.services, "services") if len(inputs.services) else None
        return cls(router.snap(inputs.origins, "origins"), router.snap(inputs.hub, "hub"), services)

    def on(self, changed: StreetSearch, before: StreetSearch, inputs: Inputs) -> "SnappedPoints":
        """The positions on the same network with other costs.

        Parameters
        ----------
        changed
            The router to ask, of the network that ``before`` is of.
        before
            The router that these positions are of.
        inputs
            The layers of the job.

        Returns
        -------
        SnappedPoints
            This record where trips may start and end on the same streets; otherwise the points are snapped anew, those
            of a layer none of which lost its street excepted where streets closed and none opened.
        """
        if np.array_equal(changed.usable, before.usable):
            return self
        if not _only_closed(changed, before):
            return SnappedPoints.of(inputs, changed)
        services = self.services
        if services is not None and _lost(services, changed.usable):
            services = changed.snap(inputs.services, "services")
        return SnappedPoints(
            changed.snap(inputs.origins, "origins") if _lost(self.origins, changed.usable) else self.origins,
            changed.snap(inputs.hub, "hub") if _lost(self.hub, changed.usable) else self.hub,
            services,
        )


def _only_closed(changed: StreetSearch, before: StreetSearch) -> bool:
    """Whether the streets are those of before but for some that trips may start and end on no more.

    Whoever is at the best of many streets is still there when some of the others close.
    """
    same = changed.network.tail is before.network.tail and changed.network.head is before.network.head
    if not same or (changed.usable & ~before.usable).any():
        return False
    kinds = changed.costs.restricted, before.costs.restricted
    return np.array_equal(kinds[0][changed.usable], kinds[1][changed.usable])


def _lost(positions: Positions, usable: NDArray[np.bool_]) -> bool:
    """Whether any point was on a street that is not usable any more."""
    return any(bool((~usable[one.edge[one.found]]).any()) for one in positions.each())
