"""Styles, names of columns and descriptions in a GeoPackage, where QGIS looks for them."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, tostring

from tesoma_geo._geopackage import GEOPACKAGE_DATE
from tesoma_geo.render.desk.column_names import NamedColumn
from tesoma_geo.render.desk.qgis_style import VERSION

_STYLES = """CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
    f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN,
    description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME)"""
_COLUMNS = """CREATE TABLE gpkg_data_columns (
    table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT, mime_type TEXT,
    constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
    CONSTRAINT gdc_tn UNIQUE (table_name, name))"""
_EXTENSIONS = """CREATE TABLE IF NOT EXISTS gpkg_extensions (
    table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
    CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))"""
#: The GeoPackage standard's own, for descriptions of columns.
_SCHEMA = "http://www.geopackage.org/spec121/#extension_schema"


@dataclass(frozen=True)
class LayerStyle:
    """A look of a layer of a GeoPackage.

    Attributes
    ----------
    layer
        The layer.
    name
        What the look is called: a way of moving, a language.
    parts
        See :func:`tesoma_geo.render.desk.qgis_style.vector_style`.
    columns
        Its columns; those of a layer's first look are told to every program.
    title
        What the layer is called.
    description
        What it holds.
    """

    layer: str
    name: str
    parts: Sequence[Element]
    columns: Sequence[NamedColumn]
    title: str
    description: str


def style_text(parts: Sequence[Element]) -> str:
    """A style as a ``.qml`` file holds it.

    Parameters
    ----------
    parts
        See :func:`tesoma_geo.render.desk.qgis_style.vector_style`.

    Returns
    -------
    str
        XML.
    """
    root = Element("qgis", {"version": VERSION, "styleCategories": "AllStyleCategories"})
    root.extend(parts)
    return f"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n{tostring(root, encoding='unicode')}\n"


def put_styles(path: Path, styles: Sequence[LayerStyle]) -> None:
    """Add styles to a GeoPackage that has none, and tell what its layers and columns are.

    Parameters
    ----------
    path
        A GeoPackage as :func:`tesoma_geo._geopackage.write_layers` writes it.
    styles
        The first of each layer is how QGIS shows it.
    """
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("PRAGMA synchronous = OFF")  # a file that is not whole is nobody's: it is made anew
        geometry = dict(database.execute("SELECT table_name, column_name FROM gpkg_geometry_columns"))
        database.execute(_STYLES)
        database.execute(_COLUMNS)
        database.execute(_EXTENSIONS)
        rows = [("gpkg_data_columns", None, "gpkg_schema", _SCHEMA, "read-write")]
        database.executemany("INSERT INTO gpkg_extensions VALUES (?, ?, ?, ?, ?)", rows)
        database.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) "
            "VALUES ('layer_styles', 'attributes', 'layer_styles', '', ?)",
            (GEOPACKAGE_DATE,),
        )
        styled: set[str] = set()
        for style in styles:
            first = style.layer not in styled
            database.execute(
                "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, "
                "styleName, styleQML, styleSLD, useAsDefault, description, owner, ui, update_time) "
                "VALUES ('', '', ?, ?, ?, ?, '', ?, ?, '', NULL, ?)",
                (style.layer, geometry[style.layer], style.name, style_text(style.parts), first, style.title,
                 GEOPACKAGE_DATE),
            )  # fmt: skip
            if first:
                styled.add(style.layer)
                _describe(database, style)


def _describe(database: sqlite3.Connection, style: LayerStyle) -> None:
    database.execute(
        "UPDATE gpkg_contents SET description = ? WHERE table_name = ?",
        (f"{style.title}. {style.description}", style.layer),
    )
    there = {name for _, name, *_ in database.execute(f'PRAGMA table_info("{style.layer}")')}
    database.executemany(
        "INSERT INTO gpkg_data_columns (table_name, column_name, name, title, description) VALUES (?, ?, ?, ?, ?)",
        [(style.layer, one.column, one.column, one.name, one.meaning) for one in style.columns if one.column in there],
    )
