"""Who goes to which place: against a plain search, and polygons that share the district out."""

import numpy as np
import pytest
import shapely

from tesoma_geo.assessment.service_catchments import service_catchments
from tesoma_geo.errors import InputError
from tesoma_geo.network.isochrones.isochrones import Water


@pytest.fixture(scope="module")
def shared_out(sample_inputs):
    router = sample_inputs.network.router("walk")
    places = sample_inputs.services[sample_inputs.services["kind"] == "grocery"].set_index("service_id")
    area = sample_inputs.district.geometry.union_all()
    water = Water.of(sample_inputs.water.geometry)
    return router, places, area, service_catchments(router, places, area, sample_inputs.origins, water)


def test_residents_go_to_the_nearest(sample_inputs, shared_out):
    router, places, _, rows = shared_out
    homes = sample_inputs.origins
    seconds = np.stack([router.to(places.iloc[[row]]) for row in range(len(places))])
    assert seconds.shape[0] == len(rows) > 1
    by_home = router.travel_times(homes, places)
    nearest = by_home.argmin(axis=1)
    people = homes["population"].to_numpy()
    reached = np.isfinite(by_home).any(axis=1)
    expected = [people[(nearest == row) & reached].sum() for row in range(len(places))]
    assert rows["residents"].tolist() == expected
    assert rows["residents"].sum() + rows.attrs["nowhere"] == people.sum()
    assert rows["id"].tolist() == places.index.tolist()


def test_polygons_do_not_overlap_and_lie_in_the_district(shared_out):
    _, _, area, rows = shared_out
    assert rows.geometry.area.sum() == pytest.approx(rows.geometry.union_all().area, rel=1e-6)
    assert rows.geometry.union_all().difference(area.buffer(0.01)).area < 1.0
    assert rows["area_km2"].to_numpy() == pytest.approx(rows.geometry.area.to_numpy() / 1e6, abs=1e-3)


def test_homes_lie_in_the_polygon_of_their_place(sample_inputs, shared_out):
    """But for those near a border, which follows cells of the grid."""
    router, places, _, rows = shared_out
    homes = sample_inputs.origins
    by_home = np.sort(router.travel_times(homes, places), axis=1)
    clear = np.isfinite(by_home[:, 0]) & (by_home[:, 1] - by_home[:, 0] > 60)
    nearest = router.travel_times(homes, places).argmin(axis=1)
    inside = shapely.contains(rows.geometry.to_numpy()[nearest], homes.geometry.to_numpy())
    covered = rows.geometry.union_all().contains(homes.geometry)
    assert inside[clear & covered].mean() > 0.99
    assert covered[clear].mean() > 0.9


def test_places_beside_no_street_are_told(sample_inputs, shared_out):
    router, places, area, _ = shared_out
    far = places.iloc[:1].set_geometry(places.geometry.iloc[:1].translate(90_000))
    with pytest.raises(InputError, match="none of the 1 places meets a street of walk"):
        service_catchments(router, far, area)
    both = service_catchments(router, places.iloc[:1], area)
    assert both["residents"].tolist() == [0]
    assert both["area_km2"].item() > 0.5
