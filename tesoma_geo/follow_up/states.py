"""A district between two dates: any of its inputs as on the first date, the others as on the second."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.assessment.travel_assessment import travel_times
from tesoma_geo.errors import InputError
from tesoma_geo.follow_up.indicators import indicators
from tesoma_geo.follow_up.kept_inputs import KeptInputs
from tesoma_geo.follow_up.map_changes import MapChanges
from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.inputs.layers import read_inputs
from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.cost_changes import CostChange
from tesoma_geo.network.streets.point_splits import split_for

Array = NDArray[np.float64]

#: What may be exchanged, in the order in which it is told.
STREETS, MAP, SERVICES = "streets", "map_corrections", "services"
RESIDENTS, WHERE = "residents_number", "residents_where"
TIMETABLE, ELEVATION, SETTINGS = "timetable", "elevation", "settings"
CAUSES = (STREETS, MAP, SERVICES, RESIDENTS, WHERE, TIMETABLE, ELEVATION, SETTINGS)


@dataclass(frozen=True, eq=False)
class DatedState:
    """The layers of a dated run.

    Attributes
    ----------
    kept
        The run, with all that it was made from.
    inputs
        Its layers, read again.
    """

    kept: KeptInputs
    inputs: Inputs

    @classmethod
    def of(cls, kept: KeptInputs) -> "DatedState":
        """Read the kept inputs of a run.

        Parameters
        ----------
        kept
            The run.

        Returns
        -------
        DatedState
        """
        return cls(kept, read_inputs(kept.workspace))


@dataclass(eq=False)
class Between:
    """Two dates, and the figures with some of the inputs exchanged; what was computed once is kept.

    Attributes
    ----------
    first, second
        The dated states.
    changes
        Of the map.
    names
        The indicators, in the order of the figures.
    """

    first: DatedState
    second: DatedState
    changes: MapChanges
    names: tuple[str, ...] = ()
    _networks: dict[tuple[bool, bool, bool, bool], StreetNetwork] = field(default_factory=dict)
    _columns: dict[frozenset[str], Mapping[str, NDArray[np.float32]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names = tuple(self.figures_by_name(frozenset()))

    @property
    def causes(self) -> tuple[str, ...]:
        """What differs between the dates; what is the same explains nothing."""
        one, other = self.first.inputs, self.second.inputs
        table, differing = self.changes.table, []
        real = table[table["verdict"] != "correction"]
        same_streets = _same_streets(one.network, other.network)
        if (real["kind"] == "way").any() or (not same_streets and not self.changes.has_corrections):
            differing.append(STREETS)
        if self.changes.has_corrections:
            differing.append(MAP)
        if (real["kind"] != "way").any():
            differing.append(SERVICES)
        totals = [inputs.origins["population"].sum() for inputs in (one, other)]
        if totals[0] != totals[1]:
            differing.append(RESIDENTS)
        if self._moved:
            differing.append(WHERE)
        if _differs(self.first.kept, self.second.kept, "transit.gtfs") or _dates(one) != _dates(other):
            differing.append(TIMETABLE)
        if _differs(self.first.kept, self.second.kept, "elevation"):
            differing.append(ELEVATION)
        if _settings(one) != _settings(other):
            differing.append(SETTINGS)
        return tuple(differing)

    def figures(self, exchanged: frozenset[str]) -> Array:
        """The indicators with some inputs as on the second date, the others as on the first.

        Parameters
        ----------
        exchanged
            Of :data:`CAUSES`.

        Returns
        -------
        float64 array of shape (indicators,)
        """
        return np.array(list(self.figures_by_name(exchanged).values()))

    def figures_by_name(self, exchanged: frozenset[str]) -> dict[str, float]:
        """The same by name.

        Parameters
        ----------
        exchanged
            Of :data:`CAUSES`.

        Returns
        -------
        dict
        """
        travel = exchanged - {RESIDENTS} if self._moved else exchanged - {WHERE}
        layers = self.layers(travel)
        if travel not in self._columns:
            self._columns[travel] = travel_times(layers).columns
        people = layers.origins["population"].to_numpy(float)
        if not self._moved:
            return indicators(layers.workspace, self._columns[travel], people, self.kinds)
        total = self._of(RESIDENTS, exchanged).inputs.origins["population"].sum()
        residents = people * (total / people.sum()) if people.sum() else people
        return indicators(layers.workspace, self._columns[travel], residents, self.kinds)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of services of both dates."""
        return tuple(sorted({*self.first.inputs.services["kind"], *self.second.inputs.services["kind"]}))

    def layers(self, exchanged: frozenset[str]) -> Inputs:
        """The layers with some inputs as on the second date.

        Parameters
        ----------
        exchanged
            Of :data:`CAUSES`.

        Returns
        -------
        Inputs

        Raises
        ------
        InputError
            The two runs have no way of moving in common.
        """
        settings = self._of(SETTINGS, exchanged).inputs
        common = [
            name
            for name in self.first.inputs.workspace.access.profiles
            if name in self.second.inputs.workspace.access.profiles
        ]
        cutoffs = [
            one
            for one in self.first.inputs.workspace.access.cutoffs_min
            if one in self.second.inputs.workspace.access.cutoffs_min
        ]
        if not common:
            raise InputError("the runs have no way of moving in common", "Compare runs of the same ways of moving")
        access = settings.workspace.access.model_copy(
            update={"profiles": tuple(common), "cutoffs_min": tuple(cutoffs), "services_within_min": self._near_min}
        )
        workspace = settings.workspace.model_copy(update={"access": access, "targets": {}})
        profiles = tuple(profile for profile in settings.profiles if profile.name in common)
        network = self._network(exchanged)
        if self._of(SETTINGS, exchanged) is not self._of(STREETS, exchanged):
            network = split_for(network, *settings.profiles)
        return replace(
            settings,
            workspace=workspace,
            profiles=profiles,
            network=network,
            origins=self._of(WHERE if self._moved else RESIDENTS, exchanged).inputs.origins,
            services=self._services(exchanged),
            timetable=self._of(TIMETABLE, exchanged).inputs.timetable,
        )

    @property
    def _moved(self) -> bool:
        """Whether the residents live elsewhere; else their number alone may differ."""
        return not _same_homes(self.first.inputs.origins, self.second.inputs.origins)

    @property
    def _near_min(self) -> float:
        return self.first.inputs.workspace.access.services_within_min

    def _of(self, cause: str, exchanged: frozenset[str]) -> DatedState:
        return self.second if cause in exchanged else self.first

    def _network(self, exchanged: frozenset[str]) -> StreetNetwork:
        streets, corrected = STREETS in exchanged, MAP in exchanged
        if MAP not in self._map_causes:
            corrected = streets
        elif STREETS not in self._map_causes:
            streets = corrected
        elevation = ELEVATION in exchanged if ELEVATION in self._map_causes else streets
        key = (streets, corrected, elevation, False)
        if key not in self._networks:
            self._networks[key] = self._made(streets, corrected, elevation)
        return self._networks[key]

    @property
    def _map_causes(self) -> tuple[str, ...]:
        table = self.changes.table
        real = table[table["verdict"] != "correction"]
        causes = [STREETS] if (real["kind"] == "way").any() or not self.changes.has_corrections else []
        causes += [MAP] if self.changes.has_corrections else []
        return (*causes, *([ELEVATION] if _differs(self.first.kept, self.second.kept, "elevation") else []))

    def _made(self, streets: bool, corrected: bool, elevation: bool) -> StreetNetwork:
        """The streets with the real changes or without, with the corrections or without, and heights of either date."""
        before, after = (self._raised(state, elevation) for state in (self.first, self.second))
        if streets == corrected:
            return after if streets else before
        kept = self.changes.ways("tags", corrected=not corrected)
        closed = self.changes.ways("added", corrected=not corrected)
        added = self.changes.ways("added", corrected=corrected)
        if not streets and not added:
            # The streets of the first date, with the tags that were put right.
            return _with_tags_of(before, after, self.changes.ways("tags", corrected=True))
        network = _with_tags_of(after, before, kept)
        edges = np.flatnonzero(np.isin(network.ways["osm_id"].to_numpy()[network.way], closed))
        return network.with_change(CostChange(edges, np.inf)) if len(edges) else network

    def _raised(self, state: DatedState, elevation: bool) -> StreetNetwork:
        """The streets of a date with the heights of one."""
        wanted = self.second if elevation else self.first
        if wanted is state or not _differs(self.first.kept, self.second.kept, "elevation"):
            return state.inputs.network
        mixed = state.kept.workspace.model_copy(update={"elevation": wanted.kept.workspace.elevation})
        return read_inputs(mixed).network

    def _services(self, exchanged: frozenset[str]) -> gpd.GeoDataFrame:
        before, after = self.first.inputs.services, self.second.inputs.services
        corrected = set(self.changes.services(corrected=True))
        mine = [(after if cause in exchanged else before) for cause in (SERVICES, MAP)]
        if not corrected:
            return mine[0]
        real = mine[0][~mine[0]["service_id"].isin(corrected)]
        mapped = mine[1][mine[1]["service_id"].isin(corrected)]
        both = pd.concat([real, mapped], ignore_index=True)
        return gpd.GeoDataFrame(both, geometry="geometry", crs=before.crs)


def _with_tags_of(network: StreetNetwork, other: StreetNetwork, ids: list[int]) -> StreetNetwork:
    """A network with the tags of some ways as in another one."""
    if not ids:
        return network
    ways, wanted = network.ways.copy(), other.ways.drop_duplicates("osm_id").set_index("osm_id")
    rows = np.flatnonzero(ways["osm_id"].isin(ids).to_numpy())
    for tag in wanted.columns.union(ways.columns.drop("osm_id")):
        if tag not in ways:
            ways[tag] = pd.Series(None, index=ways.index, dtype=object)
        values = wanted[tag] if tag in wanted else pd.Series(None, index=wanted.index, dtype=object)
        column = ways[tag].astype(object).to_numpy().copy()
        column[rows] = values.reindex(ways["osm_id"].to_numpy()[rows]).astype(object).to_numpy()
        ways[tag] = pd.Series(column, index=ways.index).astype(
            network.ways[tag].dtype if tag in network.ways else object
        )
    return network.with_ways(ways).with_unknown_tags()


def _same_streets(one: StreetNetwork, other: StreetNetwork) -> bool:
    return (
        np.array_equal(one.tail, other.tail)
        and np.array_equal(one.head, other.head)
        and np.array_equal(one.x, other.x)
        and one.ways.equals(other.ways)
    )


def _same_homes(one: gpd.GeoDataFrame, other: gpd.GeoDataFrame) -> bool:
    """Whether residents live at the same places in the same shares, but for the rounding to whole people."""
    if len(one) != len(other) or not np.array_equal(one["origin_id"], other["origin_id"]):
        return False
    if not (one.geometry.distance(other.geometry, align=False) < 0.01).all():
        return False
    people, now = (table["population"].to_numpy(float) for table in (one, other))
    if people.sum() == now.sum():
        return np.array_equal(people, now)
    factor = now.sum() / max(people.sum(), 1.0)
    return bool((np.abs(now - people * factor) <= 1.0 + factor).all())


def _differs(one: KeptInputs, other: KeptInputs, section: str) -> bool:
    pairs = [{key: value for key, value in kept.hashes.items() if key.startswith(section)} for kept in (one, other)]
    name = section.split(".")[0]
    sections = [getattr(kept.workspace, name) for kept in (one, other)]
    if name == "elevation" and None not in sections:
        contents = [section_.model_dump(exclude={"source", "licence", "as_of"}) for section_ in sections]
        return pairs[0] != pairs[1] or contents[0] != contents[1]
    return pairs[0] != pairs[1]


def _dates(inputs: Inputs) -> object:
    return None if inputs.workspace.transit is None else inputs.workspace.transit.date


def _settings(inputs: Inputs) -> object:
    workspace = inputs.workspace
    transit = None if workspace.transit is None else (workspace.transit.window, workspace.transit.percentiles)
    hub = [(round(point.x, 2), round(point.y, 2)) for point in inputs.hub.geometry]
    profiles = [profile.model_dump(mode="json", exclude={"sources"}) for profile in inputs.profiles]
    return profiles, hub, workspace.network.max_snap_m, transit
