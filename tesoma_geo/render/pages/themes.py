"""A page per theme of the survey: how many spoke of it, where, and in which words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import shapely
from babel.lists import format_list

from tesoma_geo.render.figures.voice_places import (
    NEAR_WIDE_M,
    areas_called,
    most_beside,
    named_places,
    sides_m,
    sign_of,
    sign_places,
    stands_out,
)
from tesoma_geo.render.sections.charts import Bar, Bars
from tesoma_geo.render.sections.section import PageSection
from tesoma_geo.render.sections.table import PageTable, TableColumn, TableRow, TableValue, count, respondents_in
from tesoma_geo.render.sections.theme_today import theme_today
from tesoma_geo.render.sections.voices_where import marked_there
from tesoma_geo.render.text.catalogue import Catalogue, LocalizedText
from tesoma_geo.render.text.terms import kind_name, topic_name
from tesoma_geo.sources.annotations.labels import THEMES
from tesoma_geo.workspace import Workspace

if TYPE_CHECKING:
    from tesoma_geo.annotations.privacy import Publication
    from tesoma_geo.assessment.assess import Assessment


@dataclass(frozen=True)
class Theme:
    """A theme with respondents by kind of what they marked; one respondent may have marked several.

    Attributes
    ----------
    code
        As the workspace names it.
    voices
        Kind of what was marked → respondents.
    about
        How far these numbers may be off, where they hold noise.
    """

    code: str
    voices: dict[str, int]
    about: int | None = None


def themes_with_page(publication: "Publication", workspace: Workspace) -> list[Theme]:
    """The themes that something is published of, those that most spoke of first.

    Parameters
    ----------
    publication
        What residents said, as the privacy gate let it go.
    workspace
        The workspace file.

    Returns
    -------
    list of Theme
        Those that most spoke of first.
    """
    known = {*THEMES, *workspace.themes.values()}
    by_theme: dict[str, dict[str, int]] = {}
    margins: dict[str, int] = {}
    for row in publication.tables.get("by_topic", ()):
        if row["topic"] in known and row["kind"] and row["voices"] > row.get("about", 0):
            by_theme.setdefault(str(row["topic"]), {})[str(row["kind"])] = int(row["voices"])
            margins |= {str(row["topic"]): int(row["about"])} if "about" in row else {}
    return sorted(
        (Theme(code, voices, margins.get(code)) for code, voices in by_theme.items()),
        key=lambda theme: (-max(theme.voices.values()), theme.code),
    )


def theme_context(
    assessment: "Assessment", publication: "Publication", theme: Theme, catalogue: Catalogue
) -> dict[str, Any]:
    """What the template of a theme's page takes besides the map.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    publication
        What residents said, as the privacy gate let it go.
    theme
        A theme that something is published of.
    catalogue
        The language.

    Returns
    -------
    dict
        The template's variables.
    """
    features = publication.features
    cells = features[(features["type"] == "cell") & (features["topic"] == theme.code) & features.geometry.notna()]
    shapes = cells.geometry.to_crs(assessment.district.crs).to_numpy()
    names, said = (
        named_places(assessment, catalogue, shapes, form) if len(shapes) else [] for form in ("place", "where")
    )
    shown = features[(features["type"] == "shown") & features["text"].notna()]
    return {
        "name": theme_name(assessment, theme, catalogue),
        "headline": _headline(assessment, theme, cells, said, catalogue),
        "sections": [
            *_marked(theme, catalogue),
            *_places(assessment, theme, cells, names, said, catalogue),
            *_today(assessment, theme, catalogue),
        ],
        "quotes": [
            LocalizedText(str(row["text"]), str(row["language"] or catalogue.language))
            for row in shown.to_dict("records")
            if theme.code in str(row["themes"]).split(";")
        ],
    }


def theme_name(assessment: "Assessment", theme: Theme, catalogue: Catalogue) -> str:
    """What a theme is called.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    theme
        A theme that something is published of.
    catalogue
        The language.

    Returns
    -------
    str
        In the language of the page where it has the name.
    """
    return topic_name(catalogue, assessment.workspace, theme.code)


def theme_sentence(assessment: "Assessment", theme: Theme, catalogue: Catalogue) -> str:
    """The theme in one sentence.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    theme
        A theme that something is published of.
    catalogue
        The language.

    Returns
    -------
    str
        In the language of the page.
    """
    kind = max(theme.voices, key=lambda kind: theme.voices[kind])
    number = catalogue.counted("map.heard", theme.voices[kind])
    return catalogue(
        "theme.card",
        theme=theme_name(assessment, theme, catalogue),
        kind=kind_name(catalogue, kind).lower(),
        n=number if theme.about is None else catalogue("voices.about", n=number),
    )


def _headline(
    assessment: "Assessment", theme: Theme, cells: gpd.GeoDataFrame, said: list[str], catalogue: Catalogue
) -> str:
    """How many marked what most marked, and where most of them did; the theme is the page's name.

    A place is named where it stands out from the others, and it alone: without the street that tells it from another
    one of its name. Where an area beside it may have as many in its places together, both are named, the area with the
    numbers of its places, as somebody may be in several of them. Where no place stands out, that is what is said.
    """
    kind = max(theme.voices, key=lambda kind: theme.voices[kind])
    placed = cells.assign(place=said)
    placed = placed[(placed["kind"] == kind) & (placed["place"] != "")]
    if placed.empty:
        return theme_sentence(assessment, theme, catalogue)
    number, marked = catalogue.counted("map.heard", theme.voices[kind]), kind_name(catalogue, kind).lower()
    number = number if theme.about is None else catalogue("voices.about", n=number)
    voices = placed["voices"].astype(float)
    shapes = placed.geometry.to_crs(assessment.district.crs).to_numpy()
    areas = areas_called(shapes, assessment.district)
    if not stands_out(voices, [""] * len(areas)):
        return catalogue("theme.spread", n=number, kind=marked)
    first = int(voices.to_numpy().argmax())
    [place] = named_places(assessment, catalogue, shapes[[first]], "where")
    told = {"n": number, "kind": marked, "place": place, "m": catalogue.counted("map.heard", int(voices.max()))}
    if stands_out(voices, areas):
        return catalogue("theme.at", **told)
    beside = most_beside(voices.tolist(), areas)
    [other] = named_places(assessment, catalogue, shapes[beside[:1]], "where")
    numbers = sorted(voices.iloc[beside].astype(int), reverse=True)
    listed = format_list([catalogue.number(one) for one in numbers], locale=catalogue.locale)
    return catalogue("theme.at_both", **told, other=other, numbers=listed)


def _marked(theme: Theme, catalogue: Catalogue) -> Iterator[PageSection]:
    """Respondents by kind of what they marked; of one kind alone the headline has told it."""
    if len(theme.voices) == 1:
        return
    ordered = sorted(theme.voices.items(), key=lambda item: -item[1])
    named = {kind_name(catalogue, kind): n for kind, n in ordered}
    most = max(named.values())
    margin = {} if theme.about is None else {"about": theme.about}
    respondents = [respondents_in(catalogue, {"voices": n, **margin}, "voices") for n in named.values()]
    yield PageSection(
        "marked",
        catalogue("theme.marked"),
        catalogue("theme.marked_short"),
        charts=(
            Bars(
                catalogue("theme.chart"),
                tuple(
                    Bar(kind_name(catalogue, kind), 0.0, n / most, value.shown, sign=sign_of(kind))
                    for (kind, n), value in zip(ordered, respondents, strict=True)
                ),
            ),
        ),
        tables=(
            PageTable(
                "marked",
                catalogue("theme.chart"),
                (
                    TableColumn("kind", catalogue("voices.kind"), number=False),
                    TableColumn("respondents", catalogue("voices.number")),
                ),
                tuple(TableRow((TableValue(kind), value)) for kind, value in zip(named, respondents, strict=True)),
                "annotations_tables.json: by_topic",
                folded=catalogue("table.open"),
            ),
        ),
    )


def _places(
    assessment: "Assessment",
    theme: Theme,
    cells: gpd.GeoDataFrame,
    names: list[str],
    said: list[str],
    catalogue: Catalogue,
) -> Iterator[PageSection]:
    """Where several respondents spoke of it, by name; of which kinds too few spoke of one place, or of all."""
    if cells.empty:
        yield PageSection("theme-places", catalogue("theme.places"), catalogue("theme.nowhere"))
        return
    shapes = cells.geometry.to_crs(assessment.workspace.district.crs).to_numpy()
    middle = gpd.GeoSeries(sign_places(assessment, shapes), crs=assessment.district.crs)
    places = [(round(x, 6), round(y, 6)) for x, y in shapely.get_coordinates(middle.to_crs(cells.crs)).tolist()]
    rows = [
        TableRow(
            (
                TableValue(name or "–"),
                TableValue(kind_name(catalogue, str(row["kind"]))),
                count(catalogue, row["voices"]),
            ),
            place,
        )
        for name, place, row in zip(names, places, cells.to_dict("records"), strict=True)
    ]
    ordered = sorted(rows, key=lambda row: (-float(row.values[2].plain or 0), row.values[0].shown))
    table = PageTable(
        "theme_places",
        catalogue("theme.places_caption"),
        (
            TableColumn("where", catalogue("theme.near"), number=False),
            TableColumn("kind", catalogue("voices.kind"), number=False),
            TableColumn("respondents", catalogue("voices.number")),
        ),
        tuple(ordered),
        "annotations_public.geojson",
        folded=catalogue("table.open"),
    )
    lines = marked_there(
        catalogue,
        [(where, str(kind), int(n)) for where, kind, n in zip(said, cells["kind"], cells["voices"], strict=True)],
    )
    short, widest = catalogue("theme.places_short"), float(sides_m(shapes).max())
    wide = [catalogue("theme.how_wide", n=catalogue.number(widest / 1000, 1))] if widest > NEAR_WIDE_M else []
    more = (*_unplaced(theme, cells, catalogue), catalogue("theme.by_whom"))
    yield PageSection("theme-places", catalogue("theme.places"), short, (*lines, *wide, *more), tables=(table,))


def _unplaced(theme: Theme, cells: gpd.GeoDataFrame, catalogue: Catalogue) -> Iterator[str]:
    """Kinds that were marked and have no sign on the map."""
    kinds = [kind for kind in theme.voices if kind not in set(cells["kind"])]
    if kinds:
        named = ", ".join(kind_name(catalogue, kind) for kind in sorted(kinds, key=sign_of))
        yield catalogue("theme.unplaced", kinds=named)


def _today(assessment: "Assessment", theme: Theme, catalogue: Catalogue) -> Iterator[PageSection]:
    """What there is, where a layer tells of it."""
    there = theme_today(assessment, catalogue, theme.code)
    if there is not None:
        yield there
