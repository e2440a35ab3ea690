"""How much of lived accessibility hangs on the assumptions: weaker and stronger effects, and what is assumed."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from tesoma_geo.render.sections.charts import Bar, Bars
from tesoma_geo.render.sections.section import FoldedNotes, PageSection
from tesoma_geo.render.sections.table import (
    PageTable,
    TableColumn,
    TableRow,
    TableValue,
    count,
    profile_column,
)
from tesoma_geo.render.text.catalogue import Catalogue, LocalizedText
from tesoma_geo.render.text.terms import topic_name

if TYPE_CHECKING:
    from tesoma_geo.analysis.lived_access import LivedAccess
    from tesoma_geo.assessment.assess import Assessment

#: Fewer seconds of a journey are told in words and not drawn.
SMALL_S = 30
#: Severities whose assumed effect the page shows.
SEVERITIES = (1, 3, 5)


def sensitivity(assessment: "Assessment", catalogue: Catalogue) -> PageSection | None:
    """The same with weaker and stronger effects, and the assumptions; None when there is nothing to vary.

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
    lived_access = assessment.lived
    if lived_access is None or lived_access.barriers.empty:
        return None
    effects = _Effects.of(lived_access)
    bars = _spread_bars(catalogue, effects)
    return PageSection(
        "sensitivity",
        catalogue("sensitivity.title"),
        _worst_spread(catalogue, effects),
        _limits(catalogue, lived_access),
        charts=(Bars(catalogue("sensitivity.chart"), bars),) if bars else (),
        tables=(_by_scale(catalogue, effects), _assumptions(assessment, catalogue, lived_access)),
        notes=_sources(assessment, catalogue, lived_access),
    )


@dataclass(frozen=True)
class _Effects:
    """What difficult places cost with weaker and stronger effects."""

    profiles: list[str]
    figures: dict[tuple[str, float], dict[Hashable, Any]]  # by profile and scale
    mean_added_min: dict[str, float]  # by profile, of those concerned, as assumed

    @classmethod
    def of(cls, lived_access: "LivedAccess") -> Self:
        rows = lived_access.sensitivity.to_dict("records")
        figures = {(str(row["profile"]), float(row["scale"])): row for row in rows}
        profiles = lived_access.summary["profiles"]
        return cls(list(profiles), figures, {name: float(row["mean_added_min"]) for name, row in profiles.items()})

    @property
    def scales(self) -> list[float]:
        """Ascending, from the weakest effect to the strongest."""
        return sorted({scale for _, scale in self.figures if scale > 0})

    def seconds(self, profile: str, scale: float) -> float:
        """What they add to a journey on average, of those whom they concern as assumed."""
        assumed = float(self.figures[profile, 1.0]["resident_min"])
        share = float(self.figures[profile, scale]["resident_min"]) / assumed if assumed else 0.0
        return 60 * self.mean_added_min[profile] * share


def _spread_bars(catalogue: Catalogue, effects: _Effects) -> tuple[Bar, ...]:
    """From the weakest to the strongest effect, a bar a profile by which anybody loses time; none of few seconds."""
    weak, strong = effects.scales[0], effects.scales[-1]
    most = max(effects.seconds(*place) for place in effects.figures)
    if most < SMALL_S:
        return ()
    return tuple(
        Bar(
            catalogue.named("profile", profile),
            round(low / most, 4),
            round(high / most, 4),
            catalogue("sensitivity.from_to", since=catalogue.number(low), to=catalogue.number(high)),
            round(effects.seconds(profile, 1.0) / most, 4),
        )
        for profile in effects.profiles
        for low, high in [(effects.seconds(profile, weak), effects.seconds(profile, strong))]
        if high > 0
    )


def _worst_spread(catalogue: Catalogue, effects: _Effects) -> str:
    """How far the seconds of the profile that loses most depend on the assumptions."""
    weak, strong = effects.scales[0], effects.scales[-1]
    worst = max(effects.profiles, key=lambda profile: float(effects.figures[profile, 1.0]["resident_min"]))
    if effects.seconds(worst, strong) < SMALL_S:
        return catalogue("sensitivity.short_few", profile=catalogue.named("profile", worst))
    low, middle, high = (catalogue.number(effects.seconds(worst, scale)) for scale in (weak, 1.0, strong))
    return catalogue(
        "sensitivity.short",
        profile=catalogue.named("profile", worst),
        low=low,
        middle=middle,
        high=high,
    )


def _by_scale(catalogue: Catalogue, effects: _Effects) -> PageTable:
    """Minutes and residents concerned at each scale of the effects, a row a profile."""
    parts = (("resident_min", "resident_min"), ("affected", "affected_population"))
    return PageTable(
        "sensitivity",
        catalogue("sensitivity.caption"),
        (
            profile_column(catalogue),
            *(
                TableColumn(f"{key}_at_{scale:g}", catalogue(f"sensitivity.{key}", scale=catalogue.percent(scale)))
                for scale in effects.scales
                for key, _ in parts
            ),
        ),
        tuple(
            TableRow(
                (
                    TableValue(catalogue.named("profile", profile)),
                    *(
                        count(catalogue, round(effects.figures[profile, scale][name]))
                        for scale in effects.scales
                        for _, name in parts
                    ),
                )
            )
            for profile in effects.profiles
        ),
        "summary.json: experience › sensitivity",
        folded=catalogue("table.open"),
    )


def _limits(catalogue: Catalogue, lived_access: "LivedAccess") -> tuple[str, str]:
    """How few respondents are trusted less, and what a place costs at most."""
    costs = lived_access.costs
    return (
        catalogue("sensitivity.shrunk", n=catalogue.number(costs.half_trust_respondents, 1)),
        catalogue(
            "sensitivity.capped",
            factor=catalogue.number(costs.max_factor, 1),
            seconds=catalogue.number(costs.max_delay_s),
        ),
    )


def _sources(assessment: "Assessment", catalogue: Catalogue, lived_access: "LivedAccess") -> FoldedNotes:
    """Where the assumptions come from: each source once, with what it is about."""
    about: dict[str, list[str]] = {}
    for category, cost in sorted(lived_access.costs.costs.items()):
        about.setdefault(cost.source, []).append(topic_name(catalogue, assessment.workspace, category))
    lines = []
    for source, topics in about.items():
        told = catalogue.translated("lived.source", source)
        first, *others = topics
        named = ", ".join([first, *(topic.lower() for topic in others)])
        lines.append(LocalizedText(f"{named}: {told.text}", told.language))
    return FoldedNotes(catalogue("assumptions.sources"), tuple(lines))


def _assumptions(assessment: "Assessment", catalogue: Catalogue, lived_access: "LivedAccess") -> PageTable:
    """What passing a difficult place is taken to cost: a factor on the way, or seconds once."""
    rows = []
    for category, cost in sorted(lived_access.costs.costs.items()):
        delayed = any(cost.delay_s)
        numbers = [(cost.delay_s if delayed else cost.factor)[severity - 1] for severity in SEVERITIES]
        shown = "assumptions.delay" if delayed else "assumptions.factor"
        rows.append(
            TableRow(
                (
                    TableValue(topic_name(catalogue, assessment.workspace, category)),
                    *(TableValue(catalogue(shown, n=catalogue.number(number, 2)), number) for number in numbers),
                    TableValue(_weights(catalogue, cost.weights)),
                )
            )
        )
    columns = [
        TableColumn(f"at_severity_{severity}", catalogue("assumptions.severity", n=catalogue.number(severity)))
        for severity in SEVERITIES
    ]
    return PageTable(
        "assumptions",
        catalogue("assumptions.caption"),
        (
            TableColumn("category", catalogue("barriers.category"), number=False),
            *columns,
            TableColumn("weights", catalogue("assumptions.weights"), number=False),
        ),
        tuple(rows),
        "summary.json: experience › assumptions",
        folded=catalogue("assumptions.open"),
    )


def _weights(catalogue: Catalogue, weights: dict[str, float]) -> str:
    return ", ".join(
        f"{catalogue.named('profile', profile)} {catalogue.number(weight, 2)}" for profile, weight in weights.items()
    )
