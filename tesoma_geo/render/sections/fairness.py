"""Whether the hub is near everyone alike: by distance, by age, by area, each measure in one sentence."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from tesoma_geo.assessment.summary_records import GroupFigures
from tesoma_geo.render.figures import headline
from tesoma_geo.render.sections import charts, page_tables
from tesoma_geo.render.sections.page_tables import Column, Row, Table, Value
from tesoma_geo.render.sections.section import Section
from tesoma_geo.render.text.catalogue import Catalogue

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment

#: Columns of the table of measures, after the share within the standard.
MEASURES = ("gini", "palma", "fgt_one", "fgt_two", "theil", "between")


def fairness(assessment: "Assessment", text: Catalogue) -> Section:
    """Of the first profile in words, of all of them in the chart and the tables."""
    first = headline.profiles(assessment)[0]
    figures = assessment.summary["fairness"][first]
    name, spread = text.named("profile", first), figures["spread"]
    told = _told(assessment, text, figures, name)
    short, *others = told or [text("fairness.text")]
    return Section(
        "fairness",
        text("fairness.title"),
        short,
        (text("fairness.text"), *others),
        charts=(charts.fairness_bars(assessment, text), *([_lorenz(text, spread, name)] if spread else [])),
        tables=(
            page_tables.fairness(assessment, text),
            _measures(assessment, text),
            *([_lorenz_table(text, spread, first)] if spread else []),
        ),
    )


def ages(assessment: "Assessment", text: Catalogue, profiles: Sequence[str]) -> Section | None:
    """How residents of each age get there: the first profile in words and drawn; None without ages."""
    profile, rows = profiles[0], headline.age_reaches(assessment)
    table = page_tables.by_age(assessment, text, profiles)
    chart = charts.age_bars(assessment, text, profile)
    if table is None or chart is None:
        return None
    best, worst = (pick(rows, key=lambda row: row.shares[profile]) for pick in (max, min))
    short = text(
        "glance.ages",
        n=text.number(headline.headline_cutoff(assessment), 1),
        profile=text.named("profile", profile),
        best=best.group,
        most=text.percent(best.shares[profile]),
        worst=worst.group,
        least=text.percent(worst.shares[profile]),
    )
    return Section("ages", text("ages.title"), short, charts=(chart,), tables=(table,))


def _told(assessment: "Assessment", text: Catalogue, figures: Mapping[str, Any], profile: str) -> list[str]:
    """One sentence a measure; those that are not known are not told of."""
    spread = figures["spread"] or {}
    lines = []
    if spread.get("palma") is not None:
        lines.append(text("fairness.short", palma=text.number(spread["palma"], 1), profile=profile))
    if figures["share_within"] is not None:
        limit, share = text.number(figures["standard_min"], 1), text.percent(figures["share_within"])
        lines.append(text("fairness.within", share=share, n=limit, profile=profile))
    if spread.get("fgt_1") is not None:
        beyond = text("minutes", n=text.number(spread["fgt_1"] * figures["standard_min"], 1))
        lines.append(text("fairness.beyond", time=beyond, n=text.number(figures["standard_min"], 1)))
    if spread.get("gini") is not None:
        lines.append(text("fairness.gini", value=text.number(spread["gini"], 2)))
    if spread.get("theil_t") and spread.get("theil_between_areas") is not None:
        between = text.percent(spread["theil_between_areas"] / spread["theil_t"])
        lines.append(text("fairness.theil", value=text.number(spread["theil_t"], 2), between=between))
    return [*lines, *_areas(assessment, text, figures.get("by_area", {}))]


def _areas(assessment: "Assessment", text: Catalogue, by_area: Mapping[str, GroupFigures]) -> list[str]:
    """The areas that stand out most on either side, when some do."""
    names = dict(zip(assessment.district["code"], assessment.district["name"], strict=True))
    gaps = {code: row["gap_min"] for code, row in by_area.items() if row["gap_min"] is not None}
    if len(gaps) < 2:
        return []
    near, far = (pick(gaps, key=lambda code: gaps[code] or 0.0) for pick in (min, max))
    if gaps[near] >= 0 or gaps[far] <= 0:
        return []
    return [
        text(
            "fairness.areas",
            near=names.get(near, near),
            far=names.get(far, far),
            shorter=text.minutes(-gaps[near]),
            longer=text.minutes(gaps[far]),
        )
    ]


def _lorenz(text: Catalogue, spread: Mapping[str, Any], profile: str) -> charts.Curves:
    """The share of all minutes that the nearest residents travel, beside the line of equal minutes."""
    held = np.array([0.0, *spread["lorenz"]])
    at = np.linspace(0.0, 1.0, len(held))
    ticks = [(part, text.percent(part)) for part in (0.0, 0.5, 1.0)]
    shares = {profile: held, text("fairness.equal"): at}
    title = text("fairness.lorenz", profile=profile)
    return charts.share_curves(text, title, text("fairness.nearest"), at, shares, ticks)


def _lorenz_table(text: Catalogue, spread: Mapping[str, Any], profile: str) -> Table:
    held = spread["lorenz"]
    return Table(
        "lorenz",
        text("fairness.lorenz", profile=text.named("profile", profile)),
        (Column("residents_share", text("fairness.nearest")), Column("minutes_share", text("fairness.minutes_share"))),
        tuple(
            Row((page_tables.share(text, number / len(held)), page_tables.share(text, part)))
            for number, part in enumerate(held, 1)
        ),
        f"summary.json: fairness › {profile} › spread › lorenz",
        folded=text("fairness.lorenz_folded"),
    )


def _measures(assessment: "Assessment", text: Catalogue) -> Table:
    """The measures of every profile."""
    figures = assessment.summary["fairness"]
    limit = next(iter(figures.values()))["standard_min"]

    def index(value: float | None) -> Value:
        return Value("–", "") if value is None else Value(text.number(value, 2), value)

    def row(profile: str, told: Mapping[str, Any]) -> Row:
        spread = told["spread"] or {}
        between, theil = spread.get("theil_between_areas"), spread.get("theil_t")
        return Row(
            (
                Value(text.named("profile", profile)),
                page_tables.share(text, told["share_within"] or 0.0),
                index(spread.get("gini")),
                index(spread.get("palma")),
                index(spread.get("fgt_1")),
                index(spread.get("fgt_2")),
                index(theil),
                page_tables.share(text, between / theil) if theil and between is not None else Value("–", ""),
            )
        )

    return Table(
        "measures",
        text("fairness.spread_caption", hub=text.of(assessment.workspace.hub.name)),
        (
            Column("profile", text("reach.profile"), number=False),
            Column("share_within", text("fairness.column.within", n=text.number(limit, 1))),
            *(Column(name, text(f"fairness.column.{name}")) for name in MEASURES),
        ),
        tuple(row(profile, told) for profile, told in figures.items()),
        "summary.json: fairness",
        folded=text("fairness.folded"),
    )
