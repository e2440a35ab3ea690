"""The sections of the pages: true to the results, in every language, and absent where there is nothing to tell."""

from dataclasses import replace

import numpy as np
import pytest

import tesoma_geo as tg
from tesoma_geo.render.sections import certainty, fairness, hub, nature, transit, why, winter
from tesoma_geo.render.sections.section import PageSection
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.workspace import Language


def sections(assessment: tg.Assessment, language: Language) -> list[PageSection]:
    text, profiles = catalogue(language), list(assessment.summary["profiles"])
    made = [
        fairness.ages(assessment, text),
        transit.connections(assessment, text),
        transit.through_the_day(assessment, text),
        transit.stops(assessment, text),
        hub.services_at_hub(assessment, text),
        nature.nature(assessment, text),
        hub.targets(assessment, text),
        fairness.fairness(assessment, text),
        winter.winter(assessment, text),
        certainty.certainty(assessment, text),
        *(why.why(assessment, text, profile) for profile in profiles),
        *(winter.winter_of(assessment, text, profile) for profile in profiles),
        *(certainty.certainty_of(assessment, text, profile) for profile in profiles),
    ]
    return [section for section in made if section is not None]


def with_summary(assessment: tg.Assessment, **changed: object) -> tg.Assessment:
    return replace(assessment, summary={**assessment.summary, **changed})


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_row_fits_its_columns_and_every_bar_its_track(assessment: tg.Assessment, language: Language) -> None:
    made = sections(assessment, language)
    assert {"ages", "at-hub", "fairness", "winter", "sure", "why"} <= {section.key for section in made}
    for section in made:
        assert section.tables
        assert section.short
        for table in section.tables:
            assert table.rows, table.key
            assert {len(row.values) for row in table.rows} == {len(table.columns)}
        for chart in section.charts:
            for bar in getattr(chart, "bars", ()):
                assert 0 <= bar.start <= bar.end <= 1, (section.key, bar)


def test_parts_of_the_way_sum_to_the_mean_of_those_who_get_there(assessment: tg.Assessment) -> None:
    residents = assessment.origins["population"].to_numpy(float)
    for profile in assessment.street_analysis.explained:
        seconds = assessment.origins[f"{profile}_to_hub_s"].to_numpy(float)
        there = np.isfinite(seconds)
        mean_min = np.average(seconds[there], weights=residents[there]) / 60
        parts = why.parts_of(assessment, profile)
        assert sum(part.mean_min for part in parts) == pytest.approx(mean_min, abs=0.02)
        assert sum(part.largest_for for part in parts) <= residents[there].sum()


def test_steps_of_the_way_follow_each_other(assessment: tg.Assessment) -> None:
    section = why.why(assessment, catalogue("en"), "walk")
    assert section is not None
    *steps, whole = section.charts[0].bars  # type: ignore[union-attr]
    ends = [step.start if step.falls else step.end for step in steps]
    for ended, after in zip(ends, steps[1:], strict=False):
        assert (after.end if after.falls else after.start) == pytest.approx(ended, abs=1e-3)
    # Parts too small to be shown are in the sum.
    assert (whole.start, whole.end) == pytest.approx((0, ends[-1]), abs=0.02)


def test_winter_stands_beside_summer(assessment: tg.Assessment) -> None:
    figures = assessment.summary["winter"]["profiles"]["walk"]
    section = winter.winter_of(assessment, catalogue("en"), "walk")
    assert section is not None
    for row, cutoff in zip(section.tables[0].rows, assessment.workspace.access.cutoffs_min, strict=True):
        before, after = (figures[season]["population_within"][f"{cutoff:g}"] for season in ("before", "after"))
        assert [value.plain for value in row.values] == [cutoff, before, after, after - before]
    assert winter.winter_of(assessment, catalogue("en"), "roller_skates") is None


def test_each_assumption_of_winter_is_told_in_the_readers_language(assessment: tg.Assessment) -> None:
    for language in ("fi", "sv", "en"):
        section = winter.winter(assessment, catalogue(language))
        assert section is not None
        assert section.notes is not None
        assert [line.text for line in section.notes.lines if line.language != language] == []


def test_an_interval_is_told_with_the_card(assessment: tg.Assessment) -> None:
    told = certainty.headline_interval(assessment, catalogue("en"), "7 residents in 10 can walk there.")
    assert told.startswith("7 residents in 10 can walk there.")
    assert "in 100" in told


def test_every_street_profile_has_its_intervals(assessment: tg.Assessment) -> None:
    text, sure = catalogue("en"), assessment.summary["uncertainty"]
    together = certainty.certainty(assessment, text)
    assert [row.values[0].shown for row in together.tables[0].rows] == [text.named("profile", name) for name in sure]
    for profile, told in sure.items():
        section = certainty.certainty_of(assessment, text, profile)
        assert section is not None
        shown = {tuple(value.plain for value in row.values[1:]) for row in section.tables[0].rows}
        for at in assessment.workspace.access.cutoffs_min:
            figure = told["figures"][f"population_within_{at:g}_min"]
            assert (figure["mapped"], figure["low"], figure["high"]) in shown
    assert certainty.certainty_of(assessment, text, "transit") is None


def test_nature_is_told_by_profile(assessment: tg.Assessment) -> None:
    near = {"walk": {"median_min": 4.2, "population_within_5_min": 300}}
    figures = {"areas": 12, "hectares": 80.5, "least_ha": 0.5, "within_min": 5.0, "profiles": near}
    section = nature.nature(with_summary(assessment, nature=figures, population_total=400), catalogue("en"))
    assert section is not None
    assert "75%" in section.short
    assert [value.plain for value in section.tables[0].rows[0].values[1:]] == [300, 0.75, 4.2]


def test_targets_are_told_when_the_workspace_names_them(assessment: tg.Assessment) -> None:
    assert hub.targets(with_summary(assessment, targets={}), catalogue("en")) is None
    wanted = {
        "walk_within_15_min": {"target": 0.7, "value": 0.65, "met": False},
        "car_within_10_min": {"target": 0.5, "value": 0.9, "met": True},
    }
    section = hub.targets(with_summary(assessment, targets=wanted), catalogue("en"))
    assert section is not None
    assert section.short == "Targets met: 1 out of 2."
    assert [row.values[-1].shown for row in section.tables[0].rows] == ["not yet", "yes"]
    assert [bar.mark for bar in section.charts[0].bars] == [0.7, 0.5]  # type: ignore[union-attr]


def test_what_is_not_known_has_no_section(assessment: tg.Assessment) -> None:
    text = catalogue("en")
    assert hub.services_at_hub(with_summary(assessment, hub_services=None), text) is None
    assert nature.nature(with_summary(assessment, nature=None), text) is None
    untimed = replace(assessment, transit_analysis=None)
    assert transit.connections(untimed, text) is None
    assert transit.through_the_day(untimed, text) is None
    assert transit.stops(untimed, text) is None
    unreached = assessment.summary["fairness"]["walk"] | {"spread": None, "by_area": {}}
    plain = fairness.fairness(with_summary(assessment, fairness={"walk": unreached}), text)
    assert "Gini" not in " ".join((plain.short, *plain.sentences))
