"""The ways to the hub as lines, on the bundled sample."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from tesoma_geo.analysis.largest_delays import route_between
from tesoma_geo.analysis.routes import routes_to
from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.network import StreetRouter


def test_a_way_leads_from_the_origin_to_an_entrance(inputs: Inputs) -> None:
    walk = next(profile for profile in inputs.profiles if profile.name == "walk")
    router = StreetRouter.build(inputs.network, walk, 250.0)
    ways = routes_to(router, inputs.origins, inputs.hub)
    seconds = router.travel_times(inputs.origins, inputs.hub).min(axis=1)
    there = np.isfinite(seconds)
    assert there.any()
    assert (shapely.is_empty(ways) == ~there).all()
    begins, ends = (shapely.get_point(ways[there], at) for at in (0, -1))
    assert shapely.distance(begins, inputs.origins.geometry.to_numpy()[there]).max() <= 250.0
    assert shapely.distance(ends, inputs.hub.geometry.union_all()).max() <= 250.0
    # Downhill a little faster than on the flat.
    flat_s = shapely.length(ways[there]) / (walk.speed_kmh / 3.6)
    assert (seconds[there] >= 0.9 * flat_s).all()


@pytest.mark.parametrize("around_m", [0.0, 60.0])
def test_ways_found_together_are_those_found_one_by_one(inputs: Inputs, around_m: float) -> None:
    """Places that are entered from all around have several positions: the best pair of them counts."""
    walk = next(profile for profile in inputs.profiles if profile.name == "walk")
    router = StreetRouter.build(inputs.network, walk, 250.0)
    far = inputs.origins.geometry.iloc[[0]].translate(5_000.0)  # where no street is near
    places = gpd.GeoDataFrame(geometry=pd.concat([inputs.origins.geometry, far]), crs=inputs.origins.crs)
    begins, ends = router.snap(places.assign(around_m=around_m)), router.snap(inputs.hub.assign(around_m=around_m))
    assert (begins.other is not None) == (around_m > 0)
    entrances = router.times_between(begins, ends).argmin(axis=1)
    singly = [
        route_between(router, begins.take([row]), ends, int(entrance))[0] for row, entrance in enumerate(entrances)
    ]
    together = routes_to(router, begins, ends)
    assert (shapely.to_wkb(together) == shapely.to_wkb(singly)).all()
    assert together[-1].is_empty


def test_corners_left_out_once_are_those_left_out_of_the_whole_way_and_no_more_are_left_out_again(
    inputs: Inputs,
) -> None:
    walk = next(profile for profile in inputs.profiles if profile.name == "walk")
    router = StreetRouter.build(inputs.network, walk, 250.0)
    whole = routes_to(router, inputs.origins, inputs.hub)
    simple = routes_to(router, inputs.origins, inputs.hub, 5.0)
    again = [shapely.to_wkb(shapely.simplify(lines, 5.0, preserve_topology=False)) for lines in (whole, simple)]
    assert (again[0] == shapely.to_wkb(simple)).all()
    assert (again[1] == shapely.to_wkb(simple)).all()
    assert shapely.get_num_coordinates(simple).sum() < shapely.get_num_coordinates(whole).sum()
