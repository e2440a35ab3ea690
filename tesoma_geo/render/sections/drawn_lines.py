"""Streets that many drew along, and links that many wish for."""

from typing import TYPE_CHECKING

import numpy as np
import shapely

from tesoma_geo.annotations.shared_lines import LINK, ROUTE
from tesoma_geo.crs import to_wgs84
from tesoma_geo.render.figures.voice_places import named_places
from tesoma_geo.render.sections.section import PageSection
from tesoma_geo.render.sections.table import PageTable, TableColumn, TableRow, TableValue, at_least, count
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.terms import kind_name, near_streets

if TYPE_CHECKING:
    from tesoma_geo.annotations.privacy import Publication
    from tesoma_geo.assessment.assess import Assessment


def drawn_lines(assessment: "Assessment", publication: "Publication", catalogue: Catalogue) -> PageSection | None:
    """Streets and links of the map that many drew; None where there are none.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    publication
        What residents said, as the privacy gate let it go.
    catalogue
        The language.

    Returns
    -------
    PageSection or None
        In the language of the page, those that most drew first.
    """
    features = publication.features
    drawn = features[features["type"].isin([ROUTE, LINK])]
    if drawn.empty:
        return None
    drawn = drawn.sort_values("voices_at_least", ascending=False, kind="stable")
    metric = drawn.to_crs(assessment.streets.crs).geometry
    # a point of a street itself, so that it is named by its own name
    middles = shapely.line_interpolate_point(shapely.get_geometry(metric.to_numpy(), 0), 0.5, normalized=True)
    middles = np.where(drawn["type"] == ROUTE, middles, metric.centroid.to_numpy())
    places = shapely.get_coordinates(middles)
    degrees = np.column_stack(to_wgs84(places[:, 0], places[:, 1], str(assessment.streets.crs))).round(6).tolist()
    rows = tuple(
        TableRow(
            (
                TableValue(catalogue(f"drawn.{name}")),
                TableValue(kind_name(catalogue, str(kind))),
                TableValue(street),
                count(catalogue, round(metres, -1)),
                at_least(catalogue, int(voices)),
            ),
            (lon, lat),
        )
        for name, kind, voices, street, metres, (lon, lat) in zip(
            drawn["type"], drawn["kind"], drawn["voices_at_least"], near_streets(assessment, catalogue, middles),
            metric.length, degrees, strict=True,
        )
    )  # fmt: skip
    table = PageTable(
        "drawn",
        catalogue("drawn.caption"),
        (
            TableColumn("type", catalogue("drawn.what"), number=False),
            TableColumn("kind", catalogue("voices.kind"), number=False),
            TableColumn("street", catalogue("barriers.street"), number=False),
            TableColumn("metres", catalogue("drawn.metres")),
            TableColumn("respondents_at_least", catalogue("barriers.respondents")),
        ),
        rows,
        "annotations_public.geojson: type, kind, voices_at_least",
        folded=catalogue("table.open"),
    )
    short = " ".join(filter(None, (_how_many(publication, catalogue, name) for name in (ROUTE, LINK))))
    return PageSection("drawn", catalogue("drawn.title"), short, (catalogue("drawn.privacy"),), tables=(table,))


def wished_links(assessment: "Assessment", publication: "Publication", catalogue: Catalogue) -> PageSection | None:
    """Links that many wish for, and where most wish for one; None where there are none.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    publication
        What residents said, as the privacy gate let it go.
    catalogue
        The language.

    Returns
    -------
    PageSection or None
        Its figures are in the table of :func:`drawn_lines`.
    """
    short = _how_many(publication, catalogue, LINK)
    if not short:
        return None
    links = publication.features[publication.features["type"] == LINK]
    most = links[links["voices_at_least"] == links["voices_at_least"].max()].iloc[:1]
    [place] = named_places(assessment, catalogue, most.geometry.to_crs(assessment.district.crs).to_numpy(), "where")
    if place and len(links) > 1:
        n = catalogue.number(int(most["voices_at_least"].iloc[0]))
        short = f"{short} {catalogue('advice.most_wished', place=place, n=n)}"
    return PageSection("drawn", catalogue("advice.links"), short, told_by="drawn")


def _how_many(publication: "Publication", catalogue: Catalogue, what: str) -> str:
    number = int((publication.features["type"] == what).sum())
    if not number:
        return ""
    return catalogue(f"drawn.short.{what}", n=catalogue.number(number), k=catalogue.number(publication.k))
