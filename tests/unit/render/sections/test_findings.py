"""What residents spoke of most, in a sentence: about so many where the numbers hold noise."""

from dataclasses import replace

from tesoma_geo.render.sections.findings import most_heard_sentence
from tesoma_geo.render.sections.table import PageTable, TableColumn, TableRow, TableValue, respondents_in
from tesoma_geo.render.text.catalogue import catalogue

EN = catalogue("en")
HEARD = PageTable("voices", "", tuple(TableColumn(name, name) for name in ("kind", "topic", "voices")), (), "")


def told(*rows):
    return most_heard_sentence(
        replace(
            HEARD,
            rows=tuple(
                TableRow((TableValue("Barrier"), TableValue(topic), respondents_in(EN, row, "voices")))
                for topic, row in rows
            ),
        ),
        EN,
    )


def test_the_topic_of_most_is_named_and_no_topic_is_none():
    sentence = told(("Dark", {"voices": 7}), ("Steep", {"voices": 12}), (EN("topic.unspecified"), {"voices": 90}))
    assert "Steep" in sentence
    assert "12 respondents)" in sentence


def test_a_number_that_holds_noise_is_told_as_about():
    assert "about 40 respondents" in told(("Dark", {"voices": 40, "about": 15}))


def test_without_rows_it_says_what_the_page_is_about():
    assert told() == EN("voices.description")


def test_how_far_off_a_number_is_stands_beside_it():
    value = respondents_in(EN, {"voices": 1200, "about": 15}, "voices")
    assert (value.shown, value.plain, value.beside) == ("about 1,200", 1200.0, ("± 15",))
