"""What residents spoke of most: a sentence, where of what, and bars; the table waits to be asked for."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from tesoma_geo.annotations.counted_records import BARRIER
from tesoma_geo.render.figures.voice_places import NEAR_WIDE_M, named_places, sides_m, sign_of
from tesoma_geo.render.sections.annotations import heard
from tesoma_geo.render.sections.charts import Bar, Bars
from tesoma_geo.render.sections.section import PageSection
from tesoma_geo.render.sections.table import respondents_in
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.terms import kind_name, topic_name
from tesoma_geo.sources.annotations.schema import KINDS

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
    ordered, _ = _ordered(publication)
    if not ordered:
        return None
    told = (
        *told_where(assessment, publication, catalogue),
        *told_alone(assessment, publication, catalogue),
        *told_with_care(assessment, publication, catalogue),
    )
    short, *more = told or (spoken(assessment, catalogue, ordered[0]),)
    table = heard(assessment, publication, catalogue)
    return PageSection(
        "told",
        catalogue("voices.title"),
        short,
        tuple(more),
        charts=bars_of_kinds(assessment, publication, catalogue, MOST_BARS),
        tables=(replace(table, folded=catalogue("table.open")),),
    )


def told_message(assessment: "Assessment", publication: "Publication", catalogue: Catalogue) -> str:
    """What was told most often of difficult places; of the first other kind that has topics, where nobody marked such.

    How many people marked a kind in all is not published: beside the numbers of its topics it would tell how many
    spoke of several. So no kind is said to have been marked by most.

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
    row = _first(publication)
    if row is None:
        return ""
    if row["topic"] in NO_TOPIC or row["kind"] not in KINDS:
        return spoken(assessment, catalogue, row)
    return catalogue(
        "voices.commonest_reason" if row["kind"] == BARRIER else "voices.commonest",
        kind=kind_name(catalogue, str(row["kind"])),
        topic=topic_name(catalogue, assessment.workspace, str(row["topic"])),
        n=_respondents(catalogue, row),
    )


def told_title(publication: "Publication", catalogue: Catalogue) -> str:
    """What :func:`told_message` is of: its kind.

    Parameters
    ----------
    publication
        What residents said, as the privacy gate let it go.
    catalogue
        The language.

    Returns
    -------
    str
        In the language of the page; what residents told where no number is published.
    """
    row = _first(publication)
    return kind_name(catalogue, str(row["kind"])) if row else catalogue("voices.title")


def _first(publication: "Publication") -> Mapping[str, Any] | None:
    """The number that comes first: of difficult places, or of the first kind that has topics."""
    rows = _first_of_kinds(publication)
    telling = (row for row in rows if row["topic"] not in NO_TOPIC and row["kind"] in KINDS)
    return next(telling, rows[0] if rows else None)


def _first_of_kinds(publication: "Publication") -> list[Mapping[str, Any]]:
    """The largest number of each kind that says something, kinds in their own order."""
    ordered, telling = _ordered(publication)
    first: dict[str, Mapping[str, Any]] = {}
    for row in ordered[:telling] or ordered[:1]:
        first.setdefault(str(row["kind"]), row)
    return sorted(first.values(), key=lambda row: sign_of(str(row["kind"])))


def _ordered(publication: "Publication") -> tuple[list[Mapping[str, Any]], int]:
    """Published numbers, the largest first, those that say nothing last; and how many say something."""
    rows = [row for row in publication.tables.get("by_topic", ()) if row["voices"] > row.get("about", 0)]
    # "No topic given" says nothing of a kind of which some topic was told.
    with_topics = {row["kind"] for row in rows if row["topic"] not in NO_TOPIC}
    empty = {id(row) for row in rows if row["topic"] in NO_TOPIC and (not row["kind"] or row["kind"] in with_topics)}
    ordered = sorted(rows, key=lambda row: (id(row) in empty, -row["voices"], row["kind"], row["topic"]))
    return ordered, len(rows) - len(empty)


def _by_kind(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """Numbers by kind, kinds in the order of their signs."""
    kinds: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        kinds[str(row["kind"])].append(row)
    return dict(sorted(kinds.items(), key=lambda item: sign_of(item[0])))


def told_alone(assessment: "Assessment", publication: "Publication", catalogue: Catalogue) -> tuple[str, ...]:
    """Kinds with a single number, which a bar would compare with nothing: a sentence each.

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
    tuple of str
        In the language of the page; without what :func:`told_message` tells.
    """
    kinds, message = _by_kind(_ordered(publication)[0]), _first(publication)
    alone = [rows[0] for rows in kinds.values() if len(rows) == 1 and rows[0] is not message]
    return tuple(spoken(assessment, catalogue, row) for row in alone)


def _respondents(catalogue: Catalogue, row: Mapping[str, Any]) -> str:
    number = catalogue.counted("map.heard", int(row["voices"]))
    return catalogue("voices.about", n=number) if "about" in row else number


def spoken(
    assessment: "Assessment",
    catalogue: Catalogue,
    row: Mapping[str, Any],
) -> str:
    """One published number in a sentence.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.
    row
        Of ``by_topic``: kind, topic and voices.

    Returns
    -------
    str
        In the language of the page.
    """
    about = _label(assessment, catalogue, row)
    return catalogue("voices.spoken", n=_respondents(catalogue, row), about=about.lower())


def told_where(assessment: "Assessment", publication: "Publication", catalogue: Catalogue) -> tuple[str, ...]:
    """Where most people said what most spoke of, a place once with all that was said of it.

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
    tuple of str
        In the language of the page, a sentence a place that has a name.
    """
    return _where(assessment, publication, catalogue)[0]


def told_with_care(assessment: "Assessment", publication: "Publication", catalogue: Catalogue) -> tuple[str, ...]:
    """How coarsely places are told, and why there is no total of a kind, where one has several numbers.

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
    tuple of str
        In the language of the page.
    """
    kinds = [row["kind"] for row in publication.tables.get("by_topic", ())]
    no_sum = (catalogue("voices.no_sum"),) if len(set(kinds)) < len(kinds) else ()
    return (*_where(assessment, publication, catalogue)[1], *no_sum)


def _where(
    assessment: "Assessment", publication: "Publication", catalogue: Catalogue
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Places in sentences, that of :func:`told_message` first, and how coarsely they are told."""
    ordered, telling = _ordered(publication)
    message = _first(publication)
    others = [row for row in ordered[:telling] or ordered[:1] if row is not message]
    rows = [*([] if message is None else [message]), *others][:MOST_SENTENCES]
    found = [(row, most) for row in rows if (most := _place_of_most(publication.features, row)) is not None]
    if not found:
        return (), ()
    places = gpd.GeoSeries([most.geometry for _, most in found], crs=publication.features.crs)
    shapes = places.to_crs(assessment.district.crs).to_numpy()
    told: dict[str, list[str]] = defaultdict(list)
    for (row, most), name in zip(found, named_places(assessment, catalogue, shapes, "where"), strict=True):
        if name:
            further, topic = name in told, str(row["topic"])
            said = _said(catalogue, str(row["kind"]), int(most["voices"]), further)
            if topic not in NO_TOPIC:
                said = catalogue("said.about", said=said, topic=topic_name(catalogue, assessment.workspace, topic))
            told[name].append(said)
    how_near = catalogue("voices.how_near", n=catalogue.number(max(*sides_m(shapes), NEAR_WIDE_M) / 1000, 1))
    sentences = tuple(_at_place(catalogue, place, things) for place, things in told.items())
    return sentences, (how_near,) if told else ()


def marked_there(catalogue: Catalogue, places: Sequence[tuple[str, str, int]]) -> tuple[str, ...]:
    """Where most people marked something, a sentence a place.

    Parameters
    ----------
    catalogue
        The language.
    places
        What a sentence calls the place, empty where it has no name; kind of what was marked; respondents.

    Returns
    -------
    tuple of str
        At most :data:`MOST_SENTENCES` and those with as many as the last of them, the largest number first; a place
        once with all kinds. How many more there are, and with how many each at most, where there are more.
    """
    told: dict[str, list[str]] = defaultdict(list)
    further: dict[str, int] = {}
    least = 0
    for place, kind, voices in sorted(places, key=lambda one: (-one[2], one[0])):
        again = place in told
        if again or (place and (len(told) < MOST_SENTENCES or voices == least)):
            least = least if again else voices
            told[place].append(_said(catalogue, kind, voices, again))
        elif place:
            further.setdefault(place, voices)
    sentences = (_at_place(catalogue, place, things) for place, things in told.items())
    if not further:
        return tuple(sentences)
    most = catalogue.counted("map.heard", max(further.values()))
    return (*sentences, catalogue("theme.more_places", n=catalogue.number(len(further)), m=most))


def _at_place(catalogue: Catalogue, place: str, things: Sequence[str]) -> str:
    return catalogue("voices.at_place", place=place[:1].upper() + place[1:], things=", ".join(things))


def _said(catalogue: Catalogue, kind: str, voices: int, further: bool) -> str:
    """How many marked something of a kind; a further one says only the number."""
    number = catalogue.number(voices) if further else catalogue.counted("map.heard", voices)
    return catalogue(f"said.{kind if kind in KINDS else 'other'}", n=number)


def _place_of_most(features: gpd.GeoDataFrame, row: Mapping[str, Any]) -> "pd.Series[Any] | None":
    """The feature of the place where most people said one thing; None where the publication tells no place of it."""
    of_it = (features["kind"] == row["kind"]) & (features["topic"].fillna("") == row["topic"])
    placed = features[of_it & features["type"].isin(["cell", "street"]) & features.geometry.notna()]
    return None if placed.empty else placed.loc[placed["voices"].astype(float).idxmax()]


def bars_of_kinds(
    assessment: "Assessment", publication: "Publication", catalogue: Catalogue, most_bars: int | None = None
) -> tuple[Bars, ...]:
    """Respondents by topic, a chart a kind that has several numbers, all on one scale.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    publication
        What residents said, as the privacy gate let it go.
    catalogue
        The language.
    most_bars
        How many numbers have a bar, the largest; all where it is None.

    Returns
    -------
    tuple of Bars
        Kinds in the order of their signs: difficult places, which :func:`told_message` is of, come first.
    """
    ordered, _ = _ordered(publication)
    compared = {kind for kind, rows in _by_kind(ordered).items() if len(rows) > 1}
    shown = [row for row in ordered if row["kind"] in compared][:most_bars]
    most = max((float(row["voices"]) for row in shown), default=1.0)
    charts = tuple(
        Bars(
            f"{kind_name(catalogue, kind)} ({catalogue('voices.number').lower()})",
            tuple(
                Bar(
                    _topic(assessment, catalogue, row),
                    0.0,
                    float(row["voices"]) / most,
                    respondents_in(catalogue, row, "voices").shown,
                    sign=sign_of(kind),
                )
                for row in rows
            ),
        )
        for kind, rows in _by_kind(shown).items()
    )
    longest = max((len(bar.label) for chart in charts for bar in chart.bars), default=0)
    return tuple(replace(chart, letters=longest) for chart in charts)


def _topic(assessment: "Assessment", catalogue: Catalogue, row: Mapping[str, Any]) -> str:
    """The topic of a bar."""
    name = topic_name(catalogue, assessment.workspace, str(row["topic"]))
    return name[:1].upper() + name[1:]


def _label(assessment: "Assessment", catalogue: Catalogue, row: Mapping[str, Any]) -> str:
    """Kind and topic; the kind alone where no topic was told."""
    kind, topic = kind_name(catalogue, str(row["kind"])), str(row["topic"])
    if topic in NO_TOPIC:
        return kind
    return catalogue.joined((kind, topic_name(catalogue, assessment.workspace, topic)), " – ")
