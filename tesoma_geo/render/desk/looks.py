"""Which layers a project has, in which order, and how each looks: as on the pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd

from tesoma_geo import columns
from tesoma_geo.columns import OutputTable
from tesoma_geo.render.desk.column_names import layer_name
from tesoma_geo.render.desk.qgis_style import Rule, cell_rules, fill, isochrone_rules, line, marker
from tesoma_geo.render.desk.results import PROJECT_FILE
from tesoma_geo.render.figures.street_classes import STREET_CLASSES
from tesoma_geo.render.stills.basemap import palette
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.place_names import hub_name

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment

#: Widths of the classes of streets, millimetres, and of the streets that residents pass.
_STREET_MM = (0.5, 0.4, 0.3, 0.2, 0.15, 0.15)
_PASSED_MM = (0.3, 0.7, 1.2, 1.8, 2.6)
#: Colours of kinds of services, in their order.
_KINDS = ("#1b6ca8", "#b3541e", "#2e7d32", "#6a1b9a", "#ad1457", "#00695c", "#5d4037", "#37474f", "#9e9d24", "#283593")


@dataclass(frozen=True, eq=False)
class LayerLook:
    """A layer of a project and one look of it.

    Attributes
    ----------
    group
        The group in which it stands.
    title
        What it is called there.
    file, layer
        Where it lies.
    style
        What the look is called.
    rows
        What it holds.
    table
        Its columns.
    rules
        Its symbols.
    visible
        Whether it is shown at first.
    in_order
        A column by which it is drawn, the greatest first.
    """

    group: str
    title: str
    file: str
    layer: str
    style: str
    rows: gpd.GeoDataFrame
    table: OutputTable
    rules: list[Rule]
    visible: bool = False
    in_order: str | None = None


def looks_of(assessment: "Assessment", catalogue: Catalogue) -> Iterator[LayerLook]:
    """Layers of the results, the uppermost first.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language of the legends.

    Yields
    ------
    LayerLook
    """
    language, cutoffs = catalogue.language, assessment.workspace.access.cutoffs_min
    group = layer_name("barriers", catalogue)
    if assessment.lived is not None and len(assessment.lived.barriers):
        rules = [Rule(group, marker("#c1121f", 3.2, "diamond"))]
        yield LayerLook(
            group, group, "barriers.gpkg", "barriers", language, assessment.lived.barriers, columns.BARRIERS, rules
        )
    group = layer_name("cells", catalogue)
    for number, profile in enumerate(assessment.workspace.access.profiles):
        name = catalogue.named("profile", profile)
        rules = cell_rules(profile, cutoffs, catalogue)
        yield LayerLook(group, f"{group}: {name}", "cells.gpkg", "cells", f"{name} ({language})", assessment.cells,
                   columns.CELLS, rules, visible=number == 0)  # fmt: skip
    group = layer_name("isochrones", catalogue)
    for profile, rows in assessment.isochrones.items():
        rules = isochrone_rules(cutoffs, catalogue)
        name = f"{group}: {catalogue.named('profile', profile)}"
        yield LayerLook(group, name, "isochrones.gpkg", profile, language, rows, columns.ISOCHRONES, rules,
                   in_order="cutoff_min")  # fmt: skip
    group = layer_name("betweenness", catalogue)
    for profile, rows in assessment.street_analysis.passed.items():
        name = f"{group}: {catalogue.named('profile', profile)}"
        yield LayerLook(group, name, "betweenness.gpkg", profile, language, rows, columns.BETWEENNESS,
                   _passed_rules(rows, catalogue))  # fmt: skip


def looks_of_map(assessment: "Assessment", catalogue: Catalogue) -> Iterator[LayerLook]:
    """Layers of the map around the results, the uppermost first.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language of the legends.

    Yields
    ------
    LayerLook
        Those that have rows.
    """
    colours, ground, hub = palette(), layer_name("background", catalogue), layer_name("hub", catalogue)
    inputs, analysis = assessment.inputs, assessment.transit_analysis
    stops = gpd.GeoDataFrame(geometry=[], crs=inputs.district.crs) if analysis is None else analysis.stops
    kinds = sorted(assessment.services["kind"].unique())
    signs = [
        Rule(catalogue.named("kind", kind), marker(_KINDS[number % len(_KINDS)], 2.6), f"\"kind\" = '{_quoted(kind)}'")
        for number, kind in enumerate(kinds)
    ]
    streets = [
        Rule(names[0], line("#463e50", width, 0.62 if number < 2 else 0.38),
             '"highway" IN (' + ", ".join(f"'{name}'" for name in names) + ")")
        for number, (names, width) in enumerate(zip(STREET_CLASSES, _STREET_MM, strict=True))
    ]  # fmt: skip
    look = (
        (
            "hub",
            hub,
            inputs.hub,
            [Rule(str(hub_name(assessment.workspace, catalogue)), marker("#231b2e", 5.0, "star"))],
        ),
        ("services", hub, assessment.services, signs),
        ("transit_stops", hub, stops, [Rule("", marker("#ffffff", 1.8, outline="#231b2e"))]),
        ("streets", ground, assessment.streets, streets),
        ("district", ground, inputs.district, [Rule("", fill(None, outline="#231b2e", width=0.6))]),
        ("water", ground, inputs.water, [Rule("", fill(colours["map-water"]))]),
    )
    for name, group, rows, rules in look:
        if len(rows):
            table = columns.PROJECT[name]
            own = [column.pattern for column in table.columns if column.pattern in rows]
            more = (
                [column for column in rows.columns if column != "geometry"]
                if name in ("services", "transit_stops")
                else own
            )
            yield LayerLook(group, layer_name(name, catalogue), PROJECT_FILE, name, catalogue.language,
                       gpd.GeoDataFrame(rows[[*more, "geometry"]]), table, rules, visible=True)  # fmt: skip


def _passed_rules(rows: gpd.GeoDataFrame, catalogue: Catalogue) -> list[Rule]:
    """Lines the wider the more residents pass."""
    most = float(rows["residents"].max()) if len(rows) else 0.0
    limits = [most * share for share in (0.02, 0.08, 0.2, 0.45, 1.0)]
    before = [-1.0, *limits[:-1]]
    return [
        Rule(f"≤ {catalogue.number(to)}", line("#b3541e", width, 0.85),
             f'"residents" > {since:.6g} AND "residents" <= {to * 1.000001:.6g}')
        for since, to, width in zip(before, limits, _PASSED_MM, strict=True)
    ]  # fmt: skip


def _quoted(text: str) -> str:
    return text.replace("'", "''")
