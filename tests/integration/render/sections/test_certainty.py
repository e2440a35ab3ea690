"""How sure the figures are, by profile and at a glance."""

import tesoma_geo as tg
from tesoma_geo.render.sections import certainty
from tesoma_geo.render.sections.charts import Bars
from tesoma_geo.render.text.catalogue import catalogue


def test_every_street_profile_has_its_intervals(assessment: tg.Assessment) -> None:
    text, sure = catalogue("en"), assessment.summary["uncertainty"]
    together = certainty.certainty(assessment, text)
    assert [row.values[0].shown for row in together.tables[0].rows] == [text.named("profile", name) for name in sure]
    for profile, intervals in sure.items():
        section = certainty.certainty_of(assessment, text, profile)
        assert section is not None
        shown = {tuple(value.plain for value in row.values[1:]) for row in section.tables[0].rows}
        for at in assessment.workspace.access.cutoffs_min:
            figure = intervals["figures"][f"population_within_{at:g}_min"]
            assert (figure["mapped"], figure["low"], figure["high"]) in shown
    assert certainty.certainty_of(assessment, text, "transit") is None


def test_a_bar_of_what_is_likely_has_the_figure_of_the_map_on_it(assessment: tg.Assessment) -> None:
    for profile in assessment.summary["uncertainty"]:
        section = certainty.certainty_of(assessment, catalogue("en"), profile)
        assert section is not None
        (chart,) = section.charts
        assert isinstance(chart, Bars)
        assert chart.ranges
        assert all(bar.mark is not None and bar.start <= bar.mark <= bar.end for bar in chart.bars)


def test_where_nobody_lives_near_the_limit_no_number_is_told(assessment: tg.Assessment) -> None:
    text, told = catalogue("en"), {}
    for profile, uncertainty in assessment.summary["uncertainty"].items():
        section = certainty.certainty_of(assessment, text, profile)
        assert section is not None
        told[profile] = section.short
        assert section.short.startswith("Nobody") == (uncertainty["limit_uncertain"]["population"] == 0)
    assert told["car"].startswith("Nobody")
    assert told["walk"][0].isdigit()


def test_by_car_it_is_said_that_no_queues_were_varied(assessment: tg.Assessment) -> None:
    text = catalogue("en")
    sections = {profile: certainty.certainty_of(assessment, text, profile) for profile in ("car", "walk")}
    told = {profile: text("sure.no_queues") in section.sentences for profile, section in sections.items() if section}
    assert told == {"car": True, "walk": False}


def test_where_all_are_surely_there_no_later_minutes_say_it_again(assessment: tg.Assessment) -> None:
    figures = {f"population_within_{at:g}_min": {"low": low} for at, low in ((5, 40), (10, 100), (15, 100))}
    assert list(certainty._until_all((5.0, 10.0, 15.0), figures, 100)) == [5.0, 10.0]
    assert list(certainty._until_all((5.0, 10.0, 15.0), figures, 101)) == [5.0, 10.0, 15.0]
    # By car everybody of the sample is there long before the last minutes.
    section = certainty.certainty_of(assessment, catalogue("en"), "car")
    assert section is not None
    (chart,) = section.charts
    assert [bar.start for bar in chart.bars].count(1.0) == 1
    assert chart.bars[-1].start == 1.0
