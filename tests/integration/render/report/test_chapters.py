"""Chapters of the report: what there is data for, tables short enough for paper, sources that exist."""

from collections import Counter
from dataclasses import replace

import pytest

import tesoma_geo as tg
from tesoma_geo.inputs.publication import published
from tesoma_geo.render.report.chapters import MOST_QUOTES, MOST_ROWS, chapters
from tesoma_geo.render.sections.charts import Bars
from tesoma_geo.render.sections.voices_told import told_with_care
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.workspace import LANGUAGES

ENGLISH = catalogue("en")


@pytest.fixture(scope="module")
def publication(assessment: tg.Assessment):
    return published(assessment.inputs, who="test")


@pytest.fixture(scope="module")
def told(assessment, publication):
    return chapters(assessment, publication, ENGLISH)


def keys(these):
    return [chapter.section.key for chapter in these]


def test_the_answer_comes_first_and_every_chapter_once(told):
    assert keys(told)[0] == "reach"
    assert len(set(keys(told))) == len(told)
    assert all(chapter.section.title and chapter.section.short for chapter in told)


def test_printed_tables_are_those_of_the_section_and_short(told):
    assert any(chapter.printed for chapter in told)
    for chapter in told:
        whole = {table.key: table for table in chapter.section.tables}
        for table in chapter.printed:
            rows = whole[table.key].rows
            assert table.rows == rows[:MOST_ROWS]
            assert (table.caption == whole[table.key].caption) == (len(rows) <= MOST_ROWS)


def test_sources_are_named_once_in_their_order(told):
    for chapter in told:
        parts = [part for table in chapter.section.tables for part in table.source.split("; ")]
        assert set(chapter.sources) == set(parts)
        assert len(chapter.sources) == len(set(chapter.sources))


def test_without_a_publication_residents_words_are_in_none(assessment, told):
    silent = chapters(assessment, None, ENGLISH)
    assert set(keys(silent)) < set(keys(told))
    assert "voices" in keys(told)
    assert "voices" not in keys(silent)
    assert not any(chapter.quotes for chapter in silent)


def test_no_more_quotes_than_there_is_room_for(told):
    (voices,) = [chapter for chapter in told if chapter.section.key == "voices"]
    assert len(voices.quotes) <= MOST_QUOTES


def test_each_topic_has_a_bar_below_its_kind_on_one_scale(told):
    (voices,) = [chapter for chapter in told if chapter.section.key == "voices"]
    rows = [row.values for row in voices.section.tables[0].rows]
    drawn = [chart for chart in voices.section.charts if isinstance(chart, Bars)]
    kinds = Counter(kind.shown for kind, _, _ in rows)
    compared = [(kind, topic, number) for kind, topic, number in rows if kinds[kind.shown] > 1]
    assert len(drawn) == len({kind.shown for kind, _, _ in compared}) > 1
    for kind, topic, number in compared:
        (chart,) = [one for one in drawn if one.title.startswith(f"{kind.shown} (")]
        (bar,) = [one for one in chart.bars if one.label.lower() == topic.shown.lower()]
        assert bar.value == number.shown
        assert bar.end == number.plain / max(n.plain for _, _, n in compared)
    # A kind with a single number is a sentence: a bar alone compares nothing.
    for kind, _, number in rows:
        if kinds[kind.shown] == 1:
            assert any(number.shown in line and kind.shown.lower() in line for line in voices.section.sentences)
    signs = [chart.bars[0].sign for chart in drawn]
    assert signs == sorted(
        signs
    )  # as on the page: difficult places, which the chapter's first sentence is of, come first
    assert drawn[0].bars[0].value in voices.section.short


def test_before_the_bars_of_what_residents_told_stand_few_sentences(told, publication, assessment):
    (voices,) = [chapter for chapter in told if chapter.section.key == "voices"]
    assert len(voices.section.sentences) <= 5
    notes = [line.text for line in voices.section.notes.lines]
    assert set(told_with_care(assessment, publication, ENGLISH)) <= set(notes)
    assert not set(notes) & set(voices.section.sentences)


def test_places_that_cost_nobody_anything_are_not_printed(told):
    (barriers,) = [chapter for chapter in told if chapter.section.key == "barriers"]
    (table,) = barriers.printed
    minutes = [at for at, column in enumerate(table.columns) if column.key.endswith("_resident_min")]
    assert minutes
    assert all(any(row.values[at].plain for at in minutes) for row in table.rows)


def test_places_that_count_are_all_in_the_table_or_said_not_to_be(assessment, told):
    sections = {chapter.section.key: chapter for chapter in told}
    (table,) = sections["barriers"].section.tables
    free = len(assessment.lived.barriers) - len(table.rows)
    assert free == 1  # of the sample
    told_free = "1 place is on hardly anybody’s fastest route and is not in the table."
    assert told_free in [line.text for line in sections["barriers"].section.notes.lines]
    assert ENGLISH.counted("lived.counted", len(table.rows) + free, k="5") in [
        line.text for line in sections["lived"].section.notes.lines
    ]


def test_what_there_is_no_data_for_is_not_there(assessment, told):
    bare = replace(assessment, transit_analysis=None, lived=None)
    left = keys(chapters(bare, None, ENGLISH))
    assert "connections" not in left
    assert "reach" in left
    assert set(left) < set(keys(told))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_chapters_without_gaps(assessment, publication, told, language):
    these = chapters(assessment, publication, catalogue(language))
    assert keys(these) == keys(told)
    for chapter in these:
        assert "{" not in chapter.section.short + "".join(chapter.section.sentences)
