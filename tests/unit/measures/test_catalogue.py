"""The data dictionary is complete, and the page says what the functions say."""

import importlib.util
from pathlib import Path

import pytest

from tesoma_geo import measures
from tesoma_geo.measures import catalogue, equity, location_allocation

ROOT = Path(__file__).resolve().parents[3]
ENTRIES = [entry for module in catalogue.SUBJECTS.values() for entry in catalogue.entries(module)]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_every_measure_says_its_unit_formula_edge_cases_and_source(entry):
    for part in (entry.what, entry.unit, entry.formula, entry.edge_cases, entry.source):
        assert part


@pytest.mark.parametrize("entry", catalogue.entries(equity), ids=lambda entry: entry.name)
def test_every_index_of_fairness_is_told_in_a_sentence(entry):
    assert entry.meaning.endswith(".")


def test_the_dictionary_holds_what_the_library_promises():
    promised = {
        "cost_to_closest", "dual_access", "cumulative_opportunities", "cumulative_interval", "passive_accessibility",
        "gravity", "fca", "two_step_fca", "enhanced_two_step_fca", "three_step_fca", "balanced_fca", "raam",
        "balancing_cost", "spatial_availability", "constrained_accessibility", "proximity", "transport_performance",
        "detour", "walkability", "x_minute_score", "service_diversity",
    }  # fmt: skip
    assert promised == set(catalogue.functions(measures))
    assert {"p_median", "p_centre", "mclp", "lscp"} == set(catalogue.functions(location_allocation))
    assert {"gini", "palma", "theil_t", "concentration_index", "fgt_poverty", "sufficiency"} < set(
        catalogue.functions(equity)
    )


def test_a_function_without_the_parts_has_an_entry_without_them():
    def bare():
        """Only this."""

    assert catalogue.entry(bare) == catalogue.MeasureEntry("bare", "Only this.", "", "", "", "")


def test_the_page_is_made_of_the_docstrings():
    spec = importlib.util.spec_from_file_location("make_measures", ROOT / "docs" / "make_measures.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    page = (ROOT / "docs" / "measures.md").read_text(encoding="utf-8")
    assert page == script.page(), "make measures-docs"
    for entry in ENTRIES:
        assert f".{entry.name}\n" in page
