"""The ways to the hub as lines, on the bundled sample."""

import numpy as np
import shapely

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
