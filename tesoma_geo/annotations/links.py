"""Which streets and services an annotation is about: the near ones, with distance and confidence."""

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

#: Nothing farther than this is what a pin is about (assumption: a phone's precision and a road's width).
REACH_M = 40.0
#: At this distance the confidence falls to 1/e (assumption: the accuracy of a pin set by hand).
SCALE_M = 15.0


def street_links(
    shapes: NDArray[np.object_],
    segments: NDArray[np.object_],
    ways: NDArray[np.int32],
    reach_m: float = REACH_M,
) -> pd.DataFrame:
    """Streets near annotations.

    Parameters
    ----------
    shapes
        Geometries of annotations in the metric CRS, shape (n,).
    segments
        Street segments in the same CRS, shape (m,).
    ways
        The street that each segment belongs to, shape (m,).
    reach_m
        Farthest that a street may lie.

    Returns
    -------
    DataFrame
        ``annotation`` (row of ``shapes``), ``edge``, ``way``, ``distance_m`` of the segment, and ``confidence``
        (0 to 1) that the annotation is about this way: exp(-d/15 m) of its nearest segment, shared with
        the other ways in reach as far as they are near too.
    """
    row, edge = shapely.STRtree(segments).query(shapes, predicate="dwithin", distance=reach_m)
    links = pd.DataFrame(
        {
            "annotation": row,
            "edge": edge,
            "way": ways[edge],
            "distance_m": shapely.distance(shapes[row], segments[edge]),
        }
    )
    by_way = links.groupby(["annotation", "way"], sort=True)["distance_m"].min().rename("nearest_m").reset_index()
    by_way["confidence"] = _confidence(by_way["annotation"].to_numpy(), by_way["nearest_m"].to_numpy())
    linked = links.merge(by_way[["annotation", "way", "confidence"]], on=["annotation", "way"])
    return linked.sort_values(["annotation", "confidence", "edge"], ascending=[True, False, True], ignore_index=True)


def service_links(
    shapes: NDArray[np.object_], services: NDArray[np.object_], reach_m: float = 2 * REACH_M
) -> pd.DataFrame:
    """Services near annotations.

    Parameters
    ----------
    shapes
        Geometries of annotations in the metric CRS, shape (n,).
    services
        Points of services in the same CRS, shape (m,).
    reach_m
        Farthest that a service may lie, in metres.

    Returns
    -------
    DataFrame
        ``annotation``, ``service`` (rows of the arguments), ``distance_m`` and ``confidence`` (0 to 1) that the
        annotation is about this service: exp(-d/15 m), shared with the others in reach as far as they are near too.
    """
    row, service = shapely.STRtree(services).query(shapes, predicate="dwithin", distance=reach_m)
    links = pd.DataFrame(
        {"annotation": row, "service": service, "distance_m": shapely.distance(shapes[row], services[service])}
    ).sort_values(["annotation", "distance_m", "service"], ignore_index=True)
    return links.assign(confidence=_confidence(links["annotation"].to_numpy(), links["distance_m"].to_numpy()))


def _confidence(annotation: NDArray[np.int64], distance_m: NDArray[np.float64]) -> NDArray[np.float64]:
    """exp(-d/scale), divided among the candidates of an annotation when together they exceed 1."""
    likely = np.exp(-distance_m / SCALE_M)
    together = np.bincount(annotation, likely, minlength=int(annotation.max(initial=-1)) + 1)
    shared: NDArray[np.float64] = likely / np.maximum(together[annotation], 1.0)
    return shared
