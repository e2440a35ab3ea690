"""The sheet of a mapping walk: a map with numbers and what to fill in at each, to be printed."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from tesoma_geo.analysis.unknown_things import UnknownThings
from tesoma_geo.annotations.paper_drawing import PaperMapLayers, PrintFrame, boundary_drawn, draw_map
from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.render.figures.credits import day_lines, newest_day
from tesoma_geo.render.text import assets
from tesoma_geo.render.text.catalogue import Catalogue, catalogue_of
from tesoma_geo.render.text.place_names import HubName, hub_name, ordinary_case, short_name
from tesoma_geo.workspace import Language

#: What is ticked at a thing, tag by tag; widths are written.
CHOICES: dict[str, tuple[str, ...]] = {
    "surface": ("asphalt", "paving_stones", "concrete", "sett", "compacted", "fine_gravel", "gravel", "ground", "grass",
                "wood"),
    "smoothness": ("excellent", "good", "intermediate", "bad", "very_bad", "horrible"),
    "tracktype": ("grade1", "grade2", "grade3", "grade4", "grade5"),
    "kerb": ("flush", "lowered", "raised", "rolled"),
}  # fmt: skip
#: What is asked of a thing of each kind.
ASKED = {"street": ("surface", "smoothness", "width"), "crossing": ("kerb",), "door": ()}
#: The map on an A4 sheet across, and the one that a phone shows: width, height, and letters as of ``draw_map``.
MAPS = {"paper": (275.0, 131.0, 1.8), "phone": (100.0, 112.0, 1.7)}
#: How wide the line on a street to look at is, and half the width of a number.
LINE_MM, NUMBER_MM = 1.6, 3.4
#: An interval that keeps more than this of its width became hardly narrower.
HARDLY = 0.9


def write_field_sheets(found: UnknownThings, inputs: Inputs, folder: Path) -> None:
    """Write ``sheet-<language>.html`` in every language of the workspace.

    Parameters
    ----------
    found
        What matters.
    inputs
        The layers, for the map and the names.
    folder
        An existing folder.
    """
    for language in inputs.workspace.district.languages:
        (folder / f"sheet-{language}.html").write_text(field_sheet(found, inputs, language), encoding="utf-8")


def field_sheet(found: UnknownThings, inputs: Inputs, language: Language) -> str:
    """The sheet in one language.

    Parameters
    ----------
    found
        What matters.
    inputs
        The layers, for the map and the names.
    language
        Its tag.

    Returns
    -------
    str
        A whole HTML page that needs no other file; every text of data is escaped.
    """
    texts = catalogue_of(inputs.workspace, language)
    hub = hub_name(inputs.workspace, texts)
    places = found.things.head(found.places)
    rows = [_place(row, texts) for row in places.drop(columns="geometry").to_dict("records")]
    maps = {name: _map(places, inputs, texts, name) for name in MAPS}
    return assets.rendered(
        "field_sheet.html.j2",
        language=language,
        others=[
            (f"sheet-{other}.html", other, catalogue_of(inputs.workspace, other)("language.name"))
            for other in inputs.workspace.district.languages
            if other != language
        ],
        texts=texts,
        title=texts("field.title", district=texts.of(inputs.workspace.district.name)),
        what=texts(
            "field.what", figure=figure_name(found.figure, texts, hub), profile=texts.named("profile", found.profile)
        ),
        gain=_gain(found, texts) if found.places else [],
        maps=maps,
        bounded=[name for name, drawn in maps.items() if drawn["bounded"]],
        site=inputs.workspace.site,
        authority=texts.of(inputs.workspace.site.authority) if inputs.workspace.site.authority else "",
        places=rows,
        values={
            texts(f"field.tag.{tag}"): [(_word(tag, value, texts), value) for value in CHOICES[tag]]
            for tag in CHOICES
            if any(tag in row["tags"] for row in rows)
        },
        hub=hub,
        credits=_credits(inputs, texts),
        made_up=inputs.workspace.district.made_up,
    )


def _gain(found: UnknownThings, texts: Catalogue) -> list[str]:
    """How much surer the figure becomes: what the map lacks, and the interval that is published."""
    low, high = found.published
    now, then, whole, rest = (
        amount(width, found.figure, texts)
        for width in (found.width_now, found.width_then, high - low, found.published_then)
    )
    hardly = found.published_then > HARDLY * (high - low)
    return [
        texts(
            "field.published",
            mapped=amount(found.mapped, found.figure, texts),
            between=amount(low, found.figure, texts, high),
        ),
        texts("field.why", now=now, then=then),
        texts("field.whole_hardly" if hardly else "field.whole", whole=whole, rest=rest),
    ]


def _credits(inputs: Inputs, texts: Catalogue) -> str:
    """Whom the map names, each once, and of which day its streets are."""
    drawn = [one for one in inputs.reports if one.key.split(".")[0] in ("network", "basemap", "district")]
    licences = dict.fromkeys(one.licence for one in drawn if one.licence)
    streets = next((one for one in drawn if one.path == inputs.workspace.osm_path), None)
    dated = day_lines(texts, {"network": streets.as_of}) if streets is not None else []
    return " · ".join([*licences, *dated, *newest_day(inputs, texts)])


def figure_name(figure: str, texts: Catalogue, hub: HubName) -> str:
    """A figure in words.

    Parameters
    ----------
    figure
        Its name in ``summary.json``.
    texts
        The language.
    hub
        The hub's name.

    Returns
    -------
    str
    """
    plain = {"median_min": "sure.median", "p90_min": "sure.far", "unreachable_population": "sure.unreachable",
             "median_from_hub_min": "field.from_hub"}  # fmt: skip
    if figure in plain:
        return texts(plain[figure], hub=hub)
    kind, _, limit = figure.removesuffix("_min").rpartition("population_within_")
    if limit and kind:
        return texts("sure.service", kind=texts.named("kind", kind.removesuffix("_")), n=texts.number(float(limit), 1))
    if figure.startswith("population_within_"):
        return texts("field.within", hub=hub, n=texts.number(float(limit), 1))
    return texts("field.kind_median", kind=texts.named("kind", figure.removesuffix("_median_min")))


def amount(value: float, figure: str, texts: Catalogue, until: float | None = None) -> str:
    """A figure, the width of its interval, or its interval, with its unit.

    Parameters
    ----------
    value
        Minutes or residents, as the figure.
    figure
        Its name in ``summary.json``.
    texts
        The language.
    until
        The other end of an interval that begins at the value; None for one number.

    Returns
    -------
    str
    """
    of_residents = "population" in figure
    ends = [texts.number(end, 0 if of_residents else 2) for end in (value, until) if end is not None]
    return texts("field.residents" if of_residents else "field.minutes", n="–".join(ends))


def _word(tag: str, value: str, texts: Catalogue) -> str:
    """A value as walkers read it; the catalogue tells the value itself in brackets after it."""
    return texts(f"field.{tag}.{value}").removesuffix(f" ({value})")


def _place(row: dict[str, Any], texts: Catalogue) -> dict[str, Any]:
    """A row of the sheet: its number, what it is called, and what to tick."""
    missing = [tag for tag in str(row["missing"]).split(";") if tag]
    tags = list(dict.fromkeys([*ASKED.get(str(row["kind"]), ()), *missing]))
    return {
        "rank": row["rank"],
        "name": row["name"] or texts(f"field.unnamed_{row['kind']}"),
        "objects": str(row["thing"]).split(";"),
        "length": texts("field.metres", n=texts.number(row["length_m"])) if row["length_m"] else "",
        "tags": tags,
        "choices": [
            (texts(f"field.tag.{tag}"), tag == "width", [_word(tag, value, texts) for value in CHOICES.get(tag, ())])
            for tag in tags
        ],
    }


def _map(places: gpd.GeoDataFrame, inputs: Inputs, texts: Catalogue, name: str) -> dict[str, Any]:
    """An SVG in millimetres, the streets and the places with their numbers, its sides, and if it has the boundary."""
    around = [*places.geometry.to_numpy(), *inputs.hub.geometry.to_numpy()]
    width_mm, height_mm, letters = MAPS[name]
    frame = PrintFrame.around(shapely.box(*shapely.union_all(around).buffer(150).bounds), width_mm, height_mm)
    streets = inputs.network.lines(inputs.network.ways["highway"].notna().to_numpy())
    areas = inputs.district
    if "name" in areas:
        areas = areas.assign(name=areas["name"].map(ordinary_case, na_action="ignore"))
    ground = PaperMapLayers(
        areas, streets, inputs.water, inputs.hub, short_name(hub_name(inputs.workspace, texts)), True
    )
    coloured, numbers, taken = [], [], list[shapely.Geometry]()
    for rank, shape in zip(places["rank"], places.geometry, strict=True):
        drawn = frame.millimetres(np.array([shape]))
        if not len(drawn):
            continue
        parts = [part for part in shapely.get_parts(drawn) if part.geom_type == "LineString"]
        coloured += parts
        longest = max(parts, key=lambda part: part.length, default=None)
        # A name stands at the middle of a street, so that its number stands before it.
        at = drawn[0].representative_point() if longest is None else longest.interpolate(0.2, normalized=True)
        at = _beside(at, taken)
        taken.append(at)
        numbers.append(_number(int(rank), at))
    clear = [*(part.buffer(LINE_MM / 2) for part in coloured), *(at.buffer(NUMBER_MM) for at in taken)]
    marked, first = "".join(map(_line, coloured)), set(places["name"])
    drawn_map = draw_map(ground, frame, ruler=False, letters=letters, marked=marked, clear=clear, first=first)
    return {
        "width_mm": width_mm,
        "height_mm": height_mm,
        "svg": drawn_map + "".join(numbers),
        "bounded": len(boundary_drawn(ground, frame)) > 0,
    }


def _beside(at: shapely.Point, taken: Sequence[shapely.Geometry]) -> shapely.Point:
    """The place itself, or the nearest one around it where no other number is."""
    for step in range(24):
        turn, out = step * 2.4, 0.0 if step == 0 else 3.0 + 0.8 * step
        moved = shapely.Point(at.x + out * np.cos(turn), at.y + out * np.sin(turn))
        if all(moved.distance(other) > 7.0 for other in taken):
            return moved
    return at


def _line(part: shapely.LineString) -> str:
    steps = "L".join(f"{x:.1f} {y:.1f}" for x, y in part.coords)
    look = f'fill="none" stroke="#b3003c" stroke-width="{LINE_MM}" stroke-linecap="round" opacity=".75"'
    return f'<path d="M{steps}" {look}/>\n'


def _number(rank: int, at: shapely.Point) -> str:
    place = f'x="{at.x:.1f}" y="{at.y + 1.4:.1f}" font-size="4" font-weight="bold" text-anchor="middle"'
    return (
        f'<circle cx="{at.x:.1f}" cy="{at.y:.1f}" r="{NUMBER_MM}" fill="#fff" stroke="#b3003c" stroke-width=".6"/>'
        f"<text {place}>{rank}</text>\n"
    )
