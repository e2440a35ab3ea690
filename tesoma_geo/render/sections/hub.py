"""What stands at the hub."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tesoma_geo.render.figures import headline
from tesoma_geo.render.sections.charts import Bar, Bars
from tesoma_geo.render.sections.section import PageSection
from tesoma_geo.render.sections.table import PageTable, TableColumn, TableRow, TableValue, count
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.place_names import HubName, hub_name

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment


def services_at_hub(assessment: "Assessment", catalogue: Catalogue) -> PageSection | None:
    """Which everyday services stand at the hub, and how mixed they are; None without services.

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
    figures = assessment.summary["hub_services"]
    if figures is None or assessment.services.empty:
        return None
    kinds = headline.service_kinds(assessment.services)
    within = catalogue.number(figures["within_min"], 1)
    near = {kind: int(figures["by_kind"][kind]) for kind in kinds}
    everywhere = assessment.services["kind"].value_counts()
    most = max(*near.values(), 1)
    hub = hub_name(assessment.workspace, catalogue)
    title = catalogue("at_hub.chart", n=within, hub=hub, profile=catalogue.named("profile", figures["profile"]))
    return PageSection(
        "at-hub",
        catalogue("at_hub.title", hub=hub),
        _at_hub(catalogue, within, near, hub),
        (),
        figures["kinds"] / len(kinds),
        (
            Bars(
                title,
                tuple(
                    Bar(catalogue.named("kind", kind), 0.0, n / most, catalogue.number(n)) for kind, n in near.items()
                ),
            ),
        ),
        (
            PageTable(
                "at_hub",
                title,
                (
                    TableColumn("kind", catalogue("services.kind"), number=False),
                    TableColumn("at_hub", catalogue("at_hub.near", hub=hub)),
                    TableColumn("places", catalogue("at_hub.all")),
                ),
                tuple(
                    TableRow(
                        (
                            TableValue(catalogue.named("kind", kind)),
                            count(catalogue, n),
                            count(catalogue, int(everywhere[kind])),
                        )
                    )
                    for kind, n in near.items()
                ),
                "summary.json: hub_services",
                folded=catalogue("table.open"),
            ),
        ),
    )


def _at_hub(catalogue: Catalogue, within: str, near: Mapping[str, int], hub: HubName) -> str:
    there = [catalogue.named("kind", kind).lower() for kind, n in near.items() if n]
    if not there:
        return catalogue("at_hub.none", n=within, hub=hub)
    numbers = {"kinds": catalogue.number(len(there)), "all": catalogue.number(len(near))}
    return catalogue("at_hub.short", n=within, hub=hub, names=", ".join(there), **numbers)


def diversity(assessment: "Assessment", catalogue: Catalogue) -> str | None:
    """How mixed the services at the hub are, by Simpson's and Shannon's indices; None where there are none.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.

    Returns
    -------
    str or None
        In the language of the page.
    """
    figures: Mapping[str, Any] | None = assessment.summary["hub_services"]
    if figures is None or not figures["services"]:
        return None
    return catalogue(
        "at_hub.diversity",
        simpson=catalogue.number(figures["simpson"], 2),
        shannon=catalogue.number(figures["shannon"], 2),
    )
