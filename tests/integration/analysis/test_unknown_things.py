"""A mapping walk on the sample: what matters, what looking is foretold to give, and what it gives."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import tesoma_geo as tg
from tesoma_geo.analysis.hub_figures import width
from tesoma_geo.analysis.uncertainty import Assumptions, hub_uncertainty
from tesoma_geo.analysis.unknown_things import unknown_things
from tesoma_geo.errors import InputError
from tesoma_geo.inputs.layers import read_inputs
from tesoma_geo.network import StreetRouter
from tesoma_geo.render.pages.field_sheet import field_sheet

#: Only what the map lacks is drawn.
MAP_ALONE = Assumptions(speed_cv=0.0, spread_m=0.0, snap_m=0.0, hub_m=0.0, elevation=False, residents=False)
FIGURES = ("p90_min", "population_within_10_min")


@pytest.fixture(scope="module")
def router(sample_inputs):
    wheelchair = next(one for one in sample_inputs.profiles if one.name == "wheelchair")
    return StreetRouter.build(sample_inputs.network, wheelchair, sample_inputs.workspace.network.max_snap_m)


@pytest.fixture(scope="module")
def found(sample_inputs, router):
    points = (sample_inputs.origins, sample_inputs.hub, sample_inputs.services)
    few = {"closer": 12, "walks": 12, "runs": 512}
    return {figure: unknown_things(router, *points, figure=figure, **few) for figure in FIGURES}


def width_of(figure, inputs, network, router, runs=256):
    """The width of the interval of what the map lacks, by the way in which `run` makes its intervals."""
    after = StreetRouter.build(network, router.profile, router.max_snap_m)
    drawn = hub_uncertainty(after, inputs.origins, inputs.hub, runs=runs, assumptions=MAP_ALONE).draws
    return width(drawn[figure].to_numpy())


def keys_of(things, network):
    model = network.unknown_tags
    numbers = {int(one[4:]) for thing in things["thing"] for one in thing.split(";")}
    return np.unique(model.street[network.ways["osm_id"].isin(numbers).to_numpy()])


@pytest.mark.parametrize("figure", FIGURES)
def test_walks_give_what_is_foretold(figure, found, sample_inputs, router):
    network, one = sample_inputs.network, found[figure]
    truths = network.unknown_tags.drawn(777, range(10))
    keys = keys_of(one.things.head(one.places), network)
    after = [
        width_of(figure, sample_inputs, network.with_ways(ways).with_unknown_tags(), router)
        for ways in (truths.told(run, network.ways, keys) for run in range(10))
    ]
    assert one.width_now > 0
    assert one.width_now - np.mean(after) == pytest.approx(one.width_now - one.width_then, rel=0.2)


def test_a_walk_is_played_through_by_its_files(found, sample_workspace, sample_inputs, router, tmp_path):
    figure, network = "p90_min", sample_inputs.network
    one = found[figure]
    truth = network.unknown_tags.drawn(778, range(1))
    seen = truth.told(0, network.ways, keys_of(one.things, network)).set_index("osm_id")
    table = one.things.drop(columns="geometry")
    rows = []
    for row in table.to_dict("records"):
        for way in row["thing"].split(";"):
            surface = seen.loc[[int(way[4:])], "surface"].iloc[0]
            rows.append({**row, "thing": way, "surface": surface})
    pd.DataFrame(rows).to_csv(tmp_path / "walk.csv", index=False)
    text = sample_workspace.read_text(encoding="utf-8").replace('"sample/', f'"{sample_workspace.parent}/sample/')
    (tmp_path / "tesoma.toml").write_text(f'{text}\n[survey_walk]\nsource = "walk.csv"\n', encoding="utf-8")
    inputs = read_inputs(tg.Workspace.load(tmp_path / "tesoma.toml"))
    report = next(report for report in inputs.reports if report.key == "survey_walk.0")
    assert report.rows == len(rows) >= len(one.things)
    now = width_of(figure, inputs, inputs.network, router)
    assert one.width_now - now == pytest.approx(one.width_now - one.width_then, rel=0.2)


def test_the_door_of_a_hub_that_is_a_place_is_ranked_beside_streets(sample_inputs, router):
    """What knowing it gives is what the draws of run leave when the hub stays where it is."""
    layers, few = sample_inputs, {"closer": 6, "walks": 6, "runs": 256}
    hub = layers.hub.iloc[[0]].assign(around_m=75.0)
    one = unknown_things(router, layers.origins, hub, figure="population_within_10_min", places=200, **few)
    door = one.things[one.things["kind"] == "door"].iloc[0]
    assert (door["thing"], door["missing"], door["highway"]) == ("hub", "entrance", "")
    assert door.geometry.distance(hub.geometry.iloc[0]) == 0
    assert 0 < door["share"] <= 1
    assert door["residents"] == layers.origins["population"].sum()
    assert "Mark it on the map" in field_sheet(one, replace(layers, hub=hub), "en")
    widths = [
        width(hub_uncertainty(router, layers.origins, hub, runs=256, assumptions=replace(MAP_ALONE, hub_m=metres))
              .draws["population_within_10_min"].to_numpy())
        for metres in (10.0, 0.0)
    ]  # fmt: skip
    assert one.width_now == pytest.approx(widths[0], rel=0.1)
    assert widths[1] < widths[0]
    assert one.width_then < one.width_now
    assert not (unknown_things(router, layers.origins, layers.hub, **few).things["kind"] == "door").any()


def test_ways_that_do_nothing_but_cross_a_road_are_crossings(sample_inputs, router, found):
    network, first = sample_inputs.network, found["p90_min"].things.iloc[0]
    assert first["kind"] == "street"
    numbers = [int(one[4:]) for one in first["thing"].split(";")]
    tags = network.ways["footway"].where(~network.ways["osm_id"].isin(numbers), "crossing")
    crossing = StreetRouter.build(
        network.with_ways(network.ways.assign(footway=tags)).with_unknown_tags(), router.profile, router.max_snap_m
    )
    layers, few = sample_inputs, {"closer": 12, "walks": 2, "runs": 128}
    again = unknown_things(crossing, layers.origins, layers.hub, figure="p90_min", **few).things
    assert (again.loc[again["thing"] == first["thing"], "kind"] == "crossing").all()


@pytest.mark.parametrize("figure", FIGURES)
def test_the_ranking_is_what_drawing_anew_with_each_street_held_says(figure, found):
    things = found[figure].things
    assert things["share"].is_monotonic_decreasing
    assert things["share"].iloc[0] > 0.1
    assert 0.5 < things["share"].sum() < 1.1
    assert (things["narrower"] <= found[figure].width_now + 1e-9).all()


def test_what_is_known_already_is_no_place_to_look_at(sample_inputs, router):
    network = sample_inputs.network
    known = network.with_ways(network.ways.assign(surface="asphalt", smoothness="good")).with_unknown_tags()
    after = StreetRouter.build(known, router.profile, router.max_snap_m)
    layers = sample_inputs
    none = unknown_things(after, layers.origins, layers.hub, runs=64, closer=8, walks=2)
    assert len(none.things) == 0
    assert none.width_now == none.width_then == 0.0


def test_a_figure_that_is_none_is_refused(sample_inputs, router):
    with pytest.raises(InputError, match="is no figure"):
        unknown_things(router, sample_inputs.origins, sample_inputs.hub, figure="happiness")
    bare = replace(sample_inputs.network, unknown_tags=None)
    with pytest.raises(InputError, match="no model of unknown tags"):
        unknown_things(
            StreetRouter.build(bare, router.profile, router.max_snap_m), sample_inputs.origins, sample_inputs.hub
        )
