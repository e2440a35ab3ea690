"""Connections, where there is a timetable."""

from dataclasses import replace

import tesoma_geo as tg
from tesoma_geo.render.sections import transit
from tesoma_geo.render.text.catalogue import catalogue


def test_without_a_timetable_there_is_no_section(assessment: tg.Assessment) -> None:
    untimed, text = replace(assessment, transit_analysis=None), catalogue("en")
    for section in (transit.connections, transit.through_the_day, transit.connections_and_stops):
        assert section(assessment, text) is not None
        assert section(untimed, text) is None


def test_the_stops_of_the_district_are_told_with_its_connections(assessment: tg.Assessment) -> None:
    text = catalogue("en")
    alone, both = transit.connections(assessment, text), transit.connections_and_stops(assessment, text)
    assert alone is not None
    assert both is not None
    assert both.tables[:-1] == alone.tables
    stops = both.tables[-1]
    assert stops.key == "stops"
    assert stops.caption.startswith(f"{len(stops.rows)} stops")
    assert str(len(stops.rows)) in (stops.folded or "")
