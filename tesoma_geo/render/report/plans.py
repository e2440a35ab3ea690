"""What plans would do, as the report recommends them: the one that saves most minutes first."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tesoma_geo.render.sections.scenario_change import asked_answers, figures_of, others_sentence
from tesoma_geo.render.sections.scenario_residents import by_age, by_area, who_gains
from tesoma_geo.render.sections.scenario_trips import cost_lines, first_answer, further_lines
from tesoma_geo.render.sections.section import PageSection
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.scenarios.compare import Comparison


def better_first(plans: Iterable[Comparison]) -> list[Comparison]:
    """Plans by the minutes that residents save together on the trips that each is about, the most first.

    Parameters
    ----------
    plans
        The district before and after each.

    Returns
    -------
    list of Comparison
        By the workspace's first way of moving, then by all of them; as they were given where they are equal.
    """

    def saved(plan: Comparison) -> tuple[float, float]:
        asked = asked_answers(figures_of(plan)["answers"])
        first = plan.before.workspace.access.profiles[0]
        return (
            sum(answer["resident_min"] for answer in asked if answer["profile"] == first),
            sum(answer["resident_min"] for answer in asked),
        )

    return sorted(plans, key=saved, reverse=True)


def recommendation(plan: Comparison, catalogue: Catalogue) -> str:
    """A plan in the sentences of the report's first page.

    Parameters
    ----------
    plan
        The district before and after it.
    catalogue
        The language.

    Returns
    -------
    str
        Its name, who gains, between how many, who loses, and what it costs.
    """
    answer = first_answer(plan, catalogue)
    lines = (*further_lines(plan, catalogue), *cost_lines(plan, catalogue))
    told = " ".join(filter(None, (answer.message, answer.beneath, *lines)))
    return catalogue("report.plan_told", name=_name(plan, catalogue), told=told)


def plan_sections(plans: Sequence[Comparison], catalogue: Catalogue) -> list[PageSection]:
    """A section of each plan: what it is, what it does to whom by every way of moving, what it costs.

    Parameters
    ----------
    plans
        The district before and after each, in the order of the report.
    catalogue
        The language.

    Returns
    -------
    list of PageSection
        Its tables are not for paper: their sources name the command that gives the same figures.
    """
    return [_section(number, plan, catalogue) for number, plan in enumerate(plans, 1)]


def _section(number: int, plan: Comparison, catalogue: Catalogue) -> PageSection:
    answer, gains = first_answer(plan, catalogue), who_gains(plan, catalogue)
    groups = [section.short for make in (by_area, by_age) if (section := make(plan, catalogue)) is not None]
    command = f"tesoma-geo scenario {plan.scenario.path.name}"
    return PageSection(
        f"plan-{number}",
        catalogue("report.plan", name=_name(plan, catalogue)),
        " ".join(filter(None, (answer.message, answer.beneath))),
        (
            *([catalogue.of(plan.scenario.text)] if plan.scenario.text else []),
            *_otherwise(plan, catalogue),
            *answer.others,
            *cost_lines(plan, catalogue),
            *groups,
        ),
        charts=gains.charts,
        tables=tuple(
            replace(table, key=f"{table.key}-{number}", source=f"{command}: {table.source}") for table in gains.tables
        ),
    )


def _otherwise(plan: Comparison, catalogue: Catalogue) -> list[str]:
    """Who gains by the other ways of moving on the trip that the first sentence is of."""
    figures = figures_of(plan)
    sure = figures["sure"]
    if sure is None:
        return []
    rows = [row for row in figures["answers"] if row["to"] == sure["to"] and row["profile"] != sure["profile"]]
    people = {row["profile"]: row["gaining"] for row in rows}
    told = others_sentence(catalogue, people, "gaining", catalogue.number(figures["gain_min"], 1))
    return [told] if told else []


def _name(plan: Comparison, catalogue: Catalogue) -> str:
    return catalogue.of(plan.scenario.name)
