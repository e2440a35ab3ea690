"""Whatever the areas, the streets and the cells: nobody is lost and nobody is invented."""

import geopandas as gpd
import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tesoma_geo.sources.population import spread

coordinates = st.tuples(st.floats(-50, 350), st.floats(-50, 150))
lines = st.lists(coordinates, min_size=2, max_size=6).filter(lambda points: len(set(points)) > 1)
kinds = st.sampled_from(["residential", "living_street", "service", "motorway"])
people = st.one_of(st.none(), st.integers(0, 5_000))


@settings(max_examples=150, deadline=None)
@given(
    totals=st.lists(st.tuples(people, st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=3),
    ways=st.lists(st.tuples(kinds, lines), max_size=8),
    cell_m=st.floats(10, 500),
)
def test_totals_of_areas_and_age_groups_are_kept(totals, ways, cell_m):
    population = np.array([total if total is not None else np.nan for total, _, _ in totals], float)
    young = np.floor(population * [share for _, share, _ in totals])
    old = np.floor((population - young) * [share for _, _, share in totals])
    areas = gpd.GeoDataFrame(
        {
            "code": [f"{n}" for n in range(len(totals))],
            "name": "",
            "population": population,
            "age_y": young,
            "age_o": old,
        },
        geometry=[shapely.box(100 * n, 0, 100 * n + 100, 100) for n in range(len(totals))],
        crs="EPSG:3067",
    )
    streets = gpd.GeoDataFrame(
        {"highway": [kind for kind, _ in ways]},
        geometry=[shapely.LineString(points) for _, points in ways],
        crs="EPSG:3067",
    )
    origins = spread(areas, streets, cell_m).table
    columns = ["population", "age_y", "age_o"]
    kept = origins.groupby("area_code")[columns].sum().reindex(areas["code"], fill_value=0)
    assert kept.to_numpy().tolist() == areas[columns].fillna(0).to_numpy().tolist()
    assert (origins[["age_y", "age_o", "age_unknown"]].sum(axis=1) == origins["population"]).all()
    assert (origins[["population", "age_y", "age_o", "age_unknown"]] >= 0).all(axis=None)
    assert (origins["population"] > 0).all()
