"""Connections, where there is a timetable."""

from dataclasses import replace

import pandas as pd

import tesoma_geo as tg
from tesoma_geo.render.sections import transit
from tesoma_geo.render.sections.charts import Curves
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


def test_a_day_that_ends_at_midnight_says_so(assessment: tg.Assessment) -> None:
    ends = {"en": "6:00 and midnight, ", "fi": "Kun lähtee klo\u00a06.00–24.00, ", "pt": "e meia-noite, "}
    for language, words in ends.items():
        day = transit.through_the_day(assessment, catalogue(language))
        assert day is not None
        assert words in day.short


def test_departures_that_need_rides_after_the_end_of_the_timetable_are_no_worst_time(assessment: tg.Assessment) -> None:
    text, whole = catalogue("en"), assessment.transit_analysis
    assert whole is not None
    cutoffs, residents = assessment.workspace.access.cutoffs_min, int(assessment.summary["population_total"])
    assert max(cutoffs) == 30
    day = pd.DataFrame({"clock": ["11:00", "11:15", "11:30", "11:45"], "median_min": 20.0})
    for cutoff in cutoffs:
        day[f"within_{cutoff:g}"] = [residents // 2, residents, residents // 4, 0]

    def told(to: str, *, covers_day: bool = False) -> tuple[str, tuple[str, ...], int, int]:
        cut = replace(whole, day=day, hours=("06:00", to), covers_day=covers_day)
        section = transit.through_the_day(replace(assessment, transit_analysis=cut), text)
        assert section is not None
        (curves,), (table,) = section.charts, section.tables
        assert isinstance(curves, Curves)
        return section.short, section.sentences, curves.curves[0].path.count("L") + 1, len(table.rows)

    short, sentences, points, rows = told("11:59")
    assert "(11:00)" in short
    assert "11:45" not in short
    assert len(sentences) == 1
    assert "11:30" in sentences[0]
    assert "11:59" in sentences[0]
    assert (points, rows) == (2, 4)
    # A minute less, and the last departure of the quarter from 11:15 lacks a ride.
    assert told("11:58")[1:] == ((text("day.left_out", since="11:15", to="11:58"),), 1, 4)
    # What is so for all is told of all; the end of a whole day is a finding.
    for short, *others in (told("11:20"), told("11:59", covers_day=True)):
        assert "(11:45)" in short
        assert others == [(), 4, 4]


def test_a_timetable_that_is_cut_has_no_last_ride_home(assessment: tg.Assessment) -> None:
    text, whole = catalogue("en"), assessment.transit_analysis
    assert whole is not None
    assert whole.last_home

    def told(covers_day: bool) -> str:
        cut = replace(whole, hours=("06:00", "11:59"), covers_day=covers_day)
        section = transit.connections(replace(assessment, transit_analysis=cut), text)
        assert section is not None
        return " ".join(section.sentences)

    assert "ride home leaves" in told(covers_day=True)
    assert "covers only 6:00–11:59" in told(covers_day=False)
    assert "the last ride home, are not known" in told(covers_day=False)
    assert "ride home leaves" not in told(covers_day=False)
