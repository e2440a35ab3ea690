"""Sent twice is stored once; what is taken back stays away, whoever sends it again."""

import pytest

from tesoma_geo.annotations.database import CONTENT, RESPONDENT
from tesoma_geo.annotations.store_import import content_hashes, content_of, plain_value, pseudonymous
from tesoma_geo.sources.annotations.schema import annotation_reading
from tesoma_geo.workshop.phone_store import (
    GONE,
    STORED,
    TAKEN_BACK,
    THERE,
    own_annotations,
    support,
    take_back,
    take_back_all,
    write_posts,
)

SOURCE = "workshop-spring"


def test_an_annotation_sent_twice_is_there_once(store, device, entry):
    phone = device()
    sent = entry(phone, text="A bench")
    assert write_posts(store, [sent]) == [STORED]
    assert write_posts(store, [sent]) == [THERE]
    assert write_posts(store, [sent, sent]) == [THERE, THERE]
    table = store.annotations()
    assert table["text"].tolist() == ["A bench"]
    assert table["source"].tolist() == [SOURCE]
    assert table["state"].tolist() == ["pending"]


def test_twice_in_one_transaction_is_once_too(store, device, entry):
    sent = entry(device())
    assert write_posts(store, [sent, sent]) == [STORED, THERE]
    assert len(store.annotations()) == 1


def test_a_second_sending_changes_nothing_of_the_first(store, device, entry):
    phone = device()
    write_posts(store, [entry(phone, id="a" * 32, text="first")])
    assert write_posts(store, [entry(phone, id="a" * 32, text="second", show=True)]) == [THERE]
    assert store.annotations()["text"].tolist() == ["first"]
    assert own_annotations(store, SOURCE, phone)[0]["consent"] == 0


def test_another_phone_with_the_same_id_says_something_of_its_own(store, device, entry):
    one, other = device(), device()
    assert write_posts(store, [entry(one, id="a" * 32), entry(other, id="a" * 32)]) == [STORED, STORED]
    assert take_back(store, SOURCE, other, "a" * 32)
    assert len(own_annotations(store, SOURCE, one)) == 1


def test_neither_the_key_of_a_phone_nor_its_ids_are_in_the_file(store, device, entry):
    phone = device()
    write_posts(store, [entry(phone, id="b" * 32, text="A bench")])
    content = store.database.path.read_bytes()
    assert b"A bench" in content
    assert phone.encode() not in content
    assert b"b" * 32 not in content


def test_what_is_taken_back_is_gone_from_the_file_and_stays_out(store, device, entry):
    phone = device()
    sent = entry(phone, text="taken back soon", show=True)
    write_posts(store, [sent])
    assert take_back(store, SOURCE, phone, sent.post.id)
    assert not take_back(store, SOURCE, phone, sent.post.id)
    assert write_posts(store, [sent]) == [TAKEN_BACK]
    assert store.annotations().empty
    assert b"taken back soon" not in store.database.path.read_bytes()
    assert store.database.query("SELECT * FROM room_items") == []


def test_what_is_taken_back_before_it_arrives_stays_out(store, device, entry):
    sent = entry(device())
    take_back(store, SOURCE, sent.device, sent.post.id)
    assert write_posts(store, [sent]) == [TAKEN_BACK]


def test_nobody_takes_back_what_another_said(store, device, entry):
    sent = entry(device())
    write_posts(store, [sent])
    assert not take_back(store, SOURCE, device(), sent.post.id)
    assert len(store.annotations()) == 1


def test_who_takes_everything_back_is_forgotten(store, device, entry):
    phone, other = device(), device()
    mine, theirs = entry(phone, show=True), entry(other, show=True)
    write_posts(store, [mine, theirs])
    store.database.execute("UPDATE room_items SET on_wall = 1")
    table = store.annotations()
    subject = table["annotation_id"][table["respondent"] == store.key.pseudonym(SOURCE, other)].iloc[0]
    assert support(store, SOURCE, phone, subject, "day 1", on=True)
    assert take_back_all(store, SOURCE, phone) == 1
    assert write_posts(store, [entry(phone)]) == [GONE]
    assert store.database.query("SELECT * FROM room_marks") == []
    assert len(store.annotations()) == 1


def test_who_said_nothing_may_take_everything_back_and_is_refused_later(store, device, entry):
    phone = device()
    assert take_back_all(store, SOURCE, phone) == 0
    assert write_posts(store, [entry(phone)]) == [GONE]


def test_support_counts_once_a_phone_and_only_of_what_the_room_sees(store, device, entry):
    sent, phone = entry(device(), show=True), device()
    write_posts(store, [sent])
    name = store.annotations()["annotation_id"].iloc[0]
    assert not support(store, SOURCE, phone, name, "day 1", on=True)
    store.database.execute("UPDATE room_items SET on_wall = 1")
    for _ in range(2):
        assert support(store, SOURCE, phone, name, "day 1", on=True)
    assert store.database.query("SELECT count(*) FROM room_marks") == [(1,)]
    assert support(store, SOURCE, phone, name, "day 1", on=False)
    assert store.database.query("SELECT count(*) FROM room_marks") == [(0,)]


def test_a_phone_sees_its_own_annotations_alone(store, device, entry):
    phone = device()
    write_posts(store, [entry(phone, text="mine"), entry(device(), text="another's")])
    assert [one["text"] for one in own_annotations(store, SOURCE, phone)] == ["mine"]
    place = own_annotations(store, SOURCE, phone)[0]["geometry"]
    assert place["type"] == "Point"
    assert [round(value, 4) for value in place["coordinates"]] == [23.6275, 61.5052]


SAID = [
    {},
    {"text": "", "show": True},
    {"text": "  Penkki\n«tänne»  \u0000", "language": "fi", "role": "company", "age_group": "65-79"},
    {"kind": "barrier", "severity": 5, "theme": "steps", "category": "kerb"},
    {"kind": "missing_link", "shape": "line", "places": [[23.62, 61.5], [23.63, 61.51], [23.62, 61.51]]},
    {"kind": "area", "shape": "area", "places": [[23.62, 61.5], [23.63, 61.51], [23.63, 61.5], [23.62, 61.51]]},
]


@pytest.mark.parametrize("said", SAID, ids=range(len(SAID)))
def test_what_is_stored_is_what_an_import_of_the_same_would_store(store, device, entry, said):
    """The import's tables are checked against the contract of annotations, column by column."""
    sent = entry(device(), **said)
    assert write_posts(store, [sent]) == [STORED]
    (name, digest, shape, *content), *more = store.database.query(
        f"SELECT annotation_id, content_hash, geom, {', '.join(CONTENT)} FROM annotations"
    )
    people = store.database.query(f"SELECT {', '.join(RESPONDENT)} FROM respondents")
    assert not more
    now = content[list(CONTENT).index("time")]
    row = sent.post.model_dump(include={"kind", "category", "severity", "text", "role", "age_group", "language"}) | {
        "themes": (sent.post.theme,) if sent.post.theme else (),
        "annotation_id": f"{sent.device}|{sent.post.id}",
        "respondent": sent.device,
        "geometry": sent.geometry,
        "round": sent.round,
        "question": sent.round,
        "time": now,
    }
    table, respondents = pseudonymous(annotation_reading([row], (), crs=store.crs, source=SOURCE), store.key)
    assert [name] == table["annotation_id"].tolist()
    assert [tuple(content)] == content_of(table)
    assert [digest] == content_hashes(table).tolist()
    assert store.database.decode(shape).equals_exact(table.geometry.iloc[0], 0)
    expected = respondents[list(RESPONDENT)].itertuples(index=False)
    assert people == [tuple(plain_value(value) for value in one) for one in expected]
