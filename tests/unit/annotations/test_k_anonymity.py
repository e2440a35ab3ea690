"""Groups of respondents who are counted together: each of k or more, whole."""

import json

import numpy as np
import pandas as pd
import pytest

from tesoma_geo.annotations.k_anonymity import POOLED, DisclosureGroup, disclosure_groups


def records(*rows):
    """Rows of (respondent, topic, column, row)."""
    return pd.DataFrame(
        {
            "topic": [topic for _, topic, _, _ in rows],
            "respondent": [who for who, _, _, _ in rows],
            "family": "said",
            "kind": "barrier",
            "column": [float(column) for _, _, column, _ in rows],
            "row": [float(row) for _, _, _, row in rows],
            "severity": np.arange(len(rows)) % 5 + 1.0,
        }
    )


def people(count, topic, column=0, row=0, first=0):
    return [(f"p{number:03d}", topic, column, row) for number in range(first, first + count)]


def groups_of(*rows, k=5):
    return [group for group, _ in disclosure_groups(records(*rows), k)]


def test_fewer_than_k_are_in_no_group():
    assert groups_of(*people(4, "dark")) == []


def test_k_in_one_square_are_a_group_of_the_smallest_square():
    (group,) = groups_of(*people(5, "dark", 7, 9))
    assert (group.kind, group.topic, group.cell, group.voices) == ("barrier", "dark", (0, 7, 9), 5)
    assert group.severity == 3.0


def test_a_topic_of_fewer_than_k_is_pooled_with_the_smallest_other():
    rows = [*people(3, "steps"), *people(6, "dark", first=10), *people(9, "steep", first=20)]
    assert sorted((group.topic, group.voices) for group in groups_of(*rows)) == [(POOLED, 9), ("steep", 9)]


def test_who_is_alone_in_a_square_is_counted_in_a_larger_one_without_the_smaller():
    rows = [*people(5, "dark", 0, 0), *people(5, "dark", 1, 0, first=10), *people(5, "dark", 3, 3, first=20)]
    rows += [("lone1", "dark", 2, 2), *people(4, "dark", 2, 3, first=30)]
    groups = groups_of(*rows)
    assert sum(group.voices for group in groups) == 20
    assert all(group.voices >= 5 for group in groups)


def test_a_respondent_counts_once_in_a_table_where_most_others_are():
    crowd = [*people(5, "dark", 0, 0), *people(6, "dark", 31, 31, first=10)]
    spam = [("spammer", "dark", column, row) for column in range(8) for row in range(8)]
    spam += [("spammer", "dark", 31, 31)]
    groups = groups_of(*crowd, *spam)
    assert sum(group.voices for group in groups) == 12
    assert {group.voices for group in groups if group.cell == (0, 31, 31)} == {7}


def test_severity_is_a_mean_of_people_not_of_pins():
    rows = records(*people(5, "dark"), *[("p000", "dark", 0, 0)] * 20)
    rows["severity"] = [1.0] * 5 + [5.0] * 20
    ((group, _),) = disclosure_groups(rows, 5)
    assert group.severity == round((1 * 4 + (1 + 20 * 5) / 21) / 5, 1)


@pytest.mark.parametrize("cell", [None, (2, 10, 20)])
def test_a_group_goes_through_json(cell):
    group = DisclosureGroup("barrier", "dark", cell, ((0, 1, 2), (1, 0, 0)), 7, 2.5)
    assert DisclosureGroup.from_json(json.loads(json.dumps(group.to_json()))) == group
