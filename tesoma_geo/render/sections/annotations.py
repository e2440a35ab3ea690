"""What residents told: by topic, in their own words, and where many agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from tesoma_geo.crs import to_metric
from tesoma_geo.render.sections.section import PageSection
from tesoma_geo.render.sections.table import PageTable, TableColumn, TableRow, TableValue, at_least, respondents_in
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.terms import kind_name, near_streets, topic_name

if TYPE_CHECKING:
    from tesoma_geo.annotations.privacy import Publication
    from tesoma_geo.assessment.assess import Assessment


@dataclass(frozen=True)
class Quote:
    """A resident's own words, the language they are in, and what they are about in the page's language.

    Attributes
    ----------
    text
        As it was written.
    language
        Its tag.
    about
        Kind, topic and place in the page's language.
    """

    text: str
    language: str
    about: str


def heard(assessment: "Assessment", publication: "Publication", catalogue: Catalogue) -> PageTable:
    """What respondents told, by kind and topic.

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
    PageTable
        A row for each kind and topic, with respondents; none for a number that may be noise alone.
    """
    return PageTable(
        "voices",
        catalogue("voices.caption"),
        (
            TableColumn("kind", catalogue("voices.kind"), number=False),
            TableColumn("topic", catalogue("voices.topic"), number=False),
            TableColumn("voices", catalogue("voices.number")),
        ),
        tuple(
            TableRow(
                (
                    TableValue(kind_name(catalogue, str(row["kind"]))),
                    TableValue(topic_name(catalogue, assessment.workspace, str(row["topic"]))),
                    respondents_in(catalogue, row, "voices"),
                )
            )
            for row in publication.tables.get("by_topic", ())
            if row["voices"] > row.get("about", 0)  # fewer may be noise alone
        ),
        "annotations_tables.json: by_topic",
    )


def privacy_note(publication: "Publication", catalogue: Catalogue) -> str:
    """How nobody can be recognised from the numbers: each is of several people, or holds noise.

    Parameters
    ----------
    publication
        What residents said, as the privacy gate let it go.
    catalogue
        The language.

    Returns
    -------
    str
        In the language of the page.
    """
    if publication.noise is None:
        return catalogue("voices.privacy")
    margins = [row["about"] for row in publication.tables.get("by_topic", ()) if "about" in row]
    return catalogue(
        "voices.noise",
        margin=catalogue.number(max(margins, default=0)),
        epsilon=catalogue.number(publication.noise["epsilon_budget"], 2),
    )


def quotes(assessment: "Assessment", publication: "Publication", catalogue: Catalogue) -> list[Quote]:
    """What moderators let be read: first what is shown on the map, with the nearest street, then the rest.

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
    list of Quote
        What is shown on the map first.
    """
    features = publication.features
    shown = features[(features["type"] == "shown") & features["text"].notna()]
    places = near_streets(assessment, catalogue, shown.to_crs(assessment.streets.crs).representative_point().to_numpy())
    rows = [*zip(shown.to_dict("records"), places, strict=True),
            *((row, "") for row in publication.tables.get("quotes", ()) if row["text"])]  # fmt: skip
    return [
        Quote(
            str(row["text"]),
            _given(row.get("language")) or catalogue.language,
            _about(assessment, catalogue, row, place),
        )
        for row, place in rows
    ]


def _about(assessment: "Assessment", catalogue: Catalogue, row: Mapping[Any, Any], place: str) -> str:
    """What a quote is about: kind, topic and place, as far as they are told."""
    category = _given(row.get("category"))
    topic = topic_name(catalogue, assessment.workspace, category) if category else ""
    parts = [part for part in (kind_name(catalogue, str(row["kind"])), topic, place) if part and part != "–"]
    return catalogue.joined(parts, " – ")


def _given(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def crowds(assessment: "Assessment", publication: "Publication", catalogue: Catalogue) -> PageSection | None:
    """Places that many speak of, and whether chance explains it; None where no such places were looked for.

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
        In the language of the page; None where there is nothing to tell.
    """
    findings = publication.tables.get("findings", {})
    rows = findings.get("crowds")
    if not rows:
        return None
    degrees = np.array([row["place"] for row in rows], float)
    metric = shapely.points(np.column_stack(to_metric(degrees[:, 0], degrees[:, 1], str(assessment.streets.crs))))
    streets = near_streets(assessment, catalogue, metric)
    spots, workspace = findings["hot_spots"], assessment.workspace
    topics = [
        ": ".join([kind_name(catalogue, row["kind"]),
                   *([topic_name(catalogue, workspace, row["category"]).lower()] if row["category"] else [])])
        for row in rows
    ]  # fmt: skip
    first = rows[0]
    short = catalogue(
        "crowds.short",
        n=catalogue.number(len(rows)),
        k=catalogue.number(publication.k),
        place=streets[0],
        topic=topics[0],
        at_least=catalogue.number(first["respondents"]),
    )
    hot = catalogue(
        "crowds.spots",
        hot=catalogue.number(spots["hot"]),
        cells=catalogue.number(spots["cells"]),
        side=catalogue.number(spots["cell_m"]),
    )
    return PageSection(
        "crowds",
        catalogue("crowds.title"),
        short,
        (hot, catalogue("crowds.rounded")),
        tables=(_crowd_table(catalogue, rows, streets, topics),),
    )


def _crowd_table(
    catalogue: Catalogue, rows: Sequence[Mapping[str, Any]], streets: Sequence[str], topics: Sequence[str]
) -> PageTable:
    """Where many speak of what, at least how many, and whether it is more than chance."""
    return PageTable(
        "crowds",
        catalogue("crowds.caption"),
        (
            TableColumn("street", catalogue("barriers.street"), number=False),
            TableColumn("topic", catalogue("crowds.topic"), number=False),
            TableColumn("respondents_at_least", catalogue("barriers.respondents")),
            TableColumn("more_than_chance", catalogue("crowds.hot"), number=False),
        ),
        tuple(
            TableRow(
                (
                    TableValue(street),
                    TableValue(topic),
                    at_least(catalogue, row["respondents"]),
                    TableValue(catalogue("crowds.yes" if row["hot"] else "crowds.no")),
                ),
                (row["place"][0], row["place"][1]),
            )
            for street, topic, row in zip(streets, topics, rows, strict=True)
        ),
        "annotations_tables.json: findings › crowds",
        folded=catalogue("table.open"),
    )
