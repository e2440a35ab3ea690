"""The page of several plans side by side: which helps most and how surely, a map of each, and what to build first."""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd

from tesoma_geo.render.figures.credits import dated_credits
from tesoma_geo.render.figures.home_cells import Grid
from tesoma_geo.render.figures.plan_sketch import PlanSketch, plan_sketch
from tesoma_geo.render.map.difference import won_steps
from tesoma_geo.render.pages.site_context import Page
from tesoma_geo.render.sections.charts import Bar, Bars
from tesoma_geo.render.sections.scenario_change import destination_words, gains_sentence
from tesoma_geo.render.text import assets
from tesoma_geo.render.text.catalogue import Catalogue, catalogue_of
from tesoma_geo.render.text.intervals import with_interval
from tesoma_geo.render.text.place_names import hub_name
from tesoma_geo.render.text.ranges import unbroken
from tesoma_geo.scenarios.changed import changed_places
from tesoma_geo.scenarios.edits import edited
from tesoma_geo.scenarios.outcomes import GAIN_MIN

if TYPE_CHECKING:
    from tesoma_geo.inputs.inputs import Inputs
    from tesoma_geo.scenarios.scenario import Scenario
    from tesoma_geo.scenarios.several import ComparedPlans
    from tesoma_geo.scenarios.several_records import CompareFigures, PlanFigures

STYLES = (*assets.STYLES, "styles/site.css")
ICON = "icon.svg"
#: What the maps tell of each home, and minutes from which on what a plan adds is not what it does alone.
GAIN, UNLIKE_MIN = "gained_min", 1.0


def write_plans_pages(
    compared: "ComparedPlans", inputs: "Inputs", scenarios: "Sequence[Scenario]", folder: Path
) -> None:
    """Write ``plans-<language>.html`` in every language of the workspace; they ask for nothing from outside.

    Parameters
    ----------
    compared
        Of :func:`tesoma_geo.scenarios.several.compare_several`.
    inputs
        The layers as they are.
    scenarios
        The plans, in the order of the figures.
    folder
        An existing folder, with ``plans.json``.
    """
    for name in (*STYLES, ICON):
        target = folder / "assets" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(assets.asset(name), target)
    figures = compared.figures
    sketches = list(_sketches(compared, inputs, scenarios))
    built = [step["plan"] for step in figures["order"]]
    shown = sorted(zip(figures["plans"], sketches, strict=True), key=lambda pair: _place(built, pair[0]["name"]))
    languages = inputs.workspace.district.languages
    for language in languages:
        text = catalogue_of(inputs.workspace, language)
        hub = hub_name(inputs.workspace, text)
        names = {row["name"]: text.of(one.name) for row, one in zip(figures["plans"], scenarios, strict=True)}
        body = assets.rendered(
            "pages/plans.html.j2",
            t=text,
            district=text.of(inputs.workspace.district.name),
            made_up=inputs.workspace.district.made_up,
            hub=hub,
            message=best_sentence(figures, names, text),
            sure=sure_sentence(figures, names, text),
            chart=_chart([plan for plan, _ in shown], names, text),
            plans=[
                {"name": names[plan["name"]], "sketch": sketch, "lines": _lines(plan, figures["profile"], hub, text)}
                for plan, sketch in shown
            ],
            order=list(order_lines(figures, names, text)),
            by_what=text("plans.by_euro" if all(row["cost_eur"] for row in figures["plans"]) else "plans.by_minutes"),
            drawn=text("plans.map", way=text.named("profile", figures["profile"]).lower()),
            won=won_steps(text),
            credits=dated_credits(inputs, text),
            languages=[
                (other, catalogue_of(inputs.workspace, other)("language.name"), f"plans-{other}.html")
                for other in languages
            ],
        )
        page = Page("plans", language, f"plans-{language}.html", text("plans.title"), text("plans.description"), body)
        document = assets.rendered(
            "document.html.j2", page=page, styles=STYLES, begin=None, scripts=[], frames=False, address="",
            picture=None, picture_size=(0, 0),
            others=[{"language": other, "file": f"plans-{other}.html"} for other in languages if other != language],
        )  # fmt: skip
        (folder / page.file).write_text(unbroken(document), encoding="utf-8", newline="\n")


def best_sentence(figures: "CompareFigures", names: dict[str, str], text: Catalogue) -> str:
    """Which plan wins most minutes, and between how many and how many they are.

    Parameters
    ----------
    figures
        Of the comparison.
    names
        Plan → what it is called.
    text
        The language.

    Returns
    -------
    str
    """
    best = _best(figures)
    way = text.named("profile", figures["profile"]).lower()
    if best["resident_min"] <= 0:
        return text("plans.none", way=way)
    return text("plans.best", plan=names[best["name"]], minutes=_minutes(best, text), way=way)


def sure_sentence(figures: "CompareFigures", names: dict[str, str], text: Catalogue) -> str:
    """How surely the plan that wins most helps more than the one that comes nearest to it; nothing where none wins.

    Parameters
    ----------
    figures
        Of the comparison.
    names
        Plan → what it is called.
    text
        The language.

    Returns
    -------
    str
    """
    best = _best(figures)["name"]
    if _best(figures)["resident_min"] <= 0:
        return ""
    against = [
        (row["one_more"], row["other"]) if row["one"] == best else (row["other_more"], row["one"])
        for row in figures["surely"]
        if best in (row["one"], row["other"])
    ]
    draws, other = min(against)
    return text("plans.sure", other=names[other], n=text.number(draws), runs=text.number(figures["runs"]))


def order_lines(figures: "CompareFigures", names: dict[str, str], text: Catalogue) -> Iterator[str]:
    """What to build first, and what each then adds; where alone it does more or less, that it does.

    Parameters
    ----------
    figures
        Of the comparison.
    names
        Plan → what it is called.
    text
        The language.

    Yields
    ------
    str
        A line a step.
    """
    alone = {row["name"]: row["resident_min"] for row in figures["plans"]}
    for number, step in enumerate(figures["order"]):
        more = step["adds_min"] - alone[step["plan"]]
        key = "first" if not number else "step" if abs(more) < UNLIKE_MIN else "step_more" if more > 0 else "step_less"
        words = {"alone": text.number(alone[step["plan"]])} if key.startswith("step_") else {}
        yield text(f"plans.{key}", plan=names[step["plan"]], minutes=text.number(step["adds_min"]), **words)


def _sketches(compared: "ComparedPlans", inputs: "Inputs", scenarios: "Sequence[Scenario]") -> Iterator[PlanSketch]:
    """A map of each plan with the homes that win and lose by it."""
    grid = Grid.of(inputs.origins, inputs.workspace.population.cell_m)
    for scenario, home_min in zip(scenarios, compared.home_min, strict=True):
        changes = changed_places(inputs, edited(inputs, scenario), scenario)
        named = list(zip(changes["what"], changes["name"], strict=True))
        homes = gpd.GeoDataFrame({GAIN: home_min[grid.first]}, geometry=grid.squares, crs=inputs.origins.crs)
        yield plan_sketch(inputs, list(changes.geometry), named=named, cells=homes, gain=GAIN)


def _minutes(plan: "PlanFigures", text: Catalogue) -> str:
    return with_interval(text, text.number(plan["resident_min"]), (plan["low"], plan["high"]))


def _lines(plan: "PlanFigures", profile: str, hub: str, text: Catalogue) -> list[str]:
    """A plan alone: who gains and loses on each trip that it changes, and what it costs."""
    values = {"n": text.number(GAIN_MIN, 1), "hub": hub}
    lines = []
    for trip in [one for one in plan["trips"] if one["gaining"] or one["losing"]] or plan["trips"][:1]:
        form, kind = destination_words(text, trip["to"])
        lines.append(gains_sentence(text, {**trip}, form, profile, kind=kind, **values))
    if plan["cost_eur"]:
        per_1000 = 1000.0 / plan["cost_eur"]
        minutes = with_interval(
            text, text.number(per_1000 * plan["resident_min"]), (plan["low"], plan["high"]), per_1000
        )
        lines.append(text("plans.cost", eur=text.number(plan["cost_eur"]), minutes=minutes))
    return lines


def _best(figures: "CompareFigures") -> "PlanFigures":
    """The plan that wins most minutes."""
    return max(figures["plans"], key=lambda row: row["resident_min"])


def _place(built: Sequence[str], name: str) -> int:
    """Where a plan stands in the order; those that cannot be built with the others come last."""
    return built.index(name) if name in built else len(built)


def _chart(plans: "Sequence[PlanFigures]", names: dict[str, str], text: Catalogue) -> Bars:
    """Minutes won by each plan: nine tenths of the draws, and the map's figure as a mark."""
    top = max(1.0, *(max(row["high"], row["resident_min"]) for row in plans))
    bars = []
    for row in plans:
        start, end, mark = (round(max(row[key], 0.0) / top, 4) for key in ("low", "high", "resident_min"))
        bars.append(Bar(names[row["name"]], start, end, _minutes(row, text), mark))
    return Bars(text("plans.chart"), tuple(bars), ranges=True)
