"""Lived accessibility on pages: what difficult places cost, which cost most, and how much hangs on the assumptions."""

from typing import TYPE_CHECKING

import numpy as np

from tesoma_geo.render.sections.charts import Bar, Bars, share_bar
from tesoma_geo.render.sections.page_tables import Column, Row, Table, Value, count
from tesoma_geo.render.sections.section import Notes, Section
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.terms import near_streets, topic_name

if TYPE_CHECKING:
    from tesoma_geo.analysis.lived_access import LivedAccess
    from tesoma_geo.assessment.assess import Assessment

#: Severities whose assumed effect the page shows.
SEVERITIES = (1, 3, 5)


def lived(assessment: "Assessment", text: Catalogue) -> Section | None:
    """Minutes added per profile and residents affected, beside the mapped times; None without annotations."""
    found = assessment.lived
    if found is None:
        return None
    hub, k = text.of(assessment.workspace.hub.name), found.summary["fewest_respondents"]
    title, beside = text("lived.title"), text("lived.beside")
    counted = text.counted("lived.counted", len(found.barriers), k=text.number(k))
    if found.barriers.empty:
        return Section("lived", title, text("lived.none", k=text.number(k)), (beside,))
    residents = max(int(assessment.summary["population_total"]), 1)
    figures = found.summary["profiles"]
    first, worst = next(iter(figures)), max(figures, key=lambda profile: float(figures[profile]["resident_min"]))
    told = [beside, counted]
    if worst != first:
        told.append(_affected(text, "lived.worst", worst, figures[worst]))
    mapped = found.sensitivity[found.sensitivity["scale"] == 0.0].set_index("profile")["median_min"]
    shares = {profile: row["affected_population"] / residents for profile, row in figures.items()}
    return Section(
        "lived",
        title,
        _affected(text, "lived.short", first, figures[first]),
        (*told, text("lived.together")),
        shares[first],
        (
            Bars(
                text("lived.chart"),
                tuple(share_bar(text, text.named("profile", profile), share) for profile, share in shares.items()),
            ),
        ),
        (
            Table(
                "lived",
                text("lived.caption", hub=hub),
                (
                    Column("profile", text("reach.profile"), number=False),
                    Column("mapped_median_min", text("lived.column.mapped")),
                    Column("lived_median_min", text("lived.column.lived")),
                    Column("affected_residents", text("lived.column.affected")),
                    Column("mean_added_min", text("lived.column.added")),
                    Column("resident_min", text("lived.column.together")),
                ),
                tuple(
                    Row(
                        (
                            Value(text.named("profile", profile)),
                            tenths(text, mapped[profile]),
                            tenths(text, row["median_min"]),
                            count(text, row["affected_population"]),
                            tenths(text, row["mean_added_min"]),
                            count(text, round(row["resident_min"])),
                        )
                    )
                    for profile, row in figures.items()
                ),
                "summary.json: experience › profiles",
            ),
        ),
    )


def barriers(assessment: "Assessment", text: Catalogue) -> Section | None:
    """Difficult places by the minutes that all residents would save without them; None when there are none."""
    found = assessment.lived
    if found is None or found.barriers.empty:
        return None
    table = found.barriers
    profiles = [name for name in found.summary["profiles"] if (table[f"{name}_resident_min"] > 0).any()]
    places = _places(assessment, text, found)
    ranked = [
        Row(
            (
                Value(place),
                Value(topic_name(text, assessment.workspace, str(row["category"]))),
                Value(text("voices.at_least", n=text.number(row["respondents"])), int(row["respondents"])),
                count(text, row["severity"]),
                *(count(text, round(row[f"{name}_resident_min"])) for name in profiles),
            ),
            at,
        )
        for place, at, row in zip(*places, table.to_dict("records"), strict=True)
    ]
    told = [text("barriers.explained"), text("barriers.ranked"), text("barriers.private")]
    short = text("barriers.none")
    if profiles:
        most = max(profiles, key=lambda name: float(table[f"{name}_resident_min"].iloc[0]))
        short = text(
            "barriers.short",
            place=places[0][0],
            category=ranked[0].values[1].shown,
            minutes=text.number(table[f"{most}_resident_min"].iloc[0]),
            profile=text.named("profile", most),
        )
    columns = (
        Column("street", text("barriers.street"), number=False),
        Column("category", text("barriers.category"), number=False),
        Column("respondents_at_least", text("barriers.respondents")),
        Column("severity", text("barriers.severity")),
        *(Column(f"{name}_resident_min", text.named("profile", name)) for name in profiles),
    )
    listed = Table("barriers", text("barriers.caption"), columns, tuple(ranked), "barriers.gpkg")
    return Section("barriers", text("barriers.title"), short, tuple(told), tables=(listed,))


def sensitivity(assessment: "Assessment", text: Catalogue) -> Section | None:
    """The same with weaker and stronger effects, and the assumptions; None when there is nothing to vary."""
    found = assessment.lived
    if found is None or found.barriers.empty:
        return None
    rows = found.sensitivity.to_dict("records")
    figures = {(str(row["profile"]), float(row["scale"])): row for row in rows}
    together = {place: float(row["resident_min"]) for place, row in figures.items()}
    profiles = list(found.summary["profiles"])
    scales = sorted({scale for _, scale in figures if scale > 0})
    weak, strong = scales[0], scales[-1]
    most = max(*together.values(), 1.0)
    worst = max(profiles, key=lambda profile: together[profile, 1.0])
    low, middle, high = (text.number(together[worst, scale]) for scale in (weak, 1.0, strong))
    bars = tuple(
        Bar(
            text.named("profile", profile),
            round(together[profile, weak] / most, 4),
            round(together[profile, strong] / most, 4),
            text(
                "chart.from_to",
                since=text.number(together[profile, weak]),
                to=text.number(together[profile, strong]),
            ),
            round(together[profile, 1.0] / most, 4),
        )
        for profile in profiles
        if together[profile, strong] > 0
    )
    parts = (("resident_min", "resident_min"), ("affected", "affected_population"))
    table = Table(
        "sensitivity",
        text("sensitivity.caption"),
        (
            Column("profile", text("reach.profile"), number=False),
            *(
                Column(f"{key}_at_{scale:g}", text(f"sensitivity.{key}", scale=text.percent(scale)))
                for scale in scales
                for key, _ in parts
            ),
        ),
        tuple(
            Row(
                (
                    Value(text.named("profile", profile)),
                    *(count(text, round(figures[profile, scale][name])) for scale in scales for _, name in parts),
                )
            )
            for profile in profiles
        ),
        "summary.json: experience › sensitivity",
        folded=text("table.open"),
    )
    short = text(
        "sensitivity.short",
        profile=text.named("profile", worst),
        low=low,
        middle=middle,
        high=high,
        weak=text.percent(weak),
        strong=text.percent(strong),
    )
    costs = found.costs
    told = (
        text("sensitivity.shrunk", n=text.number(costs.half_trust_respondents, 1)),
        text("sensitivity.capped", factor=text.number(costs.max_factor, 1), seconds=text.number(costs.max_delay_s)),
    )
    sources = tuple(dict.fromkeys(text.line("lived.source", cost.source) for cost in costs.costs.values()))
    return Section(
        "sensitivity",
        text("sensitivity.title"),
        short,
        told,
        charts=(Bars(text("sensitivity.chart"), bars),) if bars else (),
        tables=(table, _assumptions(assessment, text, found)),
        notes=Notes(text("assumptions.sources"), sources),
    )


def _assumptions(assessment: "Assessment", text: Catalogue, found: "LivedAccess") -> Table:
    """What passing a difficult place is taken to cost: a factor on the way, or seconds once."""
    rows = []
    for category, cost in sorted(found.costs.costs.items()):
        delayed = any(cost.delay_s)
        numbers = [(cost.delay_s if delayed else cost.factor)[severity - 1] for severity in SEVERITIES]
        shown = "assumptions.delay" if delayed else "assumptions.factor"
        rows.append(
            Row(
                (
                    Value(topic_name(text, assessment.workspace, category)),
                    *(Value(text(shown, n=text.number(number, 2)), number) for number in numbers),
                    Value(_weights(text, cost.weights)),
                )
            )
        )
    columns = [
        Column(f"at_severity_{severity}", text("assumptions.severity", n=text.number(severity)))
        for severity in SEVERITIES
    ]
    return Table(
        "assumptions",
        text("assumptions.caption"),
        (
            Column("category", text("barriers.category"), number=False),
            *columns,
            Column("weights", text("assumptions.weights"), number=False),
        ),
        tuple(rows),
        "summary.json: experience › assumptions",
        folded=text("assumptions.open"),
    )


def _weights(text: Catalogue, weights: dict[str, float]) -> str:
    return ", ".join(
        f"{text.named('profile', profile)} {text.number(weight, 2)}" for profile, weight in weights.items()
    )


def _places(
    assessment: "Assessment", text: Catalogue, found: "LivedAccess"
) -> tuple[list[str], list[tuple[float, float]]]:
    """Each barrier's streets by name, the nearest named one where they have none, and where it is (lon, lat)."""
    at = found.barriers.geometry.to_numpy()
    near = near_streets(assessment, text, at)
    named = [", ".join(str(names).split(";")[:2]) for names in found.barriers["streets"]]
    degrees = found.barriers.to_crs("EPSG:4326").geometry
    lon_lat = [(round(float(point.x), 6), round(float(point.y), 6)) for point in degrees]
    return [own or other for own, other in zip(named, near, strict=True)], lon_lat


def tenths(text: Catalogue, minutes: float | None) -> Value:
    """Minutes to a tenth; nothing for never."""
    if minutes is None or not np.isfinite(minutes):
        return Value("–", "")
    return Value(text("minutes", n=text.number(minutes, 1)), round(float(minutes), 1))


def _affected(text: Catalogue, key: str, profile: str, row: dict[str, float]) -> str:
    return text(
        key,
        profile=text.named("profile", profile),
        residents=text.counted("residents", int(row["affected_population"])),
        minutes=text.number(row["mean_added_min"], 1),
    )
