"""The section on streets and links that many drew, in every language."""

import geopandas as gpd
import pytest
from shapely import LineString, MultiLineString, Point

import tesoma_geo as tg
from tesoma_geo.render.sections.drawn_lines import drawn_lines
from tesoma_geo.render.text.catalogue import catalogue


class Gate:
    """A publication as the privacy gate lets it go: the part that the section reads."""

    k = 5

    def __init__(self, *rows: tuple[str, int | None, object]) -> None:
        types, voices, shapes = zip(*rows, strict=True)
        columns = {"type": types, "kind": "missing_link", "voices_at_least": voices}
        self.features = gpd.GeoDataFrame(columns, geometry=list(shapes), crs="EPSG:4326")


STREETS = MultiLineString([[(23.630, 61.500), (23.632, 61.500)], [(23.632, 61.500), (23.636, 61.500)]])
LINK = LineString([(23.630, 61.512), (23.634, 61.512)])


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_routes_and_links_are_told_with_at_least_how_many(assessment: tg.Assessment, language: str) -> None:
    words = catalogue(language)
    gate = Gate(("route", 5, STREETS), ("wished_link", 10, LINK), ("cell", None, Point(23.63, 61.5)))
    section = drawn_lines(assessment, gate, words)  # type: ignore[arg-type]
    assert section is not None
    (table,) = section.tables
    assert [row.values[4].plain for row in table.rows] == [10, 5]
    assert [row.values[3].plain for row in table.rows] == pytest.approx([210, 320], abs=10)
    assert "drawn." not in section.title + section.short + "".join(section.sentences)
    only_links = drawn_lines(assessment, Gate(("wished_link", 5, LINK)), words)  # type: ignore[arg-type]
    assert only_links is not None
    assert only_links.short in section.short
    assert len(only_links.short) < len(section.short)


def test_where_nobody_drew_the_same_there_is_no_section(assessment: tg.Assessment) -> None:
    nothing = Gate(("cell", None, Point(23.63, 61.5)))
    assert drawn_lines(assessment, nothing, catalogue("en")) is None  # type: ignore[arg-type]
