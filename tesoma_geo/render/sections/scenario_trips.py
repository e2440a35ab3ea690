"""Who gains and who loses on the way to the services that a plan changes: for its first screen, and in full."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from tesoma_geo.command_columns import GAINED_MIN
from tesoma_geo.render.figures import headline
from tesoma_geo.render.sections.scenario_change import (
    asked_answers,
    destination_words,
    figures_of,
    first_moved,
    gains_by_all,
    gains_sentence,
    others_sentence,
    residents_by_way,
    sure_sentence,
)
from tesoma_geo.render.sections.section import PageSection
from tesoma_geo.render.sections.table import (
    PageTable,
    TableColumn,
    TableRow,
    TableValue,
    count,
    minutes,
    profile_column,
)
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.place_names import area_names, hub_name
from tesoma_geo.render.text.shares import sentence
from tesoma_geo.scenarios.compare import Comparison
from tesoma_geo.scenarios.drawn_gains import HUB
from tesoma_geo.scenarios.outcomes import OUTCOMES

#: What is less than so many minutes is no change of a way.
LEAST_MIN = 0.05


def answer_lines(comparison: Comparison, catalogue: Catalogue) -> Iterator[str]:
    """What the plan does to the trips that it is about, a sentence each; then what it costs and what to know.

    Parameters
    ----------
    comparison
        The district before and after a scenario.
    catalogue
        The language.

    Yields
    ------
    str
        In the language of the page.
    """
    yield from _trip_lines(comparison, catalogue)
    yield from further_lines(comparison, catalogue)
    yield from cost_lines(comparison, catalogue)


def _trip_lines(comparison: Comparison, catalogue: Catalogue) -> Iterator[str]:
    figures, values = figures_of(comparison), _values(comparison, catalogue)
    for to in dict.fromkeys(answer["to"] for answer in asked_answers(figures["answers"])):
        yield _told_trip(figures, catalogue, to, values)


def answer_rows(comparison: Comparison, catalogue: Catalogue) -> Iterator[tuple[str, list[tuple[str, list[str]]]]]:
    """The same as :func:`answer_lines` with a row a way of moving.

    Parameters
    ----------
    comparison
        The district before and after a scenario.
    catalogue
        The language.

    Yields
    ------
    tuple of str and list
        A sentence; below it for those who gain and for those who lose by other ways of moving a heading and the rows.
    """
    figures, values = figures_of(comparison), _values(comparison, catalogue)
    for to in dict.fromkeys(answer["to"] for answer in asked_answers(figures["answers"])):
        form, kind = destination_words(catalogue, to)
        rows = {answer["profile"]: answer for answer in figures["answers"] if answer["to"] == to}
        first = first_moved(rows)
        told = gains_sentence(catalogue, rows[first], form, first, kind=kind, **values)
        others = []
        for outcome in ("gaining", "losing"):
            people = {profile: row[outcome] for profile, row in rows.items() if profile != first}
            if lines := [sentence(line) for line in residents_by_way(catalogue, people)]:
                others.append((catalogue(f"scenario.{outcome}_rows", n=values["n"]), lines))
        yield " ".join(filter(None, (told, sure_sentence(catalogue, figures, to, first)))), others
    for line in (*further_lines(comparison, catalogue), *cost_lines(comparison, catalogue)):
        yield line, []


def further_lines(comparison: Comparison, catalogue: Catalogue) -> Iterator[str]:
    """What else is to be told of a plan: winter, rarer lines, who moves in, and light that changes no minutes.

    Parameters
    ----------
    comparison
        The district before and after a scenario.
    catalogue
        The language.

    Yields
    ------
    str
        In the language of the page.
    """
    figures, values = figures_of(comparison), _values(comparison, catalogue)
    for profile, row in figures["winter"].items():
        if row["residents"]["gaining"] or row["residents"]["losing"]:
            told = gains_sentence(catalogue, row["residents"], HUB, profile, **values)
            yield catalogue("scenario.answer_winter", sentence=told[:1].lower() + told[1:])
    for headway in figures["headways"]:
        if headway["seldomer"]:
            yield catalogue(
                "scenario.seldomer",
                line=headway["line"],
                now=catalogue.number(headway["today_min"] or 0.0, 1),
                n=catalogue.number(headway["headway_min"], 1),
            )
    if figures["homes"]:
        yield catalogue("scenario.moved_in", people=catalogue.counted("residents", figures["homes"]["residents"]))
    if any(note["key"] == "lighting" for note in figures["notes"]):
        yield catalogue("scenario.lit_alone")


def cost_lines(comparison: Comparison, catalogue: Catalogue) -> Iterator[str]:
    """What a plan costs, as far as its file tells.

    Parameters
    ----------
    comparison
        The district before and after a scenario.
    catalogue
        The language.

    Yields
    ------
    str
        In the language of the page; nothing where no cost is known.
    """
    costs = figures_of(comparison)["costs"]
    if costs["total_eur"] is not None:
        key = "scenario.cost_part" if costs["unknown"] else "scenario.cost"
        yield catalogue(key, eur=catalogue.number(costs["total_eur"]))


@dataclass(frozen=True)
class FirstAnswer:
    """What a plan's page begins with.

    Attributes
    ----------
    message
        Who gains on the trip that the map shows, by the way of moving that it opens with.
    beneath
        Between how many they most likely are, and whose journey becomes longer by other ways of moving; where nobody's
        changes, why: the plan is beyond the district, or on nobody's way.
    others
        The other trips that the plan is about, a sentence each, then what else is to be told.
    """

    message: str
    beneath: str
    others: tuple[str, ...]


def first_answer(comparison: Comparison, catalogue: Catalogue) -> FirstAnswer:
    """What a plan's page begins with: the trip that its map shows, with the interval where one was drawn.

    Parameters
    ----------
    comparison
        The district before and after a scenario.
    catalogue
        The language.

    Returns
    -------
    FirstAnswer
        Without a trip on which anything changes, what the first line of :func:`answer_lines` says.
    """
    figures, values = figures_of(comparison), _values(comparison, catalogue)
    sure, further = figures["sure"], tuple(further_lines(comparison, catalogue))
    if sure is None:
        message, *others = _trip_lines(comparison, catalogue)
        return FirstAnswer(message, _why_nobody(comparison, catalogue), (*others, *further))
    rows = {answer["profile"]: answer for answer in figures["answers"] if answer["to"] == sure["to"]}
    form, kind = destination_words(catalogue, sure["to"])
    shown = rows[sure["profile"]]
    losing = {profile: row["losing"] for profile, row in rows.items() if profile != sure["profile"]}
    beneath = (
        sure_sentence(catalogue, figures, sure["to"], sure["profile"]),
        others_sentence(catalogue, losing, "losing", values["n"]),
    )
    trips = (to for to in dict.fromkeys(row["to"] for row in asked_answers(figures["answers"])) if to != sure["to"])
    return FirstAnswer(
        gains_sentence(catalogue, shown, form, sure["profile"], kind=kind, **values),
        " ".join(filter(None, beneath)),
        (*(_told_trip(figures, catalogue, to, values, all_gain=False) for to in trips), *further),
    )


def _why_nobody(comparison: Comparison, catalogue: Catalogue) -> str:
    """Why a plan changes nobody's minutes: all of it is beyond the district, or nobody's quickest way leads there."""
    scenario, places = comparison.scenario, comparison.places
    if scenario.headways or any(line.remove for line in scenario.lines) or places.empty:
        return ""
    outside = not places.intersects(comparison.before.district.union_all()).any()
    told = (
        catalogue("scenario.outside") if outside else "",
        catalogue("scenario.on_no_way", **_values(comparison, catalogue)) if _is_on_no_way(comparison) else "",
    )
    return " ".join(filter(None, told))


def _is_on_no_way(comparison: Comparison) -> bool:
    """Whether a plan that is about the way to the hub alone leaves all minutes as they are."""
    figures = figures_of(comparison)
    if figures["homes"] or {answer["to"] for answer in asked_answers(figures["answers"])} != {HUB}:
        return False
    gained = comparison.differences[[GAINED_MIN.of(profile) for profile in figures["profiles"]]].to_numpy(float)
    return bool((np.abs(gained[~np.isnan(gained)]) < LEAST_MIN).all())


def _values(comparison: Comparison, catalogue: Catalogue) -> dict[str, str]:
    """What sentences on trips name besides: the minutes from which on a gain counts, and the hub."""
    return {
        "n": catalogue.number(figures_of(comparison)["gain_min"], 1),
        "hub": hub_name(comparison.before.workspace, catalogue),
    }


def _told_trip(
    figures: Mapping[str, Any], catalogue: Catalogue, to: str, values: Mapping[str, str], *, all_gain: bool = True
) -> str:
    """Who gains and who loses on one of the trips that a plan is about."""
    form, kind = destination_words(catalogue, to)
    rows = {answer["profile"]: answer for answer in figures["answers"] if answer["to"] == to}
    sure = sure_sentence(catalogue, figures, to, first_moved(rows))
    return gains_by_all(catalogue, rows, form, all_gain=all_gain, sure=sure, kind=kind, **values)


def service_gains(comparison: Comparison, catalogue: Catalogue) -> PageSection | None:
    """Who gets to the services sooner or later, by profile, area and age; None where nobody does.

    Parameters
    ----------
    comparison
        The district before and after a scenario.
    catalogue
        The language.

    Returns
    -------
    PageSection or None
        In the language of the page; None where there is nothing to tell.
    """
    services = figures_of(comparison)["services"]
    moved = {kind: row["outcomes"] for kind, row in services.items() if row["outcomes"]}
    if not moved:
        return None
    n = catalogue.number(figures_of(comparison)["gain_min"], 1)
    names = {str(code): str(name) for code, name in area_names(comparison.before.district).items()}
    rows = [
        TableRow((TableValue(catalogue.named("kind", kind)), TableValue(catalogue.named("profile", profile)), *values))
        for kind, profiles in moved.items()
        for profile, row in profiles.items()
        for values in _rows(catalogue, row, names)
    ]
    ways = figures_of(comparison)["profiles"]
    way = next((one for one in ways if any(_moved(rows[one]["residents"]) for rows in moved.values())), None)
    if way is None:
        return None
    first = max(moved, key=lambda kind: _moved(moved[kind][way]["residents"]))
    return PageSection(
        "service-gains",
        catalogue("scenario.service_gains"),
        gains_by_all(
            catalogue,
            {profile: row["residents"] for profile, row in moved[first].items()},
            "service",
            all_gain=False,
            kind=catalogue.named("kind", first),
            n=n,
        ),
        tables=(
            PageTable(
                "service-gains",
                catalogue("scenario.service_gains_caption", n=n),
                (
                    TableColumn("kind", catalogue("services.kind"), number=False),
                    profile_column(catalogue),
                    TableColumn("group", catalogue("scenario.group"), number=False),
                    *(TableColumn(outcome, catalogue.named("scenario.outcome", outcome)) for outcome in OUTCOMES),
                    TableColumn("mean_gain_min", catalogue("scenario.mean_gain")),
                    TableColumn("mean_loss_min", catalogue("scenario.mean_loss")),
                ),
                tuple(rows),
                "comparison.json: services › outcomes",
                folded=catalogue("table.open"),
            ),
        ),
    )


def _rows(catalogue: Catalogue, row: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[tuple[TableValue, ...]]:
    """All residents, then areas and ages in which somebody gains or loses."""
    means = minutes(catalogue, row["mean_gain_min"]), minutes(catalogue, row["mean_loss_min"])
    unknown = minutes(catalogue, None), minutes(catalogue, None)
    groups = [(catalogue("scenario.everybody"), row["residents"], means)]
    groups += [(names.get(code, code), part, unknown) for code, part in row["by_area"].items() if _moved(part)]
    groups += [(headline.shown_ages(age), part, unknown) for age, part in row["by_age"].items() if _moved(part)]
    for name, residents, values in groups:
        yield (TableValue(name), *(count(catalogue, residents[outcome]) for outcome in OUTCOMES), *values)


def _moved(residents: Mapping[str, int]) -> int:
    return residents["gaining"] + residents["losing"]
