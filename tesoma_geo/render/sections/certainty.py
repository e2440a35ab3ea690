"""How sure the headline figures are."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tesoma_geo.render.figures import headline
from tesoma_geo.render.sections.charts import Bar, Bars
from tesoma_geo.render.sections.section import FoldedNotes, PageSection
from tesoma_geo.render.sections.table import (
    PageTable,
    TableColumn,
    TableRow,
    TableValue,
    count,
    minutes,
    profile_column,
)
from tesoma_geo.render.text.catalogue import Catalogue, LocalizedText
from tesoma_geo.render.text.intervals import between
from tesoma_geo.render.text.place_names import hub_name

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment


def profile_of(assessment: "Assessment") -> str:
    """The profile whose certainty stands for all of them.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.

    Returns
    -------
    str
        Its name.
    """
    return str(next(iter(assessment.summary["uncertainty"])))


def certainty(assessment: "Assessment", catalogue: Catalogue) -> PageSection:
    """How sure the headline is of each profile on streets; the first of them in words.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.

    Returns
    -------
    PageSection
        In the language of the page.
    """
    sure = assessment.summary["uncertainty"]
    cutoff, residents = headline.headline_cutoff(assessment), _residents(assessment)
    rows = {
        catalogue.named("profile", profile): uncertainty["figures"][f"population_within_{cutoff:g}_min"]
        for profile, uncertainty in sure.items()
    }
    caption = catalogue("sure.chart_profiles", n=catalogue.number(cutoff, 1))
    bars = tuple(_interval_bar(catalogue, name, row, residents) for name, row in rows.items())
    chart = Bars(caption, bars, ranges=True)
    table = PageTable(
        "sure",
        caption,
        (profile_column(catalogue), *_interval_columns(catalogue)),
        tuple(_interval_row(catalogue, name, row, residents=True) for name, row in rows.items()),
        "summary.json: uncertainty",
        folded=catalogue("sure.folded"),
    )
    return _section(assessment, catalogue, profile_of(assessment), chart, table)


def certainty_of(assessment: "Assessment", catalogue: Catalogue, profile: str) -> PageSection | None:
    """How sure every figure of a profile is; None for one that knows no draws.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.
    profile
        A way of moving that was assessed.

    Returns
    -------
    PageSection or None
        In the language of the page; None where there is nothing to tell.
    """
    uncertainty = assessment.summary["uncertainty"].get(profile)
    if uncertainty is None:
        return None
    chart = Bars(
        catalogue("sure.chart", profile=catalogue.named("profile", profile)),
        tuple(
            _interval_bar(
                catalogue,
                catalogue("minutes", n=catalogue.number(at, 1)),
                uncertainty["figures"][f"population_within_{at:g}_min"],
                _residents(assessment),
            )
            for at in _until_all(
                assessment.workspace.access.cutoffs_min, uncertainty["figures"], _residents(assessment)
            )
        ),
        ranges=True,
    )
    return _section(
        assessment, catalogue, profile, chart, _intervals(assessment, catalogue, profile, uncertainty["figures"])
    )


def _until_all(cutoffs: Sequence[float], figures: Mapping[str, Any], residents: int) -> Sequence[float]:
    """The minutes up to those in which all are there in every draw: later ones say the same once more."""
    surely = [figures[f"population_within_{at:g}_min"]["low"] >= residents for at in cutoffs]
    return cutoffs[: surely.index(True) + 1] if True in surely else cutoffs


def _section(
    assessment: "Assessment", catalogue: Catalogue, profile: str, chart: Bars, table: PageTable
) -> PageSection:
    """What is told of one profile, around a chart and a table."""
    uncertainty = assessment.summary["uncertainty"][profile]
    either = int(uncertainty["limit_uncertain"]["population"])
    short = catalogue(
        "sure.short" if either else "sure.short_none",
        n=catalogue.number(uncertainty["limit_min"], 1),
        profile=catalogue.named("profile", profile),
        residents=catalogue.counted("residents", either),
    )
    return PageSection(
        "sure",
        catalogue("sure.title"),
        short,
        (
            catalogue("sure.text", runs=catalogue.number(uncertainty["runs"])),
            *_not_varied(assessment, catalogue, profile),
        ),
        either / _residents(assessment),
        (chart,),
        (table,),
        _assumed(catalogue, uncertainty["assumptions"]),
    )


def _not_varied(assessment: "Assessment", catalogue: Catalogue, profile: str) -> tuple[str, ...]:
    """What an interval that has no width may hide: by car there are no queues in any draw."""
    by_limits = {one.name for one in assessment.inputs.profiles if one.class_speeds_kmh}
    return (catalogue("sure.no_queues"),) if profile in by_limits else ()


def _residents(assessment: "Assessment") -> int:
    return max(int(assessment.summary["population_total"]), 1)


def _interval_bar(catalogue: Catalogue, label: str, figure: Mapping[str, Any], residents: int) -> Bar:
    low, high, mapped = (figure[name] / residents for name in ("low", "high", "mapped"))
    wide = between(catalogue, (low, high), 100.0)
    text = f"{catalogue.number(100 * low)}–{catalogue.percent(high)}" if wide else catalogue.percent(high)
    return Bar(label, low, high, text, mapped)


def _interval_columns(catalogue: Catalogue) -> tuple[TableColumn, ...]:
    return tuple(TableColumn(name, catalogue(f"sure.{name}")) for name in ("mapped", "low", "high"))


def _interval_row(catalogue: Catalogue, label: str, figure: Mapping[str, Any], *, residents: bool) -> TableRow:
    """A figure of residents, or of minutes."""
    values = (figure[name] for name in ("mapped", "low", "high"))
    return TableRow(
        (
            TableValue(label),
            *(count(catalogue, value or 0) if residents else minutes(catalogue, value) for value in values),
        )
    )


def _intervals(
    assessment: "Assessment", catalogue: Catalogue, profile: str, figures: Mapping[str, Mapping[str, Any]]
) -> PageTable:
    access = assessment.workspace.access
    near = access.services_within_min
    of_residents = {
        **{
            f"population_within_{at:g}_min": catalogue("sure.within", n=catalogue.number(at, 1))
            for at in access.cutoffs_min
        },
        "unreachable_population": catalogue("sure.unreachable"),
        **{
            f"{kind}_population_within_{near:g}_min": catalogue(
                "sure.service", kind=catalogue.named("kind", kind), n=catalogue.number(near, 1)
            )
            for kind in headline.service_kinds(assessment.services)
        },
    }
    of_minutes = {"median_min": catalogue("sure.median"), "p90_min": catalogue("sure.far")}
    return PageTable(
        "sure",
        catalogue(
            "sure.caption", hub=hub_name(assessment.workspace, catalogue), profile=catalogue.named("profile", profile)
        ),
        (TableColumn("figure", catalogue("sure.figure"), number=False), *_interval_columns(catalogue)),
        (
            *(_interval_row(catalogue, label, figures[key], residents=True) for key, label in of_residents.items()),
            *(_interval_row(catalogue, label, figures[key], residents=False) for key, label in of_minutes.items()),
        ),
        f"summary.json: uncertainty › {profile}",
        folded=catalogue("sure.folded"),
    )


def _assumed(catalogue: Catalogue, assumptions: Mapping[str, Any]) -> FoldedNotes:
    numbers = {
        "speed": 100 * assumptions["speed_cv"],
        "spread": assumptions["spread_m"],
        "snap": assumptions["snap_m"],
        "tags": assumptions["tags"],
        "residents": assumptions["residents"],
    }
    lines = [catalogue(f"sure.assumed.{name}", n=catalogue.number(n)) for name, n in numbers.items() if n]
    return FoldedNotes(catalogue("sure.assumed"), tuple(LocalizedText(line, catalogue.language) for line in lines))
