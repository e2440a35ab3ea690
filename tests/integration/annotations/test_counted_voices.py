"""One person counts once in every table, over all cohorts."""

from datetime import date

from made_annotations import CRS, at

from tesoma_geo.annotations.cohorts import ClosingDate, closed_cohort, no_members, waiting_answers
from tesoma_geo.annotations.counted_voices import hash_in, uncounted, voices_in
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.survey import unmoderated
from tesoma_geo.sources.annotations.schema import annotation_reading
from tesoma_geo.workspace.annotations import Publish

SETTINGS = Publish(k=2, cohort=8)


def tables(*people):
    """A place each: (who, themes, metres east)."""
    rows = [
        {"respondent": who, "question": "q", "kind": "place", "themes": themes, "geometry": at(east, 0)}
        for who, themes, east in people
    ]
    return unmoderated([annotation_reading(rows, [], crs=CRS, source="made")], Key(b"k" * 32))


def closing(said, members=None):
    waiting = waiting_answers(*said, no_members() if members is None else members)
    return waiting, closed_cohort(ClosingDate("c"), waiting, SETTINGS, today=date(2026, 12, 31))


def voices(cohort, topic):
    return sum(group.voices for group in cohort.groups if group.topic == topic)


def test_who_moved_an_answer_is_not_counted_on_it_again():
    """Six spoke of youth; five of them moved their pin: two figures, 6 and 5, would tell of the one who did not."""
    said = [(f"p{number}", ["youth"], 10.0) for number in range(6)]
    others = [(f"x{number}", ["routes"], 10.0) for number in range(4)]
    _, (first, members) = closing(tables(*said, *others))
    assert voices(first, "youth") == 6
    changed = [(who, themes, 5000.0) for who, themes, _ in said[:5]] + said[5:]
    waiting, (second, members_now) = closing(
        tables(*changed, *[(who, ["routes"], 5000.0) for who, _, _ in others]), members
    )
    assert len(waiting.people) == 9
    assert voices(second, "youth") == 0
    both = [*members.itertuples(index=False), *members_now.itertuples(index=False)]
    again = waiting_answers(*tables(*changed), type(members)(both, columns=members.columns))
    assert not again.people  # and they wait no longer


def test_a_new_topic_of_somebody_counted_counts():
    said = [(f"p{number}", ["youth"], 10.0) for number in range(10)]
    _, (_, members) = closing(tables(*said))
    _, (second, _) = closing(tables(*[(who, ["youth", "routes"], east) for who, _, east in said]), members)
    assert (voices(second, "youth"), voices(second, "routes")) == (0, 10)


def test_who_was_counted_among_pooled_topics_is_not_counted_in_that_kind_again():
    said = [
        *[(f"p{number}", ["youth"], 10.0) for number in range(8)],
        ("q1", ["culture"], 10.0),
        ("q2", ["nature"], 10.0),
    ]
    _, (first, members) = closing(tables(*said))
    assert voices(first, "") == 2
    annotations, _ = tables(("q1", ["routes"], 10.0), ("p1", ["routes"], 10.0))
    left = uncounted(annotations, voices_in(members))
    key = Key(b"k" * 32)
    assert set(annotations["respondent"]) == {key.pseudonym("made", "q1"), key.pseudonym("made", "p1")}
    assert left["respondent"].tolist() == [key.pseudonym("made", "p1")]


def test_voices_are_read_back_from_members():
    _, (_, members) = closing(tables(*[(f"p{number}", ["youth"], 10.0) for number in range(8)]))
    assert {(kind, topic) for _, kind, topic in voices_in(members)} == {("place", "youth")}
    assert len(voices_in(members)) == 8
    assert set(map(len, map(hash_in, members["fingerprint"]))) == {16, 0}  # of annotations and of people


def test_what_was_seen_and_counted_in_no_table_is_told_from_what_was_counted_nobody_knows_where():
    said = [(f"p{number}", ["youth"], 10.0) for number in range(10)]
    _, (_, members) = closing(tables(*said))
    moved_now = tables(
        *[(who, themes, 5000.0) for who, themes, _ in said], *[(f"n{one}", ["routes"], 10.0) for one in range(8)]
    )
    _, (_, later) = closing(moved_now, members)
    assert {(kind, topic) for _, kind, topic in voices_in(later)} == {("place", "routes")}
    older = members.assign(fingerprint=members["fingerprint"].map(hash_in))
    assert {(kind, topic) for _, kind, topic in voices_in(older)} == {("", "")}
    assert len(voices_in(older)) == 10
    annotations, _ = tables(("p1", ["nature"], 10.0), ("new", ["nature"], 10.0))
    assert len(uncounted(annotations, voices_in(older))) == 1
    assert len(uncounted(annotations, voices_in(members))) == 2


def test_people_who_wait_without_anything_on_the_map_are_waited_for_all_the_same():
    _, (_, members) = closing(tables(*[(f"p{number}", ["youth"], 10.0) for number in range(8)]))
    nothing, _ = tables(("p0", ["youth"], 10.0))
    waiting = waiting_answers(nothing.iloc[:0], tables(("new", ["youth"], 10.0))[1], members)
    assert (len(waiting.annotations), len(waiting.people)) == (0, 1)
