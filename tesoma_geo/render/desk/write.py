"""What a run leaves for the desk: looks in its GeoPackages, a project for QGIS, and a workbook."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from tesoma_geo import columns
from tesoma_geo._geopackage import write_layers
from tesoma_geo.assessment.credited import credited
from tesoma_geo.columns import OutputTable
from tesoma_geo.render.desk.column_names import NamedColumn, layer_name, named_columns
from tesoma_geo.render.desk.layer_styles import LayerStyle, put_styles, style_text
from tesoma_geo.render.desk.looks import LayerLook, looks_of, looks_of_map
from tesoma_geo.render.desk.qgis_project import LayerGroup, ProjectLayer, project_text, write_project
from tesoma_geo.render.desk.qgis_style import raster_style, vector_style
from tesoma_geo.render.desk.results import PROJECT_FILE
from tesoma_geo.render.desk.workbook import Sheet, write_workbook
from tesoma_geo.render.text.catalogue import Catalogue, catalogue_of
from tesoma_geo.render.text.place_names import hub_name

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment

#: Kinds of geometry, as projects of QGIS name them.
_KINDS = {"Point": "Point", "LineString": "Line", "Polygon": "Polygon"}


def write_desk(assessment: "Assessment", folder: Path) -> None:
    """Add to the results of a run what a desk needs; their tables stay as they are.

    Each GeoPackage gets styles in every language of the workspace, with names for its columns. Rasters, and files of
    one layer, get a ``.qml`` beside them; layers of the others one in ``styles/``. ``project.gpkg`` has the map around
    the results, ``project-<language>.qgz`` opens all in QGIS, and ``tables.xlsx`` has every table, in the first
    language.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    folder
        Where :func:`tesoma_geo.assessment.outputs.write_results` wrote it.
    """
    write_looks(assessment, folder)
    write_credited(assessment, folder)


def write_looks(assessment: "Assessment", folder: Path) -> None:
    """Styles of tables and rasters: what names neither the hub nor whom to credit; see :func:`write_desk`.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found; the hub's name is not asked for.
    folder
        Where the tables are.
    """
    catalogues = _catalogues(assessment)
    _put_looks({one.language: _layers(assessment, one, looks_of) for one in catalogues}, folder)
    cutoffs = assessment.workspace.access.cutoffs_min
    for profile in assessment.workspace.access.profiles:
        text = style_text(raster_style(cutoffs, catalogues[0]))
        (folder / f"travel_time_{profile}.qml").write_text(text, encoding="utf-8")


def write_credited(assessment: "Assessment", folder: Path) -> None:
    """The map around, projects and the workbook, which name the hub and whom to credit; see :func:`write_desk`.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found; its rasters are not asked for.
    folder
        An existing folder.
    """
    catalogues = _catalogues(assessment)
    write_layers(folder / PROJECT_FILE, map_layers(assessment))
    of_map = {one.language: _layers(assessment, one, looks_of_map) for one in catalogues}
    _put_looks(of_map, folder)
    for catalogue in catalogues:
        layers = [*of_map[catalogue.language], *_layers(assessment, catalogue, looks_of)]
        _write_project(assessment, catalogue, [style for _, style in layers], [file for file, _ in layers], folder)
    first_sheets = sheets(assessment, catalogues[0])  # writing one takes longer than all else here
    write_workbook(folder / "tables.xlsx", first_sheets, catalogues[0], credited(assessment))


def _put_looks(layers: dict[str, list[tuple[str, LayerStyle]]], folder: Path) -> None:
    """Put the styles of layers, in each language, into their GeoPackages and beside them."""
    by_file: dict[str, list[LayerStyle]] = {}
    for of_one_layer in zip(*layers.values(), strict=True):
        for file, style in of_one_layer:
            by_file.setdefault(file, []).append(style)
    for file, styles in by_file.items():
        put_styles(folder / file, styles)
        for style in styles:
            if style.name == next(one.name for one in styles if one.layer == style.layer):
                stem = file.removesuffix(".gpkg")
                beside = folder / (f"{stem}.qml" if stem == style.layer else f"styles/{stem}_{style.layer}.qml")
                beside.parent.mkdir(exist_ok=True)
                beside.write_text(style_text(style.parts), encoding="utf-8")


def map_layers(assessment: "Assessment") -> dict[str, gpd.GeoDataFrame]:
    """What lies below and beside the results on a map, those that have rows.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.

    Returns
    -------
    dict
        Layer of ``project.gpkg`` → its rows.

    Raises
    ------
    AssertionError
        A layer does not hold what :mod:`tesoma_geo.columns` declares.
    """
    inputs = assessment.inputs
    tables = {
        "district": inputs.district[["code", "name", "geometry"]],
        "water": inputs.water[["geometry"]],
        "streets": assessment.streets[["highway", "name", "geometry"]],
        "services": assessment.services,
        "hub": inputs.hub[["entrance", "geometry"]],
    }
    if assessment.transit_analysis is not None:
        tables["transit_stops"] = assessment.transit_analysis.stops
    layers = {name: gpd.GeoDataFrame(rows.reset_index(drop=True)) for name, rows in tables.items() if len(rows)}
    for name, rows in layers.items():
        columns.PROJECT[name].check(rows, {columns.WITH_SERVICES: assessment.workspace.access.profiles})
    return layers


def sheets(assessment: "Assessment", catalogue: Catalogue) -> list[Sheet]:
    """Every table of the results as a sheet.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language of names.

    Returns
    -------
    list of Sheet
    """
    profiles = assessment.workspace.access.profiles
    made = [_sheet("cells", assessment.cells, columns.CELLS, catalogue, profiles),
            _sheet("origins", assessment.origins, columns.ORIGINS, catalogue, profiles),
            _sheet("services", assessment.services, columns.SERVICES, catalogue, profiles)]  # fmt: skip
    if assessment.transit_analysis is not None:
        stops = assessment.transit_analysis.stops
        made.append(_sheet("transit_stops", stops, columns.TRANSIT_STOPS, catalogue, profiles))
    rings = [rows.assign(profile=catalogue.named("profile", name)) for name, rows in assessment.isochrones.items()]
    every = pd.concat(rings, ignore_index=True) if rings else pd.DataFrame()
    if len(every):
        every = every[["profile", *[name for name in every.columns if name != "profile"]]]
        made.append(_sheet("isochrones", every, columns.ISOCHRONES, catalogue, profiles))
    if assessment.lived is not None:
        made.append(_sheet("barriers", assessment.lived.barriers, columns.BARRIERS, catalogue, profiles))
    return made


def _catalogues(assessment: "Assessment") -> list[Catalogue]:
    return [catalogue_of(assessment.workspace, tag) for tag in assessment.workspace.district.languages]


def _sheet(name: str, rows: pd.DataFrame, table: OutputTable, catalogue: Catalogue, profiles: tuple[str, ...]) -> Sheet:
    plain = pd.DataFrame(rows.drop(columns="geometry", errors="ignore"))
    named = named_columns(map(str, plain.columns), table, catalogue, profiles)
    return Sheet(layer_name(name, catalogue), plain, named, table.rows)


def _layers(
    assessment: "Assessment", catalogue: Catalogue, looks: Callable[["Assessment", Catalogue], Iterator[LayerLook]]
) -> list[tuple[str, LayerStyle]]:
    """Layers by their looks, the uppermost first, with the file that has each."""
    profiles = assessment.workspace.access.profiles
    made: list[tuple[str, LayerStyle]] = []
    for look in looks(assessment, catalogue):
        names: list[NamedColumn] = named_columns(
            [name for name in look.rows.columns if name != "geometry"], look.table, catalogue, profiles
        )
        parts = vector_style(look.rules, names, in_order=look.in_order)
        description = f"{look.table.rows}: {look.table.geometry}".replace("`", "")
        made.append((look.file, LayerStyle(look.layer, look.style, parts, names, look.title, description)))
    return made


def _write_project(
    assessment: "Assessment", catalogue: Catalogue, styles: list[LayerStyle], files: list[str], folder: Path
) -> None:
    groups: dict[str, list[ProjectLayer]] = {}
    looks = [*looks_of_map(assessment, catalogue), *looks_of(assessment, catalogue)]
    for look, style, file in zip(looks, styles, files, strict=True):
        layer = ProjectLayer(
            style.title, f"{file}|layername={style.layer}", style.parts, _kind(look.rows), look.visible,
            style.description,
        )  # fmt: skip
        groups.setdefault(look.group, []).append(layer)
    cutoffs = assessment.workspace.access.cutoffs_min
    surfaces = [
        ProjectLayer(f"{layer_name('surface', catalogue)}: {catalogue.named('profile', profile)}",
                     f"travel_time_{profile}.tif", raster_style(cutoffs, catalogue), "Raster")
        for profile in assessment.workspace.access.profiles
    ]  # fmt: skip
    background = layer_name("background", catalogue)
    upper = [LayerGroup(name, tuple(some)) for name, some in groups.items() if name != background]
    lower = LayerGroup(background, tuple(groups.get(background, [])))
    raster = LayerGroup(layer_name("surface", catalogue), tuple(surfaces))
    west, south, east, north = assessment.inputs.district.total_bounds
    margin = 0.05 * max(east - west, north - south)
    text = project_text(
        str(hub_name(assessment.workspace, catalogue)), [*upper, raster, lower], assessment.workspace.district.crs,
        (west - margin, south - margin, east + margin, north + margin), credited(assessment),
    )  # fmt: skip
    write_project(folder / f"project-{catalogue.language}.qgz", text)


def _kind(rows: gpd.GeoDataFrame) -> str:
    return _KINDS[str(rows.geom_type.iloc[0]).removeprefix("Multi")] if len(rows) else "Polygon"
