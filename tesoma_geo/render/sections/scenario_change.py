"""What sections on a scenario share: its figures, and how a number before and after is drawn and tabulated."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tesoma_geo.network.streets.profiles import TIMETABLE_PROFILES
from tesoma_geo.render.sections.charts import Pair, Pairs, share_bar
from tesoma_geo.render.sections.table import PageTable, TableColumn, TableRow, TableValue, count
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.intervals import between
from tesoma_geo.render.text.shares import sentence
from tesoma_geo.render.text.terms import by_way
from tesoma_geo.scenarios.compare import Comparison
from tesoma_geo.scenarios.comparison_records import SureGains
from tesoma_geo.scenarios.drawn_gains import HUB

#: Of a figure before and after, with ``change`` beside them.
SIDES = ("before", "after")
#: Where to → the sentences of who gains, who loses, of both, and that where nothing changes.
SENTENCES = {
    "hub": ("scenario.gains_short", "scenario.losses_short", "scenario.both_short", "scenario.nobody"),
    "service": ("scenario.answer", "scenario.answer_losses", "scenario.answer_both", "scenario.answer_nobody"),
}


def before_and_after(
    catalogue: Catalogue, title: str, rows: Mapping[str, Mapping[str, int]], population: float
) -> Pairs:
    """A chart of residents before and after, as shares of all.

    Parameters
    ----------
    catalogue
        The language.
    title
        Of the chart.
    rows
        Label → residents by side.
    population
        All residents, more than 0.

    Returns
    -------
    Pairs
    """
    return Pairs(
        title,
        (catalogue("scenario.before"), catalogue("scenario.after")),
        tuple(
            Pair(label, *(share_bar(catalogue, "", row[side] / population) for side in SIDES))
            for label, row in rows.items()
        ),
    )


def change_columns(catalogue: Catalogue) -> tuple[TableColumn, ...]:
    """The columns of a figure before, after, and the change.

    Parameters
    ----------
    catalogue
        The language.

    Returns
    -------
    tuple of TableColumn
    """
    return tuple(TableColumn(side, catalogue(f"scenario.{side}")) for side in (*SIDES, "change"))


def change_values(catalogue: Catalogue, row: Mapping[str, int]) -> tuple[TableValue, ...]:
    """The values of :func:`change_columns`.

    Parameters
    ----------
    catalogue
        The language.
    row
        Residents by side, and ``change``.

    Returns
    -------
    tuple of TableValue
    """
    return tuple(count(catalogue, row[side]) for side in (*SIDES, "change"))


def change_table(
    catalogue: Catalogue,
    key: str,
    caption: str,
    heads: Sequence[TableColumn],
    rows: Iterable[tuple[Sequence[TableValue], Mapping[str, int]]],
    source: str,
) -> PageTable:
    """A folded table of a figure before and after, with the change.

    Parameters
    ----------
    catalogue
        The language.
    key
        Name of the table.
    caption
        Above it.
    heads
        The columns that tell what each row is about.
    rows
        Values of ``heads``, and residents by side with ``change``.
    source
        Where in the results the figures stand.

    Returns
    -------
    PageTable
    """
    return PageTable(
        key,
        caption,
        (*heads, *change_columns(catalogue)),
        tuple(TableRow((*values, *change_values(catalogue, pair))) for values, pair in rows),
        source,
        folded=catalogue("table.open"),
    )


def figures_of(comparison: Comparison) -> Mapping[str, Any]:
    """The figures of a comparison, whose sides, outcomes and measures are asked for by name.

    Parameters
    ----------
    comparison
        The district before and after.

    Returns
    -------
    Mapping
        As in ``comparison.json``.
    """
    return comparison.figures


def asked_answers(answers: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The answers on the trips that a plan is about: to the hub, and to each kind of service that it changes.

    Parameters
    ----------
    answers
        Of ``comparison.json``.

    Returns
    -------
    list of mapping
    """
    return [answer for answer in answers if answer["asked"] or answer["to"] == HUB]


def destination_words(catalogue: Catalogue, to: str) -> tuple[str, str]:
    """Which sentences tell of a trip, and what its services are called.

    Parameters
    ----------
    catalogue
        The language.
    to
        ``hub`` or a kind of service.

    Returns
    -------
    tuple of str
        ``hub`` and nothing, or ``service`` and the name of the kind.
    """
    return (HUB, "") if to == HUB else ("service", catalogue.named("kind", to))


def gains_sentence(catalogue: Catalogue, residents: Mapping[str, Any], to: str, profile: str, **values: str) -> str:
    """How many get there sooner by a way of moving and how many later, as far as there are any.

    Parameters
    ----------
    catalogue
        The language.
    residents
        How many of them are ``gaining`` and ``losing``.
    to
        ``hub`` or ``service``.
    profile
        The way of moving.
    **values
        What else the sentence names.

    Returns
    -------
    str
        In the language of the page; nobody is not told as 0.
    """
    gains, losses, both, nobody = SENTENCES[to]
    many, few = residents["gaining"], residents["losing"]
    key = both if many and few else gains if many else losses if few else nobody
    people = {name: catalogue.counted("residents", residents[name]) for name in ("gaining", "losing")}
    return sentence(catalogue(key, by=by_way(catalogue, profile), **people, **values))


def gains_by_all(
    catalogue: Catalogue,
    rows: Mapping[str, Mapping[str, Any]],
    to: str,
    *,
    all_gain: bool = True,
    sure: str = "",
    **values: str,
) -> str:
    """How many get there sooner and later by the first way of moving for which that changes, then by the others.

    Parameters
    ----------
    catalogue
        The language.
    rows
        Way of moving → how many residents are ``gaining`` and ``losing``; at least one.
    to
        ``hub`` or ``service``.
    all_gain
        Whether those who gain by the other ways are told too; those who lose are in any case.
    sure
        Between how many those of the first way most likely are, as a sentence.
    **values
        What else the sentence names.

    Returns
    -------
    str
        In the language of the page: nobody of one way of moving is never taken for nobody at all.
    """
    first = first_moved(rows)
    told = [gains_sentence(catalogue, rows[first], to, first, **values), sure]
    for outcome in ("gaining", "losing") if all_gain else ("losing",):
        others = {profile: row[outcome] for profile, row in rows.items() if profile != first}
        told.append(others_sentence(catalogue, others, outcome, values["n"]))
    return " ".join(filter(None, told))


def first_moved(rows: Mapping[str, Mapping[str, Any]]) -> str:
    """The first way of moving by which anybody gains or loses, else the first.

    Parameters
    ----------
    rows
        Way of moving → how many residents are ``gaining`` and ``losing``; at least one.

    Returns
    -------
    str
    """
    return next((profile for profile, row in rows.items() if row["gaining"] + row["losing"]), next(iter(rows)))


def others_sentence(catalogue: Catalogue, people: Mapping[str, int], outcome: str, n: str) -> str:
    """Who gains or loses by which ways of moving.

    Parameters
    ----------
    catalogue
        The language.
    people
        Way of moving → how many residents.
    outcome
        ``gaining`` or ``losing``.
    n
        From how many minutes on.

    Returns
    -------
    str
        A sentence with ways of moving and residents; empty where there is nobody.
    """
    who = catalogue.joined(residents_by_way(catalogue, people))
    return sentence(catalogue(f"scenario.{outcome}_otherwise", who=who, n=n)) if who else ""


def residents_by_way(catalogue: Catalogue, people: Mapping[str, int]) -> list[str]:
    """How many by each way of moving, as far as there is anybody.

    Parameters
    ----------
    catalogue
        The language.
    people
        Way of moving → how many residents.

    Returns
    -------
    list of str
    """
    return [
        catalogue(
            "scenario.by_residents",
            by=by_way(catalogue, profile),
            residents=catalogue.counted("residents", residents),
        )
        for profile, residents in people.items()
        if residents
    ]


def sure_sentence(catalogue: Catalogue, figures: Mapping[str, Any], to: str, profile: str) -> str:
    """Between how many gain on a trip, or lose where nobody gains; empty where that is not known.

    Parameters
    ----------
    catalogue
        The language.
    figures
        As in ``comparison.json``.
    to
        ``hub`` or a kind of service.
    profile
        The way of moving.

    Returns
    -------
    str
    """
    sure = figures.get("sure")
    if sure is None or (sure["to"], sure["profile"]) != (to, profile):
        return ""
    low, high = sure["gaining" if any(sure["gaining"]) else "losing"]
    ends = between(catalogue, (low, high))
    return catalogue("scenario.sure", between=ends) if ends else ""


def how_sure(catalogue: Catalogue, sure: SureGains | None) -> str:
    """What the range of a plan's headline comes from.

    Parameters
    ----------
    catalogue
        The language.
    sure
        Of ``comparison.json``; None where no range was drawn.

    Returns
    -------
    str
        In the language of the page.
    """
    if sure is None:
        return catalogue("scenario.no_interval")
    key = "scenario.sure_residents" if sure["profile"] in TIMETABLE_PROFILES else "scenario.sure_how"
    return catalogue(key, runs=catalogue.number(sure["runs"]))
