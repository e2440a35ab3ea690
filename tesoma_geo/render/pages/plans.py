"""The page of several plans side by side: which helps most and how surely, a map of each, and what to build first."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tesoma_geo.render.figures.plan_sketch import PlanSketch, plan_sketch
from tesoma_geo.render.pages.site_context import Page
from tesoma_geo.render.sections.charts import Bar, Bars
from tesoma_geo.render.sections.scenario_change import gains_words
from tesoma_geo.render.text import assets
from tesoma_geo.render.text.catalogue import Catalogue, catalogue_of
from tesoma_geo.render.text.place_names import hub_name
from tesoma_geo.render.text.shares import sentence
from tesoma_geo.scenarios.changed import changed_places
from tesoma_geo.scenarios.edits import edited

if TYPE_CHECKING:
    from tesoma_geo.inputs.inputs import Inputs
    from tesoma_geo.scenarios.scenario import Scenario
    from tesoma_geo.scenarios.several_records import CompareFigures, PlanFigures

STYLES = (*assets.STYLES, "styles/site.css")
ICON = "icon.svg"


def write_plans_pages(
    figures: "CompareFigures", inputs: "Inputs", scenarios: "Sequence[Scenario]", folder: Path
) -> None:
    """Write ``plans-<language>.html`` in every language of the workspace; they ask for nothing from outside.

    Parameters
    ----------
    figures
        Of :func:`tesoma_geo.scenarios.several.compare_several`.
    inputs
        The layers as they are.
    scenarios
        The plans, in the order of the figures.
    folder
        An existing folder.
    """
    for name in (*STYLES, ICON):
        target = folder / "assets" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(assets.asset(name), target)
    sketches = [
        plan_sketch(inputs, list(changed_places(inputs, edited(inputs, scenario), scenario).geometry))
        for scenario in scenarios
    ]
    languages = inputs.workspace.district.languages
    for language in languages:
        text = catalogue_of(inputs.workspace, language)
        names = {row["name"]: text.of(one.name) for row, one in zip(figures["plans"], scenarios, strict=True)}
        body = assets.rendered(
            "pages/plans.html.j2",
            t=text,
            district=text.of(inputs.workspace.district.name),
            made_up=inputs.workspace.district.made_up,
            hub=hub_name(inputs.workspace, text),
            message=best_sentence(figures, names, text),
            sure=sure_sentence(figures, names, text),
            chart=_chart(figures, names, text),
            plans=list(map(_told, figures["plans"], sketches, [names] * len(sketches), [text] * len(sketches))),
            order=[
                text("plans.step", plan=names[step["plan"]], minutes=text.number(step["adds_min"]))
                for step in figures["order"]
            ],
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
        (folder / page.file).write_text(document, encoding="utf-8", newline="\n")


def best_sentence(figures: "CompareFigures", names: dict[str, str], text: Catalogue) -> str:
    """Which plan wins most minutes.

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
    return text("plans.best", plan=names[best["name"]], minutes=text.number(best["resident_min"]), way=way)


def sure_sentence(figures: "CompareFigures", names: dict[str, str], text: Catalogue) -> str:
    """How surely the plan that wins most helps more than the one that comes nearest to it.

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
    against = [
        (row["one_more"], row["other"]) if row["one"] == best else (row["other_more"], row["one"])
        for row in figures["surely"]
        if best in (row["one"], row["other"])
    ]
    draws, other = min(against)
    return text("plans.sure", other=names[other], n=text.number(draws), runs=text.number(figures["runs"]))


def _told(plan: "PlanFigures", sketch: PlanSketch, names: dict[str, str], text: Catalogue) -> dict[str, Any]:
    """A plan alone: its name, its map and its sentences."""
    lines = [sentence(text("plans.who", **gains_words(text, {**plan})))]
    if plan["cost_eur"] is not None:
        lines.append(text("scenario.cost", eur=text.number(plan["cost_eur"])))
    return {"name": names[plan["name"]], "sketch": sketch, "lines": lines}


def _best(figures: "CompareFigures") -> "PlanFigures":
    """The plan that wins most minutes."""
    return max(figures["plans"], key=lambda row: row["resident_min"])


def _chart(figures: "CompareFigures", names: dict[str, str], text: Catalogue) -> Bars:
    """Minutes won by each plan: nine tenths of the draws, and the map's figure as a mark."""
    top = max(1.0, *(max(row["high"], row["resident_min"]) for row in figures["plans"]))
    bars = []
    for row in figures["plans"]:
        start, end, mark = (round(max(row[key], 0.0) / top, 4) for key in ("low", "high", "resident_min"))
        bars.append(Bar(names[row["name"]], start, end, text.number(row["resident_min"]), mark))
    return Bars(text("plans.chart"), tuple(bars))
