"""The sample's streets go to osmnx and come back."""

import pandas as pd
import pytest

from tesoma_geo import StreetNetwork
from tesoma_geo.network.streets.directions import oneway
from tesoma_geo.sources.osm_tags import WAY_TAGS

CRS = "EPSG:3067"


def edges_of(network: StreetNetwork) -> pd.DataFrame:
    """Edges by their ends and tags, whatever the order."""
    tags = network.ways.iloc[network.way].reset_index(drop=True)
    node_id = network.node_id[network.stands_for]
    ends = pd.DataFrame({"tail": node_id[network.tail], "head": node_id[network.head]})
    table = pd.concat([ends, tags, pd.Series(network.length_m, name="length_m")], axis=1)
    # Which of two streets lends a barrier between them its tags is a matter of their order.
    return table[~network.is_barrier].sort_values(["tail", "head"], ignore_index=True)


def test_the_sample_survives_a_round_trip(sample_workspace):
    folder = sample_workspace.parent / "sample"
    network = StreetNetwork.from_osm(folder / "streets.osm.pbf", CRS).with_elevation(folder / "elevation.tif")
    back = StreetNetwork.from_osmnx(network.to_osmnx(), CRS)
    before, after = edges_of(network), edges_of(back)
    assert after["length_m"].to_numpy() == pytest.approx(before["length_m"].to_numpy(), rel=1e-6)
    kept = ["tail", "head", "osm_id", *(tag for tag in WAY_TAGS if tag != "oneway")]
    pd.testing.assert_frame_equal(after[kept], before[kept], check_dtype=False)
    for one, other in zip(
        oneway(network.ways.iloc[network.way[~network.is_barrier]], "car"),
        oneway(back.ways.iloc[back.way[~back.is_barrier]], "car"),
        strict=True,
    ):
        assert one.sum() == other.sum()
    assert back.elevation_m == pytest.approx(network.elevation_m, nan_ok=True)
