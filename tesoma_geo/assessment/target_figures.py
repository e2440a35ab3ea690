"""The district's own targets beside what there is, from arrays alone: no library of tables is loaded for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.columns import TO_HUB_S
from tesoma_geo.workspace import parse_target

if TYPE_CHECKING:
    import geopandas as gpd

    from tesoma_geo.assessment.summary_records import TargetFigures


@dataclass(frozen=True, eq=False)
class TimesOfHomes:
    """What targets are told from.

    Attributes
    ----------
    residents
        Of each origin, shape (n,).
    to_hub_s
        Way of moving → seconds to the hub, ``inf`` where there is no way, shape (n,).
    """

    residents: NDArray[Any]
    to_hub_s: Mapping[str, NDArray[Any]]


def times_of_homes(origins: "gpd.GeoDataFrame") -> TimesOfHomes:
    """What targets are told from, of a table.

    Parameters
    ----------
    origins
        ``tables.ORIGINS`` with ``<profile>_to_hub_s``.

    Returns
    -------
    TimesOfHomes
        Of all ways of moving that the table has.
    """
    ending = TO_HUB_S.of("")
    seconds = {name.removesuffix(ending): origins[name].to_numpy() for name in origins if name.endswith(ending)}
    return TimesOfHomes(origins["population"].to_numpy(), seconds)


def targets(homes: TimesOfHomes, wanted: Mapping[str, float]) -> "dict[str, TargetFigures]":
    """The district's own targets, each with the share of residents that there is.

    Parameters
    ----------
    homes
        As of :func:`times_of_homes`.
    wanted
        Target (``walk_within_15_min``) → share of residents, 0 to 1.

    Returns
    -------
    dict
        Target → ``target``, ``value`` and whether it is ``met``.
    """
    figures: dict[str, TargetFigures] = {}
    for name, target in wanted.items():
        profile, minutes = parse_target(name)
        share = homes.residents[homes.to_hub_s[profile] <= minutes * 60.0].sum() / homes.residents.sum()
        value = round(float(share), 4) if np.isfinite(share) else None
        figures[name] = {"target": target, "value": value, "met": bool(share >= target)}
    return figures
