"""Without snow and with snow and ice, beside each other."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tesoma_geo.render.figures import headline
from tesoma_geo.render.sections.charts import Bar, Pair, Pairs, share_bar
from tesoma_geo.render.sections.page_tables import Column, Row, Table, Value, count, minutes, share
from tesoma_geo.render.sections.section import Notes, Section
from tesoma_geo.render.text.catalogue import Catalogue

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment


def winter(assessment: "Assessment", text: Catalogue) -> Section | None:
    """Without snow and with snow and ice, beside each other; None when no street profile was assessed."""
    figures: Mapping[str, Mapping[str, Any]] = assessment.summary["winter"]["profiles"]
    if not figures:
        return None
    cutoff = headline.headline_cutoff(assessment)
    residents = max(int(assessment.summary["population_total"]), 1)
    first, seasons = next(iter(figures)), ("before", "after")
    within = {
        profile: {season: told[season]["population_within"][f"{cutoff:g}"] / residents for season in seasons}
        for profile, told in figures.items()
    }
    longest = max((told[season]["median_min"] or 0.0 for told in figures.values() for season in seasons), default=0.0)
    columns = [
        Column(
            f"{key}_{season}",
            text(f"winter.column.{heading}", n=text.number(cutoff, 1), season=text(f"winter.{season}")),
        )
        for key, heading in ((f"within_{cutoff:g}_min_share", "within"), ("median_min", "median"))
        for season in seasons
    ]
    return Section(
        "winter",
        text("winter.title"),
        _short(text, first, cutoff, within[first]),
        (_middle(text, first, figures[first]), text("winter.text"), _ways(assessment, text)),
        within[first]["after"],
        (
            Pairs(
                text("winter.chart"),
                (text("winter.before"), text("winter.after")),
                tuple(
                    Pair(
                        text.named("profile", profile),
                        *(_minutes_bar(text, told[season]["median_min"], longest) for season in seasons),
                    )
                    for profile, told in figures.items()
                ),
            ),
        ),
        (
            Table(
                "winter",
                text("winter.caption", hub=text.of(assessment.workspace.hub.name)),
                (Column("profile", text("reach.profile"), number=False), *columns),
                tuple(
                    Row(
                        (
                            Value(text.named("profile", profile)),
                            *(share(text, within[profile][season]) for season in seasons),
                            *(minutes(text, told[season]["median_min"]) for season in seasons),
                        )
                    )
                    for profile, told in figures.items()
                ),
                "summary.json: winter",
                folded=text("table.open"),
            ),
        ),
        _notes(assessment, text),
    )


def winter_of(assessment: "Assessment", text: Catalogue, profile: str) -> Section | None:
    """One profile without snow and with snow and ice, a pair a cutoff; None for one that knows no winter."""
    figures = assessment.summary["winter"]["profiles"].get(profile)
    if figures is None:
        return None
    residents = max(int(assessment.summary["population_total"]), 1)
    before, after = figures["before"]["population_within"], figures["after"]["population_within"]
    cutoff, cutoffs = headline.headline_cutoff(assessment), assessment.workspace.access.cutoffs_min
    by_season = {season: within[f"{cutoff:g}"] / residents for season, within in (("before", before), ("after", after))}
    name = text.named("profile", profile)
    return Section(
        "winter",
        text("winter.title"),
        _short(text, profile, cutoff, by_season),
        (_middle(text, profile, figures), text("winter.text")),
        charts=(
            Pairs(
                text("winter.chart_within", profile=name),
                (text("winter.before"), text("winter.after")),
                tuple(
                    Pair(
                        text("minutes", n=text.number(at, 1)),
                        share_bar(text, "", before[f"{at:g}"] / residents),
                        share_bar(text, "", after[f"{at:g}"] / residents),
                    )
                    for at in cutoffs
                ),
            ),
        ),
        tables=(
            Table(
                "winter",
                text("winter.chart_within", profile=name),
                (
                    Column("cutoff_min", text("profile.cutoff")),
                    Column("residents_before", text("winter.before")),
                    Column("residents_after", text("winter.after")),
                    Column("change", text("winter.change")),
                ),
                tuple(
                    Row(
                        (
                            Value(text("minutes", n=text.number(at, 1)), at),
                            *(count(text, figure[f"{at:g}"]) for figure in (before, after)),
                            count(text, after[f"{at:g}"] - before[f"{at:g}"]),
                        )
                    )
                    for at in cutoffs
                ),
                f"summary.json: winter › {profile}",
                folded=text("table.open"),
            ),
        ),
        notes=_notes(assessment, text),
    )


def _short(text: Catalogue, profile: str, cutoff: float, shares: dict[str, float]) -> str:
    return text(
        "winter.short",
        n=text.number(cutoff, 1),
        profile=text.named("profile", profile),
        before=text.percent(shares["before"]),
        after=text.percent(shares["after"]),
    )


def _middle(text: Catalogue, profile: str, figures: Mapping[str, Any]) -> str:
    before, after = (text.minutes(season["median_min"]) for season in (figures["before"], figures["after"]))
    return text("winter.middle", profile=text.named("profile", profile), before=before, after=after)


def _ways(assessment: "Assessment", text: Catalogue) -> str:
    kilometres = assessment.summary["winter"]["ways_km"]
    cared = ("maintained", "unmaintained", "unknown")
    return text("winter.ways", **{name: text.number(kilometres.get(name, 0.0)) for name in cared})


def _notes(assessment: "Assessment", text: Catalogue) -> Notes:
    lines = (text.line("winter.source", told) for told in assessment.summary["winter"]["sources"].values())
    return Notes(text("winter.sources"), tuple(dict.fromkeys(lines)))


def _minutes_bar(text: Catalogue, value: float | None, longest: float) -> Bar:
    return Bar("", 0.0, value / longest if value and longest else 0.0, text.minutes(value))
