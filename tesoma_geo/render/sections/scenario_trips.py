"""Who gains and who loses on the way to the services that a plan changes: for its first screen, and in full."""

from collections.abc import Iterator, Mapping
from typing import Any

from tesoma_geo.render.figures import headline
from tesoma_geo.render.sections.scenario_change import (
    asked_answers,
    destination_words,
    figures_of,
    gains_by_all,
    gains_words,
    losers_words,
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
from tesoma_geo.scenarios.compare import Comparison
from tesoma_geo.scenarios.outcomes import OUTCOMES


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
    figures = figures_of(comparison)
    values = {
        "n": catalogue.number(figures["gain_min"], 1),
        "hub": hub_name(comparison.before.workspace, catalogue),
    }
    for to in dict.fromkeys(answer["to"] for answer in asked_answers(figures["answers"])):
        form, kind = destination_words(catalogue, to)
        yield gains_by_all(
            catalogue,
            {answer["profile"]: answer for answer in figures["answers"] if answer["to"] == to},
            form,
            kind=kind,
            **values,
        )
    for profile, row in figures["winter"].items():
        if row["residents"]["gaining"] or row["residents"]["losing"]:
            yield catalogue(
                "scenario.answer_winter",
                profile=catalogue.named("profile", profile),
                **gains_words(catalogue, row["residents"]),
                **values,
            )
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
    if figures["costs"]["total_eur"] is not None:
        key = "scenario.cost_part" if figures["costs"]["unknown"] else "scenario.cost"
        yield catalogue(key, eur=catalogue.number(figures["costs"]["total_eur"]))
    if any(note["key"] == "lighting" for note in figures["notes"]):
        yield catalogue("scenario.lit_alone")


def leading_answer(comparison: Comparison, catalogue: Catalogue) -> tuple[str, str]:
    """What the plan does most, in one sentence, and below it whose journeys become longer by any way of moving.

    Parameters
    ----------
    comparison
        The district before and after a scenario.
    catalogue
        The language.

    Returns
    -------
    tuple of str
        The first line of :func:`answer_lines` and nothing where nobody gains by it.
    """
    figures = figures_of(comparison)
    asked = asked_answers(figures["answers"])
    of_first = [answer for answer in asked if answer["to"] == asked[0]["to"]]
    most = max(of_first, key=lambda answer: answer["gaining"], default=None)
    if most is None or not most["gaining"]:
        return next(answer_lines(comparison, catalogue), ""), ""
    n = catalogue.number(figures["gain_min"], 1)
    form, kind = destination_words(catalogue, most["to"])
    told = catalogue(
        f"scenario.head_{form}",
        gaining=gains_words(catalogue, most)["gaining"],
        kind=kind,
        profile=catalogue.named("profile", most["profile"]),
        hub=hub_name(comparison.before.workspace, catalogue),
        n=n,
    )
    losers = losers_words(catalogue, {answer["profile"]: answer["losing"] for answer in of_first})
    if not losers:
        return told, catalogue("scenario.head_nobody")
    return told, catalogue("scenario.head_losing", n=n, who=losers)


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
    first = max(moved, key=lambda kind: max(_moved(row["residents"]) for row in moved[kind].values()))
    return PageSection(
        "service-gains",
        catalogue("scenario.service_gains"),
        gains_by_all(
            catalogue,
            {profile: row["residents"] for profile, row in moved[first].items()},
            "service",
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
