"""Ways of the same tags are one kind; what is found of kinds is what each way alone would say."""

import numpy as np
import pandas as pd
import pytest

from tesoma_geo.network.streets import tag_kinds
from tesoma_geo.network.streets.restrictions import Restrictions
from tesoma_geo.network.streets.tag_kinds import TagKinds

WAYS = pd.DataFrame(
    {
        "osm_id": [7, 8, 9, 10, 11],
        "highway": ["service", "footway", "service", None, "service"],
        "access": ["private", None, "private", None, None],
        "name": ["Kuja", "Polku", None, None, "Kuja"],
        "lit": [None] * 5,
    }
).astype(dict.fromkeys(("highway", "access", "name", "lit"), "str"))


def test_kinds_come_in_order_and_names_make_none():
    kinds = TagKinds.of(WAYS)
    assert kinds.kind.tolist() == [0, 1, 0, 2, 3]
    assert kinds.table["highway"].fillna("").tolist() == ["service", "footway", "", "service"]
    assert kinds.table["access"].notna().tolist() == [True, False, False, False]
    assert set(kinds.table.columns) == {"highway", "access", "lit"}
    pd.testing.assert_frame_equal(TagKinds.numbered(WAYS, kinds.kind).table, kinds.table)


def test_there_may_be_no_ways_at_all():
    assert len(TagKinds.of(WAYS.iloc[:0]).table) == 0


@pytest.mark.parametrize("most", [2, 11, 2**62])
def test_many_tags_are_told_apart_however_many_values_fit_in_a_number(most, monkeypatch):
    monkeypatch.setattr(tag_kinds, "MOST", most)
    rows = np.random.default_rng(1).integers(0, 3, (400, 5))
    ways = pd.DataFrame({f"tag{i}": pd.Series([None, "a", "b"], dtype="str")[rows[:, i]].array for i in range(5)})
    kinds = TagKinds.of(ways)
    pd.testing.assert_frame_equal(kinds.table.iloc[kinds.kind].reset_index(drop=True), ways)
    assert not kinds.table.duplicated().any()


def test_answers_are_given_to_each_way():
    kinds = TagKinds.of(WAYS)
    is_service = (WAYS["highway"] == "service").tolist()
    assert kinds.found(lambda table: (table["highway"] == "service").to_numpy(bool)).tolist() == is_service
    both = kinds.found(lambda table: (table["highway"].isna().to_numpy(), table["access"].notna().to_numpy()))
    assert [one.tolist() for one in both] == [WAYS["highway"].isna().tolist(), WAYS["access"].notna().tolist()]
    masks, alone = kinds.found(Restrictions.of_ways), Restrictions.of_ways(WAYS)
    assert (masks.maybe.tolist(), masks.always.tolist()) == (alone.maybe.tolist(), alone.always.tolist())
    assert masks.maybe.any()


def test_further_ways_have_kinds_of_their_own():
    more = WAYS.iloc[[1, 1]]
    grown = TagKinds.of(WAYS).followed_by(more)
    every = pd.concat([WAYS, more], ignore_index=True)
    assert grown.kind.tolist() == [0, 1, 0, 2, 3, 4, 5]
    assert grown.found(lambda table: table["highway"].isna().to_numpy()).tolist() == every["highway"].isna().tolist()
