"""The values behind sentences, with their keys in summary.json."""

from dataclasses import replace

import tesoma_geo as tg
from tesoma_geo.render.sections.traced_values import TracedValue, values_of_table, values_of_way


def test_a_way_of_moving_tells_its_residents_and_its_minutes(assessment: tg.Assessment) -> None:
    figures = assessment.summary["profiles"]["walk"]
    values = values_of_way(assessment, "walk")
    assert TracedValue("profiles › walk › population_within › 15", str(figures["population_within"]["15"])) in values
    assert TracedValue("profiles › walk › median_min", str(figures["median_min"])) in values
    assert len({value.where for value in values}) == len(values)


def test_by_timetable_no_interval_is_told_where_none_is_known(assessment: tg.Assessment) -> None:
    assert not [value for value in values_of_way(assessment, "transit") if value.where.startswith("uncertainty")]
    assert [value for value in values_of_way(assessment, "walk") if value.where.startswith("uncertainty")]


def test_sentences_of_a_table_name_their_values(assessment: tg.Assessment) -> None:
    for key, where in (
        ("services", "services › pharmacy › profiles › walk › population_within_15_min"),
        ("connections", "transit › first_connection"),
        ("trip", "transit › trip_min › walking"),
        ("winter", "winter › profiles › walk › after › median_min"),
        ("lived", "experience › profiles › wheelchair › affected_population"),
        ("nature", "nature › hectares"),
    ):
        assert where in [value.where for value in values_of_table(assessment, key)], key


def test_what_is_not_there_has_no_value(assessment: tg.Assessment) -> None:
    left = {"population_total", "profiles", "services"}
    bare = replace(assessment, summary={key: value for key, value in assessment.summary.items() if key in left})
    for key in ("connections", "trip", "winter", "lived", "nature", "voices"):
        assert values_of_table(bare, key) == ()
