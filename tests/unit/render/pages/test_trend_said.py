"""What residents said over the years, in words: numbers that are not told are no zeros."""

import pytest

from tesoma_geo.languages import CATALOGUES
from tesoma_geo.render.pages.trend_said import LISTED, barrier_lines, theme_rows
from tesoma_geo.render.text.catalogue import catalogue


def said(date, values, themes):
    return {
        "date": date, "cohorts": ["1"], "respondents": 60, "by_topic": [], "barriers": 2,
        "values": values, "themes": themes,
    }  # fmt: skip


def step(*changed):
    rows = [
        {"category": category, "streets": street, "level": "street", "respondents": 5, "change": change}
        for category, street, change in changed
    ]
    return {
        "since": "2026-01-01", "until": "2027-01-01", "open": 7, "mended": 1, "no_longer_told": 0, "new": 2,
        "changed": rows,
    }  # fmt: skip


def test_a_theme_that_one_date_does_not_tell_is_not_told():
    text = catalogue("en")
    runs = [said("2026-01-01", {"together": 17}, {"together": 17}), said("2027-01-01", {}, {"youth": 6})]
    rows = theme_rows({"voices": runs}, text)
    assert rows is not None
    assert rows.rows == (
        ("Doing things together", ("17", "not published")), ("Things to do for young people", ("not published", "6")),
    )  # fmt: skip
    assert len(rows.days) == 2


def test_without_published_answers_there_is_nothing():
    assert theme_rows({}, catalogue("en")) is None
    assert theme_rows({"voices": [said("2026-01-01", {}, {})]}, catalogue("en")) is None
    assert barrier_lines({}, catalogue("en")) == []


@pytest.mark.parametrize("language", CATALOGUES)
def test_every_change_has_a_word_in_every_language(language):
    changed = step(("dark", "Kuja", "new"), ("steps", "", "mended"), ("steep", "<b>", "no_longer_told"))
    ((told, lines),) = barrier_lines({"barriers": [changed]}, catalogue(language))
    assert "7" in told
    assert len(set(lines)) == 3
    assert lines[2].count("<b>") == 1  # a text; the page escapes it


def test_what_is_beyond_the_list_is_counted():
    changed = step(*[("dark", str(number), "new") for number in range(LISTED + 3)])
    ((_, lines),) = barrier_lines({"barriers": [changed]}, catalogue("en"))
    assert lines[-1] == "and 3 more in the file"
    assert len(lines) == LISTED + 1
