"""The page of several plans side by side: which helps most and how surely, a map of each, and what to build first."""

import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

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
from tesoma_geo.render.text.file_names import file_name, start_address
from tesoma_geo.render.text.intervals import between, with_interval
from tesoma_geo.render.text.place_names import hub_name
from tesoma_geo.render.text.ranges import unbroken
from tesoma_geo.render.text.terms import by_way
from tesoma_geo.scenarios.changed import changed_places
from tesoma_geo.scenarios.edits import edited
from tesoma_geo.scenarios.outcomes import GAIN_MIN
from tesoma_geo.workspace import Language

if TYPE_CHECKING:
    from tesoma_geo.inputs.inputs import Inputs
    from tesoma_geo.scenarios.scenario import Scenario
    from tesoma_geo.scenarios.several import ComparedPlans
    from tesoma_geo.scenarios.several_records import CompareFigures, PlanFigures, TripFigures

STYLES = (*assets.STYLES, "styles/site.css")
ICON = "icon.svg"
#: What the maps tell of each home, and minutes from which on what a plan adds is not what it does alone.
GAIN, UNLIKE_MIN = "gained_min", 1.0
#: As exactly as what a plan costs for each who gains is known, in digits.
DIGITS = 2


def write_plans_pages(
    compared: "ComparedPlans",
    inputs: "Inputs",
    scenarios: "Sequence[Scenario]",
    folder: Path,
    place: Path | None = None,
    *,
    home: str = "",
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
    place
        Where it will lie, if elsewhere: a plan whose own pages lie beside that has a link to them.
    home
        Where the district's own pages are, which these then lead to; empty for none.
    """
    for name in (*STYLES, ICON):
        target = folder / "assets" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(assets.asset(name), target)
    figures = compared.figures
    sketches = list(_sketches(compared, inputs, scenarios))
    built = [step["plan"] for step in figures["order"]]
    shown = sorted(zip(figures["plans"], sketches, strict=True), key=lambda pair: _place(built, pair[0]["name"]))
    by_name = {row["name"]: one for row, one in zip(figures["plans"], scenarios, strict=True)}
    languages = inputs.workspace.district.languages
    for language in languages:
        text = catalogue_of(inputs.workspace, language)
        hub = hub_name(inputs.workspace, text)
        names = {name: text.of(one.name) for name, one in by_name.items()}
        body = assets.rendered(
            "pages/plans.html.j2",
            t=text,
            district=text.of(inputs.workspace.district.name),
            home=start_address(home, language, languages[0]),
            made_up=inputs.workspace.district.made_up,
            hub=hub,
            message=best_sentence(figures, names, hub, text),
            sure=sure_sentence(figures, names, text),
            chart=_chart([plan for plan, _ in shown], names, figures["profile"], text),
            plans=[
                {
                    "name": names[plan["name"]],
                    "sketch": sketch,
                    "called": by_name[plan["name"]].name,
                    "lines": plan_lines(plan, figures["profile"], hub, text),
                    "page": own_page(by_name[plan["name"]], place or folder, language, languages[0]),
                }
                for plan, sketch in shown
            ],
            order=list(order_lines(figures, names, text)),
            by_what=text("plans.by_euro" if all(row["cost_eur"] for row in figures["plans"]) else "plans.by_minutes"),
            drawn=text("plans.map", by=by_way(text, figures["profile"])),
            won=won_steps(text),
            credits=dated_credits(inputs, text),
            contact_at=inputs.workspace.site,
            command=" ".join(("tesoma-geo scenario", *(one.path.name for one in scenarios), "--compare")),
            whence_rows=[
                (text("plans.title"), "plans.json: plans › resident_min, low, high; surely › one_more, other_more"),
                (
                    text("plans.maps"),
                    "plans.json: plans › trips › gaining, losing, gaining_low, gaining_high; cost_eur",
                ),
                (text("plans.order"), "plans.json: order › adds_min"),
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
        (folder / page.file).write_text(unbroken(document), encoding="utf-8", newline="\n")


def own_page(scenario: "Scenario", place: Path, language: Language, first: Language) -> str:
    """The page of one plan alone, where ``tesoma-geo scenario`` has left it beside the comparison.

    Parameters
    ----------
    scenario
        The plan.
    place
        The folder of the comparison.
    language
        The page's.
    first
        The workspace's first language.

    Returns
    -------
    str
        Relative to ``place``; empty where no folder beside it has the name of the plan's file and its figures.
    """
    name = scenario.path.stem
    figures, page = place.parent / name / "comparison.json", f"site/{file_name('scenarios', language, first)}"
    if not (figures.is_file() and (figures.parent / page).is_file()):
        return ""
    is_its = json.loads(figures.read_text(encoding="utf-8")).get("name") == dict(scenario.name)
    return quote(f"../{name}/{page}") if is_its else ""


def best_sentence(figures: "CompareFigures", names: dict[str, str], hub: str, text: Catalogue) -> str:
    """Which plan wins most minutes, and for how many residents on the trip that it makes shorter for most.

    Parameters
    ----------
    figures
        Of the comparison.
    names
        Plan → what it is called.
    hub
        Name of the hub.
    text
        The language.

    Returns
    -------
    str
    """
    best = _best(figures)
    if best["resident_min"] <= 0:
        return text("plans.none", way=text.named("profile", figures["profile"]).lower())
    told = _trip_sentence(_main_trip(best), figures["profile"], hub, text)
    return f"{text('plans.best', plan=names[best['name']])} {told}"


def sure_sentence(figures: "CompareFigures", names: dict[str, str], text: Catalogue) -> str:
    """Between how many gain by the best plan, and how surely it helps most; nothing where none does.

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
    plan = _best(figures)
    best = plan["name"]
    if plan["resident_min"] <= 0:
        return ""
    minutes = {row["name"]: row["resident_min"] for row in figures["plans"]}
    against = [
        (row["one_more"], row["other"]) if row["one"] == best else (row["other_more"], row["one"])
        for row in figures["surely"]
        if best in (row["one"], row["other"])
    ]
    # Where it helps more than several as surely, that of them which saves most is the next best.
    draws, other = min(against, key=lambda pair: (pair[0], -minutes.get(pair[1], 0.0)))
    runs = text.number(figures["runs"])
    always = draws == figures["runs"]
    sure = (
        text("plans.sure_always", other=names[other], runs=runs)
        if always
        else text("plans.sure", other=names[other], n=text.number(draws), runs=runs)
    )
    return " ".join(filter(None, (_between(_main_trip(plan), text), sure)))


def order_lines(figures: "CompareFigures", names: dict[str, str], text: Catalogue) -> Iterator[str]:
    """What to build first, what each then adds and costs; where alone it does more or less, that it does.

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
    costs = {row["name"]: row["cost_eur"] for row in figures["plans"]}
    for number, step in enumerate(figures["order"]):
        more = step["adds_min"] - alone[step["plan"]]
        key = "first" if not number else "step" if abs(more) < UNLIKE_MIN else "step_more" if more > 0 else "step_less"
        words = {"alone": _about(alone[step["plan"]], text)} if key.startswith("step_") else {}
        told = text(f"plans.{key}", plan=names[step["plan"]], minutes=_about(step["adds_min"], text), **words)
        eur = costs[step["plan"]]
        price = text("scenario.cost_unknown") if eur is None else text("scenario.cost", eur=text.number(eur))
        yield f"{told} {price}"


def _sketches(compared: "ComparedPlans", inputs: "Inputs", scenarios: "Sequence[Scenario]") -> Iterator[PlanSketch]:
    """A map of each plan with the homes that win and lose by it."""
    grid = Grid.of(inputs.origins, inputs.workspace.population.cell_m)
    for scenario, home_min in zip(scenarios, compared.home_min, strict=True):
        changes = changed_places(inputs, edited(inputs, scenario), scenario)
        named = list(zip(changes["what"], changes["name"], strict=True))
        homes = gpd.GeoDataFrame({GAIN: home_min[grid.first]}, geometry=grid.squares, crs=inputs.origins.crs)
        yield plan_sketch(inputs, list(changes.geometry), named=named, cells=homes, gain=GAIN)


def _minutes(plan: "PlanFigures", text: Catalogue) -> str:
    ends = (_in_two_digits(plan["low"]), _in_two_digits(plan["high"]))
    return with_interval(text, _about(plan["resident_min"], text), ends)


def _in_two_digits(minutes: float) -> float:
    """Minutes as surely as their range tells them: two digits, and noughts."""
    return float(f"{minutes:.{DIGITS}g}")


def _about(minutes: float, text: Catalogue) -> str:
    """Minutes in two digits, with a word that they are so where they are more."""
    told = text.number(_in_two_digits(minutes))
    return told if told == text.number(minutes) else text("told.about", figure=told)


def plan_lines(plan: "PlanFigures", profile: str, hub: str, text: Catalogue) -> list[str]:
    """A plan alone: who gains and loses on each trip that it changes, and what it costs.

    Parameters
    ----------
    plan
        Its figures.
    profile
        The way of moving that the comparison is told by.
    hub
        Name of the hub.
    text
        The language.

    Returns
    -------
    list of str
        Where nobody's trips change by that way of moving, by which it saves most.
    """
    trips = [one for one in plan["trips"] if one["gaining"] or one["losing"]]
    if not trips:
        return list(_by_others(plan, profile, text))
    lines = [f"{_trip_sentence(trip, profile, hub, text)} {_between(trip, text)}".rstrip() for trip in trips]
    eur, people = plan["cost_eur"], _main_trip(plan)["gaining"]
    if eur and people:
        each = float(f"{eur / people:.{DIGITS}g}")
        lines.append(text("plans.cost", eur=text.number(eur), each=text.number(each)))
    return lines


def _by_others(plan: "PlanFigures", profile: str, text: Catalogue) -> Iterator[str]:
    """That a plan changes nobody's trips by the way of moving that is told of, and by which way it saves most."""
    yield text("plans.nobody", by=by_way(text, profile), n=text.number(GAIN_MIN, 1))
    other, saved = max(plan["by_profile"].items(), key=lambda pair: pair[1], default=("", 0.0))
    if saved >= UNLIKE_MIN:
        yield text("plans.by_another", by=by_way(text, other), minutes=_about(saved, text))
    if plan["cost_eur"]:
        yield text("scenario.cost", eur=text.number(plan["cost_eur"]))


def _main_trip(plan: "PlanFigures") -> "TripFigures":
    """The trip that a plan makes shorter for most residents."""
    return max(plan["trips"], key=lambda trip: trip["gaining"])


def _trip_sentence(trip: "TripFigures", profile: str, hub: str, text: Catalogue) -> str:
    """Who gains and loses on a trip."""
    form, kind = destination_words(text, trip["to"])
    return gains_sentence(text, {**trip}, form, profile, kind=kind, n=text.number(GAIN_MIN, 1), hub=hub)


def _between(trip: "TripFigures", text: Catalogue) -> str:
    """Between how many residents most likely gain on a trip; empty where all draws agree."""
    ends = between(text, (trip["gaining_low"], trip["gaining_high"]))
    return text("scenario.sure", between=ends) if ends else ""


def _best(figures: "CompareFigures") -> "PlanFigures":
    """The plan that wins most minutes."""
    return max(figures["plans"], key=lambda row: row["resident_min"])


def _place(built: Sequence[str], name: str) -> int:
    """Where a plan stands in the order; those that cannot be built with the others come last."""
    return built.index(name) if name in built else len(built)


def _chart(plans: "Sequence[PlanFigures]", names: dict[str, str], profile: str, text: Catalogue) -> Bars:
    """Minutes won by each plan: nine tenths of the draws, and the map's figure as a mark."""
    top = max(1.0, *(max(row["high"], row["resident_min"]) for row in plans))
    bars = []
    for row in plans:
        start, end, mark = (round(max(row[key], 0.0) / top, 4) for key in ("low", "high", "resident_min"))
        bars.append(Bar(names[row["name"]], start, end, _minutes(row, text), mark))
    return Bars(text("plans.chart", by=by_way(text, profile)), tuple(bars), ranges=True)
