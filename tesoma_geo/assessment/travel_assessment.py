"""The minutes alone: to the hub and to services by each way of moving, without what explains or draws them.

A whole assessment of a district takes many times as long; who compares plans, dates or hubs asks for these often.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, cast

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo._arrays import Float32
from tesoma_geo._cache import keep_value, kept_value
from tesoma_geo._pickles import read_pickle, write_pickle
from tesoma_geo._processes import in_processes
from tesoma_geo.assessment.assess import Assessment
from tesoma_geo.assessment.profile_results import services_reached
from tesoma_geo.assessment.street_analysis import StreetAnalysis
from tesoma_geo.assessment.summary import summary
from tesoma_geo.assessment.summary_records import Summary
from tesoma_geo.assessment.transit_analysis import WALKING, timetable_router
from tesoma_geo.columns import FROM_HUB_S, TO_HUB_S
from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.inputs.open_services import while_open
from tesoma_geo.inputs.origin_cells import polygons
from tesoma_geo.inputs.snapped_points import SnappedPoints
from tesoma_geo.network import StreetRouter
from tesoma_geo.network.transit.service import connections, residents_connected

MEDIAN = (50,)
#: A kind of entry of the cache.
TIMES = "times"


@dataclass(frozen=True, eq=False)
class TravelTimes:
    """Seconds of every origin by each way of moving.

    Attributes
    ----------
    columns
        Column of ``tables.ORIGINS`` → a value an origin: ``<profile>_to_hub_s``, ``<profile>_from_hub_s``, and where
        there are services ``<profile>_<kind>_nearest_s`` and ``<profile>_<kind>_within``.
    from_hub_s
        Profile → seconds from the hub to each service.
    connected
        Residents with a connection at least every so many minutes, and ``"on_foot"``; empty without a timetable.
    to_services_s
        Profile → seconds from each origin to each service, shape (origins, services).
    routers
        Profile → the streets with its costs, for who asks further; empty where profiles were done side by side.
    snapped
        Profile → where the points meet these streets; empty likewise.
    """

    columns: dict[str, NDArray[Any]]
    from_hub_s: dict[str, Float32]
    connected: Mapping[str, int]
    to_services_s: dict[str, Float32] = field(repr=False)
    routers: dict[str, StreetRouter] = field(repr=False)
    snapped: dict[str, SnappedPoints] = field(repr=False)


def travel_times(
    inputs: Inputs, progress: Callable[[str], None] | None = None, before: tuple[Inputs, TravelTimes] | None = None
) -> TravelTimes:
    """Seconds to and from the hub and to services, of every origin by every way of moving of the workspace.

    The figures are those of a whole assessment, from the same routers.

    Parameters
    ----------
    inputs
        The layers.
    progress
        Told the name of each step as it begins.
    before
        Other layers with their answer: streets that are the very same are not prepared again.

    Returns
    -------
    TravelTimes
        ``inf`` where there is no way.
    """
    tell = progress or (lambda _: None)
    former = _Former.of(inputs, before)
    routers: dict[str, StreetRouter] = {}
    for profile in inputs.profiles:
        known = former.routers.get(profile.name)
        routers[profile.name] = known or StreetRouter.build(
            inputs.network, profile, inputs.workspace.network.max_snap_m
        )
    snapped = {name: SnappedPoints.of(inputs, router) for name, router in routers.items()}
    times = TravelTimes({}, {}, {}, {}, routers, snapped)
    for name in inputs.workspace.access.profiles:
        tell(name)
        if name in routers:
            _on_streets(inputs, name, times, former)
        else:
            times = _by_timetable(inputs, name, times, former)
    return times


def travel_times_side_by_side(
    inputs: Inputs, progress: Callable[[str], None] | None = None, before: tuple[Inputs, TravelTimes] | None = None
) -> TravelTimes:
    """As :func:`travel_times`, the profiles shared out over the cores; routers are not given back.

    Parameters
    ----------
    inputs, progress, before
        As of :func:`travel_times`.

    Returns
    -------
    TravelTimes
        The same figures; ``routers`` and ``snapped`` are empty.
    """
    tell, names = progress or (lambda _: None), inputs.workspace.access.profiles
    on_streets = {profile.name for profile in inputs.profiles}
    # The timetable takes longest: it begins first, and brings the way of walking that its figures start from.
    order = sorted(names, key=lambda name: name in on_streets)

    def one(name: str) -> TravelTimes:
        tell(name)
        wanted = {name} if name in on_streets else {WALKING}
        profiles = tuple(profile for profile in inputs.profiles if profile.name in wanted)
        access = inputs.workspace.access.model_copy(update={"profiles": (name,)})
        layers = replace(inputs, profiles=profiles, workspace=inputs.workspace.model_copy(update={"access": access}))
        return replace(travel_times(layers, None, before), routers={}, snapped={})

    done = dict(zip(order, in_processes([partial(one, name) for name in order]), strict=True))
    parts = [done[name] for name in names]
    return TravelTimes(
        {column: values for part in parts for column, values in part.columns.items()},
        {name: seconds for part in parts for name, seconds in part.from_hub_s.items()},
        {key: count for part in parts for key, count in part.connected.items()},
        {name: seconds for part in parts for name, seconds in part.to_services_s.items()},
        {},
        {},
    )


def kept_travel_times(inputs: Inputs, key: bytes, progress: Callable[[str], None] | None = None) -> TravelTimes:
    """As :func:`travel_times_side_by_side` of layers as they were read, kept for the next who asks.

    Parameters
    ----------
    inputs
        The layers.
    key
        What names the files that they were read from.
    progress
        As of :func:`travel_times`.

    Returns
    -------
    TravelTimes
        The same figures; ``routers`` and ``snapped`` are empty.
    """
    done: TravelTimes | None = kept_value(TIMES, key, read_pickle, None)
    if done is None:
        done = travel_times_side_by_side(inputs, progress)
        times = done
        keep_value(TIMES, key, lambda folder: write_pickle(folder, times))
    return done


@dataclass(frozen=True, eq=False)
class _Former:
    """What another answer knows that holds for these layers as well."""

    routers: Mapping[str, StreetRouter]
    to_services_s: Mapping[str, Float32]
    service_rows: dict[str, int]

    @classmethod
    def of(cls, inputs: Inputs, before: tuple[Inputs, TravelTimes] | None) -> "_Former":
        if before is None or before[0].network is not inputs.network:
            return cls({}, {}, {})
        layers, times = before
        alike = np.array_equal(layers.origins.geometry.to_numpy(), inputs.origins.geometry.to_numpy())
        to_services = dict(times.to_services_s) if alike else {}
        if layers.timetable is not inputs.timetable:
            on_streets = {profile.name for profile in layers.profiles}
            to_services = {name: seconds for name, seconds in to_services.items() if name in on_streets}
        where = zip(layers.services["service_id"], layers.services.geometry, strict=True)
        rows = {(service, place.wkb_hex): row for row, (service, place) in enumerate(where)}
        now = zip(inputs.services["service_id"], inputs.services.geometry, strict=True)
        same_place = {
            service: rows[service, place.wkb_hex] for service, place in now if (service, place.wkb_hex) in rows
        }
        return cls(times.routers, to_services, same_place)

    def matrix(
        self, name: str, services: gpd.GeoDataFrame, n_origins: int, ask: Callable[[NDArray[np.intp]], Float32]
    ) -> Float32:
        """Seconds from each origin to each service; those that are known are not asked for."""
        known = self.to_services_s.get(name)
        ids = services["service_id"].to_numpy(object)
        rows = np.array([self.service_rows.get(one, -1) if known is not None else -1 for one in ids], np.intp)
        seconds = np.empty((n_origins, len(ids)), np.float32)
        new = np.flatnonzero(rows < 0)
        if known is not None:
            seconds[:, rows >= 0] = known[:, rows[rows >= 0]]
        if len(new):
            seconds[:, new] = ask(new)
        return seconds


def _on_streets(inputs: Inputs, name: str, times: TravelTimes, former: _Former) -> None:
    router, at = times.routers[name], times.snapped[name]
    times.columns[TO_HUB_S.of(name)] = router.times_between(at.origins, at.hub).min(axis=1)
    times.columns[FROM_HUB_S.of(name)] = router.times_between(at.hub, at.origins).min(axis=0)
    services = at.services
    if services is None:
        return
    times.from_hub_s[name] = router.times_between(at.hub, services).min(axis=0)
    seconds = former.matrix(
        name, inputs.services, len(inputs.origins), lambda rows: router.times_between(at.origins, services.take(rows))
    )
    _to_services(inputs, name, seconds, times)


def _by_timetable(inputs: Inputs, name: str, times: TravelTimes, former: _Former) -> TravelTimes:
    transit = timetable_router(inputs, times.routers.get(WALKING))
    on_foot = times.snapped.get(WALKING) or SnappedPoints.of(inputs, transit.walk)
    at_origins, at_hub = transit.snap(on_foot.origins), transit.snap(on_foot.hub)
    times.columns[TO_HUB_S.of(name)] = transit.trips_to(at_origins, at_hub).percentiles(MEDIAN)[0]
    times.columns[FROM_HUB_S.of(name)] = transit.trips_from(at_hub, at_origins).percentiles(MEDIAN)[0]
    services = on_foot.services
    if services is not None:
        times.from_hub_s[name] = transit.trips_from(at_hub, transit.snap(services)).percentiles(MEDIAN)[0]
        seconds = former.matrix(
            name,
            inputs.services,
            len(inputs.origins),
            lambda rows: transit.times_between(at_origins, transit.snap(services.take(rows))),
        )
        _to_services(inputs, name, seconds, times)
    of_origins = connections(transit, at_origins, at_hub)
    return replace(times, connected=residents_connected(of_origins, inputs.origins["population"].to_numpy()))


def _to_services(inputs: Inputs, name: str, seconds: Float32, times: TravelTimes) -> None:
    within_s = inputs.workspace.access.services_within_min * 60.0
    seconds = while_open(seconds, inputs.services)
    times.to_services_s[name] = seconds
    times.columns.update(services_reached(name, seconds, inputs.services, within_s))


def travel_assessment(inputs: Inputs, times: TravelTimes) -> Assessment:
    """The minutes as an assessment, for pages and figures that need no more of it.

    Parameters
    ----------
    inputs
        The layers.
    times
        What :func:`travel_times` gave for them.

    Returns
    -------
    Assessment
        Its origins, services and headline figures are those of a whole assessment; there are no isochrones, surfaces,
        explanations, winter or uncertainty in it, nor what residents live.
    """
    origins = _with_columns(inputs.origins, times.columns)
    services = _with_columns(
        inputs.services, {FROM_HUB_S.of(name): seconds for name, seconds in times.from_hub_s.items()}
    )
    figures = summary(inputs, origins, services, {name: {} for name in inputs.workspace.access.profiles})
    shapes = polygons(inputs.origins, inputs.workspace.population)
    kept = [name for name in origins.columns if name in ("origin_id", "population", "area_code")]
    cells = gpd.GeoDataFrame(origins[kept].copy(), geometry=shapes, crs=inputs.origins.crs)
    on_streets = [profile.name for profile in inputs.profiles]
    first = WALKING if WALKING in on_streets else next(iter(on_streets), WALKING)
    nothing = StreetAnalysis(shapes, {}, {}, {}, {}, gpd.GeoSeries([], crs=origins.crs), {}, {}, {}, {}, first, {})
    return Assessment(
        inputs=inputs,
        origins=origins,
        cells=cells,
        isochrones={},
        surfaces={},
        services=services,
        streets=inputs.network.lines(inputs.network.ways["highway"].notna().to_numpy()),
        summary=cast(Summary, figures),
        left_out=tuple(inputs.left_out),
        lived=None,
        street_analysis=nothing,
        transit_analysis=None,
    )


def _with_columns(table: gpd.GeoDataFrame, columns: Mapping[str, NDArray[Any]]) -> gpd.GeoDataFrame:
    """A table with further columns, its geometry last."""
    attributes = table.drop(columns="geometry")
    further = pd.DataFrame(dict(columns), index=table.index)
    return gpd.GeoDataFrame(pd.concat([attributes, further], axis=1), geometry=table.geometry)
