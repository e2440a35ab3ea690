"""Which streets and services each annotation is about, by name: what a moderator sees beside it."""

from typing import Any

import geopandas as gpd
import pandas as pd

from tesoma_geo.annotations.links import service_links, street_links
from tesoma_geo.network import StreetNetwork


def nearby_features(
    annotations: gpd.GeoDataFrame, network: StreetNetwork, services: gpd.GeoDataFrame
) -> list[dict[str, list[dict[str, Any]]]]:
    """Streets and services that annotations are about, the surest first.

    Parameters
    ----------
    annotations
        In any CRS.
    network, services
        Of the workspace.

    Returns
    -------
    list of dict
        One an annotation. ``streets``: ``osm_id`` of the way, ``name``, ``highway``, the OpenStreetMap ``nodes``
        between which its nearest edge lies, ``distance_m``, ``confidence`` (0 to 1; see
        :func:`tesoma_geo.annotations.links.street_links`). ``services``: ``service_id``, ``kind``, ``name``,
        ``distance_m``, ``confidence``.
    """
    metric = annotations.to_crs(network.crs).geometry.to_numpy()
    links = street_links(metric, network.segments, network.way)
    nearest = links.sort_values(["annotation", "confidence", "way", "distance_m"], ascending=[True, False, True, True])
    streets = nearest.drop_duplicates(["annotation", "way"])
    near = service_links(metric, services.to_crs(network.crs).geometry.to_numpy())
    features: list[dict[str, list[dict[str, Any]]]] = [{"streets": [], "services": []} for _ in metric]
    for at, way, edge, *how in streets[["annotation", "way", "edge", "distance_m", "confidence"]].to_numpy().tolist():
        street, ends = network.ways.iloc[int(way)], (network.tail[int(edge)], network.head[int(edge)])
        features[int(at)]["streets"].append({
            "osm_id": int(street["osm_id"]), "name": _known(street.get("name")), "highway": _known(street["highway"]),
            "nodes": [int(network.node_id[network.stands_for[end]]) for end in ends], **_rounded(*how),
        })  # fmt: skip
    for at, number, *how in near[["annotation", "service", "distance_m", "confidence"]].to_numpy().tolist():
        service = services.iloc[int(number)]
        features[int(at)]["services"].append({
            "service_id": str(service["service_id"]), "kind": str(service["kind"]), "name": _known(service["name"]),
            **_rounded(*how),
        })  # fmt: skip
    return features


def _rounded(distance_m: float, confidence: float) -> dict[str, float]:
    return {"distance_m": round(distance_m, 1), "confidence": round(confidence, 2)}


def _known(value: Any) -> str | None:
    return None if pd.isna(value) else str(value)
