"""How networks and routers show themselves in a notebook: one line, and a small map that asks for nothing."""

from html import escape
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.network.streets.network import Streets

if TYPE_CHECKING:
    from tesoma_geo.network.streets.search import StreetSearch

#: Longest side of the small map, pixels, and most segments drawn on it.
SIDE_PX, MOST_SEGMENTS = 320, 3000


def network_line(network: Streets) -> str:
    """A network in one line.

    Parameters
    ----------
    network
        The streets.

    Returns
    -------
    str
    """
    km = float(network.length_m.sum()) / 1000.0
    heights = ", with elevation" if np.isfinite(network.elevation_m).any() else ""
    return (
        f"<StreetNetwork: {network.n_nodes:,} nodes, {network.n_edges:,} edges, {km:,.0f} km, {network.crs}{heights}>"
    )


def router_line(router: "StreetSearch") -> str:
    """A router in one line.

    Parameters
    ----------
    router
        The router.

    Returns
    -------
    str
    """
    profile, usable = router.profile, int(router.usable.sum())
    return f"<StreetRouter: {profile.name}, {profile.speed_kmh:g} km/h, {usable:,} of {router.network.n_edges:,} edges>"


def small_map(network: Streets, line: str, usable: NDArray[np.bool_] | None = None) -> str:
    """A line of text above a small map, as HTML without scripts.

    Of a large network every so many segments are drawn, those of the widest streets first.

    Parameters
    ----------
    network
        The streets.
    line
        What stands above the map.
    usable
        Which edges are drawn; all of them unless named.

    Returns
    -------
    str
        HTML of at most some 40 000 characters.
    """
    edges = np.arange(network.n_edges) if usable is None else np.flatnonzero(usable)
    text = f"<div><code>{escape(line)}</code></div>"
    if not len(edges):
        return text
    west, south = float(network.x.min()), float(network.y.min())
    side_m = max(float(network.x.max()) - west, float(network.y.max()) - south, 1.0)
    scale = SIDE_PX / side_m
    x, y = (network.x - west) * scale, (float(network.y.max()) - network.y) * scale
    dots = np.rint(np.column_stack((x, y))).astype(int)
    lines = np.sort(np.column_stack((network.tail[edges], network.head[edges])), axis=1)  # one line for both directions
    drawn = np.unique(np.hstack((dots[lines[:, 0]], dots[lines[:, 1]])), axis=0)
    drawn = drawn[(drawn[:, :2] != drawn[:, 2:]).any(axis=1)]  # what is a dot on the screen is none
    drawn = drawn[:: max(1, -(-len(drawn) // MOST_SEGMENTS))]
    path = "".join(f"M{a} {b}l{c - a} {d - b}" for a, b, c, d in drawn.tolist())
    width, height = max(float(x.max()), 1.0), max(float(y.max()), 1.0)
    return (
        f'{text}<svg width="{width:.0f}" height="{height:.0f}" viewBox="-2 -2 {width + 4:.0f} {height + 4:.0f}" '
        f'role="img" aria-label="{escape(line, quote=True)}" style="background:#fafafa">'
        f'<path d="{path}" stroke="#463e50" stroke-width="0.7" fill="none"/></svg>'
    )
