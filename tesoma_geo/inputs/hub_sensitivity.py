"""What the place of the hub's point decides, for ``check``: its last metres, and figures with the point put aside."""

import geopandas as gpd
import numpy as np
import shapely

from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.inputs.reports import LayerReport
from tesoma_geo.network import StreetRouter

#: The reports of the hub's place.
HUB_KEYS = ("hub.entrances", "hub.area")
#: The point is put so far aside, in metres, in eight directions.
ASIDE_M = 15.0
#: Figures that differ by more than this share hang on where the point was put.
MUCH = 0.10
#: Last metres that cost more seconds than this are told.
LONG_S = 60.0
WITHIN_MIN = 15.0


def with_hub_sensitivity(inputs: Inputs, reports: tuple[LayerReport, ...]) -> tuple[LayerReport, ...]:
    """The reports, with what the place of the hub decides: a note, or a doubt where it is much.

    Asked of the first way of moving on streets. The last metres are those between the hub's point and the streets; the
    sensitivity is how many residents come within 15 minutes when all points are put 15 m aside.

    Parameters
    ----------
    inputs
        The layers, read.
    reports
        One a layer.

    Returns
    -------
    tuple of LayerReport
        In the same order.
    """
    profile = inputs.profiles[0]
    router = StreetRouter.build(inputs.network, profile, inputs.workspace.network.max_snap_m)
    at_origins, residents = router.snap(inputs.origins), inputs.origins["population"].to_numpy()

    def within(hub: gpd.GeoDataFrame) -> int:
        minutes = router.times_between(at_origins, router.snap(hub, "hub")).min(axis=1) / 60.0
        return int(residents[minutes <= WITHIN_MIN].sum())

    last_m = min(float(one.snap_m.min()) for one in router.snap(inputs.hub, "hub").each())
    last_s = last_m / profile.foot_speed_ms
    here, aside = within(inputs.hub), [within(_aside(inputs.hub, turn)) for turn in np.arange(8) * np.pi / 4]
    figures = (
        f"{here:,} residents come within {WITHIN_MIN:g} minutes ({profile.name}), "
        f"{min(aside):,} to {max(aside):,} with the point {ASIDE_M:g} m aside"
    )
    hangs = max(abs(one - here) for one in aside) > MUCH * max(here, 1)
    with_more = []
    for report in reports:
        more = report
        if report.key in HUB_KEYS and np.isfinite(last_s) and last_s > LONG_S:
            more = more.with_doubt(
                f"the last {last_m:.0f} m from the street cost everybody {last_s / 60.0:.1f} minutes ({figures})",
                "Put the points where people enter, or name the hub's area",
            )
        elif report.key in HUB_KEYS and hangs:
            more = more.with_doubt(f"the figures hang on its place: {figures}", "Name the hub's doors, or its area")
        elif report.key in HUB_KEYS:
            more = more.with_note(figures)
        with_more.append(more)
    return tuple(with_more)


def _aside(hub: gpd.GeoDataFrame, turn: float) -> gpd.GeoDataFrame:
    x, y = hub.geometry.x + ASIDE_M * np.cos(turn), hub.geometry.y + ASIDE_M * np.sin(turn)
    return hub.set_geometry(shapely.points(x, y), crs=hub.crs)
