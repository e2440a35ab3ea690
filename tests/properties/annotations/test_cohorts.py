"""The three guarantees of docs/privacy.md, over random histories of joining, changing, leaving and releasing."""

from dataclasses import dataclass, field
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_annotations import CRS, at
from shapely import box

from tesoma_geo.annotations.cohorts import (
    ClosingDate,
    Cohort,
    closed_cohort,
    no_members,
    waiting_answers,
)
from tesoma_geo.annotations.counted_records import people_records, said_records
from tesoma_geo.annotations.k_anonymity import disclosure_groups
from tesoma_geo.annotations.privacy import publication
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.publish import script_safe
from tesoma_geo.annotations.survey import unmoderated
from tesoma_geo.sources.annotations.schema import annotation_reading
from tesoma_geo.workspace.annotations import Publish

KEY, K = Key(b"k" * 32), 3
PUBLISH = Publish(k=K, cohort=12)
#: Four areas that meet in the middle of the squares.
MIDDLE = at(1250, 1250)
AREAS = gpd.GeoDataFrame(
    {"code": ["1", "2", "3", "4"]},
    geometry=[box(MIDDLE.x, MIDDLE.y, MIDDLE.x + east, MIDDLE.y + north) for east in (-9000, 9000)
              for north in (-9000, 9000)],
    crs=CRS,
)  # fmt: skip
#: One thing said: who, kind, topic, east and north in squares, severity.
THING = st.tuples(
    st.integers(0, 39), st.sampled_from(["barrier", "place"]), st.sampled_from("abcde"), st.integers(0, 9),
    st.integers(0, 9), st.integers(1, 5),
)  # fmt: skip
#: What happens before a release: things said, who changes what they said, who leaves.
STEP = st.tuples(
    st.lists(THING, max_size=80), st.lists(st.integers(0, 39), max_size=4), st.lists(st.integers(0, 39), max_size=3)
)
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


@dataclass
class World:
    """Everything that was said, and the cohorts that are closed."""

    things: dict[tuple[int, int], tuple[object, ...]] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    cohorts: list[Cohort] = field(default_factory=list)
    members: pd.DataFrame = field(default_factory=no_members)

    def step(self, said, changed, left):
        """Answers come, change and go; nothing is released."""
        for who, *thing in said:
            if who not in self.gone:
                self.things[who, len([1 for person, _ in self.things if person == who])] = tuple(thing)
        for key, (kind, topic, east, north, severity) in list(self.things.items()):
            if key[0] in changed:
                self.things[key] = (kind, topic, (east + 3) % 10, north, severity)
        self.gone |= set(left)
        self.things = {key: thing for key, thing in self.things.items() if key[0] not in self.gone}
        names = {KEY.pseudonym("made", f"p{who}") for who in self.gone}
        self.members = self.members[~self.members["respondent"].isin(names)].reset_index(drop=True)

    def tables(self):
        """Annotations and respondents as the store gives them."""
        rows = [
            {"respondent": f"p{who}", "id": f"{who}-{number}", "question": "q", "kind": kind, "category": topic,
             "severity": severity, "age_group": ("0-17", "18-")[who % 2], "role": ("resident", "company")[who % 3 == 0],
             "geometry": at(250 * east + 10, 250 * north + 10)}
            for (who, number), (kind, topic, east, north, severity) in self.things.items()
        ]  # fmt: skip
        reading = annotation_reading(
            [{k: v for k, v in row.items() if k != "id"} for row in rows], [], crs=CRS, source="made"
        )
        return unmoderated([reading], KEY)

    def close(self):
        """Close a cohort, if enough wait."""
        annotations, respondents = self.tables()
        waiting = waiting_answers(annotations, respondents, self.members)
        closing = ClosingDate(str(len(self.cohorts) + 1))
        done = closed_cohort(closing, waiting, PUBLISH, today=date(2026, 12, 31))
        if done is None:
            return None
        self.cohorts.append(done[0])
        self.members = pd.concat([self.members, done[1]], ignore_index=True)
        return waiting

    def public(self):
        """Every figure of a release, as bytes."""
        annotations, _ = self.tables()
        done = publication(annotations, self.cohorts, key=KEY, settings=PUBLISH, areas=AREAS)
        return figures(done)


def figures(done):
    return script_safe([done.tables, done.audit(), done.features.to_json()])


def token_groups(waiting):
    """Table → its groups as sets of people, made again from what waited."""
    people = people_records(waiting.respondents)
    records = pd.concat([said_records(waiting.annotations, PUBLISH.cell_m), people], ignore_index=True)
    tables = {}
    for group, members in disclosure_groups(records, K):
        tables.setdefault((group.kind, group.topic), []).append((group, set(records["respondent"].iloc[members])))
    return tables


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(steps=st.lists(STEP, min_size=1, max_size=5))
def test_g1_no_sum_or_difference_of_counts_is_about_fewer_than_k(steps):
    """Groups of a table have nobody in common over all cohorts, each is of k or more, and cohorts never change.

    So a combination of counts over all releases is a combination of whole groups; of these any is k people or more.
    """
    world, before, counted = World(), [], {}
    for step in steps:
        world.step(*step)
        waiting = world.close() if world.things else None
        assert world.cohorts[: len(before)] == before
        before = list(world.cohorts)
        if waiting is None:
            continue
        for table, groups in token_groups(waiting).items():
            everybody = [person for _, people in groups for person in people]
            assert len(everybody) == len(set(everybody))
            assert not counted.setdefault(table, set()) & set(everybody)  # one person counts once over all cohorts
            counted[table] |= set(everybody)
            assert all(group.voices == len(people) >= K for group, people in groups)
        named = {group for groups in token_groups(waiting).values() for group, _ in groups}
        assert named == set(world.cohorts[-1].groups)
        respondents = world.cohorts[-1].respondents
        assert respondents is None or respondents >= K


def exchanged(records, table, first, second):
    """The records with those of two respondents in one table exchanged."""
    other = {first: second, second: first}
    people = [other.get(person, person) if inside else person
              for person, inside in zip(records["respondent"], table, strict=True)]  # fmt: skip
    return records.assign(respondent=people)


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(things=st.lists(THING, min_size=40, max_size=160), pair=st.tuples(st.integers(0, 39), st.integers(0, 39)),
       dice=st.integers(0, 999))  # fmt: skip
def test_g2_exchanging_two_members_records_of_one_table_changes_no_figure(things, pair, dice):
    world = World()
    world.step(things, [], [])
    annotations, respondents = world.tables()
    records = pd.concat([said_records(annotations, PUBLISH.cell_m), people_records(respondents)], ignore_index=True)
    groups = [group for group, _ in disclosure_groups(records, K)]
    tables = sorted({(group.kind, group.topic) for group in groups})
    if not tables:
        return
    kind, topic = tables[dice % len(tables)]
    kinds, topics = {name for name, _ in tables if name}, {of for name, of in tables if name == kind and of}
    is_people = records["family"] != "said"
    in_kind = records["kind"] == kind if kind else ~records["kind"].isin(kinds) & ~is_people
    # what is pooled is exchanged together
    inside = in_kind & (records["topic"] == topic if topic else ~records["topic"].isin(topics) if kind else True)
    first, second = (KEY.pseudonym("made", f"p{who}") for who in pair)
    again = exchanged(records, inside, first, second)
    assert [group for group, _ in disclosure_groups(again, K)] == groups


def released(annotations, respondents):
    """Every figure of a release of one cohort, as bytes; and its tables of what was said, as sets of topics."""
    waiting = waiting_answers(annotations, respondents, no_members())
    cohort, _ = closed_cohort(ClosingDate("1"), waiting, PUBLISH, today=date(2026, 12, 31))
    done = publication(annotations, [cohort], key=KEY, settings=PUBLISH, areas=AREAS)
    return figures(done), sorted({(one.kind, one.topic) for one in cohort.groups if not one.kind.startswith("resp")})


@settings(max_examples=25, deadline=None, suppress_health_check=SLOW)
@given(things=st.lists(THING, min_size=60, max_size=160), dice=st.integers(0, 9999))
def test_g2_exchanging_all_pins_of_two_members_in_one_table_changes_no_byte_of_a_release(things, dice):
    """A table of the areas that respondents spoke of most changed in half of such exchanges."""
    world = World()
    world.step(things, [], [])
    annotations, respondents = world.tables()
    if len(respondents) < PUBLISH.cohort:
        return
    before, tables = released(annotations, respondents)
    if not tables:
        return
    random = np.random.default_rng(dice)
    kind, topic = tables[random.integers(len(tables))]
    named = {of for name, of in tables if name == kind and of}
    kinds = {name for name, _ in tables if name}
    in_kind = annotations["kind"] == kind if kind else ~annotations["kind"].isin(kinds)
    inside = in_kind & (annotations["category"] == topic if topic else ~annotations["category"].isin(named))
    pair = random.choice(sorted(set(annotations["respondent"][inside])), 2)
    assert released(exchanged(annotations, inside, *pair), respondents)[0] == before


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(things=st.lists(THING, min_size=40, max_size=160), later=st.lists(STEP, min_size=1, max_size=3))
def test_g3_what_happens_after_closing_changes_no_figure(things, later):
    world = World()
    world.step(things, [], [])
    if world.close() is None:
        return
    before = world.public()
    for step in later:
        world.step(*step)
        if world.things:
            assert world.public() == before


@settings(max_examples=30, deadline=None, suppress_health_check=SLOW)
@given(things=st.lists(THING, min_size=20, max_size=100), seed=st.integers(0, 99))
def test_neither_the_order_of_answers_nor_pseudonyms_decide_a_figure(things, seed):
    world = World()
    world.step(things, [], [])
    annotations, _ = world.tables()
    records = said_records(annotations, PUBLISH.cell_m)
    groups = [group for group, _ in disclosure_groups(records, K)]
    dice = np.random.default_rng(seed)
    names = sorted(set(records["respondent"]))
    other = dict(zip(names, dice.permutation(names), strict=True))
    again = records.assign(respondent=records["respondent"].map(other)).iloc[dice.permutation(len(records))]
    assert [group for group, _ in disclosure_groups(again.reset_index(drop=True), K)] == groups
