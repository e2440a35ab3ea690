"""What stands at the hub, and what the district wants of it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tesoma_geo.render.figures import headline
from tesoma_geo.render.sections.charts import Bar, Bars
from tesoma_geo.render.sections.page_tables import Column, Row, Table, Value, count, share
from tesoma_geo.render.sections.section import Section
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.workspace import parse_target

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment


def services_at_hub(assessment: "Assessment", text: Catalogue) -> Section | None:
    """Which everyday services stand at the hub, and how mixed they are; None without services."""
    figures = assessment.summary["hub_services"]
    if figures is None or assessment.services.empty:
        return None
    kinds = headline.service_kinds(assessment.services)
    within = text.number(figures["within_min"], 1)
    near = {kind: int(figures["by_kind"][kind]) for kind in kinds}
    everywhere = assessment.services["kind"].value_counts()
    most = max(*near.values(), 1)
    names = {"hub": text.of(assessment.workspace.hub.name), "profile": text.named("profile", figures["profile"])}
    title = text("at_hub.chart", n=within, **names)
    return Section(
        "at-hub",
        text("at_hub.title"),
        text("at_hub.short", n=within, kinds=text.number(figures["kinds"]), all=text.number(len(kinds))),
        (_diversity(text, figures),) if figures["services"] else (),
        figures["kinds"] / len(kinds),
        (Bars(title, tuple(Bar(text.named("kind", kind), 0.0, n / most, text.number(n)) for kind, n in near.items())),),
        (
            Table(
                "at_hub",
                title,
                (
                    Column("kind", text("services.kind"), number=False),
                    Column("at_hub", text("at_hub.near")),
                    Column("places", text("at_hub.all")),
                ),
                tuple(
                    Row((Value(text.named("kind", kind)), count(text, n), count(text, int(everywhere[kind]))))
                    for kind, n in near.items()
                ),
                "summary.json: hub_services",
                folded=text("table.open"),
            ),
        ),
    )


def _diversity(text: Catalogue, figures: Mapping[str, Any]) -> str:
    return text(
        "at_hub.diversity", simpson=text.number(figures["simpson"], 2), shannon=text.number(figures["shannon"], 2)
    )


def targets(assessment: "Assessment", text: Catalogue) -> Section | None:
    """The district's own targets beside what there is; None when the workspace names none."""
    figures: Mapping[str, Mapping[str, Any]] = assessment.summary["targets"]
    if not figures:
        return None
    named = {key: _target_name(text, key) for key in figures}
    met = sum(row["met"] for row in figures.values())
    return Section(
        "targets",
        text("targets.title"),
        text("targets.short", met=text.number(met), all=text.number(len(figures))),
        share=met / len(figures),
        charts=(
            Bars(
                text("targets.chart"),
                tuple(
                    Bar(named[key], 0.0, row["value"], text.percent(row["value"]), row["target"])
                    for key, row in figures.items()
                ),
            ),
        ),
        tables=(
            Table(
                "targets",
                text("targets.caption"),
                (
                    Column("target", text("targets.title"), number=False),
                    Column("wanted_share", text("targets.wanted")),
                    Column("share", text("targets.value")),
                    Column("met", text("targets.met"), number=False),
                ),
                tuple(
                    Row(
                        (
                            Value(named[key]),
                            share(text, row["target"]),
                            share(text, row["value"]),
                            Value(text("targets.yes" if row["met"] else "targets.no")),
                        )
                    )
                    for key, row in figures.items()
                ),
                "summary.json: targets",
            ),
        ),
    )


def _target_name(text: Catalogue, key: str) -> str:
    profile, limit = parse_target(key)
    return text("targets.name", profile=text.named("profile", profile), n=text.number(limit, 1))
