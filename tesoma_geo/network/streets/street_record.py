"""The record of streets: nodes, straight segments between them, and the tags of their ways.

Every OpenStreetMap node on a street is a node here, and an edge is the straight segment between two
of them, so that an edge needs no geometry of its own. The router contracts the chains again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property, partial
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.countries import Country, country_rules
from tesoma_geo.errors import InputError
from tesoma_geo.network.engine import Hierarchy
from tesoma_geo.network.streets.added_streets import AddedStreets
from tesoma_geo.network.streets.barriers import no_barriers
from tesoma_geo.network.streets.conditional import SUMMER, When
from tesoma_geo.network.streets.cost_changes import CostChange
from tesoma_geo.network.streets.ground import Ground
from tesoma_geo.network.streets.heights import StreetLines
from tesoma_geo.network.streets.obstacles import Obstacles
from tesoma_geo.network.streets.off_ground import above_or_below
from tesoma_geo.network.streets.permissions import behind_restricted_for_somebody, drivable_ways
from tesoma_geo.network.streets.restrictions import Restrictions
from tesoma_geo.network.streets.shape import StreetShape
from tesoma_geo.network.streets.turn_restrictions import rules_at
from tesoma_geo.network.streets.turn_rules import TurnRule
from tesoma_geo.network.streets.unknown_tags import UnknownTags
from tesoma_geo.network.streets.way_lines import lines_along
from tesoma_geo.network.streets.way_rules import WayRules
from tesoma_geo.tables import LeftOut

#: Classes of roads that make no junction where turns cost: roads to houses, and tracks.
SIDE_ROADS = frozenset({"service", "track"})


@dataclass(frozen=True, eq=False)
class StreetRecord:
    """Streets of all ways of moving as they are, with the tags that their costs come from.

    Attributes
    ----------
    node_id
        OpenStreetMap ids, shape (n,); nodes that are in no file have ids below all of those.
    lon, lat
        WGS 84 degrees, shape (n,).
    x, y
        Metres in ``crs``, shape (n,).
    elevation_m
        Elevation of the streets, smoothed over the run that grades are told over; NaN where unknown, shape (n,).
    tail, head
        Node indices of each edge, in the direction its way was drawn, shape (m,).
    length_m
        Edge lengths on the ground, shape (m,).
    way
        Row of ``ways`` for each edge, shape (m,).
    ways
        A row a way: ``osm_id`` and tag columns (strings or None).
    node_tags
        A row a tagged node: ``node`` (index) and tag columns.
    barriers
        A row an edge that stands for a barrier, a kerb or a lift: ``edge``, ``share`` (of what passing costs) and the
        node's tags. Such edges have no length, and the row of ``ways`` of a street beside them.
    stands_for
        By node: the mapped node where it lies, itself but for the copies beside barriers, shape (n,).
    n_new_nodes, n_new_ways
        How many of the nodes and rows of ``ways``, the last ones, links added.
    crs
        The metric system, for example ``"EPSG:3067"``.
    left_out
        What the source held that the network does not.
    changes
        Costs that a scenario changes, whatever asks for them.
    turn_rules
        Turns that are forbidden, or the only ones allowed, at some times or always.
    country
        ISO 3166-1 code of the country whose rules hold; empty where it is not known.
    when
        The moment for which tags that hold at some times are read.
    obstacles
        What is not crossed between a point and its street.
    unknown_tags
        What tags that nobody mapped may be; None where each profile says what it assumes of them.
    ground
        What the heights were found from, and how wrong it may be; None where that is not drawn.
    shape
        What follows from nodes and edges, and from which of them are restricted; shared by networks with the same.
    rules
        What the tags say at the moment, found once; shared likewise.
    """

    node_id: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    elevation_m: NDArray[np.float32]
    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    length_m: NDArray[np.float32]
    way: NDArray[np.int32]
    ways: pd.DataFrame
    node_tags: pd.DataFrame
    crs: str
    barriers: pd.DataFrame = field(default_factory=no_barriers)
    stands_for: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))
    n_new_nodes: int = 0
    n_new_ways: int = 0
    left_out: tuple[LeftOut, ...] = ()
    changes: tuple[CostChange, ...] = ()
    turn_rules: tuple[TurnRule, ...] = ()
    country: str = ""
    when: When = SUMMER
    obstacles: Obstacles = field(default_factory=Obstacles.none, repr=False)
    unknown_tags: UnknownTags | None = field(default=None, repr=False)
    ground: Ground | None = field(default=None, repr=False)
    shape: StreetShape = field(default_factory=StreetShape.empty, repr=False)
    rules: WayRules = field(default_factory=WayRules.none, repr=False)

    def __post_init__(self) -> None:
        if self.when.place is None and len(self.lon):
            # To a tenth of a degree: half a minute of the sun.
            place = round(float(np.median(self.lon)), 1), round(float(np.median(self.lat)), 1)
            object.__setattr__(self, "when", replace(self.when, place=place))
        object.__setattr__(self, "rules", self.rules.of(self.ways, self.barriers, self.when))
        arrays = (self.x, self.y, self.tail, self.head)
        known = self.stands_for
        if len(known) < len(self.x):
            more = np.arange(len(known), len(self.x), dtype=np.int32)
            object.__setattr__(self, "stands_for", np.concatenate([known, more]))
        restrictions = self.rules.restrictions(self.way)
        rules = rules_at(self.turn_rules, self.when)
        same = self.shape.is_of(*arrays)
        if same and self.shape.restrictions.covers(restrictions):
            if rules == self.shape.rules:
                return
            restrictions = self.shape.restrictions
        else:
            barred = partial(self.rules.barred, n_edges=len(self.tail))
            kinds = self.rules.kinds
            behind = behind_restricted_for_somebody(
                kinds.table, kinds.kind[self.way], self.tail, self.head, len(self.x), barred, self.country_rules
            )
            restrictions = restrictions.or_unknown(behind)
        shape = self._shape(restrictions, rules, self.shape.reaches_m if same else {}, same=same)
        object.__setattr__(self, "shape", shape)

    def content(self) -> dict[str, Any]:
        """What tells these streets from others: what is not found from the rest.

        Returns
        -------
        dict
            Field → value.
        """
        instead: dict[str, Any] = {"left_out": None, "shape": self.added, "rules": None}
        instead["unknown_tags"] = self.unknown_tags is not None
        instead["ground"] = None if self.ground is None else self.ground.error
        return {one.name: instead.get(one.name, getattr(self, one.name)) for one in fields(self)}

    def _shape(
        self, restrictions: Restrictions, rules: tuple[TurnRule, ...], reaches_m: Mapping[int, float], *, same: bool
    ) -> StreetShape:
        """A shape of these streets; ``same`` where they are those of the one there is."""
        added, former = (self.shape.added, self.shape.former) if same else (AddedStreets(), None)
        return StreetShape(
            *(self.x, self.y, self.tail, self.head, restrictions, rules),
            length_m=self.length_m,
            drivable=drivable_ways(self.ways)[self.way],
            sheltered=self.rules.sheltered[self.way],
            former=former,
            added=added,
            streets=self.turning_streets if reaches_m else None,
            reaches_m=reaches_m,
        )

    @property
    def turning_streets(self) -> NDArray[np.bool_]:
        """Edges of streets that make junctions where turns may cost: not roads to houses and tracks, shape (m,)."""
        ways = drivable_ways(self.ways) & ~self.ways["highway"].isin(SIDE_ROADS).to_numpy(bool)
        return ways[self.way] & ~self.is_barrier

    @property
    def street_lines(self) -> StreetLines:
        """What heights are found for."""
        return StreetLines(self.x, self.y, self.tail, self.head, self.length_m, ~above_or_below(self.ways)[self.way])

    @property
    def ways_now(self) -> pd.DataFrame:
        """The tags of the ways at the network's moment, a row a way."""
        return self.rules.ways_now

    @property
    def country_rules(self) -> Country:
        """The rules of the network's country."""
        return country_rules(self.country)

    @property
    def n_nodes(self) -> int:
        """Number of nodes."""
        return len(self.node_id)

    @property
    def n_edges(self) -> int:
        """Number of edges (undirected)."""
        return len(self.tail)

    @property
    def is_new_node(self) -> NDArray[np.bool_]:
        """Nodes that links added, shape (n,)."""
        return np.arange(self.n_nodes) >= self.n_nodes - self.n_new_nodes

    @property
    def is_mapped(self) -> NDArray[np.bool_]:
        """Edges of streets that the source held, not of links, shape (m,)."""
        mapped: NDArray[np.bool_] = self.way < len(self.ways) - self.n_new_ways
        return mapped

    @cached_property
    def is_barrier(self) -> NDArray[np.bool_]:
        """Edges without length that stand for a barrier, a kerb or a lift, shape (m,)."""
        barred = np.zeros(self.n_edges, bool)
        barred[self.barriers["edge"]] = True
        return barred

    @cached_property
    def grade(self) -> NDArray[np.float64]:
        """Rise over run of each edge from tail to head; 0 where the elevation is unknown, shape (m,)."""
        elevation_m = self.elevation_m.astype(float)
        rise_m = elevation_m[self.head] - elevation_m[self.tail]
        run_m = np.maximum(self.length_m, 1.0)
        grade: NDArray[np.float64] = np.nan_to_num(rise_m / run_m)
        return grade

    @property
    def added(self) -> AddedStreets:
        """Which streets were laid beside those of the file."""
        return self.shape.added

    @property
    def segments(self) -> NDArray[np.object_]:
        """Every edge as a LineString in ``crs``, shape (m,)."""
        return self.shape.segments

    @property
    def hierarchy(self) -> Hierarchy:
        """The contracted network that all profiles share; kept on disk, keyed by the network's shape."""
        return self.shape.hierarchy

    def lines(self, ways: NDArray[np.bool_], tags: Sequence[str] | None = None) -> gpd.GeoDataFrame:
        """Chosen ways as lines in ``crs``, one row a way: its tags and a (Multi)LineString.

        Parameters
        ----------
        ways
            Which rows of ``ways``, shape (number of ways,).
        tags
            Columns that are wanted; those that there are not are left away. All where it is None.

        Returns
        -------
        geopandas.GeoDataFrame
            In the order of ``ways``, numbered from 0.

        Raises
        ------
        InputError
            ``ways`` is not a truth value a way.
        """
        chosen = np.asarray(ways)
        if chosen.dtype != bool or chosen.shape != (len(self.ways),):
            raise InputError(
                f"ways has the shape {chosen.shape} and the type {chosen.dtype}", "Give True or False for each way"
            )
        edges = np.flatnonzero(chosen[self.way] & ~self.is_barrier)
        tail, head = self.stands_for[self.tail[edges]], self.stands_for[self.head[edges]]
        xy = np.column_stack([self.x, self.y])
        rows, joined = lines_along(self.way[edges], tail, head, xy)
        table = self.ways if tags is None else self.ways[[tag for tag in tags if tag in self.ways]]
        return gpd.GeoDataFrame(table.iloc[rows].reset_index(drop=True), geometry=joined, crs=self.crs)
