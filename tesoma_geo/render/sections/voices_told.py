"""What residents spoke of most: a sentence, where of what, and bars; the table waits to be asked for."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tesoma_geo.annotations.counted_records import BARRIER
from tesoma_geo.render.figures.voice_places import sign_of
from tesoma_geo.render.sections.annotations import heard
from tesoma_geo.render.sections.charts import Bar, Bars
from tesoma_geo.render.sections.section import PageSection
from tesoma_geo.render.sections.table import respondents_in
from tesoma_geo.render.sections.voices_where import NO_TOPIC, told_where
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.terms import kind_name, topic_name
from tesoma_geo.sources.annotations.schema import KINDS

if TYPE_CHECKING:
    from tesoma_geo.annotations.privacy import Publication
    from tesoma_geo.assessment.assess import Assessment

#: Topics that have a bar.
MOST_BARS = 10


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
        *told_where(assessment, publication, catalogue).sentences,
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
    return "" if row is None else _message(assessment, catalogue, row)


def told_of_kinds(assessment: "Assessment", publication: "Publication", catalogue: Catalogue) -> dict[str | None, str]:
    """What :func:`told_message` would be of each kind alone, and of all kinds together, for a map that shows these.

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
    dict
        Kind → sentence in the language of the page; None → that of all.
    """
    first = {str(row["kind"]): row for row in _first_of_kinds(publication)}
    kinds = [str(kind) for kind in dict.fromkeys(publication.features["kind"])]
    of_all = told_where(assessment, publication, catalogue).first or catalogue("voices.description")
    return {None: of_all} | {
        kind: _message(assessment, catalogue, first[kind])
        if kind in first
        else catalogue("voices.kind_alone", kind=kind_name(catalogue, kind))
        for kind in kinds
    }


def _message(assessment: "Assessment", catalogue: Catalogue, row: Mapping[str, Any]) -> str:
    """The largest number of a kind as a headline."""
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


def told_with_care(assessment: "Assessment", publication: "Publication", catalogue: Catalogue) -> tuple[str, ...]:
    """By what places are chosen, how coarsely they are told, and why a kind that has several numbers has no total.

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
    return (*told_where(assessment, publication, catalogue).care, *no_sum)


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
