"""Connections and services before and after a scenario."""

from collections.abc import Mapping
from typing import Any

from tesoma_geo.render.sections.scenario_change import (
    SIDES,
    before_and_after,
    change_table,
    figures_of,
)
from tesoma_geo.render.sections.section import PageSection
from tesoma_geo.render.sections.table import (
    PageTable,
    TableColumn,
    TableRow,
    TableValue,
    count,
    profile_column,
)
from tesoma_geo.render.sections.transit import how_often
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.place_names import hub_name
from tesoma_geo.scenarios.compare import Comparison


def connections(comparison: Comparison, catalogue: Catalogue) -> PageSection | None:
    """How many residents have a connection how often before and after; None where that does not change.

    Parameters
    ----------
    comparison
        The district before and after a scenario.
    catalogue
        The language.

    Returns
    -------
    PageSection or None
        In the language of the page; None where there is nothing to tell.
    """
    figures, total = figures_of(comparison)["connections"], max(figures_of(comparison)["population_total"], 1)
    if not any(pair["change"] for pair in figures.values()):
        return None
    most = max(figures, key=lambda key: abs(figures[key]["change"]))
    hub = hub_name(comparison.before.workspace, catalogue)
    title = catalogue("scenario.connections_caption", hub=hub)
    sides = {side: catalogue.counted("residents", figures[most][side]) for side in SIDES}
    return PageSection(
        "connections",
        catalogue("connections.title"),
        catalogue("scenario.connections_short", hub=hub, often=how_often(catalogue, most), **sides),
        _why_fewer(catalogue, figures, figures[most]["change"]),
        charts=(
            before_and_after(
                catalogue, title, {how_often(catalogue, key): pair for key, pair in figures.items()}, total
            ),
        ),
        tables=(
            change_table(
                catalogue,
                "connections",
                title,
                [TableColumn("connection", catalogue("connections.how_often"), number=False)],
                (([TableValue(how_often(catalogue, key))], pair) for key, pair in figures.items()),
                "comparison.json: connections",
            ),
        ),
    )


def _why_fewer(catalogue: Catalogue, figures: Mapping[str, Any], change: float) -> tuple[str, ...]:
    """That fewer ride because more are there as soon on foot, where that is so."""
    on_foot = figures.get("on_foot", {}).get("change") or 0
    if change >= 0 or on_foot <= 0:
        return ()
    return (catalogue("scenario.connections_why", residents=catalogue.counted("residents", on_foot)),)


def services(comparison: Comparison, catalogue: Catalogue) -> PageSection | None:
    """Residents near a service before and after, of the kinds for which that changes; None where it is none.

    Parameters
    ----------
    comparison
        The district before and after a scenario.
    catalogue
        The language.

    Returns
    -------
    PageSection or None
        In the language of the page; None where there is nothing to tell.
    """
    within = f"population_within_{comparison.before.workspace.access.services_within_min:g}_min"
    pairs = {
        (kind, profile): (row["count"], figures[within])
        for kind, row in figures_of(comparison)["services"].items()
        for profile, figures in row["profiles"].items()
        if row["count"]["change"] or figures[within]["change"]
    }
    if not pairs:
        return None
    kind, profile = max(pairs, key=lambda key: abs(pairs[key][1]["change"] or 0))
    values = {"n": catalogue.number(comparison.before.workspace.access.services_within_min, 1)}
    near = pairs[kind, profile][1]
    return PageSection(
        "services",
        catalogue("services.title"),
        catalogue(
            "scenario.services_short",
            kind=catalogue.named("kind", kind),
            profile=catalogue.named("profile", profile),
            **{side: catalogue.counted("residents", near[side]) for side in SIDES},
            **values,
        ),
        tables=(
            PageTable(
                "services",
                catalogue("scenario.services_caption", **values),
                (
                    TableColumn("kind", catalogue("services.kind"), number=False),
                    profile_column(catalogue),
                    *(TableColumn(f"places_{side}", catalogue(f"scenario.places_{side}")) for side in SIDES),
                    *(TableColumn(f"residents_{side}", catalogue(f"scenario.near_{side}")) for side in SIDES),
                ),
                tuple(
                    TableRow(
                        (
                            TableValue(catalogue.named("kind", kind)),
                            TableValue(catalogue.named("profile", profile)),
                            *(count(catalogue, pair[side]) for pair in both for side in SIDES),
                        )
                    )
                    for (kind, profile), both in pairs.items()
                ),
                "comparison.json: services",
                folded=catalogue("table.open"),
            ),
        ),
    )
