"""The elevation of a workspace, and what `check` says of it: how fine it is, and what in it is unlikely."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo.inputs.collector import LayerCollector
from tesoma_geo.inputs.reports import file_report, of_raster
from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.ground import Ground
from tesoma_geo.network.streets.heights import StreetHeights
from tesoma_geo.network.streets.kept_heights import kept_street_heights
from tesoma_geo.sources.elevation import GroundSurface, read_surface
from tesoma_geo.sources.elevation_error import ElevationError
from tesoma_geo.tables import LeftOut

#: A step of the values that changes a grade over a run by more than this is told as a doubt.
COARSE_STEP = 0.02
#: Share of the cells at the highest value from which on the raster is taken to be cut off there.
CUT_OFF_SHARE = 0.005
#: Half of a town's streets are no steeper than this. An assumption, far above what real towns have.
STEEP_MEDIAN = 0.08


@dataclass(frozen=True)
class ElevationFindings:
    """What is to be said of an elevation raster.

    Attributes
    ----------
    notes
        What a planner should know.
    doubts
        Problem and remedy.
    """

    notes: tuple[str, ...]
    doubts: tuple[tuple[str, str], ...]


def with_elevation(layers: LayerCollector, network: StreetNetwork, district: shapely.Geometry | None) -> StreetNetwork:
    """The streets with the heights of the workspace's raster, and a report on it.

    Parameters
    ----------
    layers
        Where the report goes.
    network
        The streets.
    district
        In the network's CRS; None where it is not known.

    Returns
    -------
    StreetNetwork
        As it was where the workspace has no elevation, or the raster has faults.
    """
    section = layers.workspace.elevation
    if section is None:
        return network
    raster = layers.workspace.resolve(section.source)
    report = file_report("elevation.source", raster)

    def read() -> GroundSurface:
        return read_surface(raster, network.x, network.y, network.crs, key="elevation")

    surface = layers.read(report, read, lambda report, _: of_raster(report))
    if surface is None:
        return network
    heights = kept_street_heights(network.street_lines, surface)
    error = ElevationError.of_cells(surface.native_cell_m, section.error_m, section.shift_m)
    network = network.with_heights(heights, Ground(surface, error))
    layers.note(
        f"taken to be {error.error_m:.2g} m off in height and {error.shift_m:.3g} m in place (standard deviations), "
        "which the intervals hold"
    )
    findings = elevation_findings(surface, heights, network, district)
    for note in findings.notes:
        layers.note(note)
    for doubt in findings.doubts:
        layers.doubt(*doubt)
    unknown = int(np.isnan(network.elevation_m).sum())
    if unknown:
        layers.note(
            f"{unknown} street nodes ({unknown / network.n_nodes:.1%}) have no elevation in it and are taken as flat"
        )
        layers.left_out.append(LeftOut("street nodes", "elevation unknown, taken as flat", unknown))
    return network


def elevation_findings(
    surface: GroundSurface, heights: StreetHeights, network: StreetNetwork, district: shapely.Geometry | None
) -> ElevationFindings:
    """What is to be said of an elevation raster and of the heights that streets have from it.

    Parameters
    ----------
    surface
        The raster around the streets.
    heights
        Of the nodes of ``network``.
    network
        The streets with these heights.
    district
        In the network's CRS; None where it is not known.

    Returns
    -------
    ElevationFindings
    """
    run_m = surface.run_m
    notes = [f"cells of {surface.native_cell_m:.3g} m: grades are those over {run_m:.0f} m or more, ramps are not seen"]
    if surface.unit.told:
        notes += [] if surface.unit.metres == 1.0 else [f"heights by {surface.unit.told}: {surface.unit.metres:.6g} m"]
    else:
        notes.append("neither the band nor its system names a unit: heights are taken as metres")
    doubts = [
        *_of_steps(surface, notes), *_of_cut_off(surface), *_of_gaps(heights, network, district),
        *_of_grades(network),
    ]  # fmt: skip
    if surface.mended:
        notes.append(f"cells that stand out of all around them, or hold no height, passed over: {surface.mended}")
    spanned = int(heights.spanned.sum())
    if spanned:
        notes.append(
            f"street nodes at cliffs or gaps of the model, where streets are taken to run straight across: {spanned}"
        )
    if surface.dtype == "uint8":
        doubts.append(("its values are whole numbers from 0 to 255, as in a picture or a hillshade", _LOOK))
    return ElevationFindings(tuple(notes), tuple(doubts))


_LOOK = "Look whether it is the elevation model itself"


def _of_steps(surface: GroundSurface, notes: list[str]) -> list[tuple[str, str]]:
    """Whether the heights are rounded; a note where that does little to a grade, and else a doubt."""
    if surface.whole is None:
        return []
    grade = surface.whole / surface.run_m
    step = "whole metres" if surface.whole == 1.0 else f"steps of {surface.whole:.3g} m"
    text = f"its heights are {step}: a grade may be {grade:.1%} off"
    if grade <= COARSE_STEP:
        notes.append(text)
        return []
    return [(text, "Take the model with decimals")]


def _of_cut_off(surface: GroundSurface) -> list[tuple[str, str]]:
    """Whether the highest value is so frequent that what was higher is likely to be missing."""
    known = surface.cells[~np.isnan(surface.cells)]
    if not len(known):
        return []
    values, counts = np.unique(known, return_counts=True)
    if len(values) < 3 or counts[-1] < CUT_OFF_SHARE * len(known) or counts[-1] < 3 * counts[-2]:
        return []
    share = counts[-1] / len(known)
    return [(f"{share:.1%} of it is exactly {values[-1]:.6g} m high, and nothing higher: it looks cut off", _LOOK)]


def _of_gaps(
    heights: StreetHeights, network: StreetNetwork, district: shapely.Geometry | None
) -> list[tuple[str, str]]:
    """Whether streets of the district itself have no height."""
    if district is None:
        return []
    inside: NDArray[np.bool_] = shapely.contains_xy(district, network.x, network.y)
    missing = int(np.isnan(heights.elevation_m[inside]).sum())
    if not missing:
        return []
    share = missing / int(inside.sum())
    problem = f"it has no data at {missing} street nodes of the district ({share:.1%}), which are taken as flat"
    return [(problem, "Take a model that covers the whole district")]


def _of_grades(network: StreetNetwork) -> list[tuple[str, str]]:
    """Whether streets are steeper than streets are: a wrong unit multiplies every grade."""
    known = ~np.isnan(network.elevation_m[network.tail] + network.elevation_m[network.head]) & ~network.is_barrier
    if not known.any():
        return []
    grades, length_m = np.abs(network.grade[known]), network.length_m[known].astype(float)
    median = float(np.quantile(grades, 0.5, weights=length_m, method="inverted_cdf"))
    if median <= STEEP_MEDIAN:
        return []
    remedy = "Look whether its heights are metres, not decimetres or feet; say the unit in the raster"
    return [(f"half of the streets are steeper than {median:.0%}, which is unlikely in a town", remedy)]
