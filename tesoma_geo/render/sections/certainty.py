"""How sure the headline figures are."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tesoma_geo.render.figures import headline
from tesoma_geo.render.sections.charts import Bar, Bars
from tesoma_geo.render.sections.page_tables import Column, Row, Table, Value, count, minutes
from tesoma_geo.render.sections.section import Notes, Section
from tesoma_geo.render.text.catalogue import Catalogue, Line

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment


def profile_of(assessment: "Assessment") -> str:
    """The profile whose certainty stands for all of them."""
    return str(next(iter(assessment.summary["uncertainty"])))


def certainty(assessment: "Assessment", text: Catalogue) -> Section:
    """How sure the headline is of each profile on streets; the first of them in words."""
    sure = assessment.summary["uncertainty"]
    cutoff, residents = headline.headline_cutoff(assessment), _residents(assessment)
    rows = {
        text.named("profile", profile): told["figures"][f"population_within_{cutoff:g}_min"]
        for profile, told in sure.items()
    }
    caption = text("sure.chart_profiles", n=text.number(cutoff, 1))
    chart = Bars(caption, tuple(_interval_bar(text, name, row, residents) for name, row in rows.items()))
    table = Table(
        "sure",
        caption,
        (Column("profile", text("reach.profile"), number=False), *_interval_columns(text)),
        tuple(_interval_row(text, name, row, residents=True) for name, row in rows.items()),
        "summary.json: uncertainty",
        folded=text("sure.folded"),
    )
    return _section(assessment, text, profile_of(assessment), chart, table)


def certainty_of(assessment: "Assessment", text: Catalogue, profile: str) -> Section | None:
    """How sure every figure of a profile is; None for one that knows no draws."""
    told = assessment.summary["uncertainty"].get(profile)
    if told is None:
        return None
    chart = Bars(
        text("sure.chart", profile=text.named("profile", profile)),
        tuple(
            _interval_bar(
                text,
                text("minutes", n=text.number(at, 1)),
                told["figures"][f"population_within_{at:g}_min"],
                _residents(assessment),
            )
            for at in assessment.workspace.access.cutoffs_min
        ),
    )
    return _section(assessment, text, profile, chart, _intervals(assessment, text, profile, told["figures"]))


def headline_interval(assessment: "Assessment", text: Catalogue, sentence: str) -> str:
    """The card's sentence of :func:`profile_of`, with the interval of its share."""
    figures = assessment.summary["uncertainty"][profile_of(assessment)]["figures"]
    interval: Mapping[str, Any] = figures[f"population_within_{headline.headline_cutoff(assessment):g}_min"]
    low, high = (text.number(100 * interval[end] / _residents(assessment)) for end in ("low", "high"))
    return text("glance.sure", card=sentence, low=low, high=high)


def _section(assessment: "Assessment", text: Catalogue, profile: str, chart: Bars, table: Table) -> Section:
    """What is told of one profile, around a chart and a table."""
    told = assessment.summary["uncertainty"][profile]
    either = int(told["limit_uncertain"]["population"])
    short = text(
        "sure.short",
        n=text.number(told["limit_min"], 1),
        profile=text.named("profile", profile),
        residents=text.counted("residents", either),
    )
    return Section(
        "sure",
        text("sure.title"),
        short,
        (text("sure.text", runs=text.number(told["runs"])),),
        either / _residents(assessment),
        (chart,),
        (table,),
        _assumed(text, told["assumptions"]),
    )


def _residents(assessment: "Assessment") -> int:
    return max(int(assessment.summary["population_total"]), 1)


def _interval_bar(text: Catalogue, label: str, figure: Mapping[str, Any], residents: int) -> Bar:
    low, high, mapped = (figure[name] / residents for name in ("low", "high", "mapped"))
    return Bar(label, low, high, f"{text.number(100 * low)}–{text.percent(high)}", mapped)


def _interval_columns(text: Catalogue) -> tuple[Column, ...]:
    return tuple(Column(name, text(f"sure.{name}")) for name in ("mapped", "low", "high"))


def _interval_row(text: Catalogue, label: str, figure: Mapping[str, Any], *, residents: bool) -> Row:
    """A figure of residents, or of minutes."""
    values = (figure[name] for name in ("mapped", "low", "high"))
    return Row((Value(label), *(count(text, value or 0) if residents else minutes(text, value) for value in values)))


def _intervals(
    assessment: "Assessment", text: Catalogue, profile: str, figures: Mapping[str, Mapping[str, Any]]
) -> Table:
    access = assessment.workspace.access
    near = access.services_within_min
    of_residents = {
        **{f"population_within_{at:g}_min": text("sure.within", n=text.number(at, 1)) for at in access.cutoffs_min},
        "unreachable_population": text("sure.unreachable"),
        **{
            f"{kind}_population_within_{near:g}_min": text(
                "sure.service", kind=text.named("kind", kind), n=text.number(near, 1)
            )
            for kind in headline.service_kinds(assessment.services)
        },
    }
    of_minutes = {"median_min": text("sure.median"), "p90_min": text("sure.far")}
    return Table(
        "sure",
        text("sure.caption", hub=text.of(assessment.workspace.hub.name), profile=text.named("profile", profile)),
        (Column("figure", text("sure.figure"), number=False), *_interval_columns(text)),
        (
            *(_interval_row(text, label, figures[key], residents=True) for key, label in of_residents.items()),
            *(_interval_row(text, label, figures[key], residents=False) for key, label in of_minutes.items()),
        ),
        f"summary.json: uncertainty › {profile}",
        folded=text("sure.folded"),
    )


def _assumed(text: Catalogue, assumptions: Mapping[str, Any]) -> Notes:
    numbers = {
        "speed": 100 * assumptions["speed_cv"],
        "spread": assumptions["spread_m"],
        "snap": assumptions["snap_m"],
        "tags": assumptions["tags"],
        "residents": assumptions["residents"],
    }
    told = [text(f"sure.assumed.{name}", n=text.number(n)) for name, n in numbers.items() if n]
    return Notes(text("sure.assumed"), tuple(Line(line, text.language) for line in told))
