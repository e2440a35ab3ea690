"""Where the points of a job meet the streets of one profile: found once, and handed to all who ask the router."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from tesoma_geo.inputs.layers import Inputs
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
            This record where trips may start and end on the same streets; otherwise the points are snapped anew.
        """
        if np.array_equal(changed.usable, before.usable):
            return self
        return SnappedPoints.of(inputs, changed)
