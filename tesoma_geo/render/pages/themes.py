"""A page per theme of the survey: how many spoke of it, where, and in which words."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import shapely

from tesoma_geo.render.sections.charts import Bar, Bars
from tesoma_geo.render.sections.page_tables import Column, Row, Table, Value, count
from tesoma_geo.render.sections.section import Section, found
from tesoma_geo.render.text.catalogue import Catalogue, Line
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
    """A theme with respondents by kind of what they marked; one respondent may have marked several."""

    code: str
    voices: dict[str, int]


def themes_with_page(publication: "Publication", workspace: Workspace) -> list[Theme]:
    """The themes that something is published of, those that most spoke of first."""
    known = {*THEMES, *workspace.themes.values()}
    told: dict[str, dict[str, int]] = {}
    for row in publication.tables.get("by_topic", ()):
        if row["topic"] in known and row["kind"]:
            told.setdefault(str(row["topic"]), {})[str(row["kind"])] = int(row["voices"])
    return sorted((Theme(*item) for item in told.items()), key=lambda theme: (-max(theme.voices.values()), theme.code))


def theme_context(
    assessment: "Assessment", publication: "Publication", theme: Theme, text: Catalogue
) -> dict[str, Any]:
    """What the template of a theme's page takes besides the map."""
    features = publication.features
    cells = features[(features["type"] == "cell") & (features["topic"] == theme.code) & features.geometry.notna()]
    shown = features[(features["type"] == "shown") & features["text"].notna()]
    return {
        "name": theme_name(assessment, theme, text),
        "card": theme_sentence(assessment, theme, text),
        "sections": found(_marked(theme, text), _places(assessment, cells, text)),
        "quotes": [
            Line(str(row["text"]), str(row["language"] or text.language))
            for row in shown.to_dict("records")
            if theme.code in str(row["themes"]).split(";")
        ],
    }


def theme_name(assessment: "Assessment", theme: Theme, text: Catalogue) -> str:
    """What a theme is called."""
    return topic_name(text, assessment.workspace, theme.code)


def theme_sentence(assessment: "Assessment", theme: Theme, text: Catalogue) -> str:
    """The theme in one sentence."""
    kind = max(theme.voices, key=lambda kind: theme.voices[kind])
    return text(
        "theme.card",
        theme=theme_name(assessment, theme, text),
        kind=kind_name(text, kind).lower(),
        n=text.counted("map.heard", theme.voices[kind]),
    )


def _marked(theme: Theme, text: Catalogue) -> Section:
    """Respondents by kind of what they marked."""
    named = {kind_name(text, kind): n for kind, n in sorted(theme.voices.items(), key=lambda item: -item[1])}
    most = max(named.values())
    return Section(
        "marked",
        text("theme.marked"),
        text("theme.marked_short"),
        charts=(
            Bars(text("theme.chart"), tuple(Bar(kind, 0.0, n / most, text.number(n)) for kind, n in named.items())),
        ),
        tables=(
            Table(
                "marked",
                text("theme.chart"),
                (Column("kind", text("voices.kind"), number=False), Column("respondents", text("voices.number"))),
                tuple(Row((Value(kind), count(text, n))) for kind, n in named.items()),
                "annotations_tables.json: by_topic",
                folded=text("table.open"),
            ),
        ),
    )


def _places(assessment: "Assessment", cells: gpd.GeoDataFrame, text: Catalogue) -> Section | None:
    """The squares of the map that several respondents spoke of; None when none is small enough to have a place."""
    if cells.empty:
        return None
    middle = cells.geometry.representative_point()
    streets = near_streets(assessment, text, middle.to_crs(assessment.workspace.district.crs).to_numpy())
    places = [(round(x, 6), round(y, 6)) for x, y in shapely.get_coordinates(middle.to_numpy()).tolist()]
    rows = [
        Row(
            (
                Value(street if row["cell_m"] <= NEAR_CELL_M else text("theme.wide")),
                Value(kind_name(text, str(row["kind"]))),
                count(text, row["voices"]),
                Value(text("theme.metres", n=text.number(row["cell_m"])), float(row["cell_m"])),
            ),
            place,
        )
        for street, place, row in zip(streets, places, cells.to_dict("records"), strict=True)
    ]
    table = Table(
        "theme_places",
        text("theme.places_caption"),
        (
            Column("near", text("theme.near"), number=False),
            Column("kind", text("voices.kind"), number=False),
            Column("respondents", text("voices.number")),
            Column("cell_m", text("theme.square")),
        ),
        tuple(sorted(rows, key=lambda row: (-float(row.values[2].plain or 0), row.values[0].shown))),
        "annotations_public.geojson",
    )
    return Section("theme-places", text("theme.places"), text("theme.places_short"), tables=(table,))
