"""How an assessment shows itself in a notebook: a line, figures with a small map, a picture, a map to move."""

from collections.abc import Mapping
from html import escape
from typing import Any, Protocol

import geopandas as gpd
import numpy as np
import shapely

from tesoma_geo._extras import require_installed
from tesoma_geo.errors import InputError
from tesoma_geo.near_names import instead

#: Longest side of the small map, pixels, most corners of a ring and most homes on it.
SIDE_PX, MOST_CORNERS, MOST_HOMES = 320, 400, 1500
#: Fill of the rings, the nearest first.
RINGS = ("#1d6f42", "#3f9a63", "#7cbf8e", "#b4dcbc", "#e0f0e2")
MINUTES = "minutes"


class Assessed(Protocol):
    """What is shown of an :class:`~tesoma_geo.assessment.assess.Assessment`."""

    @property
    def summary(self) -> Any:
        """The figures."""

    @property
    def origins(self) -> gpd.GeoDataFrame:
        """A row an origin."""

    @property
    def isochrones(self) -> Mapping[str, gpd.GeoDataFrame]:
        """Profile to rings."""

    @property
    def district(self) -> gpd.GeoDataFrame:
        """The district's areas."""

    @property
    def hub(self) -> gpd.GeoDataFrame:
        """The hub's entrances."""

    @property
    def water(self) -> gpd.GeoDataFrame:
        """Lakes."""


def assessment_line(assessment: Assessed) -> str:
    """An assessment in one line.

    Parameters
    ----------
    assessment
        What the main job found.

    Returns
    -------
    str
    """
    figures = assessment.summary
    profiles = ", ".join(figures["profiles"])
    return (
        f"<Assessment: {_name(figures['hub']['name'])}, {figures['population_total']:,} residents,"
        f" {len(assessment.origins):,} origins, {profiles}>"
    )


def assessment_html(assessment: Assessed) -> str:
    """The line, a table of figures and a small map of the first profile, as HTML without scripts.

    Parameters
    ----------
    assessment
        What the main job found.

    Returns
    -------
    str
        HTML of at most some 60,000 characters.
    """
    figures = assessment.summary
    cutoffs = list(next(iter(figures["profiles"].values()))["population_within"])
    head = "".join(f"<th>{escape(cutoff)} min</th>" for cutoff in cutoffs)
    rows = "".join(
        f"<tr><th>{escape(name)}</th><td>{_told(of['median_min'])}</td>"
        + "".join(f"<td>{of['population_within'][cutoff]:,}</td>" for cutoff in cutoffs)
        + "</tr>"
        for name, of in figures["profiles"].items()
    )
    table = f"<table><tr><th></th><th>median, min</th>{head}</tr>{rows}</table>"
    return f"<div><code>{escape(assessment_line(assessment))}</code></div>{table}{_small_map(assessment)}"


def homes_by_minutes(assessment: Assessed, profile: str | None = None) -> gpd.GeoDataFrame:
    """The homes with their minutes to the hub.

    Parameters
    ----------
    assessment
        What the main job found.
    profile
        A way of moving that was assessed; the first unless named.

    Returns
    -------
    GeoDataFrame
        ``origin_id``, ``population``, ``minutes`` (NaN where the hub is not reached) and points.

    Raises
    ------
    InputError
        A profile that was not assessed.
    """
    known = list(assessment.isochrones)
    chosen = known[0] if profile is None else profile
    if chosen not in known:
        raise InputError(f"the profile {chosen!r} was not assessed", instead(chosen, known))
    seconds = assessment.origins[f"{chosen}_to_hub_s"].to_numpy(float)
    table = assessment.origins[["origin_id", "population", "geometry"]]
    return table.assign(**{MINUTES: np.where(np.isfinite(seconds), np.round(seconds / 60.0, 1), np.nan)})


def plotted(assessment: Assessed, profile: str | None, options: Mapping[str, Any]) -> Any:
    """The district by minutes to the hub, drawn with matplotlib.

    Parameters
    ----------
    assessment
        What the main job found.
    profile
        A way of moving that was assessed; the first unless named.
    options
        As for ``GeoDataFrame.plot``.

    Returns
    -------
    matplotlib.axes.Axes
    """
    require_installed("matplotlib", extra="stills")
    homes = homes_by_minutes(assessment, profile)
    axes = assessment.district.plot(ax=options.get("ax"), color="#f4f1ec", edgecolor="#8a8178", linewidth=0.6)
    if len(assessment.water):
        assessment.water.clip(assessment.district.total_bounds).plot(ax=axes, color="#a9cfe0")
    given = {name: value for name, value in options.items() if name != "ax"}
    drawn = {"column": MINUTES, "cmap": "viridis_r", "legend": True, "markersize": 12, **given}
    homes.plot(ax=axes, missing_kwds={"color": "#b0a8a0"}, legend_kwds={"label": "minutes to the hub"}, **drawn)
    assessment.hub.plot(ax=axes, color="#c0392b", marker="*", markersize=120, zorder=5)
    axes.set_axis_off()
    return axes


def explored(assessment: Assessed, profile: str | None, options: Mapping[str, Any]) -> Any:
    """The homes by minutes to the hub on a map of folium.

    Parameters
    ----------
    assessment
        What the main job found.
    profile
        A way of moving that was assessed; the first unless named.
    options
        As for ``GeoDataFrame.explore``.

    Returns
    -------
    folium.Map
    """
    require_installed("folium", extra="pages")
    require_installed("matplotlib", extra="stills")
    homes = homes_by_minutes(assessment, profile)
    return homes.explore(**{"column": MINUTES, "cmap": "viridis_r", "marker_kwds": {"radius": 5}, **options})


def _name(names: Any) -> str:
    return next(iter(names.values())) if isinstance(names, Mapping) else str(names)


def _told(minutes: float | None) -> str:
    return "–" if minutes is None or not np.isfinite(minutes) else f"{minutes:.1f}"


def _small_map(assessment: Assessed) -> str:
    """Rings of the first profile, homes and the hub, as SVG."""
    west, south, east, north = assessment.district.total_bounds
    scale = SIDE_PX / max(east - west, north - south, 1.0)
    width, height = (east - west) * scale, (north - south) * scale

    def path(shape: shapely.Geometry) -> str:
        simple = shapely.clip_by_rect(shapely.simplify(shape, 1.0 / scale), west, south, east, north)
        rings = [ring for part in shapely.get_parts(simple) for ring in shapely.get_rings(part)]
        return "".join(_ring(ring, west, north, scale) for ring in rings)

    rings = next(iter(assessment.isochrones.values())).sort_values("cutoff_min", ascending=False)
    shapes = [
        f'<path d="{path(shape)}" fill="{RINGS[min(len(rings) - 1 - place, len(RINGS) - 1)]}" fill-rule="evenodd"/>'
        for place, shape in enumerate(rings.geometry)
    ]
    outline = path(shapely.union_all(assessment.district.geometry.to_numpy()))
    homes, hub = assessment.origins.geometry, assessment.hub.geometry
    every = max(1, -(-len(homes) // MOST_HOMES))
    dots = "".join(
        f"M{(x - west) * scale:.0f} {(north - y) * scale:.0f}h1"
        for x, y in zip(homes.x.to_numpy()[::every], homes.y.to_numpy()[::every], strict=True)
    )
    marks = "".join(
        f'<circle cx="{(x - west) * scale:.1f}" cy="{(north - y) * scale:.1f}" r="4" fill="#c0392b"/>'
        for x, y in zip(hub.x, hub.y, strict=True)
    )
    label = escape(assessment_line(assessment), quote=True)
    return (
        f'<svg width="{width:.0f}" height="{height:.0f}" viewBox="-2 -2 {width + 4:.0f} {height + 4:.0f}" role="img"'
        f' aria-label="{label}" style="background:#fafafa">{"".join(shapes)}'
        f'<path d="{outline}" fill="none" stroke="#463e50" stroke-width="1"/>'
        f'<path d="{dots}" stroke="#463e50" stroke-width="1.5"/>{marks}</svg>'
    )


def _ring(ring: shapely.Geometry, west: float, north: float, scale: float) -> str:
    """A ring as a path; of one with very many corners every so many."""
    corners = shapely.get_coordinates(ring)[:-1]
    corners = corners[:: max(1, -(-len(corners) // MOST_CORNERS))]
    at = [f"{(x - west) * scale:.0f} {(north - y) * scale:.0f}" for x, y in corners]
    return f"M{'L'.join(at)}Z" if len(set(at)) > 2 else ""
