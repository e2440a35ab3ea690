"""The street network: a record of streets, from which others with one thing changed are made."""

import os
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
import pandas as pd
import shapely

from tesoma_geo._arrays import Float32
from tesoma_geo._given import instance, several
from tesoma_geo._given import path as given_path
from tesoma_geo.errors import InputError
from tesoma_geo.network.streets.built_from import KEY, built_from, key_of
from tesoma_geo.network.streets.conditional import When
from tesoma_geo.network.streets.cost_changes import CostChange
from tesoma_geo.network.streets.ground import Ground
from tesoma_geo.network.streets.heights import StreetHeights
from tesoma_geo.network.streets.kept_heights import kept_street_heights
from tesoma_geo.network.streets.profiles import Profile
from tesoma_geo.network.streets.street_record import StreetRecord
from tesoma_geo.network.streets.turn_costs import reach_m
from tesoma_geo.network.streets.turn_rules import MODE_BITS
from tesoma_geo.network.streets.unknown_tags import UnknownTags
from tesoma_geo.sources.elevation import read_surface
from tesoma_geo.sources.elevation_error import ElevationError


@dataclass(frozen=True, eq=False)
class Streets(StreetRecord):
    """Streets of all ways of moving, and the same streets with other heights, tags, costs or at another moment.

    Its attributes are those of :class:`~tesoma_geo.network.streets.street_record.StreetRecord`.
    """

    def with_turns_told_apart(self, profile: Profile) -> Self:
        """The same streets where the junctions are told apart at which turns cost a profile something.

        Parameters
        ----------
        profile
            Who travels how.

        Returns
        -------
        Streets
            The streets themselves where turns cost nothing, or are told apart already.
        """
        mode = MODE_BITS[profile.mode]
        reach = {mode: reach_m(profile.turn_costs)} if mode and profile.turn_costs.on else {}
        if not reach or self.shape.reaches_m == reach:
            return self
        shape = self._shape(self.shape.restrictions, self.shape.rules, reach, same=True)
        return replace(self, shape=shape)

    def with_elevation(self, path: str | os.PathLike[str]) -> Self:
        """The same network with heights from a raster of the ground.

        Grades are those over two cells of the raster at least; bridges and tunnels run straight between their ends:
        see :func:`tesoma_geo.network.streets.heights.street_heights`.

        Parameters
        ----------
        path
            A raster of heights above sea level, in metres or the unit that it names, any CRS.

        Returns
        -------
        Streets
            With ``elevation_m`` in metres above sea level.

        Raises
        ------
        SourceError
            The raster cannot be read, is no elevation, or does not touch the network.
        """
        raster = given_path("elevation", path, "Give the path of a raster of ground elevation")
        surface = read_surface(raster, self.x, self.y, self.crs, key="elevation")
        ground = Ground(surface, ElevationError.of_cells(surface.native_cell_m))
        network = self.with_heights(kept_street_heights(self.street_lines, surface), ground)
        return built_from(network, key_of(self), network.elevation_m)

    def with_heights(self, heights: StreetHeights, ground: Ground | None = None) -> Self:
        """The same network with these heights of its nodes.

        Parameters
        ----------
        heights
            Of all its nodes.
        ground
            What they were found from, and how wrong it may be; None where that is not drawn.

        Returns
        -------
        Streets
        """
        # The copies beside barriers lie where the mapped node lies.
        return replace(self, elevation_m=heights.elevation_m[self.stands_for], ground=ground)

    def drawn_elevations(self, seed: int, draws: int) -> Float32 | None:
        """Heights of the nodes in draws of the elevation's own error.

        Parameters
        ----------
        seed
            Of all draws.
        draws
            How many.

        Returns
        -------
        float32 array of shape (draws, n)
            Metres, NaN where unknown; None where no error is known.
        """
        if self.ground is None:
            return None
        return self.ground.drawn_heights(self.street_lines, seed, draws)[:, self.stands_for]

    def with_water(self, water: Iterable[shapely.Geometry]) -> Self:
        """The same streets with water that no point is joined to a street across.

        Parameters
        ----------
        water
            Polygons in ``crs``.

        Returns
        -------
        The streets, with this water besides what their file has.

        Raises
        ------
        InputError
            What are no geometries.
        """
        remedy = "Give polygons in the CRS of the network, such as those of a GeoSeries"
        polygons = several("water", water, remedy)
        if not all(isinstance(one, shapely.Geometry) for one in polygons):
            raise InputError("water holds what is no geometry", remedy)
        return replace(self, obstacles=self.obstacles.and_water(polygons))

    def with_unknown_tags(self) -> Self:
        """The same streets where unknown tags cost what streets of the same class nearby do.

        Returns
        -------
        Streets
            With ``unknown_tags`` of its ways.
        """
        number = np.maximum(np.bincount(self.way, minlength=len(self.ways)), 1)
        middle = (
            np.bincount(self.way, (along[self.tail] + along[self.head]) / 2.0, len(self.ways)) / number
            for along in (self.x, self.y)
        )
        return replace(self, unknown_tags=UnknownTags.of(self.ways, *middle))

    def with_ways(self, ways: pd.DataFrame) -> Self:
        """The same streets with other tags.

        Parameters
        ----------
        ways
            A row a way, in the order of those there are.

        Returns
        -------
        Streets
            With these ``ways``; nodes and edges are the same.

        Raises
        ------
        InputError
            No table, or one of other ways.
        """
        remedy = "Give the table of ways with other tags, a row for each way that is there"
        instance("ways", ways, pd.DataFrame, remedy)
        if len(ways) != len(self.ways):
            raise InputError(f"ways has {len(ways)} rows for {len(self.ways)} ways", remedy)
        return replace(self, ways=ways)

    def with_change(self, change: CostChange) -> Self:
        """The same streets with one more change of costs, after those there are.

        Parameters
        ----------
        change
            Edges, and what passing them costs instead.

        Returns
        -------
        Streets
            With the change last among its ``changes``.
        """
        return self.with_true_shape(changes=(*self.changes, change))

    def with_true_shape(self, **values: Any) -> Self:
        """The same streets with other values, for who knows that their shape fits: it is not found out again.

        Parameters
        ----------
        **values
            Fields of the streets.

        Returns
        -------
        Streets
            With these values.
        """
        changed = copy(self)
        for name in ("is_barrier", "grade", "ways_now", KEY):
            vars(changed).pop(name, None)
        for name, value in values.items():
            object.__setattr__(changed, name, value)
        return changed

    def at(self, when: When, country: str | None = None) -> Self:
        """The same streets at another moment, or under another country's rules.

        Parameters
        ----------
        when
            The moment for which tags that hold at some times are read.
        country
            ISO 3166-1 code; the one there is where it is None.

        Returns
        -------
        Streets
            With this ``when`` and ``country``; tags, nodes and edges are the same.
        """
        return replace(self, when=when, country=self.country if country is None else country)
