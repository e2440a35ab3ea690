"""The recognisers of personal data, measured on a corpus whose author had not seen them."""

import csv
import itertools
from collections import Counter
from pathlib import Path

import pytest

from tesoma_geo.annotations.personal_data.readings import readings
from tesoma_geo.annotations.review import PERSONAL, personal_pieces, text_flags

CORPUS = Path(__file__).resolve().parents[2] / "data" / "personal_data"
#: The share of each kind that must be found; what may be written in fewer ways, in more.
LEAST = {"phone": 0.98, "email": 0.98, "identity": 0.98, "plate": 0.98, "account": 0.98, "name": 0.8, "address": 0.8,
         "handle": 0.8, "link": 0.8}  # fmt: skip
MOST_FALSE = 0.05
FLAG_OF = {"identity": "identity_code", "handle": "username"}


def counted(corpus):
    """How many texts of each kind there are, and are found as what they are."""
    there, found = Counter(), Counter()
    with (CORPUS / corpus).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            there[row["kind"]] += 1
            found[row["kind"]] += FLAG_OF.get(row["kind"], row["kind"]) in text_flags(row["text"])
    return there, found


@pytest.mark.parametrize("corpus", ["spellings.csv", "spellings_2.csv"])
def test_of_the_corpus_enough_of_each_kind_is_found_as_what_it_is(corpus):
    there, found = counted(corpus)
    shares = {kind: found[kind] / number for kind, number in there.items()}
    assert set(shares) >= set(LEAST) - {"link"}
    assert {kind: share for kind, share in shares.items() if share < LEAST[kind]} == {}
    numbers = [kind for kind in shares if LEAST[kind] == 0.98]
    assert sum(found[kind] for kind in numbers) >= 0.98 * sum(there[kind] for kind in numbers)


@pytest.mark.parametrize(
    ("corpus", "least"),
    [
        ("spellings_3.csv", 0.98), ("spellings_4.csv", 0.98), ("spellings_5.csv", 0.96), ("spellings_6.csv", 0.98),
        ("spellings_7.csv", 0.98), ("spellings_8.csv", 0.98), ("spellings_9.csv", 0.98),
        ("spellings_10.csv", 0.98), ("spellings_11.csv", 0.98), ("spellings_12.csv", 0.97), ("spellings_13.csv", 0.98),
        ("spellings_14.csv", 0.98), ("spellings_15.csv", 0.93),
    ],
)  # fmt: skip
def test_numbers_that_are_meant_to_get_by_are_found(corpus, least):
    there, found = counted(corpus)
    numbers = [kind for kind in there if LEAST[kind] == 0.98]
    assert sum(found[kind] for kind in numbers) >= least * sum(there[kind] for kind in numbers)
    people = [kind for kind in there if LEAST[kind] == 0.8]
    assert sum(found[kind] for kind in people) >= 0.8 * sum(there[kind] for kind in people)
    assert {kind: found[kind] / there[kind] for kind in there if found[kind] < 0.8 * there[kind]} == {}


def test_few_comments_that_look_like_numbers_and_names_are_flagged():
    comments = (CORPUS / "harmless_3.txt").read_text(encoding="utf-8").splitlines()
    false = [comment for comment in comments if PERSONAL & set(text_flags(comment))]
    assert len(comments) == 258
    assert len(false) <= MOST_FALSE * len(comments)


@pytest.mark.parametrize("corpus", ["harmless.txt", "harmless_2.txt", "harmless_4.txt", "harmless_5.txt"])
def test_few_harmless_comments_are_flagged(corpus):
    comments = (CORPUS / corpus).read_text(encoding="utf-8").splitlines()
    assert len(comments) == 1000
    false = [comment for comment in comments if PERSONAL & set(text_flags(comment))]
    assert len(false) <= MOST_FALSE * len(comments)


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("131052–308T", "identity_code"), ("131052 308T", "identity_code"), ("131052-308U", "identity_code"),
        ("358401234567", "phone"), ("nolla neljä nolla yksi kaksi kolme neljä viisi kuusi seitsemän", "phone"),
        ("matti(a)posti.fi", "email"), ("matti miukumauku posti piste fi", "email"),
        ("ABC-123 pysäköi aina tähän", "plate"), ("FI21 1234 5600 0007 85", "account"),
        ("Virtasen Matti asuu tuossa", "name"), ("Pekan ja Liisa Korhosen aita", "name"),
        ("Koulukatu 8", "address"), ("Mäkikuja 7:ssä", "address"), ("@tesoman_tytto", "username"),
    ],
)  # fmt: skip
def test_what_slipped_through_before_is_flagged(text, flag):
    assert flag in text_flags(text)


@pytest.mark.parametrize(
    "text",
    [
        "Helmi Lielahdessa, rauha Kaarilassa", "Aleksis Kiven katu on kaunis", "Linjat 8, 17 ja 38, klo 06:15-22:45",
        "Tontti 837-217-2501-3", "COVID-19 ja LED-100", "Uusi koulu maksoi 12 500 000 euroa",
        "Tie 65 ja valtatie 12", "Meet at night. It is dark", "Pyhän Henrikin aukio",
    ],
)  # fmt: skip
def test_what_only_looks_like_it_is_not(text):
    assert PERSONAL & set(text_flags(text)) == set()


@pytest.mark.parametrize(
    "form",
    [
        "{d:02}-{m:02}-{y} {h:02}:{n:02}", "{d}.{m}.{y} klo {h}.{n:02}", "{y}-{m:02}-{d:02} {h:02}:{n:02}",
        "{d:02}{m:02}{y}", "{d:02}.{m:02}.{y} {h:02}.{n:02}", "{d}/{m}/{y} at {h}:{n:02}", "{d}.{m}.{y}–{m}.{m}.{y}",
        "{d}.{m}.{y}, {h} A 12",
    ],
)  # fmt: skip
def test_days_and_times_of_day_are_no_numbers_of_anybody(form):
    days = itertools.product(range(1, 29, 3), (1, 4, 5, 9, 12), (1987, 2019, 2026), (0, 9, 15))
    told = [form.format(d=day, m=month, y=year, h=hour, n=day * hour % 60) for day, month, year, hour in days]
    texts = [f"Bussi myöhässä {moment} taas" for moment in told]
    assert [text for text in texts if PERSONAL & set(text_flags(text))] == []


def test_the_hints_are_the_pieces():
    assert personal_pieces("Soita 040 1234567 tai matti(a)posti.fi") == {
        "email": ("matti(a)posti.fi",),
        "link": ("posti.fi",),
        "phone": ("040 1234567",),
    }


def test_a_text_is_read_as_it_stands_first():
    assert readings("kuoppa – iso") == ("kuoppa - iso",)
    assert readings("0 4 0 1 2 3 4")[1] == "0401234"


def test_both_sides_of_a_long_texts_parts_are_looked_at():
    for before in range(560, 640, 7):
        text = "kuoppa " * (before // 7) + "soita 040 123 4567 " + "kuoppa " * 200
        assert "phone" in text_flags(text)
