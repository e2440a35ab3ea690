"""Streets as one profile uses them: its costs laid on a network, and what edits make of them."""

from dataclasses import dataclass, replace
from typing import Self

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from tesoma_geo._given import instance
from tesoma_geo.errors import InputError
from tesoma_geo.network.streets.edge_costs import EdgeCosts
from tesoma_geo.network.streets.edits import Edits, edited_costs, network_with_links, without_junctions
from tesoma_geo.network.streets.impedance import edge_costs
from tesoma_geo.network.streets.kept_costs import kept_edge_costs
from tesoma_geo.network.streets.network import Streets
from tesoma_geo.network.streets.pieces import StreetPieces
from tesoma_geo.network.streets.point_splits import split_for
from tesoma_geo.network.streets.profile_turns import seconds_of_turns_in
from tesoma_geo.network.streets.profiles import Profile
from tesoma_geo.network.streets.street_engine import StreetEngine


@dataclass(frozen=True, eq=False)
class ProfileStreets:
    """Costs of one profile on a network.

    Attributes
    ----------
    network
        The streets.
    profile
        Who travels how.
    costs
        Seconds on every edge.
    engine
        The contracted network with these costs.
    max_snap_m
        Farthest that a point may lie from a usable street.
    pieces
        Where trips may start and end.
    """

    network: Streets
    profile: Profile
    costs: EdgeCosts
    engine: StreetEngine
    max_snap_m: float
    pieces: StreetPieces

    @classmethod
    def build(cls, network: Streets, profile: Profile, max_snap_m: float = 250.0) -> Self:
        """The router of a profile on a network.

        Parameters
        ----------
        network
            The streets.
        profile
            Who travels how.
        max_snap_m
            Farthest that a point may lie from a street, in metres.

        Returns
        -------
        ProfileStreets
            With the costs of the profile on every edge; on a network of its own where the profile closes points
            (see :func:`~tesoma_geo.network.streets.point_splits.split_for`).

        Raises
        ------
        InputError
            The profile cannot move anywhere on this network.
        """
        network = split_for(network, profile)
        router = cls.of(network, profile, kept_edge_costs(network, profile), max_snap_m)
        if not router.usable.any():
            raise InputError(
                f"profile {profile.name!r} cannot move anywhere on this network",
                "Check what the profile forbids, and the tags of the OpenStreetMap file",
            )
        return router

    @classmethod
    def of(cls, network: Streets, profile: Profile, costs: EdgeCosts, max_snap_m: float = 250.0) -> Self:
        """The router of costs that are known already, whether anybody can move with them or not.

        Parameters
        ----------
        network
            The streets.
        profile
            Who travels how.
        costs
            Seconds on every edge of the network.
        max_snap_m
            Farthest that a point may lie from a street, in metres.

        Returns
        -------
        ProfileStreets
            With these costs.
        """
        network = network.with_turns_told_apart(profile)
        graph, turn_s = network.shape.graph, seconds_of_turns_in(network, profile)
        engine = StreetEngine.of(network.hierarchy, graph, costs, profile.mode, turn_s)
        return cls(network, profile, costs, engine, max_snap_m, StreetPieces(network, costs, engine.seen))

    def with_costs(self, costs: EdgeCosts, profile: Profile | None = None) -> Self:
        """A router on the same streets with other costs on every edge.

        Parameters
        ----------
        costs
            Seconds on every edge.
        profile
            Who travels how, where it is somebody else.

        Returns
        -------
        ProfileStreets
            On the same network, with the same ``max_snap_m``.
        """
        return self.of(self.network, profile or self.profile, costs, self.max_snap_m)

    def knowing(self, former: "ProfileStreets") -> Self:
        """The same router, which finds points by the index of streets before others were added to them.

        Parameters
        ----------
        former
            The router of the same profile before.

        Returns
        -------
        ProfileStreets
            This one where the streets are not those of before and more, or another is open or restricted among those
            of before.
        """
        if self.network.shape.former is not former.network.shape or not self.costs.open_as(former.costs):
            return self
        return replace(self, pieces=replace(self.pieces, former=former.pieces))

    def with_edits(self, edits: Edits) -> Self:
        """The router after a scenario; this one stays as it is.

        Costs that change are customised again where they matter; new links extend the contracted network
        in its old order. The answers are those of a router built anew.

        Parameters
        ----------
        edits
            Costs of edges, closures, new links.

        Returns
        -------
        ProfileStreets
            With the network and the costs after the edits.

        Raises
        ------
        InputError
            What the edits name is not there, or cannot be.
        """
        edits = instance("edits", edits, Edits, "Make tesoma_geo.Edits of them")
        router = self if edits.links is None else self._with_links(edits.links)
        edges, costs = edited_costs(router.costs, edits.with_pieces(router.network.added))
        edges, costs = without_junctions(router.network, router.profile, router.costs, edges, costs)
        engine = router.engine.updated(edges, costs)
        opened = np.isfinite(router.costs.forward_s[edges]) | np.isfinite(router.costs.backward_s[edges])
        still_open = np.isfinite(costs.forward_s[edges]) | np.isfinite(costs.backward_s[edges])
        same = bool((opened == still_open).all())
        pieces = router.pieces if same else StreetPieces(router.network, costs, engine.seen)
        return replace(router, costs=costs, engine=engine, pieces=pieces)

    @property
    def usable(self) -> NDArray[np.bool_]:
        """Edges of pieces large enough to start or end on, shape (n_edges,)."""
        return self.pieces.usable

    @property
    def small_pieces(self) -> tuple[int, int]:
        """Number of pieces too small to start or end on, and of usable edges in or towards them."""
        return self.pieces.small

    def _with_links(self, links: gpd.GeoDataFrame) -> Self:
        network = network_with_links(self.network, links, self.max_snap_m)
        costs = self.costs.kept_in(edge_costs(network, self.profile), network.added.piece_of)
        router = self.of(network, self.profile, costs, self.max_snap_m)
        return replace(router, pieces=replace(router.pieces, former=self.pieces))
