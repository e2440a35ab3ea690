"""Connections, where there is a timetable."""

from dataclasses import replace

import tesoma_geo as tg
from tesoma_geo.render.sections import transit
from tesoma_geo.render.text.catalogue import catalogue


def test_without_a_timetable_there_is_no_section(assessment: tg.Assessment) -> None:
    untimed, text = replace(assessment, transit_analysis=None), catalogue("en")
    for section in (transit.connections, transit.through_the_day, transit.stops):
        assert section(assessment, text) is not None
        assert section(untimed, text) is None
