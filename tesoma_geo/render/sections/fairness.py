"""Whether the hub is near everyone alike: by distance, by age, by area, each measure in one sentence."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from tesoma_geo.assessment.summary_records import GroupFigures
from tesoma_geo.render.figures import headline
from tesoma_geo.render.sections import charts, page_tables, reach_charts
from tesoma_geo.render.sections.section import PageSection
from tesoma_geo.render.sections.table import (
    NOTHING,
    PageTable,
    TableColumn,
    TableRow,
    TableValue,
    profile_column,
    share,
)
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.intervals import with_interval
from tesoma_geo.render.text.place_names import area_names, hub_name

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment

#: Columns of the table of measures, after the share within the standard.
MEASURES = ("gini", "palma", "fgt_one", "fgt_two", "theil", "between")


def fairness(assessment: "Assessment", catalogue: Catalogue) -> PageSection:
    """How long the way is for those who live near and far: the first profile in words, all of them in chart and table.

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
    first = headline.profiles(assessment)[0]
    figures, name = assessment.summary["fairness"][first], catalogue.named("profile", first)
    table = page_tables.fairness(assessment, catalogue)
    near, _, far = table.rows[0].values[1:4]
    # A far tenth that never gets there has no minutes.
    short = catalogue("fairness.plain", near=near.shown, far=far.shown, profile=name) if far.plain else ""
    compared = catalogue("fairness.text", hub=hub_name(assessment.workspace, catalogue))
    sentences = (*_within(catalogue, figures, name), *_areas(assessment, catalogue, figures.get("by_area", {})))
    return PageSection(
        "fairness",
        catalogue("fairness.title"),
        short or compared,
        (*([compared] if short else []), *sentences),
        charts=(reach_charts.fairness_bars(assessment, catalogue),),
        tables=(table,),
    )


def measures(assessment: "Assessment", catalogue: Catalogue) -> PageSection | None:
    """The measures of fairness by their names, for those who ask; None where none of them is known.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.

    Returns
    -------
    PageSection or None
        Of the first profile in words, of all of them in the table.
    """
    first = headline.profiles(assessment)[0]
    figures, name = assessment.summary["fairness"][first], catalogue.named("profile", first)
    spread, sentences = figures["spread"], _sentences(catalogue, figures, name)
    if not sentences:
        return None
    short, *others = sentences
    return PageSection(
        "measures",
        catalogue("measures.title"),
        short,
        tuple(others),
        charts=(_lorenz(catalogue, spread, name),) if spread else (),
        tables=(
            _measures(assessment, catalogue),
            *([_lorenz_table(catalogue, spread, first)] if spread else []),
        ),
    )


def ages(assessment: "Assessment", catalogue: Catalogue) -> PageSection | None:
    """How residents of each age get there by every way of moving; the first in words and drawn; None without ages.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.

    Returns
    -------
    PageSection or None
        In the language of the page; None where there is nothing to tell.
    """
    return _ages(assessment, catalogue, headline.profiles(assessment))


def ages_of(assessment: "Assessment", catalogue: Catalogue, profile: str) -> PageSection | None:
    """How residents of each age get there by one way of moving; None without ages.

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
    return _ages(assessment, catalogue, [profile])


def _ages(assessment: "Assessment", catalogue: Catalogue, profiles: Sequence[str]) -> PageSection | None:
    profile, rows = profiles[0], headline.age_reaches(assessment)
    table = page_tables.by_age(assessment, catalogue, profiles)
    chart = reach_charts.age_bars(assessment, catalogue, profile)
    if table is None or chart is None:
        return None
    best, worst = (pick(rows, key=lambda row: row.shares[profile]) for pick in (max, min))

    def told(ages: headline.AgeReach) -> str:
        return with_interval(catalogue, catalogue.percent(ages.shares[profile]), ages.between.get(profile), 100.0)

    about = {
        "n": catalogue.number(headline.headline_cutoff(assessment), 1),
        "profile": catalogue.named("profile", profile),
    }
    if (share := catalogue.percent(best.shares[profile])) == catalogue.percent(worst.shares[profile]):
        short = catalogue("glance.ages_alike", share=share, **about)
    else:
        most, least = told(best), told(worst)
        short = catalogue("glance.ages", best=best.shown, most=most, worst=worst.shown, least=least, **about)
    return PageSection("ages", catalogue("ages.title"), short, charts=(chart,), tables=(table,))


def _within(catalogue: Catalogue, figures: Mapping[str, Any], profile: str) -> list[str]:
    if figures["share_within"] is None:
        return []
    limit, there = catalogue.number(figures["standard_min"], 1), catalogue.percent(figures["share_within"])
    return [catalogue("fairness.within", share=there, n=limit, profile=profile)]


def _sentences(catalogue: Catalogue, figures: Mapping[str, Any], profile: str) -> list[str]:
    """One sentence a measure; those that are not known are not told of."""
    spread = figures["spread"] or {}
    lines = []
    if spread.get("palma") is not None:
        lines.append(catalogue("fairness.short", palma=catalogue.number(spread["palma"], 1), profile=profile))
        lines.append(catalogue("fairness.palma"))
    if spread.get("fgt_1") is not None:
        beyond = catalogue("minutes", n=catalogue.number(spread["fgt_1"] * figures["standard_min"], 1))
        lines.append(catalogue("fairness.beyond", time=beyond, n=catalogue.number(figures["standard_min"], 1)))
    if spread.get("gini") is not None:
        lines.append(catalogue("fairness.gini", value=catalogue.number(spread["gini"], 2)))
    if spread.get("theil_t") and spread.get("theil_between_areas") is not None:
        between = catalogue.percent(spread["theil_between_areas"] / spread["theil_t"])
        lines.append(catalogue("fairness.theil", value=catalogue.number(spread["theil_t"], 2), between=between))
    return lines


def _areas(assessment: "Assessment", catalogue: Catalogue, by_area: Mapping[str, GroupFigures]) -> list[str]:
    """The areas that stand out most on either side, when some do."""
    names = area_names(assessment.district)
    gaps = {code: row["gap_min"] for code, row in by_area.items() if row["gap_min"] is not None}
    if len(gaps) < 2:
        return []
    near, far = (pick(gaps, key=lambda code: gaps[code] or 0.0) for pick in (min, max))
    if gaps[near] >= 0 or gaps[far] <= 0:
        return []
    return [
        catalogue(
            "fairness.areas",
            near=names.get(near, near),
            far=names.get(far, far),
            shorter=catalogue.minutes(-gaps[near]),
            longer=catalogue.minutes(gaps[far]),
        )
    ]


def _lorenz(catalogue: Catalogue, spread: Mapping[str, Any], profile: str) -> charts.Curves:
    """The share of all minutes that the nearest residents travel, beside the line of equal minutes."""
    held = np.array([0.0, *spread["lorenz"]])
    at = np.linspace(0.0, 1.0, len(held))
    ticks = [(part, catalogue.percent(part)) for part in (0.0, 0.5, 1.0)]
    shares = {profile: held, catalogue("fairness.equal"): at}
    title = catalogue("fairness.lorenz", profile=profile)
    return charts.share_curves(catalogue, title, catalogue("fairness.nearest"), at, shares, ticks)


def _lorenz_table(catalogue: Catalogue, spread: Mapping[str, Any], profile: str) -> PageTable:
    held = spread["lorenz"]
    return PageTable(
        "lorenz",
        catalogue("fairness.lorenz", profile=catalogue.named("profile", profile)),
        (
            TableColumn("residents_share", catalogue("fairness.nearest")),
            TableColumn("minutes_share", catalogue("fairness.minutes_share")),
        ),
        tuple(
            TableRow((share(catalogue, number / len(held)), share(catalogue, part)))
            for number, part in enumerate(held, 1)
        ),
        f"summary.json: fairness › {profile} › spread › lorenz",
        folded=catalogue("fairness.lorenz_folded"),
    )


def _measures(assessment: "Assessment", catalogue: Catalogue) -> PageTable:
    """The measures of every profile."""
    figures = assessment.summary["fairness"]
    limit = next(iter(figures.values()))["standard_min"]

    def index(value: float | None) -> TableValue:
        return NOTHING if value is None else TableValue(catalogue.number(value, 2), value)

    def row(profile: str, figures_of_profile: Mapping[str, Any]) -> TableRow:
        spread = figures_of_profile["spread"] or {}
        between, theil = spread.get("theil_between_areas"), spread.get("theil_t")
        return TableRow(
            (
                TableValue(catalogue.named("profile", profile)),
                share(catalogue, figures_of_profile["share_within"] or 0.0),
                index(spread.get("gini")),
                index(spread.get("palma")),
                index(spread.get("fgt_1")),
                index(spread.get("fgt_2")),
                index(theil),
                share(catalogue, between / theil) if theil and between is not None else NOTHING,
            )
        )

    return PageTable(
        "measures",
        catalogue("fairness.spread_caption", hub=hub_name(assessment.workspace, catalogue)),
        (
            profile_column(catalogue),
            TableColumn("share_within", catalogue("fairness.column.within", n=catalogue.number(limit, 1))),
            *(TableColumn(name, catalogue(f"fairness.column.{name}")) for name in MEASURES),
        ),
        tuple(row(profile, figures_of_profile) for profile, figures_of_profile in figures.items()),
        "summary.json: fairness",
        folded=catalogue("fairness.folded"),
    )
