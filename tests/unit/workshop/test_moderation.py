"""The room sees what its author agreed to and the host approved; texts with personal data stay away."""

import pytest
import shapely

from tesoma_geo.errors import InputError
from tesoma_geo.workshop.moderation import Decision, decide, shown_items, waiting
from tesoma_geo.workshop.phone_store import write_posts
from tesoma_geo.workspace.annotations import Moderation

SOURCE = "workshop-spring"
EVERYWHERE = shapely.box(0, 6_000_000, 1_000_000, 8_000_000)


@pytest.fixture
def said(store, device, entry):
    """Write one annotation; returns its name in the store."""

    def write(**content):
        before = set(store.annotations()["annotation_id"])
        write_posts(store, [entry(device(), **content)])
        return (set(store.annotations()["annotation_id"]) - before).pop()

    return write


def act(store, name, what, **more):
    decide(store, SOURCE, Decision(name=name, act=what, **more))


def test_nothing_is_shown_without_a_decision(store, said):
    said(show=True)
    assert shown_items(store, SOURCE) == []


def test_what_is_approved_alone_is_not_shown(store, said):
    act(store, said(show=True), "approve")
    assert shown_items(store, SOURCE) == []


def test_the_room_sees_what_author_and_host_agreed_to(store, said):
    name = said(show=True, text="A bench", kind="idea")
    act(store, name, "show")
    (item,) = shown_items(store, SOURCE)
    assert (item["name"], item["text"], item["kind"]) == (name, "A bench", "idea")
    assert "respondent" not in item
    act(store, name, "unshow")
    assert shown_items(store, SOURCE) == []


def test_without_the_authors_mark_nothing_can_be_shown(store, said):
    name = said(show=False)
    with pytest.raises(InputError, match="did not mark"):
        act(store, name, "show")
    assert shown_items(store, SOURCE) == []


def test_a_text_with_a_phone_number_stays_away_until_it_is_redacted(store, said):
    name = said(show=True, text="Call me, 040 123 4567")
    act(store, name, "show")
    assert shown_items(store, SOURCE)[0]["text"] is None
    act(store, name, "redact", text="Call the city")
    assert shown_items(store, SOURCE)[0]["text"] == "Call the city"


def test_a_second_look_lets_it_be_read(store, said):
    name = said(show=True, text="Call me, 040 123 4567")
    act(store, name, "show", by="Anna", second_look="Bertta")
    assert shown_items(store, SOURCE)[0]["text"] == "Call me, 040 123 4567"
    with pytest.raises(InputError, match="second look"):
        act(store, name, "show", by="Anna", second_look="Anna")


def test_hiding_takes_it_off_the_wall(store, said):
    name = said(show=True)
    act(store, name, "show")
    act(store, name, "hide")
    assert shown_items(store, SOURCE) == []
    act(store, name, "approve")
    assert shown_items(store, SOURCE) == []


def test_erasing_removes_the_author(store, said):
    name = said(show=True)
    act(store, name, "show")
    act(store, name, "erase")
    assert store.annotations().empty
    assert shown_items(store, SOURCE) == []
    with pytest.raises(InputError, match="not there"):
        act(store, name, "show")


def test_a_host_decides_about_this_session_alone(store, said):
    name = said(show=True)
    with pytest.raises(InputError, match="not there"):
        decide(store, "workshop-other", Decision(name=name, act="hide"))


def test_every_act_is_in_the_audit_log_without_words(store, said):
    name = said(show=True, text="secret words")
    for what in ("approve", "show", "unshow", "publish", "hide"):
        act(store, name, what, by="Anna", why="because")
    log = store.audit()
    assert (log["who"] == "Anna").sum() >= 5
    assert "secret words" not in log.to_json()


def test_what_waits_comes_first_with_its_hints(store, said):
    done, waits = said(text="A bench"), said(text="anna.virtanen@example.org", show=True)
    act(store, done, "approve")
    first, second = waiting(store, SOURCE, EVERYWHERE, Moderation())
    assert (first["name"], second["name"]) == (waits, done)
    assert first["flags"] == ["email"]
    assert first["hints"]["email"] == ["anna.virtanen@example.org"]
    assert first["consent"]
    assert not second["consent"]


def test_what_is_asked_of_the_store_is_what_all_of_it_has(store, device, entry):
    sent = [entry(device(), text=f"word {number}") for number in range(7)]
    write_posts(store, sent)
    every = store.annotations()
    some = every["annotation_id"].tolist()[2:5]
    assert store.annotations(ids=[*reversed(some), "none"]).equals(
        every[every["annotation_id"].isin(some)].reset_index(drop=True)
    )
    assert store.annotations(source=SOURCE).equals(every)
    assert store.annotations(source="another").empty
    assert store.annotations(source="another", ids=some).empty
    assert store.annotations(ids=[]).empty
