"""Without snow and with snow and ice, beside each other."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from tesoma_geo.countries import MILE_M
from tesoma_geo.render.figures import headline
from tesoma_geo.render.sections.charts import Bar, Pair, Pairs, share_bar
from tesoma_geo.render.sections.section import FoldedNotes, PageSection
from tesoma_geo.render.sections.table import (
    PageTable,
    TableColumn,
    TableRow,
    TableValue,
    count,
    minutes,
    profile_column,
    share,
)
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.place_names import hub_name

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment


#: Of the figures: without snow, and with snow and ice.
SEASONS = ("before", "after")


def winter(assessment: "Assessment", catalogue: Catalogue) -> PageSection | None:
    """Without snow and with snow and ice, beside each other; None when no street profile was assessed.

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
    figures: Mapping[str, Mapping[str, Any]] = assessment.summary["winter"]["profiles"]
    if not figures:
        return None
    cutoff = headline.headline_cutoff(assessment)
    residents = max(int(assessment.summary["population_total"]), 1)
    first = next(iter(figures))
    within = {
        profile: {season: row[season]["population_within"][f"{cutoff:g}"] / residents for season in SEASONS}
        for profile, row in figures.items()
    }
    longest = max((row[season]["median_min"] or 0.0 for row in figures.values() for season in SEASONS), default=0.0)
    return PageSection(
        "winter",
        catalogue("winter.title"),
        _short(catalogue, first, cutoff, within[first]),
        (
            *_middle(catalogue, first, figures[first], changes=True),
            catalogue("winter.text"),
            _ways(assessment, catalogue),
            *([] if assessment.transit_analysis is None else [catalogue("winter.no_transit")]),
        ),
        charts=(
            Pairs(
                catalogue("winter.chart"),
                (catalogue("winter.before"), catalogue("winter.after")),
                tuple(
                    Pair(
                        catalogue.named("profile", profile),
                        *(_minutes_bar(catalogue, row[season]["median_min"], longest) for season in SEASONS),
                    )
                    for profile, row in figures.items()
                ),
            ),
        ),
        tables=(_both_seasons(assessment, catalogue, figures, within),),
        notes=_notes(assessment, catalogue),
    )


def _both_seasons(
    assessment: "Assessment",
    catalogue: Catalogue,
    figures: Mapping[str, Mapping[str, Any]],
    within: Mapping[str, Mapping[str, float]],
) -> PageTable:
    """Residents within the headline cutoff and the median minutes in both seasons, a row a profile."""
    cutoff = headline.headline_cutoff(assessment)
    columns = [
        TableColumn(
            f"{key}_{season}",
            catalogue(f"winter.column.{heading}", n=catalogue.number(cutoff, 1), season=catalogue(f"winter.{season}")),
        )
        for key, heading in ((f"within_{cutoff:g}_min_share", "within"), ("median_min", "median"))
        for season in SEASONS
    ]
    return PageTable(
        "winter",
        catalogue("winter.caption", hub=hub_name(assessment.workspace, catalogue)),
        (profile_column(catalogue), *columns),
        tuple(
            TableRow(
                (
                    TableValue(catalogue.named("profile", profile)),
                    *(share(catalogue, within[profile][season]) for season in SEASONS),
                    *(minutes(catalogue, row[season]["median_min"]) for season in SEASONS),
                )
            )
            for profile, row in figures.items()
        ),
        "summary.json: winter",
        folded=catalogue("table.open"),
    )


def winter_of(assessment: "Assessment", catalogue: Catalogue, profile: str) -> PageSection | None:
    """One profile without snow and with snow and ice, a pair a cutoff; None for one that knows no winter.

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
    figures = assessment.summary["winter"]["profiles"].get(profile)
    if figures is None:
        return None
    residents = max(int(assessment.summary["population_total"]), 1)
    before, after = figures["before"]["population_within"], figures["after"]["population_within"]
    cutoff, cutoffs = headline.headline_cutoff(assessment), assessment.workspace.access.cutoffs_min
    by_season = {season: within[f"{cutoff:g}"] / residents for season, within in (("before", before), ("after", after))}
    pairs = _changed(catalogue, before, after, cutoffs, residents)
    title = catalogue("winter.chart_within", profile=catalogue.named("profile", profile))
    return PageSection(
        "winter",
        catalogue("winter.title"),
        _short(catalogue, profile, cutoff, by_season),
        (*_middle(catalogue, profile, figures, changes=bool(pairs)), catalogue("winter.text")),
        charts=(Pairs(title, (catalogue("winter.before"), catalogue("winter.after")), pairs),) if pairs else (),
        tables=(_by_cutoff(catalogue, profile, before, after, cutoffs),),
        notes=_notes(assessment, catalogue),
    )


def _changed(
    catalogue: Catalogue,
    before: Mapping[str, float],
    after: Mapping[str, float],
    cutoffs: Iterable[float],
    residents: int,
) -> tuple[Pair, ...]:
    """Shares in both seasons within each cutoff; without those that snow leaves as they are."""
    bars = {at: [share_bar(catalogue, "", of[f"{at:g}"] / residents) for of in (before, after)] for at in cutoffs}
    return tuple(
        Pair(catalogue("minutes", n=catalogue.number(at, 1)), *pair)
        for at, pair in bars.items()
        if pair[0].value != pair[1].value
    )


def _by_cutoff(
    catalogue: Catalogue,
    profile: str,
    before: Mapping[str, float],
    after: Mapping[str, float],
    cutoffs: Iterable[float],
) -> PageTable:
    """Residents within each cutoff in both seasons, and the change."""
    return PageTable(
        "winter",
        catalogue("winter.chart_within", profile=catalogue.named("profile", profile)),
        (
            TableColumn("cutoff_min", catalogue("profile.cutoff")),
            TableColumn("residents_before", catalogue("winter.before")),
            TableColumn("residents_after", catalogue("winter.after")),
            TableColumn("change", catalogue("winter.change")),
        ),
        tuple(
            TableRow(
                (
                    TableValue(catalogue("minutes", n=catalogue.number(at, 1)), at),
                    *(count(catalogue, figure[f"{at:g}"]) for figure in (before, after)),
                    count(catalogue, after[f"{at:g}"] - before[f"{at:g}"]),
                )
            )
            for at in cutoffs
        ),
        f"summary.json: winter › {profile}",
        folded=catalogue("table.open"),
    )


def _short(catalogue: Catalogue, profile: str, cutoff: float, shares: dict[str, float]) -> str:
    told = {"n": catalogue.number(cutoff, 1), "profile": catalogue.named("profile", profile)}
    before, after = (catalogue.percent(shares[season]) for season in SEASONS)
    if before == after:
        return catalogue("winter.short_same", share=after, **told)
    return catalogue("winter.short", before=before, after=after, **told)


def _middle(catalogue: Catalogue, profile: str, figures: Mapping[str, Any], *, changes: bool) -> list[str]:
    """What snow makes of the middle resident's minutes; where it makes nothing of any figure, that."""
    before, after = (catalogue.minutes(season["median_min"]) for season in (figures["before"], figures["after"]))
    if before == after:
        return [] if changes else [catalogue("winter.nothing", profile=catalogue.named("profile", profile))]
    told = catalogue("winter.middle", profile=catalogue.named("profile", profile), before=before, after=after)
    return [told]


def _ways(assessment: "Assessment", catalogue: Catalogue) -> str:
    kilometres = assessment.summary["winter"]["ways_km"]
    cared = ("maintained", "unmaintained", "unknown")
    miles = assessment.inputs.network.country_rules.miles
    key, unit_km = ("winter.ways_miles", MILE_M / 1000.0) if miles else ("winter.ways", 1.0)
    return catalogue(key, **{name: catalogue.number(kilometres.get(name, 0.0) / unit_km) for name in cared})


def _notes(assessment: "Assessment", catalogue: Catalogue) -> FoldedNotes:
    lines = (
        catalogue.translated("winter.source", source) for source in assessment.summary["winter"]["sources"].values()
    )
    return FoldedNotes(catalogue("winter.sources"), tuple(dict.fromkeys(lines)))


def _minutes_bar(catalogue: Catalogue, value: float | None, longest: float) -> Bar:
    return Bar("", 0.0, value / longest if value and longest else 0.0, catalogue.minutes(value))
