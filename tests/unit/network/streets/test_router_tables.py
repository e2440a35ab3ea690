"""Tables of a router, with every answer from the same router's arrays."""

import numpy as np
import pytest

from tesoma_geo.errors import InputError
from tesoma_geo.network.streets.frames import node_frame
from tests.unit.network.streets.test_notebook import network


def test_values_of_another_shape_are_refused():
    with pytest.raises(InputError, match="'to_s' has the shape"):
        streets = network(3)
        streets.n_nodes = 50
        node_frame(streets, {"to_s": np.zeros(3)})
