"""What the map of the three faces shows: the layers of the published pages, and what a plan makes of two of them."""

from typing import Any

import geopandas as gpd
import numpy as np

from tesoma_geo.assessment.profile_results import hub_isochrones
from tesoma_geo.assessment.transit_analysis import timetable_router
from tesoma_geo.assessment.travel_assessment import MEDIAN
from tesoma_geo.columns import FROM_HUB_S, TO_HUB_S
from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.render.figures.encoding import packed_seconds
from tesoma_geo.render.figures.headline import service_kinds
from tesoma_geo.render.figures.home_cells import Grid, cells
from tesoma_geo.render.map import layers
from tesoma_geo.render.map.content import Content
from tesoma_geo.render.map.labels import place_names
from tesoma_geo.render.map.layer_names import service_layer
from tesoma_geo.render.map.script_options import degree_bounds
from tesoma_geo.render.text.bands import ramp_steps
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.place_names import area_names, hub_name
from tesoma_geo.workshop.answers import ProfileEffect, no_isochrones
from tesoma_geo.workshop.district import DistrictToday


def district_layers(district: DistrictToday) -> dict[str, Any]:
    """The layers of the map as they are today, for ``scripts/workshop/map_face.js``.

    Parameters
    ----------
    district
        As it is today.

    Returns
    -------
    dict
        Key → painter, what it reads at once, and its parts; in the order in which they lie.
    """
    inputs = district.inputs
    streets = inputs.network.lines(inputs.network.ways["highway"].notna().to_numpy())
    profiles = district.profiles
    origins, services = _with_seconds(district)
    rings = layers.isochrones(
        {
            name: hub_isochrones(
                today.router.timed_streets(today.snapped.hub, reverse=True),
                district.water,
                inputs,
                today.seconds.to_hub_s,
            )
            for name, today in district.today.items()
        }
        | {name: no_isochrones(inputs) for name in district.riders}
    )
    grid = grid_of(inputs)
    contents = (
        Content("isochrones", "isochrones", {"profiles": list(rings)}, tuple(rings.values())),
        Content("cells", "cells", cells(grid, origins, profiles, area_names(inputs.district))),
        Content("water", "water", layers.water(inputs.water)),
        Content("streets", "streets", {}, layers.streets(streets)),
        Content("district", "district", layers.district(inputs.district)),
        Content("names", "names", {}, place_names(inputs.district, inputs.water, streets)),
        *(
            Content(service_layer(kind), "services", layers.services(services, kind, profiles))
            for kind in service_kinds(services)
        ),
        Content("hub", "hub", layers.hub(inputs.hub)),
    )
    return {one.key: {"painter": one.painter, "packed": one.packed, "parts": list(one.parts)} for one in contents}


def answer_layers(inputs: Inputs, answer: ProfileEffect) -> dict[str, Any]:
    """What a plan makes of homes and isochrones, packed as on the pages.

    Parameters
    ----------
    inputs
        The layers as they are today.
    answer
        What the plan does.

    Returns
    -------
    dict
        ``to`` and ``from`` (seconds of each home cell), ``rings``, and ``places`` (what changes, where).
    """
    grid, known = grid_of(inputs), slice(len(inputs.origins))  # homes of the plan come after those of today
    return {
        "to": packed_seconds(grid.mean(answer.seconds.to_hub_s[known])),
        "from": packed_seconds(grid.mean(answer.seconds.from_hub_s[known])),
        "rings": layers.isochrones({answer.profile: answer.isochrones})[answer.profile],
        "places": layers.changes(answer.places).packed,
    }


def grid_of(inputs: Inputs) -> Grid:
    """The home cells of the map.

    Parameters
    ----------
    inputs
        The layers.

    Returns
    -------
    Grid
    """
    return Grid.of(inputs.origins, inputs.workspace.population.cell_m)


def map_options(district: DistrictToday, catalogue: Catalogue) -> dict[str, Any]:
    """The options of ``tesoma.map`` of ``scripts/map.js``.

    Parameters
    ----------
    district
        As it is today.
    catalogue
        The language.

    Returns
    -------
    dict
        JSON can hold it.
    """
    inputs, profiles = district.inputs, district.profiles
    cutoffs, hub = inputs.workspace.access.cutoffs_min, hub_name(inputs.workspace, catalogue)
    return {
        "profile": profiles[0],
        "timetable": None,
        "winters": [],
        "cutoffs": list(cutoffs),
        "ramp_steps": ramp_steps(len(cutoffs)),
        "miles": inputs.network.country_rules.miles,
        "bounds": degree_bounds(inputs.origins.total_bounds, str(inputs.origins.crs)),
        "boundary": degree_bounds(inputs.district.total_bounds, str(inputs.district.crs)),
        "max_bounds": degree_bounds(inputs.study_area.bounds, inputs.workspace.district.crs),
        "words": {
            "hub": hub,
            "minutes": catalogue("minutes"),
            "was": catalogue("told.was"),
            "will_be": catalogue("told.will_be"),
            "unreachable": catalogue("band.unreachable"),
            "to_hub": catalogue("told.to_hub", hub=hub, time="{time}"),
            "back": catalogue("told.back"),
            "from_hub": catalogue("told.from_hub", hub=hub, time="{time}"),
            "residents": catalogue.forms("residents"),
            "zoom_in": catalogue("map.zoom_in"),
            "zoom_out": catalogue("map.zoom_out"),
            "clock": catalogue("clock"),
            "moments": {"usual": ""},
            "apart": {},
            "kinds": {kind: catalogue.named("kind", kind) for kind in service_kinds(inputs.services)},
            "profiles": {name: {"profile": catalogue.named("profile", name)} for name in profiles},
        },
    }


def credit_lines(inputs: Inputs) -> list[str]:
    """Whom the map must name: each licence once, OpenStreetMap first.

    Parameters
    ----------
    inputs
        The layers.

    Returns
    -------
    list of str
    """
    named = dict.fromkeys(report.licence for report in inputs.reports if report.licence)
    return sorted(named, key=lambda licence: "OpenStreetMap" not in licence)


def _with_seconds(district: DistrictToday) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Homes and services with the columns of today's seconds that the layers read."""
    inputs = district.inputs
    origins, services = inputs.origins.copy(), inputs.services.copy()
    for name in district.profiles:
        seconds = district.seconds(name)
        origins[TO_HUB_S.of(name)] = seconds.to_hub_s
        origins[FROM_HUB_S.of(name)] = seconds.from_hub_s
    for name, riders in district.riders.items():
        transit, at = timetable_router(inputs, riders.walk.router), riders.walk.snapped
        away_s = (
            np.empty(0)
            if at.services is None
            else transit.trips_from(transit.snap(at.hub), transit.snap(at.services)).percentiles(MEDIAN)[0]
        )
        services[FROM_HUB_S.of(name)] = away_s
    for name, today in district.today.items():
        at_services = today.snapped.services
        from_hub_s = (
            np.empty(0)
            if at_services is None
            else today.router.times_between(today.snapped.hub, at_services).min(axis=0)
        )
        services[FROM_HUB_S.of(name)] = from_hub_s
    return origins, services
