"""What residents spoke of most, in sentences with the place, and as bars; the table waits to be asked for."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import geopandas as gpd

from tesoma_geo.render.figures.voice_places import named_places, sign_of
from tesoma_geo.render.sections.annotations import heard
from tesoma_geo.render.sections.charts import Bar, Bars
from tesoma_geo.render.sections.section import PageSection
from tesoma_geo.render.sections.table import respondents_in
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.terms import kind_name, topic_name

if TYPE_CHECKING:
    from tesoma_geo.annotations.privacy import Publication
    from tesoma_geo.assessment.assess import Assessment

#: Topics that are told in a sentence, and those that have a bar.
MOST_SENTENCES, MOST_BARS = 5, 10
#: What stands for answers without a topic.
NO_TOPIC = ("", "unspecified")


def told_most(assessment: "Assessment", publication: "Publication", catalogue: Catalogue) -> PageSection | None:
    """The topics that most spoke of, each with where most of them did.

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
        In the language of the page; None where no number is published.
    """
    ordered, telling = _ordered(publication)
    if not ordered:
        return None
    first = ordered[:telling][:MOST_SENTENCES] or ordered[:1]
    sentences = [spoken(assessment, publication, catalogue, row) for row in first]
    table = heard(assessment, publication, catalogue)
    return PageSection(
        "told",
        catalogue("voices.title"),
        sentences[0],
        tuple(sentences[1:]),
        charts=(_bars(assessment, catalogue, ordered[:MOST_BARS]),),
        tables=(replace(table, folded=catalogue("table.open")),),
    )


def told_message(assessment: "Assessment", publication: "Publication", catalogue: Catalogue) -> str:
    """What most spoke of, in one short sentence.

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
    str
        In the language of the page; empty where no number is published.
    """
    for row in _ordered(publication)[0][:1]:
        about = _label(assessment, catalogue, row).lower()
        return catalogue("voices.message", about=about, n=_respondents(catalogue, row))
    return ""


def _ordered(publication: "Publication") -> tuple[list[Mapping[str, Any]], int]:
    """Published numbers, the largest first, those that say nothing last; and how many say something."""
    rows = [row for row in publication.tables.get("by_topic", ()) if row["voices"] > row.get("about", 0)]
    # "No topic given" says nothing of a kind of which some topic was told.
    with_topics = {row["kind"] for row in rows if row["topic"] not in NO_TOPIC}
    empty = {id(row) for row in rows if row["topic"] in NO_TOPIC and (not row["kind"] or row["kind"] in with_topics)}
    ordered = sorted(rows, key=lambda row: (id(row) in empty, -row["voices"], row["kind"], row["topic"]))
    return ordered, len(rows) - len(empty)


def _respondents(catalogue: Catalogue, row: Mapping[str, Any]) -> str:
    number = catalogue.counted("map.heard", int(row["voices"]))
    return catalogue("voices.about", n=number) if "about" in row else number


def spoken(
    assessment: "Assessment",
    publication: "Publication",
    catalogue: Catalogue,
    row: Mapping[str, Any],
    *,
    topic_known: bool = False,
) -> str:
    """One published number in a sentence, and where most of it was said.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    publication
        What residents said, as the privacy gate let it go.
    catalogue
        The language.
    row
        Of ``by_topic``: kind, topic and voices.
    topic_known
        Whether the page is about the topic: then the kind alone is told.

    Returns
    -------
    str
        In the language of the page.
    """
    about = kind_name(catalogue, str(row["kind"])) if topic_known else _label(assessment, catalogue, row)
    sentence = catalogue("voices.spoken", n=_respondents(catalogue, row), about=about.lower())
    most = place_of_most(assessment, publication.features, catalogue, row)
    if not most:
        return sentence
    place, voices = most
    key = "voices.most_there" if 2 * voices > row["voices"] else "voices.some_there"
    return f"{sentence} {catalogue(key, n=catalogue.number(voices), place=place)}"


def place_of_most(
    assessment: "Assessment", features: gpd.GeoDataFrame, catalogue: Catalogue, row: Mapping[str, Any]
) -> tuple[str, int] | None:
    """Where most people said one thing, and how many there.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    features
        Of the publication.
    catalogue
        The language.
    row
        Of ``by_topic``: kind and topic.

    Returns
    -------
    tuple or None
        The place by name, and voices; None where the publication tells no place of it.
    """
    of_it = (features["kind"] == row["kind"]) & (features["topic"].fillna("") == row["topic"])
    placed = features[of_it & features["type"].isin(["cell", "street"]) & features.geometry.notna()]
    if placed.empty:
        return None
    most = placed.loc[[placed["voices"].astype(float).idxmax()]]
    (name,) = named_places(assessment, catalogue, most.to_crs(assessment.district.crs).geometry.to_numpy())
    return (name, int(most["voices"].iloc[0])) if name else None


def _bars(assessment: "Assessment", catalogue: Catalogue, rows: list[Mapping[str, Any]]) -> Bars:
    most = max(float(row["voices"]) for row in rows)
    return Bars(
        catalogue("voices.caption"),
        tuple(
            Bar(
                _label(assessment, catalogue, row),
                0.0,
                float(row["voices"]) / most,
                respondents_in(catalogue, row, "voices").shown,
                sign=sign_of(str(row["kind"])),
            )
            for row in rows
        ),
    )


def _label(assessment: "Assessment", catalogue: Catalogue, row: Mapping[str, Any]) -> str:
    """Kind and topic; the kind alone where no topic was told."""
    kind, topic = kind_name(catalogue, str(row["kind"])), str(row["topic"])
    if topic in NO_TOPIC:
        return kind
    return catalogue.joined((kind, topic_name(catalogue, assessment.workspace, topic)), " – ")
