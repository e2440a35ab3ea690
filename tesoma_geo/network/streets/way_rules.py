"""What the tags of streets and barriers say at a moment to each mode: found once, whatever profiles ask."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.network.streets.access_tags import Mode
from tesoma_geo.network.streets.barriers import (
    barrier_costs,
    closed_points,
    no_barriers,
    restricted_barriers,
    restricted_for_some_mode,
)
from tesoma_geo.network.streets.conditional import SUMMER, When
from tesoma_geo.network.streets.countries import country_rules
from tesoma_geo.network.streets.directions import oneway, restricted_directions
from tesoma_geo.network.streets.permissions import permissions
from tesoma_geo.network.streets.profiles import Profile
from tesoma_geo.network.streets.restrictions import Restrictions
from tesoma_geo.network.streets.tags_now import tags_now

Value = TypeVar("Value")
Both = tuple[NDArray[np.bool_], NDArray[np.bool_]]


@dataclass(frozen=True, eq=False)
class WayRules:
    """The tags of ways and barriers, with what was asked of them before; shared by networks with the same.

    The arrays that it gives are those it keeps: whoever changes one takes a copy.

    Attributes
    ----------
    ways, barriers
        As of :class:`~tesoma_geo.network.streets.network.Streets`.
    when
        The moment.
    """

    ways: pd.DataFrame
    barriers: pd.DataFrame
    when: When
    _found: dict[Hashable, Any] = field(default_factory=dict, repr=False)

    @classmethod
    def none(cls) -> Self:
        """The rules of no streets at all.

        Returns
        -------
        WayRules
        """
        return cls(pd.DataFrame(), no_barriers(), SUMMER)

    def is_of(self, ways: pd.DataFrame, barriers: pd.DataFrame, when: When) -> bool:
        """Whether these are the rules of some tables at a moment.

        Parameters
        ----------
        ways, barriers
            The very same tables, not equal ones.
        when
            The moment.

        Returns
        -------
        bool
        """
        return self.ways is ways and self.barriers is barriers and self.when == when

    @property
    def ways_now(self) -> pd.DataFrame:
        """The tags of the ways at the moment, a row a way."""
        return self._once("ways", lambda: tags_now(self.ways, self.when).table)

    def permissions(self, profile: Profile, country: str) -> NDArray[np.int8]:
        """As :func:`~tesoma_geo.network.streets.permissions.permissions` tells.

        Parameters
        ----------
        profile
            Who moves.
        country
            ISO 3166-1 code; empty where it is not known.

        Returns
        -------
        int8 array of shape (number of ways,)
        """
        classes = (profile.closed_classes, profile.class_speeds_kmh, profile.pushed_classes)
        asked = (profile.mode, profile.wheelchair_tags, country, *map(frozenset, classes))
        return self._once(("may", *asked), lambda: permissions(self.ways_now, profile, country_rules(country)))

    def oneway(self, mode: Mode) -> Both:
        """As :func:`~tesoma_geo.network.streets.directions.oneway` tells.

        Parameters
        ----------
        mode
            Who moves.

        Returns
        -------
        forward, backward : bool arrays of shape (number of ways,)
        """
        return self._once(("oneway", mode), lambda: oneway(self.ways_now, mode))

    def restricted_directions(self, mode: Mode) -> Both:
        """As :func:`~tesoma_geo.network.streets.directions.restricted_directions` tells.

        Parameters
        ----------
        mode
            Who moves.

        Returns
        -------
        forward, backward : bool arrays of shape (number of ways,)
        """
        return self._once(("restricted", mode), lambda: restricted_directions(self.ways_now, mode))

    def restricted_barriers(self, mode: Mode) -> NDArray[np.int64]:
        """Edges of barriers that nobody passes on the way to elsewhere.

        Parameters
        ----------
        mode
            Who moves.

        Returns
        -------
        int64 array
            Numbers of edges.
        """

        def find() -> NDArray[np.int64]:
            now = tags_now(self.barriers, self.when).table
            edges: NDArray[np.int64] = now["edge"].to_numpy()[restricted_barriers(now, mode)]
            return edges

        return self._once(("barriers", mode), find)

    def is_restricted_barrier(self, mode: Mode, n_edges: int) -> NDArray[np.bool_]:
        """The edges of :meth:`restricted_barriers`, as a mask.

        Parameters
        ----------
        mode
            Who moves.
        n_edges
            Number of all edges.

        Returns
        -------
        bool array of shape (n_edges,)
        """
        return _mask(self.restricted_barriers(mode), n_edges)

    def barred(self, profile: Profile, n_edges: int) -> Both:
        """Edges of barriers that are closed to a profile, and those that are restricted.

        Parameters
        ----------
        profile
            Who travels how.
        n_edges
            Number of all edges.

        Returns
        -------
        closed, restricted : bool arrays of shape (n_edges,)
        """
        costs = barrier_costs(self.barriers, profile, self.when)
        closed = self.barriers["edge"].to_numpy()[np.isinf(costs)]
        return _mask(closed, n_edges), self.is_restricted_barrier(profile.mode, n_edges)

    def restrictions(self, way: NDArray[np.int32]) -> Restrictions:
        """For which modes edges may be restricted by their tags and those of their barriers, at any time.

        Parameters
        ----------
        way
            The row of the way of each edge, shape (m,).

        Returns
        -------
        Restrictions
            Of the m edges.
        """
        of_ways = self._once("restrictions", lambda: Restrictions.of_ways(self.ways))
        at_barriers = self.barriers["edge"].to_numpy()[restricted_for_some_mode(self.barriers)]
        return of_ways.take(way).or_unknown(_mask(at_barriers, len(way)))

    def barrier_costs(self, profile: Profile) -> NDArray[np.float64]:
        """As :func:`~tesoma_geo.network.streets.barriers.barrier_costs` tells, and what its other delays close.

        Parameters
        ----------
        profile
            Who travels how.

        Returns
        -------
        float64 array of shape (number of barriers,)
            Seconds; ``inf`` where closed.
        """
        delays = frozenset(
            (tag, value, seconds) for tag, by in profile.node_delays_s.items() for value, seconds in by.items()
        )
        limits = (profile.max_kerb_m, profile.min_width_m, profile.min_gap_m)
        asked = ("passing", profile.mode, profile.wheelchair_tags, *limits, delays)
        return self._once(
            asked, lambda: barrier_costs(self.barriers, profile, self.when) + closed_points(self.barriers, profile)
        )

    def _once(self, question: Hashable, find: Callable[[], Value]) -> Value:
        if question not in self._found:
            self._found[question] = find()
        found: Value = self._found[question]
        return found


def _mask(edges: NDArray[np.int64], n_edges: int) -> NDArray[np.bool_]:
    mask = np.zeros(n_edges, bool)
    mask[edges] = True
    return mask
