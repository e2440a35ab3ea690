"""The missing-link finder: what it says of a link is what a scenario with that link says, and none is better."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
import shapely
import shapely.affinity

from tesoma_geo.errors import InputError
from tesoma_geo.inputs.wished_links import wished_links
from tesoma_geo.network.streets.edits import Edits
from tesoma_geo.scenarios.edits import edited
from tesoma_geo.scenarios.links import TAGS, _asked_for, missing_links
from tesoma_geo.scenarios.outcomes import GAIN_MIN


@pytest.fixture(scope="module")
def found(inputs) -> gpd.GeoDataFrame:
    return missing_links(inputs, "walk", longest_m=150.0, count=5).links


def to_hub_s(inputs, router):
    return router.travel_times(inputs.origins, inputs.hub).min(axis=1)


def gained_min(inputs, before_s, after_s):
    """Minutes of the residents who gain a minute or more."""
    gain_min = (before_s - after_s) / 60
    return float(gain_min[gain_min >= GAIN_MIN] @ inputs.origins["population"].to_numpy()[gain_min >= GAIN_MIN])


def test_the_crossing_that_the_sample_lacks_comes_first(found, inputs):
    best = found.iloc[0]
    underpass = gpd.GeoSeries.from_xy([23.629548], [61.501735], crs="EPSG:4326").to_crs(inputs.network.crs).iloc[0]
    assert best.geometry.distance(underpass) < 1
    assert best["length_m"] == pytest.approx(9.0, abs=0.5)
    assert best["detour_m"] > 1500
    assert best["residents"] > 400


def test_the_best_come_first_and_are_apart(found):
    assert found["rank"].tolist() == list(range(1, len(found) + 1))
    assert found["resident_min"].is_monotonic_decreasing
    assert (found["length_m"] <= 150).all()
    assert (found["mean_gain_min"] >= GAIN_MIN).all()


def test_links_are_asked_for_by_what_is_published_alone(found, inputs):
    """In the made-up answers nine and eight people wish for two links: "5 or more" each."""
    wished = wished_links(inputs)
    assert list(_asked_for(wished.geometry, inputs)) == [5, 5]
    assert list(_asked_for(wished.geometry.translate(0, 5000), inputs)) == [0, 0]
    near = [int(wished["voices_at_least"][wished.geometry.distance(link) <= 100].sum()) for link in found.geometry]
    assert found["asked_for"].tolist() == near


def test_a_scenario_with_the_file_gains_what_was_said(found, inputs, plan, tmp_path):
    found.to_file(tmp_path / "links.gpkg", layer="links")
    text = f"[[links]]\nsource = '{tmp_path / 'links.gpkg'}'\nwhere = 'rank == 2'"
    after = edited(inputs, plan(text))
    before_s = to_hub_s(inputs, inputs.network.router("walk"))
    gained = gained_min(inputs, before_s, to_hub_s(after, after.network.router("walk")))
    assert gained == pytest.approx(found.iloc[1]["resident_min"], rel=0.01)


def test_no_pair_of_nodes_drawn_at_random_saves_more(found, inputs):
    router = inputs.network.router("walk")
    before_s = to_hub_s(inputs, router)
    nodes = np.unique(inputs.network.tail[router.usable])
    xy = np.column_stack([inputs.network.x, inputs.network.y])
    random = np.random.default_rng(3)
    tried = 0
    while tried < 60:
        one, other = xy[random.choice(nodes, 2, replace=False)]
        if not 5 < np.hypot(*(one - other)) <= 150:
            continue
        tried += 1
        link = gpd.GeoDataFrame(
            {tag: [value] for tag, value in TAGS.items()},
            geometry=[shapely.LineString([one, other])],
            crs=inputs.network.crs,
        )
        after_s = to_hub_s(inputs, router.with_edits(Edits(links=link)))
        assert gained_min(inputs, before_s, after_s) <= found.iloc[0]["resident_min"] + 1


def test_respondents_are_told_of_from_k_on(inputs):
    asked = [
        missing_links(replace(inputs, workspace=with_k(inputs, k)), "walk", count=10).links["asked_for"]
        for k in (1, 10**6)
    ]
    assert asked[0].max() > 0
    assert asked[1].max() == 0


def with_k(inputs, k):
    publish = inputs.workspace.publish.model_copy(update={"k": k})
    return inputs.workspace.model_copy(update={"publish": publish})


def test_where_nothing_would_help_nothing_is_found(inputs):
    nobody = inputs.origins.assign(population=0)
    assert missing_links(replace(inputs, origins=nobody), "walk").links.empty


def test_a_profile_that_is_none_is_refused(inputs):
    with pytest.raises(InputError, match="'transit' is none"):
        missing_links(inputs, "transit")


def test_nothing_crosses_what_bars_unless_it_is_asked_for(inputs):
    """Straight over the found crossing lies a railway line: then only a bridge reaches the other side."""
    first = missing_links(inputs, "walk", count=1).links.geometry.iloc[0]
    middle = first.centroid
    rail = shapely.affinity.rotate(shapely.affinity.scale(first, 80, 80, origin=middle), 90, origin=middle)
    obstacles = type(inputs.network.obstacles).of(
        [*inputs.network.obstacles.lines, rail], inputs.network.obstacles.water
    )
    barred = replace(inputs, network=replace(inputs.network, obstacles=obstacles))
    closed = missing_links(barred, "walk", count=5)
    assert not closed.links.geometry.crosses(rail).any()
    assert closed.tried["cross_what_bars"] > 0
    over = missing_links(barred, "walk", count=5, over=("rail",)).links
    assert over.geometry.crosses(rail).any()
    bridges = over[over.geometry.crosses(rail)]
    assert (bridges["bridge"] == "yes").all()
    assert bridges["cost_eur"].to_numpy() == pytest.approx(bridges["length_m"].to_numpy() * 9000, rel=0.02)


def test_fewer_than_asked_are_explained(inputs):
    search = missing_links(inputs, "walk", longest_m=10.0, count=50)
    assert len(search.links) < 50
    assert f"{len(search.links)} of 50" in search.why_fewer(50)
    assert search.why_fewer(len(search.links)) is None


def test_the_hubs_doorstep_and_the_wishes_are_told_apart(found, inputs):
    hub = shapely.multipoints(inputs.hub.geometry.to_numpy())
    assert found["doorstep"].tolist() == (found.distance(hub) <= 50).tolist()
    assert set(found["found_by"]) <= {"search", "residents"}
    assert (found["services_min"] >= 0).all()
