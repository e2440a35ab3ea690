"""A page per theme of the survey: how many spoke of it, where, and in which words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import shapely

from tesoma_geo.render.sections.charts import Bar, Bars
from tesoma_geo.render.sections.section import PageSection
from tesoma_geo.render.sections.table import PageTable, TableColumn, TableRow, TableValue, count, respondents_in
from tesoma_geo.render.text.catalogue import Catalogue, LocalizedText
from tesoma_geo.render.text.terms import kind_name, near_streets, topic_name
from tesoma_geo.sources.annotations.labels import THEMES
from tesoma_geo.workspace import Workspace

if TYPE_CHECKING:
    from tesoma_geo.annotations.privacy import Publication
    from tesoma_geo.assessment.assess import Assessment


#: Larger squares are near no one street.
NEAR_CELL_M = 1000.0


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
    shown = features[(features["type"] == "shown") & features["text"].notna()]
    return {
        "name": theme_name(assessment, theme, catalogue),
        "headline": theme_sentence(assessment, theme, catalogue),
        "sections": [_marked(theme, catalogue), *_places(assessment, cells, catalogue)],
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


def _marked(theme: Theme, catalogue: Catalogue) -> PageSection:
    """Respondents by kind of what they marked."""
    named = {kind_name(catalogue, kind): n for kind, n in sorted(theme.voices.items(), key=lambda item: -item[1])}
    most = max(named.values())
    margin = {} if theme.about is None else {"about": theme.about}
    told = [respondents_in(catalogue, {"voices": n, **margin}, "voices") for n in named.values()]
    return PageSection(
        "marked",
        catalogue("theme.marked"),
        catalogue("theme.marked_short"),
        charts=(
            Bars(
                catalogue("theme.chart"),
                tuple(
                    Bar(kind, 0.0, n / most, value.shown) for (kind, n), value in zip(named.items(), told, strict=True)
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
                tuple(TableRow((TableValue(kind), value)) for kind, value in zip(named, told, strict=True)),
                "annotations_tables.json: by_topic",
                folded=catalogue("table.open"),
            ),
        ),
    )


def _places(assessment: "Assessment", cells: gpd.GeoDataFrame, catalogue: Catalogue) -> Iterator[PageSection]:
    """The squares of the map that several respondents spoke of; nothing when none is small enough to have a place."""
    if cells.empty:
        return
    middle = cells.geometry.representative_point()
    streets = near_streets(assessment, catalogue, middle.to_crs(assessment.workspace.district.crs).to_numpy())
    places = [(round(x, 6), round(y, 6)) for x, y in shapely.get_coordinates(middle.to_numpy()).tolist()]
    rows = [
        TableRow(
            (
                TableValue(street if row["cell_m"] <= NEAR_CELL_M else catalogue("theme.wide")),
                TableValue(kind_name(catalogue, str(row["kind"]))),
                count(catalogue, row["voices"]),
                TableValue(catalogue("theme.metres", n=catalogue.number(row["cell_m"])), float(row["cell_m"])),
            ),
            place,
        )
        for street, place, row in zip(streets, places, cells.to_dict("records"), strict=True)
    ]
    table = PageTable(
        "theme_places",
        catalogue("theme.places_caption"),
        (
            TableColumn("near", catalogue("theme.near"), number=False),
            TableColumn("kind", catalogue("voices.kind"), number=False),
            TableColumn("respondents", catalogue("voices.number")),
            TableColumn("cell_m", catalogue("theme.square")),
        ),
        tuple(sorted(rows, key=lambda row: (-float(row.values[2].plain or 0), row.values[0].shown))),
        "annotations_public.geojson",
    )
    yield PageSection("theme-places", catalogue("theme.places"), catalogue("theme.places_short"), tables=(table,))
