"""The sources of a page: each subject once, its day and licence as the reader meets them."""

from dataclasses import replace

import tesoma_geo as tg
from tesoma_geo.render.sections.sources import source_lines, source_table
from tesoma_geo.render.text.catalogue import catalogue


def test_each_source_is_told_once_and_a_place_of_the_workspace_is_none(assessment: tg.Assessment) -> None:
    lines = source_lines(assessment, catalogue("en"))
    assert len(lines) == len(set(lines))
    subjects = [line.subject for line in lines]
    assert subjects.count("Residents’ answers") == 1  # two files of one survey
    assert "Centre" not in subjects


def test_a_licence_that_nobody_states_is_said_to_be_missing(assessment: tg.Assessment) -> None:
    told = replace(assessment, inputs=replace(assessment.inputs, reports=assessment.reports[:1]))
    assert [line.licence for line in source_lines(told, catalogue("en"))] == ["No licence stated"]


def test_the_table_has_every_file(assessment: tg.Assessment) -> None:
    table = source_table(assessment, catalogue("en"))
    files = [row.values[-1].shown for row in table.rows]
    assert {"streets.osm.pbf", "gtfs.zip", "areas.gpkg"} <= set(files)
    assert table.folded
