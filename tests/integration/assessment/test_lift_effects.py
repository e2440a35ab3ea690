"""What lifts out of order do to the residents of the bundled district, against the router asked another way."""

from dataclasses import replace

import numpy as np
import pytest

from tesoma_geo.assessment.lift_effects import lift_effects, rolling_profile, rolling_seconds
from tesoma_geo.cli.explain_for_riders import lift_lines, lifts_for_riders
from tesoma_geo.inputs.timetable_doubts import lift_notes, timetable_doubts
from tesoma_geo.languages import CATALOGUES
from tesoma_geo.network import StreetRouter
from tesoma_geo.network.transit import Timetable, transit_router
from tesoma_geo.render.sections.transit import lifts_told
from tesoma_geo.render.text.catalogue import catalogue

#: The hub's stop, and one nearby.
CLOSED = ("9005", "9006")


@pytest.fixture(scope="module")
def inputs(sample_inputs):
    """The sample with two stops closed to wheelchairs, its residents going where they may board anything."""
    section = sample_inputs.workspace.transit
    feeds = [sample_inputs.workspace.resolve(source) for source in section.gtfs]
    return replace(sample_inputs, timetable=Timetable.from_gtfs(feeds, section.date, CLOSED))


@pytest.fixture(scope="module")
def effects(inputs):
    return lift_effects(inputs)


def test_effects_are_those_of_two_timetables(inputs, sample_inputs, effects):
    streets = StreetRouter.build(inputs.network, rolling_profile(inputs), inputs.workspace.network.max_snap_m)
    stops = sample_inputs.timetable.stops
    closed = replace(
        sample_inputs.timetable,
        stops=stops.assign(wheelchair=stops["wheelchair"].mask(stops["stop_id"].isin(CLOSED), 2)),
    )
    residents = inputs.origins["population"].to_numpy()
    minutes = []
    for timetable in (sample_inputs.timetable, closed):
        router = transit_router(streets, timetable, inputs.workspace.transit.window)
        to = router.trips_to(inputs.origins, inputs.hub).percentiles((50,))[0]
        back = router.trips_from(inputs.hub, inputs.origins).percentiles((50,))[0]
        minutes.append(np.array([to, back]) / 60)
    before, now = minutes
    assert effects.lifts == CLOSED
    assert effects.stations == tuple(stops.set_index("stop_id")["name"][list(CLOSED)])
    for cutoff in inputs.workspace.access.cutoffs_min:
        assert effects.within[f"{cutoff:g}"] == residents[now[0] <= cutoff].sum()
        assert effects.within_working[f"{cutoff:g}"] == residents[before[0] <= cutoff].sum()
    with np.errstate(invalid="ignore"):
        more = np.nan_to_num(now - before, nan=0.0, posinf=0.0).max(axis=0)
    assert effects.longer == residents[more >= 1 - 1e-6].sum() > 0
    assert effects.cut_off == residents[(np.isfinite(before) & np.isinf(now)).any(axis=0)].sum()
    assert effects.longer_min >= 1
    assert effects.median_min >= effects.median_working_min


def test_nothing_is_asked_where_all_lifts_work(sample_inputs):
    assert lift_effects(sample_inputs) is None
    assert rolling_seconds(sample_inputs, sample_inputs.origins) is None
    assert lifts_for_riders(sample_inputs, 23.6275, 61.5052) == {}
    assert lift_lines({}) == []
    assert list(lift_notes(sample_inputs.timetable)) == []


def test_check_and_explain_tell_it(inputs):
    first, second = lift_notes(inputs.timetable)
    assert all(stop in first and stop in second for stop in CLOSED)
    doubts = list(timetable_doubts(inputs.timetable, inputs.workspace, inputs.study_area, None, None))
    untold = (inputs.timetable.trips["wheelchair"] == 0).mean()
    assert [problem for problem, _ in doubts if "lift" in problem] == [
        f"lifts are out of order: of {untold:.0%} of the trips the feed does not say whether a wheelchair may board"
    ]
    # A stop that is closed to wheelchairs already: nothing changes, and it is said.
    shut = inputs.timetable.stops.assign(wheelchair=2)
    already = replace(
        inputs.timetable, stops=shut, lifts=replace(inputs.timetable.lifts, wheelchair=shut["wheelchair"])
    )
    doubts = list(timetable_doubts(already, inputs.workspace, inputs.study_area, None, None))
    assert any("change no way: 9005, 9006" in problem for problem, _ in doubts)
    at = inputs.origins.to_crs(4326).geometry.iloc[0]
    content = lifts_for_riders(inputs, at.x, at.y)["lifts_out_of_order"]
    assert [one["id"] for one in content["lifts"]] == list(CLOSED)
    assert content["to_hub_min"] >= content["to_hub_working_min"] > 0
    to, back = lift_lines({"lifts_out_of_order": content})
    assert f"{content['to_hub_min']:.1f} min; if the lifts worked" in to
    assert back.startswith("in a wheelchair from the hub")


@pytest.mark.parametrize("language", CATALOGUES)
def test_pages_tell_it(effects, language):
    words = catalogue(language)
    texts = lifts_told(words, effects)
    assert "(9005)" in texts[0]
    assert words.number(effects.longer) in texts[1]
    nobody = replace(effects, longer=0, longer_min=None, cut_off=0)
    assert len(lifts_told(words, nobody)) == 2
    assert words.number(7) in lifts_told(words, replace(nobody, cut_off=7))[1]
