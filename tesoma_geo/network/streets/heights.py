"""How high the streets lie: on the ground, level on bridges, sloping over a length that the model can tell.

A limit of steepness is about a length: ramps are limited run by run, streets over metres on a drawing. A model with
cells of 50 m knows nothing of 5 m. Heights are therefore taken from a surface smoothed over a run of two cells at least
(:meth:`tesoma_geo.sources.elevation.Surface.over_runs`), and smoothed along the streets over the same length, so that a
street which follows a hillside does not go up and down where the model and the map are not at one.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.sources.elevation import GroundSurface

if TYPE_CHECKING:
    import scipy.sparse as sp
    from scipy.sparse.linalg import SuperLU

Array = NDArray[np.float64]

#: Edges are taken to be this long at least, in metres: those of barriers have no length.
SHORTEST_EDGE_M = 0.5
#: A street that departs this far from its own run, as a share of the run's length, crosses a gap or a cliff of the
#: model. A crest between climbs of 8 % on both sides departs by 3 %, so that 6 % is steeper than streets are.
DEPARTS = 0.06


@dataclass(frozen=True, eq=False)
class StreetLines:
    """What the streets are for their heights: which nodes they join, how long, and on the ground or not.

    Attributes
    ----------
    x, y
        Nodes in the metric CRS, shape (n,).
    tail, head
        Edges as node indices, shape (m,).
    length_m
        Shape (m,).
    follows_ground
        False for edges on a bridge or in a tunnel, shape (m,).
    """

    x: Array
    y: Array
    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    length_m: NDArray[np.float32]
    follows_ground: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class StreetHeights:
    """Heights of the nodes of streets.

    Attributes
    ----------
    elevation_m
        NaN where unknown, shape (n,).
    spanned
        Nodes where the ground falls away, or rises, as no street does: an untagged bridge or a cliff of the model;
        the street is taken to run straight across, shape (n,).
    """

    elevation_m: NDArray[np.float32]
    spanned: NDArray[np.bool_]


def street_heights(
    lines: StreetLines,
    surface: GroundSurface,
    shift_m: tuple[float, float] = (0.0, 0.0),
    error_m: Array | None = None,
    smoother: "AlongStreets | None" = None,
    beyond_m: tuple[Array, Array] | None = None,
) -> StreetHeights:
    """Heights of streets whose grades are those over about ``surface.run_m``.

    Parameters
    ----------
    lines
        The streets.
    surface
        The ground around them.
    shift_m
        How far east and north the raster lies of where it should.
    error_m
        Metres added to the ground at each node, shape (n,); None for none.
    smoother
        What smooths along these streets where heights are known at the same nodes, if that is there already.
    beyond_m
        Heights at the nodes, and over runs, to be taken where the shifted raster has none, shapes (n,).

    Returns
    -------
    StreetHeights
        On a plane exactly the plane; along bends and over wiggles of the model smoothed over a run.
    """
    x, y = lines.x - shift_m[0], lines.y - shift_m[1]
    more_m = 0.0 if error_m is None else error_m
    ground_m, over_run_m = surface.both(x, y)
    if beyond_m is not None:
        ground_m, over_run_m = (
            np.where(np.isnan(one), other, one) for one, other in zip((ground_m, over_run_m), beyond_m, strict=True)
        )
    ground_m, over_run_m = ground_m + more_m, over_run_m + more_m
    if smoother is None:
        smoother = AlongStreets.of(lines, ~np.isnan(ground_m), surface.run_m)
    raw_m = _levelled(lines, ground_m, lines.follows_ground)
    with np.errstate(invalid="ignore"):
        spanned = np.abs(raw_m - smoother.smoothed(raw_m)) > DEPARTS * surface.run_m
    follows_ground = lines.follows_ground & ~spanned[lines.tail] & ~spanned[lines.head]
    street_m = smoother.smoothed(_levelled(lines, over_run_m, follows_ground))
    return StreetHeights(street_m.astype(np.float32), spanned)


@dataclass(frozen=True, eq=False)
class AlongStreets:
    """Smoothing of values at nodes along the streets.

    Solves, twice over, for values ``z`` near the given ``d``: ``z - l² z'' = d`` along each street, in the weak form on
    the graph of streets, with ``l`` a quarter of a run: no metre then weighs more in a grade than ``1 / run``. At
    junctions and dead ends the grades of what is given go in and out, so that a plane, and any even street, stays so.

    Attributes
    ----------
    solve
        Solves the system for a right-hand side of shape (n,).
    mass_m
        Metres of street that each node stands for, shape (n,).
    stiffness
        The Laplacian of the streets, times ``l²``, sparse (n, n).
    ends
        Nodes where not two edges meet, shape (n,).
    known
        Nodes whose values are known; the others take no part, shape (n,).
    """

    solve: "SuperLU"
    mass_m: Array
    stiffness: "sp.csr_array"
    ends: NDArray[np.bool_]
    known: NDArray[np.bool_]

    @classmethod
    def of(cls, lines: StreetLines, known: NDArray[np.bool_], run_m: float) -> "AlongStreets":
        """What smooths along streets.

        Parameters
        ----------
        lines
            The streets.
        known
            Nodes whose values are known, shape (n,).
        run_m
            Length that grades are told over, metres.

        Returns
        -------
        AlongStreets
            Factorised once, for any values that are known at the same nodes.
        """
        import scipy.sparse as sp
        from scipy.sparse.linalg import splu

        n = len(known)
        both = known[lines.tail] & known[lines.head]
        tail, head = lines.tail[both], lines.head[both]
        length_m = np.maximum(lines.length_m[both].astype(float), SHORTEST_EDGE_M)
        ends = np.concatenate([tail, head]), np.concatenate([head, tail])
        links = sp.csr_array((np.tile(1.0 / length_m, 2), ends), shape=(n, n))
        mass_m = np.bincount(ends[0], np.tile(length_m / 2.0, 2), minlength=n).astype(float)
        mass_m[mass_m == 0.0] = 1.0
        stiffness = (run_m / 4.0) ** 2 * (sp.diags_array(links.sum(axis=1)) - links)
        system = sp.csc_array(sp.diags_array(mass_m) + stiffness)
        factors = splu(system, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options={"SymmetricMode": True})
        degree = np.bincount(ends[0], minlength=n)
        return cls(factors, mass_m, sp.csr_array(stiffness), degree != 2, known)

    def smoothed(self, values: Array) -> Array:
        """Values smoothed along the streets.

        Parameters
        ----------
        values
            At the nodes, shape (n,); read where known.

        Returns
        -------
        float64 array of shape (n,)
            NaN where not known.
        """
        given = np.where(self.known, values, 0.0)
        through = np.where(self.ends, self.stiffness @ given, 0.0)
        smooth = given
        for _ in range(2):
            smooth = self.solve.solve(self.mass_m * smooth + through)
        return np.where(self.known, smooth, np.nan)


def _levelled(lines: StreetLines, ground_m: Array, follows_ground: NDArray[np.bool_]) -> Array:
    level_m = level_bridges(ground_m.astype(np.float32), lines.tail, lines.head, lines.length_m, follows_ground)
    return level_m.astype(float)


def level_bridges(
    elevation_m: NDArray[np.float32],
    tail: NDArray[np.int32],
    head: NDArray[np.int32],
    length_m: NDArray[np.float32],
    follows_ground: NDArray[np.bool_],
) -> NDArray[np.float32]:
    """Elevation with bridges and tunnels running straight between their ends.

    Nodes that touch nothing but structure take the elevation that changes evenly along it: linear
    on a single bridge, and where structures branch, as a net under tension would hang (each node
    is the mean of its neighbours, weighted by closeness). A structure without an end on ground of
    known elevation keeps the ground's.

    Parameters
    ----------
    elevation_m
        Ground elevation of the nodes, NaN where unknown, shape (n,).
    tail, head, length_m
        Edges as node indices and their lengths, shape (m,).
    follows_ground
        False for edges on a bridge or in a tunnel, shape (m,).

    Returns
    -------
    ndarray of float32
        Shape (n,); the ends of structures keep the elevation of the ground.
    """
    import scipy.sparse as sp
    from scipy.sparse.csgraph import connected_components
    from scipy.sparse.linalg import spsolve

    n = len(elevation_m)
    on_ground = np.zeros(n, bool)
    on_ground[tail[follows_ground]] = on_ground[head[follows_ground]] = True
    unknown_end = on_ground & np.isnan(elevation_m)
    built = ~follows_ground & ~unknown_end[tail] & ~unknown_end[head]
    ends = np.concatenate([tail[built], head[built]]), np.concatenate([head[built], tail[built]])
    closeness = np.tile(1.0 / np.maximum(length_m[built].astype(np.float64), 0.01), 2)
    links = sp.csr_array((closeness, ends), shape=(n, n))
    held = on_ground & ~unknown_end
    _, structure = connected_components(links, directed=False)
    between = ~on_ground & np.isin(structure, structure[held])
    if not between.any():
        return elevation_m
    total: sp.dia_array = sp.diags_array(links.sum(axis=1)[between])
    system = sp.csc_array(total - links[between][:, between])
    pulled = links[between][:, held] @ elevation_m[held].astype(np.float64)
    levelled = elevation_m.copy()
    levelled[between] = spsolve(system, pulled)
    return levelled
