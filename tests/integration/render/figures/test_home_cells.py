"""Homes of the sample as cells."""

import numpy as np
from test_encoding import unpacked, unpacked_lines

import tesoma_geo as tg
from tesoma_geo.render.figures import home_cells


def test_the_parts_of_a_cell_add_up_to_its_minutes(assessment: tg.Assessment) -> None:
    grid = home_cells.Grid.of(assessment.origins, assessment.workspace.population.cell_m)
    for profile in assessment.street_analysis.explained:
        told = home_cells.details(assessment, grid, profile)
        usual = grid.mean(assessment.origins[f"{profile}_to_hub_s"])
        there = np.isfinite(usual)
        total = np.sum([unpacked(packed) for packed in told["parts_s"].values()], axis=0)
        assert there.any()
        # Each part is rounded to a second.
        assert np.abs(total - usual)[there].max() <= len(told["parts_s"]), profile
        assert set(told["parts_s"]) <= set(home_cells.parts_of(assessment, profile))


def test_departures_are_told_as_the_study_has_them(assessment: tg.Assessment) -> None:
    study = assessment.transit_analysis
    assert study is not None
    grid = home_cells.Grid.of(assessment.origins, assessment.workspace.population.cell_m)
    told = home_cells.departures(study, assessment.workspace.access.cutoffs_min)
    steps = np.reshape(unpacked(home_cells.departure_minutes(study, grid)), (len(grid.squares), len(told["clocks"])))
    minutes = np.cumsum(steps, axis=1)
    assert told["clocks"] == list(study.departure_clocks)
    for number, seconds in enumerate(study.departure_s.T):
        expected = grid.mean(seconds) / 60
        there = np.isfinite(expected)
        assert (minutes[~there, number] == -1).all()
        np.testing.assert_array_equal(minutes[there, number], np.ceil(expected[there]))


def test_legs_are_lines_of_those_who_get_there(assessment: tg.Assessment) -> None:
    study = assessment.transit_analysis
    assert study is not None
    grid = home_cells.Grid.of(assessment.origins, assessment.workspace.population.cell_m)
    told, legs = home_cells.details(assessment, grid, "transit")["legs"], study.legs[grid.first]
    walked = [len(line) > 0 for line in unpacked_lines(told["walks"])]
    assert walked == [len(trip) > 0 for trip in legs][: len(walked)]
    assert not any(legs[len(walked) :])
    ridden = [trip >= 0 for trip in unpacked(told["of"])]
    assert ridden == [len(trip) > 1 for trip in legs]
    assert 0 < len(unpacked(told["count"])) < sum(ridden), "many ride alike"
    (answers,) = home_cells.home_answers(assessment, grid, ["transit"])
    walked_s = np.reshape(unpacked(answers["walked_s"]), (-1, 2))
    np.testing.assert_array_equal(walked_s, study.walked_s[grid.first])
    np.testing.assert_array_equal(walked_s.any(axis=1), ridden)
