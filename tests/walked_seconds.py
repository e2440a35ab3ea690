"""What a line along the streets takes, reckoned from the line alone: for tests of lines that are drawn."""

from itertools import pairwise

import numpy as np
import shapely

from tesoma_geo.network.streets.search import StreetSearch

#: Points nearer to a street than this are on it, metres.
ON_IT_M = 1e-6


def seconds_along(street: StreetSearch, line: shapely.LineString) -> float:
    """Seconds along a line of which every piece must lie on a street; the cheapest where several do."""
    network = street.network
    ends = np.column_stack([network.x, network.y])
    edges = shapely.linestrings(np.stack([ends[network.tail], ends[network.head]], axis=1))
    tree = shapely.STRtree(edges)
    seconds = 0.0
    for begin, end in pairwise(shapely.get_coordinates(line)):
        piece = shapely.linestrings([begin, end])
        if not piece.length:
            continue
        near = tree.query(shapely.points((begin + end) / 2), "dwithin", ON_IT_M)
        both = [shapely.dwithin(edges[near], shapely.points(place), ON_IT_M) for place in (begin, end)]
        on_it = near[np.logical_and(*both)]
        assert len(on_it), f"{piece} is on no street"
        ahead = ((ends[network.head[on_it]] - ends[network.tail[on_it]]) * (end - begin)).sum(axis=1) > 0
        costs_s = np.where(ahead, street.costs.forward_s[on_it], street.costs.backward_s[on_it])
        seconds += float((costs_s * piece.length / shapely.length(edges[on_it])).min())
    return seconds
