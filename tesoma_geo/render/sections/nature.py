"""Green areas within reach of home."""

from typing import TYPE_CHECKING

from tesoma_geo.render.sections.charts import Bars, share_bar
from tesoma_geo.render.sections.page_tables import Column, Row, Table, Value, count, minutes, share
from tesoma_geo.render.sections.section import Section
from tesoma_geo.render.text.catalogue import Catalogue

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment


def nature(assessment: "Assessment", text: Catalogue) -> Section | None:
    """Residents near a green area, by profile; None where the data has none."""
    figures = assessment.summary["nature"]
    if figures is None:
        return None
    residents = max(int(assessment.summary["population_total"]), 1)
    limit = text.number(figures["within_min"], 1)
    near = {
        profile: int(told[f"population_within_{figures['within_min']:g}_min"])
        for profile, told in figures["profiles"].items()
    }
    first = next(iter(near))
    name, reached = text.named("profile", first), near[first] / residents
    caption = text("nature.chart", n=limit)
    return Section(
        "nature",
        text("nature.title"),
        text("nature.short", n=limit, profile=name, share=text.percent(reached)),
        (
            text(
                "nature.text",
                areas=text.number(figures["areas"]),
                hectares=text.number(figures["hectares"]),
                least=text.number(figures["least_ha"], 1),
            ),
        ),
        reached,
        (
            Bars(
                caption,
                tuple(share_bar(text, text.named("profile", profile), n / residents) for profile, n in near.items()),
            ),
        ),
        (
            Table(
                "nature",
                caption,
                (
                    Column("profile", text("reach.profile"), number=False),
                    Column("residents", text("areas.residents")),
                    Column("share", text("profile.share")),
                    Column("median_min", text("nature.median")),
                ),
                tuple(
                    Row(
                        (
                            Value(text.named("profile", profile)),
                            count(text, n),
                            share(text, n / residents),
                            minutes(text, figures["profiles"][profile]["median_min"]),
                        )
                    )
                    for profile, n in near.items()
                ),
                "summary.json: nature",
                folded=text("table.open"),
            ),
        ),
    )
