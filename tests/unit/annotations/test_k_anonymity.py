"""Groups of respondents who are counted together: each of k or more, whole, and remembered."""

import json

import numpy as np
import pandas as pd
import pytest

from tesoma_geo.annotations.k_anonymity import POOLED, RETIRED, DisclosureGroup, next_release

EMPTY = pd.DataFrame(columns=["annotation_id", "topic", "part", "fingerprint"])


def records(*rows):
    """Rows of (respondent, topic, column, row)."""
    return pd.DataFrame(
        {
            "annotation_id": [f"{who}-{topic}" for who, topic, _, _ in rows],
            "topic": [topic for _, topic, _, _ in rows],
            "respondent": [who for who, _, _, _ in rows],
            "family": "said",
            "kind": "barrier",
            "column": [float(column) for _, _, column, _ in rows],
            "row": [float(row) for _, _, _, row in rows],
            "severity": np.arange(len(rows)) % 5 + 1.0,
            "fingerprint": [f"{column}|{row}" for _, _, column, row in rows],
        }
    )


def people(count, topic, column=0, row=0, first=0):
    return [(f"p{number:03d}", topic, column, row) for number in range(first, first + count)]


def test_fewer_than_k_wait():
    done = next_release(records(*people(4, "dark")), EMPTY, {}, 5)
    assert done.groups == {}
    assert done.waiting.all()


def test_k_in_one_square_are_a_group_of_the_smallest_square():
    (group,) = next_release(records(*people(5, "dark", 7, 9)), EMPTY, {}, 5).groups.values()
    assert (group.kind, group.topic, group.cell, group.voices) == ("barrier", "dark", (0, 7, 9), 5)
    assert group.severity == 3.0


def test_a_topic_of_fewer_than_k_is_pooled_with_the_smallest_other():
    rows = [*people(3, "steps"), *people(6, "dark", first=10), *people(9, "steep", first=20)]
    groups = next_release(records(*rows), EMPTY, {}, 5).groups.values()
    assert sorted((group.topic, group.voices) for group in groups) == [(POOLED, 9), ("steep", 9)]


def test_who_is_alone_in_a_square_is_counted_in_a_larger_one_without_the_smaller():
    rows = [*people(5, "dark", 0, 0), *people(5, "dark", 1, 0, first=10), *people(5, "dark", 3, 3, first=20)]
    rows += [("lone1", "dark", 2, 2), *people(4, "dark", 2, 3, first=30)]
    groups = next_release(records(*rows), EMPTY, {}, 5).groups.values()
    assert sum(group.voices for group in groups) == 20
    assert all(group.voices >= 5 for group in groups)


def test_a_member_who_leaves_takes_k_along_or_the_whole_group():
    rows = people(7, "dark")
    first = next_release(records(*rows), EMPTY, {}, 5)
    after = next_release(records(*rows[1:]), first.members, first.groups, 5)
    assert after.groups == {}
    assert after.changed == 1
    assert after.retired.sum() == 6
    assert set(after.members["part"]) == {RETIRED}


def test_the_same_records_again_change_nothing():
    rows = people(7, "dark")
    first = next_release(records(*rows), EMPTY, {}, 5)
    again = next_release(records(*rows), first.members, first.groups, 5)
    assert (again.groups, again.changed) == (first.groups, 0)


@pytest.mark.parametrize("cell", [None, (2, 10, 20)])
def test_a_group_goes_through_json(cell):
    group = DisclosureGroup("barrier", "dark", cell, ((0, 1, 2), (1, 0, 0)), 7, 2.5)
    assert DisclosureGroup.from_json(json.loads(json.dumps(group.to_json()))) == group
