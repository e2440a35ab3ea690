"""Connections and services stand on the page when a scenario changes them."""

from dataclasses import replace

from tesoma_geo.render.sections.scenario_services import connections, services
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.scenarios.compare import Comparison


def test_services_that_change_are_told_as_counted(comparison: Comparison) -> None:
    section = services(comparison, catalogue("en"))
    assert section is not None
    figures = comparison.figures["services"]
    changed = {kind for kind, row in figures.items() if row["count"]["change"]}
    assert changed
    assert {catalogue("en").named("kind", kind) for kind in changed} <= {
        row.values[0].shown for row in section.tables[0].rows
    }


def test_what_does_not_change_has_no_section(comparison: Comparison) -> None:
    same = replace(comparison, figures={**comparison.figures, "services": {}, "connections": {}})
    assert services(same, catalogue("en")) is None
    assert connections(same, catalogue("en")) is None
