"""The map's layers: what each holds of an assessment, packed for its canvas painter."""

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from tesoma_geo._threads import in_threads
from tesoma_geo.columns import FROM_HUB_S
from tesoma_geo.render.figures import headline, home_cells
from tesoma_geo.render.figures.encoding import packed_lines, packed_points, packed_seconds, packed_shapes
from tesoma_geo.render.figures.known_buildings import buildings_known
from tesoma_geo.render.figures.shorelines import smoothed
from tesoma_geo.render.figures.street_classes import STREET_CLASSES
from tesoma_geo.render.figures.unknown_areas import areas_without_residents
from tesoma_geo.render.map.content import Content
from tesoma_geo.render.map.difference import difference
from tesoma_geo.render.map.labels import place_names
from tesoma_geo.render.map.layer_names import service_layer
from tesoma_geo.render.map.named_places import named_places
from tesoma_geo.render.map.voice_layers import voices
from tesoma_geo.render.text import assets
from tesoma_geo.render.text.place_names import area_names

if TYPE_CHECKING:
    from tesoma_geo.annotations.privacy import Publication
    from tesoma_geo.assessment.assess import Assessment
    from tesoma_geo.scenarios.compare import Comparison

#: A new link below so many metres has a ring around it on a map of a whole district.
RINGED_M = 150.0
#: Stops so far outside the district are those of its edge.
BESIDE_M = 200.0
#: Classes that a map shows at any zoom.
STREETS_AT_ONCE = 3


def contents(
    assessment: "Assessment", publication: "Publication | None" = None, comparison: "Comparison | None" = None
) -> tuple[Content, ...]:
    """Everything that the map shows, from the ground up.

    Parameters
    ----------
    assessment
        What was found.
    publication
        What residents said, as the privacy gate let it go.
    comparison
        The district before (``assessment``) and after a scenario.

    Returns
    -------
    tuple
        From the ground up.
    """
    done, transit = headline.profiles(assessment), assessment.transit_analysis
    table = assessment.services
    return (
        unmapped(assessment),
        *travel_times(assessment, done, "" if comparison is None else "before"),
        *(
            ()
            if comparison is None
            else (
                *travel_times(comparison.after, done, "after"),
                difference(comparison),
                changes(comparison.places, comparison.scenario.name),
            )
        ),
        *unknown(areas_without_residents(assessment.district, assessment.origins)),
        *ground(assessment),
        Content("water", "water", water(assessment.water)),
        Content("streets", "streets", {}, streets(assessment.streets), STREETS_AT_ONCE),
        Content("district", "district", district(assessment.district)),
        *(
            ()
            if publication is None
            else voices(publication.features, assessment.water, assessment.district, assessment.named_streets)
        ),
        Content("names", "names", {}, place_names(assessment.district, assessment.water, assessment.streets), 2),
        Content("either_side", "either_side", {}),
        Content("places", "places", {}, (searched_places(assessment),)),
        *(() if transit is None else (Content("stops", "stops", {}, (stops(transit.stops, assessment),)),)),
        *(
            Content(service_layer(kind), "services", services(table, kind, done))
            for kind in headline.service_kinds(table)
        ),
        Content("hub", "hub", hub(assessment.hub)),
    )


def searched_places(assessment: "Assessment") -> dict[str, Any]:
    """Streets and addresses that a reader may look for.

    Parameters
    ----------
    assessment
        What was found.

    Returns
    -------
    dict
        See :func:`tesoma_geo.render.map.named_places.named_places`.
    """
    return named_places(assessment.streets, assessment.inputs.addresses, assessment.origins, assessment.district)


def travel_times(assessment: "Assessment", profiles: list[str], variant: str = "") -> tuple[Content, Content]:
    """Isochrones and homes by travel time; ``variant`` says on which side of the swipe they are.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    profiles
        Ways of moving that were assessed.
    variant
        ``before`` or ``after`` when there is a swipe, else empty.

    Returns
    -------
    tuple
        Isochrones and homes.
    """
    ending = "_after" if variant == "after" else ""
    side = {"variant": variant} if variant else {}
    areas = area_names(assessment.district)
    grid = home_cells.Grid.of(assessment.origins, assessment.workspace.population.cell_m)
    packed = home_cells.cells(grid, assessment.origins, profiles, areas) | side
    parts: list[Any] = in_threads([partial(home_cells.details, assessment, grid, profile) for profile in profiles])
    parts.append(home_cells.home_answers(assessment, grid, profiles))
    transit = assessment.transit_analysis
    if transit is not None:
        packed["departures"] = home_cells.departures(transit, assessment.workspace.access.cutoffs_min)
        parts.append(home_cells.departure_minutes(transit, grid))
    rings = isochrones(assessment.isochrones)
    return (
        Content(f"isochrones{ending}", "isochrones", {"profiles": list(rings), **side}, tuple(rings.values()), 1),
        Content(f"cells{ending}", "cells", packed, tuple(parts)),
    )


def changes(places: gpd.GeoDataFrame, called: Mapping[str, str] = MappingProxyType({})) -> Content:
    """What a scenario changes, by ``what`` and ``name``: lines, and points; areas as their outlines.

    Parameters
    ----------
    places
        Features with ``what`` and ``name``.
    called
        Language → name of the plan: what bears one of them has it in the language of the page.

    Returns
    -------
    Content
        One layer.
    """
    shapes, told = places.geometry.to_numpy(), places[["what", "name"]].to_numpy()
    areas = shapely.get_type_id(shapes) == shapely.GeometryType.POLYGON
    parts, of = shapely.get_parts(np.where(areas, shapely.boundary(shapes), shapes), return_index=True)
    are_lines = shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING
    packed = {
        "lines": packed_lines(parts[are_lines], str(places.crs)),
        "of_line": told[of[are_lines]].tolist(),
        "xy": packed_points(parts[~are_lines], str(places.crs)),
        "of_point": told[of[~are_lines]].tolist(),
        "ringed": bool((are_lines & (told[of, 0] == "link") & (shapely.length(parts) < RINGED_M)).any()),
        "called": dict(called) if set(called.values()) & set(told[:, 1]) else {},
    }
    return Content("changes", "changes", packed)


def streets(table: gpd.GeoDataFrame) -> tuple[str, ...]:
    """Streets, a part a class, generalised to half a metre.

    Parameters
    ----------
    table
        Features in a metric system.

    Returns
    -------
    tuple
        One part for each class of streets.
    """
    number = {highway: at for at, names in enumerate(STREET_CLASSES) for highway in names}
    kind = table["highway"].str.removesuffix("_link").map(number).fillna(4).to_numpy(int)
    lines = table.geometry.to_numpy()
    return tuple(packed_lines(lines[kind == at], str(table.crs), 0.5) for at in range(len(STREET_CLASSES)))


def unmapped(assessment: "Assessment") -> Content:
    """Where the files end: the ground around the district that streets and waters were read for.

    Parameters
    ----------
    assessment
        What was found.

    Returns
    -------
    Content
        One layer, generalised to twenty metres.
    """
    read = shapely.intersection(shapely.box(*assessment.streets.total_bounds), assessment.inputs.study_area)
    known = shapely.union_all([read, *assessment.district.geometry], grid_size=1.0)
    return Content("unmapped", "unmapped", packed_shapes([known], str(assessment.streets.crs), 20.0))


def water(table: gpd.GeoDataFrame) -> dict[str, str]:
    """Water areas with rounded shores, generalised to two metres.

    Parameters
    ----------
    table
        Features in a metric system.

    Returns
    -------
    dict
        Packed shapes.
    """
    return packed_shapes(smoothed(table.geometry.to_numpy()), str(table.crs), 2.0)


def ground(assessment: "Assessment") -> tuple[Content, ...]:
    """Parks and woods, buildings and railways: what a reader knows the place by.

    Parameters
    ----------
    assessment
        What was found.

    Returns
    -------
    tuple
        A layer each; none for what the files do not hold, or no more than a handful of. Buildings are a part that is
        asked for when they are large enough to be seen, generalised to a metre.
    """
    green, layers, crs = assessment.inputs.green, assessment.inputs.ground, str(assessment.district.crs)
    lines = shapely.get_parts(shapely.line_merge(shapely.MultiLineString(list(layers.railways))))
    return (
        *(() if green.empty else (Content("green", "green", packed_shapes(green.geometry.to_numpy(), crs, 4.0)),)),
        *(
            (Content("buildings", "buildings", {}, (packed_shapes(layers.buildings, crs, 1.0),)),)
            if buildings_known(assessment)
            else ()
        ),
        *((Content("railways", "railways", {"lines": packed_lines(lines, crs, 2.0)}),) if len(lines) else ()),
    )


def district(table: gpd.GeoDataFrame) -> dict[str, str]:
    """The district's outline, without the borders of the areas in it.

    Parameters
    ----------
    table
        Features in a metric system.

    Returns
    -------
    dict
        Packed shapes.
    """
    outline = shapely.union_all(table.geometry.to_numpy(), grid_size=1.0)
    return packed_shapes([outline], str(table.crs), 2.0)


def unknown(table: gpd.GeoDataFrame) -> tuple[Content, ...]:
    """Areas without known residents, generalised to two metres.

    Parameters
    ----------
    table
        Such areas in a metric system.

    Returns
    -------
    tuple
        One layer; none where residents of every area are known.
    """
    if table.empty:
        return ()
    return (Content("unknown", "unknown", packed_shapes(table.geometry.to_numpy(), str(table.crs), 2.0)),)


def isochrones(tables: dict[str, gpd.GeoDataFrame]) -> dict[str, Any]:
    """Rings per profile, the largest first; ``band`` is the position of the cutoff.

    Parameters
    ----------
    tables
        Profile → isochrones with ``cutoff_min``, in a metric system.

    Returns
    -------
    dict
        Profile → rings.
    """
    return {
        profile: [
            {"band": band, **packed_shapes([polygon], str(table.crs), 3.0)}
            for band, polygon in reversed(list(enumerate(table.sort_values("cutoff_min").geometry)))
        ]
        for profile, table in tables.items()
    }


def services(table: gpd.GeoDataFrame, kind: str, profiles: list[str]) -> dict[str, Any]:
    """Services of one kind with their names and seconds from the hub.

    Parameters
    ----------
    table
        Services with names and seconds from the hub, in a metric system.
    kind
        Code of what it is.
    profiles
        Ways of moving that were assessed.

    Returns
    -------
    dict
        What the painter reads.
    """
    of_kind = table[table["kind"] == kind]
    return {
        "kind": kind,
        "icon": assets.icon(kind),
        "names": [None if pd.isna(name) else str(name) for name in of_kind["name"]],
        "xy": packed_points(of_kind.geometry, str(table.crs)),
        "from_hub_s": {profile: packed_seconds(of_kind[FROM_HUB_S.of(profile)]) for profile in profiles},
    }


def hub(table: gpd.GeoDataFrame) -> dict[str, str]:
    """The hub's entrances.

    Parameters
    ----------
    table
        Features in a metric system.

    Returns
    -------
    dict
        What the painter reads.
    """
    return {"xy": packed_points(table.geometry, str(table.crs)), "icon": assets.icon("hub")}


def near(table: gpd.GeoDataFrame, assessment: "Assessment") -> gpd.GeoDataFrame:
    """What lies in the study area, which is what the map shows.

    Parameters
    ----------
    table
        Features in a metric system.
    assessment
        What :func:`tesoma_geo.assess` found.

    Returns
    -------
    GeoDataFrame
        The rows within.
    """
    return table[table.within(assessment.inputs.study_area)]


def stops(table: gpd.GeoDataFrame, assessment: "Assessment") -> dict[str, Any]:
    """Stops of the district and its edge with a connection to the hub: how often and how fast, by which lines, from
    when till when. Of homes beyond, a page says nothing.

    Parameters
    ----------
    table
        Features in a metric system.
    assessment
        What :func:`tesoma_geo.assess` found.

    Returns
    -------
    dict
        What the painter reads.
    """
    table = table[table.dwithin(assessment.district.to_crs(table.crs).union_all(), BESIDE_M)]
    return {
        "xy": packed_points(table.geometry, str(table.crs)),
        "names": table["name"].astype(str).tolist(),
        "every_min": np.rint(table["every_min"].to_numpy(float)).astype(int).tolist(),
        "fastest_min": np.ceil(table["fastest_min"].to_numpy(float)).astype(int).tolist(),
        "lines": table["direct_lines"].astype(str).tolist(),
        "hours": table[["first", "last"]].astype(str).to_numpy().tolist(),
    }
