"""What the tags of streets and barriers say at a moment to each mode: found once, whatever profiles ask."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.countries import country_rules
from tesoma_geo.network.streets.access_tags import Mode
from tesoma_geo.network.streets.barriers import (
    barrier_costs,
    closed_points,
    no_barriers,
    restricted_barriers,
    restricted_for_some_mode,
)
from tesoma_geo.network.streets.conditional import SUMMER, When
from tesoma_geo.network.streets.directions import oneway, restricted_directions
from tesoma_geo.network.streets.off_ground import passed_unseen, sheltered_ways
from tesoma_geo.network.streets.permissions import permissions
from tesoma_geo.network.streets.profiles import Profile
from tesoma_geo.network.streets.restrictions import Restrictions
from tesoma_geo.network.streets.tag_kinds import TagKinds
from tesoma_geo.network.streets.tags_now import tags_now

Value = TypeVar("Value")
Both = tuple[NDArray[np.bool_], NDArray[np.bool_]]

#: What follows from the tags of ways at any moment, and of barriers.
OF_WAYS, OF_BARRIERS = ("kinds", "restrictions", "sheltered", "unseen"), ("at barriers",)


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
    former
        The rules before the last rows of ``ways`` were added, where they are known: of the same barriers and moment.
    """

    ways: pd.DataFrame
    barriers: pd.DataFrame
    when: When
    former: "WayRules | None" = field(default=None, repr=False)
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

    def of(self, ways: pd.DataFrame, barriers: pd.DataFrame, when: When) -> "WayRules":
        """The rules of other tables, or at another moment; of the very same tables what holds at any moment is kept.

        Parameters
        ----------
        ways, barriers
            The tables.
        when
            The moment.

        Returns
        -------
        WayRules
            These themselves where they are those.
        """
        if self.is_of(ways, barriers, when):
            return self
        kept = (*(OF_WAYS if self.ways is ways else ()), *(OF_BARRIERS if self.barriers is barriers else ()))
        return WayRules(ways, barriers, when, _found={name: self._found[name] for name in kept if name in self._found})

    @classmethod
    def of_arrays(cls, ways: pd.DataFrame, barriers: pd.DataFrame, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """The rules of tables of which :meth:`as_arrays` is known.

        Parameters
        ----------
        ways, barriers
            The tables.
        arrays
            As they were given.

        Returns
        -------
        WayRules
        """
        restrictions = Restrictions(arrays["maybe_of_way"], arrays["always_of_way"])
        found = (TagKinds.numbered(ways, arrays["kind_of_way"]), restrictions, arrays["sheltered_way"])
        known: dict[Hashable, Any] = {
            **dict(zip(OF_WAYS, found, strict=False)),
            "at barriers": arrays["restricted_barrier"],
        }
        return cls(ways, barriers, SUMMER, _found=known)

    def as_arrays(self) -> dict[str, NDArray[Any]]:
        """What holds at any moment and takes long to find out, to be kept.

        Returns
        -------
        dict
            Name → array.
        """
        return {
            "kind_of_way": self.kinds.kind,
            "maybe_of_way": self.restrictions_by_way.maybe,
            "always_of_way": self.restrictions_by_way.always,
            "sheltered_way": self.sheltered,
            "restricted_barrier": self._once("at barriers", self._at_barriers),
        }

    def followed_by(self, ways: pd.DataFrame) -> "WayRules":
        """The rules of more ways: of those of before what was found is kept, and of each new tagging it is found once.

        Parameters
        ----------
        ways
            Those of before, and new ones behind them, with the same columns.

        Returns
        -------
        WayRules
            Of all of them.
        """
        return WayRules(ways, self.barriers, self.when, self)

    @property
    def kinds(self) -> TagKinds:
        """The kinds of the ways."""
        kinds: TagKinds = self._once("kinds", self._kinds)
        return kinds

    def _kinds(self) -> TagKinds:
        if self.former is None:
            return TagKinds.of(self.ways)
        return self.former.kinds.followed_by(self.ways.iloc[len(self.former.ways) :])

    @property
    def ways_now(self) -> pd.DataFrame:
        """The tags of the ways at the moment, a row a way."""
        return self._once("ways", self._tags_now)

    def _tags_now(self) -> pd.DataFrame:
        if self.former is not None:
            before, more = self.former.ways_now, tags_now(self.ways.iloc[len(self.former.ways) :], self.when).table
            if before.dtypes.equals(more.dtypes):  # the moment gave none of them a column that the others lack
                return pd.concat([before, more], ignore_index=True)
        return tags_now(self.ways, self.when).table

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
        return self._by_way(("may", *asked), lambda now: permissions(now, profile, country_rules(country)))

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
        return self._by_way(("oneway", mode), lambda now: oneway(now, mode))

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
        return self._by_way(("restricted", mode), lambda now: restricted_directions(now, mode))

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

        if self.former is not None:  # more ways have no barriers
            return self.former.restricted_barriers(mode)
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
        if not len(self.barriers):
            return np.zeros(n_edges, bool), np.zeros(n_edges, bool)
        costs = barrier_costs(self.barriers, profile, self.when)
        closed = self.barriers["edge"].to_numpy()[np.isinf(costs)]
        return _mask(closed, n_edges), self.is_restricted_barrier(profile.mode, n_edges)

    @property
    def restrictions_by_way(self) -> Restrictions:
        """For which modes ways may be restricted by their tags, at any time; a row a way."""
        return self._by_way("restrictions", Restrictions.of_ways, at_any_time=True)

    @property
    def sheltered(self) -> NDArray[np.bool_]:
        """Tunnels, bridges and motorways, shape (number of ways,)."""
        return self._by_way("sheltered", sheltered_ways, at_any_time=True)

    @property
    def passed_unseen(self) -> NDArray[np.bool_]:
        """Ways above, below or within what is beside them, shape (number of ways,)."""
        return self._by_way("unseen", passed_unseen, at_any_time=True)

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
        by_way = self.restrictions_by_way.take(way)
        if not len(self.barriers):
            return by_way
        return by_way.or_unknown(_mask(self._once("at barriers", self._at_barriers), len(way)))

    def _at_barriers(self) -> NDArray[np.int64]:
        """Edges of barriers that may be restricted for some mode."""
        edges: NDArray[np.int64] = self.barriers["edge"].to_numpy()[restricted_for_some_mode(self.barriers)]
        return edges

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
        if self.former is not None:
            return self.former.barrier_costs(profile)
        delays = frozenset(
            (tag, value, seconds) for tag, by in profile.node_delays_s.items() for value, seconds in by.items()
        )
        limits = (profile.max_kerb_m, profile.min_width_m, profile.min_gap_m, profile.min_height_m, profile.weight_t)
        asked = ("passing", profile.mode, profile.wheelchair_tags, *limits, delays)
        return self._once(
            asked, lambda: barrier_costs(self.barriers, profile, self.when) + closed_points(self.barriers, profile)
        )

    def _by_way(self, question: Hashable, find: Callable[[pd.DataFrame], Value], *, at_any_time: bool = False) -> Value:
        """What is found for each way from its own tags alone, whichever other ways there are."""

        def ask() -> Value:
            if self.former is None:
                return self.kinds.found(find if at_any_time else lambda kinds: find(self._now(kinds)))
            before = self.former._by_way(question, find, at_any_time=at_any_time)
            more = self.ways.iloc[len(self.former.ways) :]
            answer = self.former._once(
                (question, self._once("tagging", lambda: _tagging(more))),
                lambda: find(more if at_any_time else tags_now(more, self.when).table),
            )
            joined: Value = _joined(before, answer)
            return joined

        return self._once(question, ask)

    def _now(self, kinds: pd.DataFrame) -> pd.DataFrame:
        """The tags of the kinds at the moment."""
        now: pd.DataFrame = self._once("kinds now", lambda: tags_now(kinds, self.when).table)
        return now

    def _once(self, question: Hashable, find: Callable[[], Value]) -> Value:
        if question not in self._found:
            self._found[question] = find()
        answer: Value = self._found[question]
        return answer


def _mask(edges: NDArray[np.int64], n_edges: int) -> NDArray[np.bool_]:
    mask = np.zeros(n_edges, bool)
    mask[edges] = True
    return mask


def _tagging(ways: pd.DataFrame) -> Hashable:
    """What tells the tags of some ways from those of others, whatever their ids."""
    tags = ((name, column.to_numpy(object)) for name, column in ways.items() if name != "osm_id")
    return tuple(
        (name, *(None if missing else value for value, missing in zip(values, pd.isna(values), strict=True)))
        for name, values in tags
        if not pd.isna(values).all()
    ), len(ways)


def _joined(before: Any, more: Any) -> Any:
    """What was found for ways, and for more ways behind them."""
    if isinstance(before, Restrictions):
        return before.followed_by(more)
    if isinstance(before, tuple):
        return tuple(_joined(*pair) for pair in zip(before, more, strict=True))
    return np.concatenate([before, more])
