"""Green areas within reach of home."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tesoma_geo.render.sections.charts import Bars, share_bar
from tesoma_geo.render.sections.section import PageSection
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

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment


def nature(assessment: "Assessment", catalogue: Catalogue) -> PageSection | None:
    """Residents near a green area, by profile; None where the data has none.

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
    figures = assessment.summary["nature"]
    if figures is None:
        return None
    residents = max(int(assessment.summary["population_total"]), 1)
    limit = catalogue.number(figures["within_min"], 1)
    near = {
        profile: int(row[f"population_within_{figures['within_min']:g}_min"])
        for profile, row in figures["profiles"].items()
    }
    first = next(iter(near))
    name, reached = catalogue.named("profile", first), near[first] / residents
    caption = catalogue("nature.chart", n=limit)
    return PageSection(
        "nature",
        catalogue("nature.title"),
        catalogue("nature.short", n=limit, profile=name, share=catalogue.percent(reached)),
        (
            catalogue(
                "nature.text",
                areas=catalogue.number(figures["areas"]),
                hectares=catalogue.number(figures["hectares"]),
                least=catalogue.number(figures["least_ha"], 1),
            ),
        ),
        reached,
        (
            Bars(
                caption,
                tuple(
                    share_bar(catalogue, catalogue.named("profile", profile), n / residents)
                    for profile, n in near.items()
                ),
            ),
        ),
        (_table(catalogue, caption, near, residents, figures),),
    )


def _table(
    catalogue: Catalogue, caption: str, near: Mapping[str, int], residents: int, figures: Mapping[str, Any]
) -> PageTable:
    """Residents near a green area, their share, and the median minutes to it, a row a profile."""
    return PageTable(
        "nature",
        caption,
        (
            profile_column(catalogue),
            TableColumn("residents", catalogue("areas.residents")),
            TableColumn("share", catalogue("profile.share")),
            TableColumn("median_min", catalogue("nature.median")),
        ),
        tuple(
            TableRow(
                (
                    TableValue(catalogue.named("profile", profile)),
                    count(catalogue, n),
                    share(catalogue, n / residents),
                    minutes(catalogue, figures["profiles"][profile]["median_min"]),
                )
            )
            for profile, n in near.items()
        ),
        "summary.json: nature",
        folded=catalogue("table.open"),
    )
