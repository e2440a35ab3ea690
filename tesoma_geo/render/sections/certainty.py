"""How sure the headline figures are."""

from typing import TYPE_CHECKING, Any

from tesoma_geo.render import facts
from tesoma_geo.render.charts import Bar, Bars
from tesoma_geo.render.i18n import Line, Words
from tesoma_geo.render.page_tables import Column, Row, Table, Value, count, minutes
from tesoma_geo.render.sections.section import Notes, Section

if TYPE_CHECKING:
    from tesoma_geo.access.assess import Assessment


def profile_of(assessment: "Assessment") -> str:
    """The profile whose certainty is known."""
    return str(next(iter(assessment.summary["uncertainty"])))


def certainty(assessment: "Assessment", text: Words) -> Section:
    """How sure the headline figures are, and how many homes may lie on either side of the limit."""
    profile = profile_of(assessment)
    figures = assessment.summary["uncertainty"][profile]
    residents = max(int(assessment.summary["population_total"]), 1)
    name, limit = text.named("profile", profile), text.number(figures["limit_min"], 1)
    either = int(figures["either_side"]["population"])
    rows = [(at, figures["figures"][f"population_within_{at:g}_min"]) for at in assessment.workspace.access.cutoffs_min]
    return Section(
        "sure",
        text("sure.title"),
        text("sure.short", n=limit, profile=name, residents=text.counted("residents", either)),
        (text("sure.text", runs=text.number(figures["runs"])),),
        either / residents,
        (
            Bars(
                text("sure.chart", profile=name),
                tuple(_interval_bar(text, text("minutes", n=text.number(at, 1)), row, residents) for at, row in rows),
            ),
        ),
        (_intervals(assessment, text, profile, figures["figures"]),),
        _assumed(text, figures["assumptions"]),
    )


def headline_interval(assessment: "Assessment", text: Words, sentence: str) -> str:
    """The card's sentence of the profile whose certainty is known, with the interval of its share."""
    figures = assessment.summary["uncertainty"][profile_of(assessment)]["figures"]
    interval = figures[f"population_within_{facts.headline_cutoff(assessment):g}_min"]
    residents = max(int(assessment.summary["population_total"]), 1)
    low, high = (text.number(100 * interval[end] / residents) for end in ("low", "high"))
    return text("glance.sure", card=sentence, low=low, high=high)


def _interval_bar(text: Words, label: str, figure: dict[str, float], residents: int) -> Bar:
    low, high, mapped = (figure[name] / residents for name in ("low", "high", "mapped"))
    return Bar(label, low, high, f"{text.number(100 * low)}–{text.percent(high)}", mapped)


def _intervals(
    assessment: "Assessment", text: Words, profile: str, figures: dict[str, dict[str, float | None]]
) -> Table:
    def row(label: str, figure: dict[str, float | None], residents: bool) -> Row:
        values = (figure[name] for name in ("mapped", "low", "high"))
        shown = (count(text, value or 0) if residents else minutes(text, value) for value in values)
        return Row((Value(label), *shown))

    within = [
        row(text("sure.within", n=text.number(at, 1)), figures[f"population_within_{at:g}_min"], residents=True)
        for at in assessment.workspace.access.cutoffs_min
    ]
    return Table(
        "sure",
        text("sure.caption", hub=text.of(assessment.workspace.hub.name), profile=text.named("profile", profile)),
        (
            Column("figure", text("sure.figure"), number=False),
            *(Column(name, text(f"sure.{name}")) for name in ("mapped", "low", "high")),
        ),
        (
            *within,
            row(text("sure.median"), figures["median_min"], residents=False),
            row(text("sure.far"), figures["p90_min"], residents=False),
            row(text("sure.unreachable"), figures["unreachable_population"], residents=True),
        ),
        f"summary.json: uncertainty › {profile}",
        folded=text("sure.folded"),
    )


def _assumed(text: Words, assumptions: dict[str, Any]) -> Notes:
    numbers = {
        "speed": 100 * assumptions["speed_cv"],
        "spread": assumptions["spread_m"],
        "snap": assumptions["snap_m"],
        "tags": assumptions["tags"],
        "residents": assumptions["residents"],
    }
    told = [text(f"sure.assumed.{name}", n=text.number(n)) for name, n in numbers.items() if n]
    return Notes(text("sure.assumed"), tuple(Line(line, text.language) for line in told))
