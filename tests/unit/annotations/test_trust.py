"""The share of a cell that one channel or one hour may give: the attack with invented respondents, and its limits."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tesoma_geo.annotations.k_anonymity import DisclosureGroup
from tesoma_geo.annotations.trust import NOT_STATED, counted_rows, limited_groups, with_channels
from tesoma_geo.workspace import Workspace
from tesoma_geo.workspace.annotations import Publish
from tests.workspaces import moved

K = Publish().k


def records(*rows):
    return pd.DataFrame(rows, columns=["respondent", "cell", "channel", "time", "trust"])


def crowd(prefix, count, trust, channel="web", time=None, cell="c"):
    return [(f"{prefix}{number}", cell, channel, time, trust) for number in range(count)]


def counted(rows, **settings):
    table = records(*rows)
    return set(table["respondent"][counted_rows(table, Publish(**settings))])


def test_one_real_person_among_invented_ones_of_an_open_source_is_not_published():
    """Before: a cell of k, of which the attacker knows k - 1. Now the invented do not make up a cell."""
    rows = [*crowd("invented", K - 1, "open"), ("real", "c", "paper", None, "verified")]
    assert len(counted(rows, channel_share=1.0)) == K
    assert len(counted(rows)) == 2 < K


def test_those_who_come_in_one_hour_are_no_more_than_the_share():
    at_once = crowd("invented", 20, "limited", time="2026-03-01T10:15:00+02:00")
    others = [(f"p{number}", "c", "web", f"2026-03-{number + 2:02}T10:00:00+02:00", "limited") for number in range(6)]
    assert len(counted([*at_once, *others]) & {row[0] for row in at_once}) == 6
    assert {row[0] for row in others} <= counted([*at_once, *others])


@pytest.mark.parametrize(
    "times",
    [
        # Before, each of these was two hours, and all twenty counted.
        ["2026-03-01T10:15:00+02:00", "2026-03-01T08:20:00Z"], ["2026-03-01T10:50:00Z", "2026-03-01T11:10:00Z"],
        ["2026-03-01T23:55:00+02:00", "2026-03-02T00:05:00+02:00"], ["2026-03-01T10:15", "2026-03-01T12:20:00+02:00"],
    ],
)  # fmt: skip
def test_the_same_half_hour_is_one_however_it_is_written_and_wherever_the_hour_turns(times):
    at_once = [(f"i{number}", "c", "web", times[number % 2], "limited") for number in range(20)]
    others = [(f"p{number}", "c", "web", f"2026-03-{number + 2:02}T15:00:00+02:00", "limited") for number in range(6)]
    assert len(counted([*at_once, *others]) & {row[0] for row in at_once}) <= 6


def test_a_time_that_cannot_be_read_is_still_a_label():
    rows = [(f"i{number}", "c", "web", "yesterday", "limited") for number in range(20)]
    assert counted(rows) == set()


def test_a_patient_attacker_on_several_days_is_not_stopped():
    """What the documentation says of it: spread over days and through a source that is not open, they all count."""
    rows = [(f"i{number}", "c", "web", f"2026-03-{number + 1:02}T10:00:00+02:00", "limited") for number in range(K)]
    assert len(counted(rows)) == K


@pytest.mark.parametrize("trust", ["verified", NOT_STATED])
def test_verified_ones_and_those_of_whom_nothing_is_said_all_count(trust):
    assert len(counted(crowd("p", 9, trust, time="2026-03-01T10:15:00+02:00"))) == 9


PEOPLE = st.lists(
    st.tuples(
        st.integers(0, 30).map(str), st.sampled_from("ab"), st.sampled_from(["web", "paper", "app"]),
        st.sampled_from([None, "2026-03-01T10:15", "2026-03-01T11:15"]),
        st.sampled_from(["open", "limited", "verified"]),
    ),
    max_size=60, unique_by=lambda row: (row[0], row[1]),
)  # fmt: skip


@settings(max_examples=40)
@given(PEOPLE, st.sampled_from([0.25, 0.5, 0.8, 1.0]))
def test_no_cell_holds_more_than_the_share_whatever_comes(rows, share):
    table = records(*rows)
    mask = counted_rows(table, Publish(channel_share=share, hour_share=share))
    left = table[mask]
    for _, cell in left.groupby("cell"):
        people = cell["respondent"].nunique()
        by_channel = cell[cell["trust"] == "open"].groupby("channel")["respondent"].nunique()
        timed = cell[cell["time"].notna() & cell["trust"].isin(["open", "limited"])]
        by_hour = timed.groupby(timed["time"].str[:13])["respondent"].nunique()
        assert (by_channel <= share * people + 1e-9).all()
        assert (by_hour <= share * people + 1e-9).all()
    assert mask[table["trust"].to_numpy() == "verified"].all()


def test_channels_are_rounds_of_sources_and_trust_is_the_workspaces():
    table = with_channels(pd.DataFrame({"source": ["web", "kobo", "web"], "round": ["1", "1", "2"]}), {"web": "open"})
    assert table["trust"].tolist() == ["open", NOT_STATED, "open"]
    assert table["channel"].nunique() == 3


def test_a_cohort_gives_no_group_that_one_open_source_fills():
    """k - 1 invented answers and a real one were a group of a cohort; with ``trust`` they are none."""
    people = [f"i{number}" for number in range(K - 1)] + ["real"]
    said = pd.DataFrame({"annotation_id": [f"a{name}" for name in people], "respondent": people, "round": "1",
                         "source": ["web"] * (K - 1) + ["paper"], "time": None})  # fmt: skip
    group = DisclosureGroup("idea", "youth", None, (), K, 3.0)
    groups = [(group, np.arange(K))]
    nobody = pd.DataFrame(columns=["respondent", "source", "time"])
    assert limited_groups(groups, said, said, nobody, Publish()) == [group]
    assert limited_groups(groups, said, said, nobody, Publish(trust={"web": "open"})) == []
    half = Publish(trust={"web": "open"}, k=2)
    assert [one.voices for one in limited_groups(groups, said, said, nobody, half)] == [2]


def test_the_workspace_tells_the_publication_whom_to_trust(sample_workspace, tmp_path):
    change = (r"^\[\[annotations\]\]$", '[[annotations]]\ntrust = "open"')
    workspace = Workspace.load(moved(sample_workspace, tmp_path, change))
    assert set(workspace.publish.trust.values()) == {"open"}
    assert Workspace.load(sample_workspace).publish.trust == {}


def test_nothing_is_nothing():
    assert counted_rows(records(), Publish()).tolist() == []
    assert isinstance(counted_rows(records(), Publish()), np.ndarray)
