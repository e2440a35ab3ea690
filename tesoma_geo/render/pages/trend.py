"""The page of the years: a chart an indicator, what its change is made of, and what changed in the map."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from tesoma_geo.inputs.reports import LayerReport
from tesoma_geo.languages import LANGUAGES
from tesoma_geo.render.figures.credits import dated_credits
from tesoma_geo.render.figures.years_sketch import years_sketch
from tesoma_geo.render.pages.site_context import Page
from tesoma_geo.render.pages.trend_charts import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, chart_groups, event, month
from tesoma_geo.render.pages.trend_findings import findings, first_finding, headline, map_doubt, map_more
from tesoma_geo.render.pages.trend_said import barrier_lines, theme_rows
from tesoma_geo.render.text import assets
from tesoma_geo.render.text.catalogue import Catalogue, catalogue
from tesoma_geo.render.text.place_names import hub_name
from tesoma_geo.render.text.ranges import unbroken
from tesoma_geo.workspace.sections import Site

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tesoma_geo.follow_up.states import DatedState
    from tesoma_geo.follow_up.trend_records import Step, TrendFigures

STYLES = (*assets.STYLES, "styles/site.css")
ICON = "icon.svg"
#: Changes of the map that are listed at most; the file has all.
LISTED = 50


def write_trend_pages(figures: "TrendFigures", folder: Path, states: "Sequence[DatedState]" = ()) -> None:
    """Write ``trend-<language>.html`` and its styles: pages that ask for nothing from outside.

    Parameters
    ----------
    figures
        Of :func:`tesoma_geo.follow_up.trend.trend`.
    folder
        An existing folder.
    states
        The runs that the figures are of, for a map of what was added; none for pages without it.
    """
    sketch = years_sketch(states, figures["steps"]) if states else None
    told = _told_by_headline(figures) if sketch is not None else ""
    for name in STYLES:
        target = folder / "assets" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(assets.asset(name), target)
    shutil.copyfile(assets.asset(ICON), folder / "assets" / ICON)
    for language in LANGUAGES:
        text = catalogue(language)
        leading, groups = chart_groups(figures, text)
        body = assets.rendered(
            "pages/trend.html.j2",
            t=text,
            made_up=figures["made_up"],
            leading=leading,
            groups=groups,
            headline=headline(figures, text),
            findings=findings(figures, text),
            doubt=map_doubt(figures, text),
            district=text.of(figures["district"]) if "district" in figures else "",
            credits=dated_credits(_Newest(figures), text),
            contact_at=states[-1].inputs.workspace.site if states else Site(),
            days=text.joined([text.day(run["date"]) for run in figures["runs"]]),
            steps=_step_heads(figures, text),
            sketch=sketch,
            hub=hub_name(states[-1].inputs.workspace, text) if states else "",
            since=text.day(figures["runs"][0]["date"]),
            width=WIDTH,
            height=HEIGHT,
            left=LEFT,
            right=WIDTH - RIGHT,
            top=TOP,
            ground=HEIGHT - BOTTOM,
            whence_rows=_whence(text),
            lines=[line for step in figures["steps"] for line in _map_lines(step, text, told)],
            events=[f"{text.day(one['date'])}: {event(one, text)}" for one in figures["events"]],
            themes=theme_rows(figures, text),
            barriers=barrier_lines(figures, text),
            languages=[(other, catalogue(other)("language.name"), f"trend-{other}.html") for other in LANGUAGES],
        )
        page = Page("trend", language, f"trend-{language}.html", text("trend.title"), text("trend.description"), body)
        others = [{"language": other, "file": f"trend-{other}.html"} for other in LANGUAGES if other != language]
        document = assets.rendered(
            "document.html.j2", page=page, styles=STYLES, begin=None, scripts=[], frames=False, address="",
            picture=None, picture_size=(0, 0), others=others,
        )  # fmt: skip
        (folder / page.file).write_text(unbroken(document), encoding="utf-8", newline="\n")


class _Newest:
    """The layers of the newest run, as far as the figures tell them."""

    def __init__(self, figures: "TrendFigures") -> None:
        self.reports = [
            LayerReport(row["layer"], Path(), as_of=row["as_of"], licence=row["licence"], sha256="")
            for row in figures.get("sources", [])
        ]


def _whence(text: Catalogue) -> list[tuple[str, str]]:
    """Where the figures of the page stand."""
    return [
        (text("trend.title"), "trend.json: steps › indicators › before, after, change, low, high"),
        (text("trend.parts"), "trend.json: steps › indicators › parts, error"),
        (text("trend.said"), "trend.json: voices, barriers"),
        (text("trend.map"), "trend.json: steps › map"),
    ]


def _step_heads(figures: "TrendFigures", text: Catalogue) -> list[str]:
    """From when to when, as short as tells the steps apart."""
    months = [(month(step["since"]), month(step["until"])) for step in figures["steps"]]
    if all(since != until for since, until in months):
        return [f"{since} – {until}" for since, until in months]
    return [f"{text.day(step['since'])} – {text.day(step['until'])}" for step in figures["steps"]]


def _told_by_headline(figures: "TrendFigures") -> str:
    """The kind of places that the headline counts as new on the map; empty where it counts none."""
    first = first_finding(figures)
    return first.kind if first is not None and map_more(figures, first) else ""


def _map_lines(step: "Step", text: Catalogue, told: str) -> list[str]:
    """What changed in the map, corrections first; without places of the kind that headline and sketch have told."""
    rows = [row for row in step["map"] if not told or row["kind"] != told]
    rows = sorted(rows, key=lambda row: ("correction", "real", "unknown").index(row["verdict"]))
    lines = []
    for row in rows[:LISTED]:
        change = text(f"trend.map.{row['change']}")
        name = text.named("kind", row["kind"]) if text.knows(f"kind.{row['kind']}") else row["object"]
        what = f"{name} ({change}: {row['tags']})" if row["tags"] else f"{name} ({change})"
        lines.append(text(f"trend.verdict.{row['verdict']}", what=what))
    return [*lines, text("trend.more", n=text.number(len(rows) - LISTED))] if len(rows) > LISTED else lines
