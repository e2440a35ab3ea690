"""How layers look in QGIS, as XML: the colours and bands of the pages, and names of columns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement

from tesoma_geo.columns import TO_HUB_MIN
from tesoma_geo.render.desk.column_names import NamedColumn
from tesoma_geo.render.stills.basemap import band_looks, palette
from tesoma_geo.render.text.bands import band_labels
from tesoma_geo.render.text.catalogue import Catalogue

#: Version of QGIS whose form the XML has; later ones read it.
VERSION = "3.22.0-Białowieża"
#: Above every time; QGIS compares infinity with numbers.
NO_TIME = 1e9


@dataclass(frozen=True)
class Rule:
    """One symbol of a layer, and for which rows it is.

    Attributes
    ----------
    label
        In the legend.
    symbol
        See :func:`fill`, :func:`line` and :func:`marker`.
    condition
        In QGIS's language; empty for every row.
    """

    label: str
    symbol: Element
    condition: str = ""


def colour(value: str, opacity: float = 1.0) -> str:
    """A colour as QGIS writes it.

    Parameters
    ----------
    value
        ``#rrggbb``.
    opacity
        From 0 to 1.

    Returns
    -------
    str
        ``red,green,blue,alpha``.
    """
    parts = [int(value[at : at + 2], 16) for at in (1, 3, 5)]
    return ",".join(map(str, [*parts, round(255 * opacity)]))


def fill(value: str | None, opacity: float = 1.0, *, outline: str | None = None, width: float = 0.26) -> Element:
    """The symbol of an area.

    Parameters
    ----------
    value
        Its colour; None for none.
    opacity
        Of the colour.
    outline
        Colour of its outline; None for none.
    width
        Of the outline, millimetres.

    Returns
    -------
    Element
    """
    inside = {"style": "no"} if value is None else {"style": "solid", "color": colour(value, opacity)}
    edge = {"outline_style": "no"} if outline is None else {
        "outline_style": "solid", "outline_color": colour(outline), "outline_width": f"{width:g}",
        "outline_width_unit": "MM",
    }  # fmt: skip
    return _symbol("fill", "SimpleFill", {**inside, **edge})


def line(value: str, width: float, opacity: float = 1.0) -> Element:
    """The symbol of a line.

    Parameters
    ----------
    value
        Its colour.
    width
        Millimetres.
    opacity
        Of the colour.

    Returns
    -------
    Element
    """
    look = {"line_color": colour(value, opacity), "line_width": f"{width:g}", "line_width_unit": "MM"}
    return _symbol("line", "SimpleLine", {**look, "capstyle": "round", "joinstyle": "round"})


def marker(value: str, size: float, shape: str = "circle", *, outline: str = "#ffffff") -> Element:
    """The symbol of a point.

    Parameters
    ----------
    value
        Its colour.
    size
        Millimetres.
    shape
        One of QGIS's: ``circle``, ``star``, ``diamond``.
    outline
        Colour of its outline.

    Returns
    -------
    Element
    """
    look = {"color": colour(value), "size": f"{size:g}", "size_unit": "MM", "name": shape,
            "outline_color": colour(outline), "outline_width": "0.3"}  # fmt: skip
    return _symbol("marker", "SimpleMarker", look)


def cell_rules(profile: str, cutoffs: Sequence[float], catalogue: Catalogue) -> list[Rule]:
    """Squares by the minutes to the hub, in the bands of the pages.

    Parameters
    ----------
    profile
        The way of moving.
    cutoffs
        Minutes, increasing.
    catalogue
        The language of the legend.

    Returns
    -------
    list of Rule
        A band each, then beyond and no way there.
    """
    column = f'"{TO_HUB_MIN.of(profile)}"'
    limits = [0.0, *cutoffs]
    conditions = [f"{column} <= {to:g}" if since == 0 else f"{column} > {since:g} AND {column} <= {to:g}"
                  for since, to in pairwise(limits)]  # fmt: skip
    conditions += [f"{column} > {limits[-1]:g} AND {column} < {NO_TIME:.0f}", "ELSE"]
    colours = palette()
    return [
        Rule(label, fill(colours[look], 0.85, outline="#ffffff", width=0.1), condition)
        for label, look, condition in zip(
            band_labels(catalogue, tuple(cutoffs)), band_looks(len(cutoffs)), conditions, strict=True
        )
    ]


def isochrone_rules(cutoffs: Sequence[float], catalogue: Catalogue) -> list[Rule]:
    """Isochrones by their cutoff; the smaller ones lie on the greater.

    Parameters
    ----------
    cutoffs
        Minutes, increasing.
    catalogue
        The language of the legend.

    Returns
    -------
    list of Rule
    """
    colours, labels = palette(), band_labels(catalogue, tuple(cutoffs))
    return [
        Rule(label, fill(colours[look], 0.35, outline=colours[look], width=0.5), f'"cutoff_min" = {cutoff:g}')
        for label, look, cutoff in zip(labels, band_looks(len(cutoffs)), cutoffs, strict=False)
    ]


def vector_style(rules: Sequence[Rule], names: Iterable[NamedColumn], *, in_order: str | None = None) -> list[Element]:
    """What QGIS keeps of a vector layer's look: its symbols and the names of its columns.

    Parameters
    ----------
    rules
        Its symbols.
    names
        Its columns with their names.
    in_order
        A column by which rows are drawn, the greatest first; None draws them as they come.

    Returns
    -------
    list of Element
        To be put into a layer of a project, or into a style.
    """
    plain = len(rules) == 1 and not rules[0].condition
    renderer = Element("renderer-v2", {
        "type": "singleSymbol" if plain else "RuleRenderer", "symbollevels": "0", "forceraster": "0",
        "enableorderby": "0" if in_order is None else "1",
    })  # fmt: skip
    if not plain:
        tree = SubElement(renderer, "rules", {"key": "{root}"})
        for number, rule in enumerate(rules):
            attributes = {"key": f"{{rule-{number}}}", "symbol": str(number), "label": rule.label}
            SubElement(tree, "rule", {**attributes, **({"filter": rule.condition} if rule.condition else {})})
    symbols = SubElement(renderer, "symbols")
    for number, rule in enumerate(rules):
        rule.symbol.set("name", str(number))
        symbols.append(rule.symbol)
    if in_order is not None:
        order = SubElement(renderer, "orderby")
        clause = SubElement(order, "orderByClause", {"asc": "0", "nullsFirst": "0"})
        clause.text = f'"{in_order}"'
    aliases = Element("aliases")
    for number, named in enumerate(names):
        SubElement(aliases, "alias", {"index": str(number), "field": named.column, "name": named.name})
    return [renderer, Element("blendMode"), aliases]


def raster_style(cutoffs: Sequence[float], catalogue: Catalogue) -> list[Element]:
    """What QGIS keeps of the look of a raster of seconds: the bands of the pages.

    Parameters
    ----------
    cutoffs
        Minutes, increasing.
    catalogue
        The language of the legend.

    Returns
    -------
    list of Element
    """
    colours, looks = palette(), band_looks(len(cutoffs))
    labels = band_labels(catalogue, tuple(cutoffs))
    pipe = Element("pipe")
    renderer = SubElement(pipe, "rasterrenderer", {
        "type": "singlebandpseudocolor", "band": "1", "opacity": "0.8", "alphaBand": "-1", "nodataColor": "",
        "classificationMin": "0", "classificationMax": f"{60 * cutoffs[-1]:g}",
    })  # fmt: skip
    shader = SubElement(SubElement(renderer, "rastershader"), "colorrampshader", {
        "colorRampType": "DISCRETE", "classificationMode": "1", "clip": "0", "minimumValue": "0",
        "maximumValue": f"{60 * cutoffs[-1]:g}", "labelPrecision": "0",
    })  # fmt: skip
    for label, look, limit in zip(labels, looks, [*(f"{60 * cutoff:g}" for cutoff in cutoffs), "inf"], strict=False):
        SubElement(shader, "item", {"value": limit, "color": colours[look], "alpha": "255", "label": label})
    return [pipe, Element("blendMode")]


def _symbol(kind: str, layer: str, properties: Mapping[str, str]) -> Element:
    symbol = Element("symbol", {"type": kind, "alpha": "1", "clip_to_extent": "1", "force_rhr": "0"})
    part = SubElement(symbol, "layer", {"class": layer, "enabled": "1", "locked": "0", "pass": "0"})
    options = SubElement(part, "Option", {"type": "Map"})
    for name, value in properties.items():
        SubElement(options, "Option", {"name": name, "type": "QString", "value": value})
        SubElement(part, "prop", {"k": name, "v": value})  # versions before 3.20
    return symbol
