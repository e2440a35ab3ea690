"""One round is open at a time; what is told of a closed one stands for k people or more, and stays."""

from datetime import date

import pytest

from tesoma_geo.annotations.cohorts import ClosingDate
from tesoma_geo.annotations.store_cohorts import close_due, withdraw
from tesoma_geo.errors import InputError
from tesoma_geo.workshop.phone_store import take_back_all, write_posts
from tesoma_geo.workshop.room_log import read_log
from tesoma_geo.workshop.rounds import Rounds, at_least, close_round, counted, open_round, said_in_rounds, vote
from tesoma_geo.workspace.annotations import Publish
from tesoma_geo.workspace.workshop import Round

SOURCE, SESSION, K = "workshop-spring", "spring", 5
GATE = Publish(k=K)
PLANNED = (Round(name="day 1"), Round(name="day 2", votes=3))


def now(store):
    return Rounds.of(PLANNED, read_log(store, SESSION))


def test_a_round_is_opened_and_closed_once(store):
    with pytest.raises(InputError, match="no round is open"):
        close_round(store, SESSION, SOURCE, now(store), GATE)
    open_round(store, SESSION, now(store), "day 1")
    with pytest.raises(InputError, match="is open"):
        open_round(store, SESSION, now(store), "day 2")
    close_round(store, SESSION, SOURCE, now(store), GATE)
    assert (now(store).open, list(now(store).closed)) == ("", ["day 1"])
    with pytest.raises(InputError, match="was closed"):
        open_round(store, SESSION, now(store), "day 1")
    with pytest.raises(InputError, match="no round"):
        open_round(store, SESSION, now(store), "day 3")


@pytest.mark.parametrize(("count", "told"), [(0, 0), (4, 0), (5, 5), (9, 5), (10, 10), (13, 10)])
def test_counts_are_multiples_of_k(count, told):
    assert at_least(count, K) == told


def test_people_are_counted_and_not_what_they_send(store, device, entry):
    phones = [device() for _ in range(6)]
    write_posts(store, [entry(phone, kind="idea", theme="dark") for phone in phones for _ in range(3)])
    write_posts(store, [entry(phones[0], kind="barrier")])
    told = counted(store, SOURCE, "day 1", K)
    assert told["people"] == 5
    assert set(told) == {"people", "voters", "votes"}


def test_hidden_annotations_and_those_of_other_rounds_do_not_count(store, device, entry):
    write_posts(store, [entry(device()) for _ in range(5)] + [entry(device(), "day 2") for _ in range(5)])
    ids = store.annotations()["annotation_id"].tolist()
    assert counted(store, SOURCE, "day 1", K)["people"] == 5
    store.set_state(ids, "hidden", who="host", why="")
    assert counted(store, SOURCE, "day 1", K)["people"] == 0


def test_what_was_told_stays_when_somebody_takes_everything_back(store, device, entry):
    phones = [device() for _ in range(5)]
    write_posts(store, [entry(phone) for phone in phones])
    open_round(store, SESSION, now(store), "day 1")
    close_round(store, SESSION, SOURCE, now(store), GATE)
    take_back_all(store, SOURCE, phones[0])
    assert now(store).closed["day 1"]["people"] == 5


def test_a_ballot_takes_the_place_of_an_earlier_one(store, device):
    open_round(store, SESSION, now(store), "day 2")
    phones = [device() for _ in range(5)]
    for phone in phones:
        vote(store, SOURCE, phone, now(store), {"a": 3}, ["a", "b"])
        vote(store, SOURCE, phone, now(store), {"a": 1, "b": 2}, ["a", "b"])
    told = counted(store, SOURCE, "day 2", K)
    assert told["voters"] == 5
    assert told["votes"] == {"a": 5, "b": 10}


def test_votes_of_few_people_are_not_told_however_many_they_are(store, device):
    open_round(store, SESSION, now(store), "day 2")
    for number, phone in enumerate(device() for _ in range(6)):
        vote(store, SOURCE, phone, now(store), {"a": 3} if number < 2 else {"b": 1}, ["a", "b"])
    told = counted(store, SOURCE, "day 2", K)
    assert (told["voters"], told["votes"]) == (5, {})


def test_nothing_is_told_beside_numbers_with_noise(store, device, entry):
    write_posts(store, [entry(device()) for _ in range(6)])
    open_round(store, SESSION, now(store), "day 1")
    gate = GATE.model_copy(update={"privacy": "differential"})
    told = close_round(store, SESSION, SOURCE, now(store), gate).content
    assert (told["people"], told["voters"], told["votes"]) == (0, 0, {})


def test_what_was_said_is_told_by_the_cohort_of_the_round_alone(store, device, entry):
    phones = [device() for _ in range(20)]
    write_posts(store, [entry(phone, kind="barrier", theme="dark") for phone in phones])
    ids = store.annotations()["annotation_id"].tolist()
    store.set_state(ids, "approved", who="host", why="")
    open_round(store, SESSION, now(store), "day 1")
    close_round(store, SESSION, SOURCE, now(store), GATE)
    assert said_in_rounds(store, now(store)) == {}
    take_back_all(store, SOURCE, phones[0])
    gate = Publish(k=K, cohort=20)
    day = date(2026, 5, 9)
    closing = ClosingDate("day 1", day, round="day 1", final=True)
    assert close_due(store, gate, who="host", today=day, closings=[closing])
    assert said_in_rounds(store, now(store)) == {"day 1": []}  # 19: too few for a cohort of 20
    withdraw(store, "day 1", who="host", why="")
    assert said_in_rounds(store, now(store)) == {}


def test_the_numbers_of_a_closed_cohort_are_told(store, device, entry):
    write_posts(store, [entry(device(), kind="barrier", theme="dark") for _ in range(23)])
    store.set_state(store.annotations()["annotation_id"].tolist(), "approved", who="host", why="")
    open_round(store, SESSION, now(store), "day 1")
    day = date(2026, 5, 9)
    closing = ClosingDate("day 1", day, round="day 1", final=True)
    assert close_due(store, Publish(k=K, cohort=20), who="host", today=day, closings=[closing])
    assert said_in_rounds(store, now(store)) == {}  # the round is open
    close_round(store, SESSION, SOURCE, now(store), GATE)
    assert said_in_rounds(store, now(store)) == {"day 1": [{"kind": "barrier", "theme": "dark", "people": 23}]}


def test_few_voters_tell_nothing_of_their_votes(store, device):
    open_round(store, SESSION, now(store), "day 2")
    for phone in [device() for _ in range(4)]:
        vote(store, SOURCE, phone, now(store), {"a": 3}, ["a"])
    told = counted(store, SOURCE, "day 2", K)
    assert (told["voters"], told["votes"]) == (0, {})


@pytest.mark.parametrize("ballot", [{"a": 4}, {"a": -1}, {"c": 1}, {"a": 2, "b": 2}])
def test_a_ballot_that_is_none_is_refused(store, device, ballot):
    open_round(store, SESSION, now(store), "day 2")
    with pytest.raises(InputError):
        vote(store, SOURCE, device(), now(store), ballot, ["a", "b"])


def test_without_a_round_of_votes_nobody_votes(store, device):
    open_round(store, SESSION, now(store), "day 1")
    with pytest.raises(InputError, match="no round with votes"):
        vote(store, SOURCE, device(), now(store), {"a": 1}, ["a"])
