"""What a plan costs in euros, as far as its file says."""

import numpy as np
import shapely

from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.scenarios.comparison_records import CostFigures
from tesoma_geo.scenarios.scenario import Scenario

#: Tables of a scenario file whose entries may have a ``cost_eur``.
TABLES = (
    "links", "costs", "services", "entrances", "headways", "stops", "lines", "ramps", "lighting", "paving",
    "winter_maintenance", "homes",
)  # fmt: skip


def plan_costs(scenario: Scenario, before: Inputs, after: Inputs) -> CostFigures:
    """The euros of a plan, and the entries whose cost nobody told.

    Links cost what their entry says, as a whole or by metre; else what ``cost_eur_per_m`` says of their type: of
    ``bridge`` or ``tunnel`` where they have such a tag, else of their ``highway``.

    Parameters
    ----------
    scenario
        The plan.
    before, after
        The layers without and with it.

    Returns
    -------
    CostFigures
        Euros; ``total_eur`` is None where nothing is told.
    """
    parts: dict[str, float] = {}
    unknown: list[str] = []
    lengths = _lengths_m(before, after)
    for table in TABLES:
        for number, entry in enumerate(getattr(scenario, table)):
            key, cost = f"{table}.{number}", entry.cost_eur
            if table == "links" and cost is None:
                cost = _of_link(scenario, number, lengths)
            if cost is None:
                unknown.append(key)
            else:
                parts[key] = round(float(cost), 2)
    total = round(sum(parts.values()), 2) if parts else None
    return {"total_eur": total, "parts_eur": parts, "unknown": unknown}


def _lengths_m(before: Inputs, after: Inputs) -> list[tuple[float, str, bool, bool]]:
    """Metres, ``highway``, whether bridge and whether tunnel of each new link, in their order."""
    added = after.network.n_new_ways - before.network.n_new_ways
    if not added:
        return []
    is_new = np.arange(len(after.network.ways)) >= len(after.network.ways) - added
    new = after.network.lines(is_new, ["highway", "bridge", "tunnel"])
    bridge, tunnel = (
        [isinstance(value, str) and value != "no" for value in new[tag]] if tag in new else [False] * len(new)
        for tag in ("bridge", "tunnel")
    )
    return list(zip(shapely.length(new.geometry).tolist(), map(str, new["highway"]), bridge, tunnel, strict=True))


def _of_link(scenario: Scenario, number: int, lengths: list[tuple[float, str, bool, bool]]) -> float | None:
    entry = scenario.links[number]
    # A drawn entry is one link; who reads a file of several has one entry alone, or tells the cost of each entry.
    mine = lengths if len(scenario.links) == 1 else lengths[number : number + 1] if _drawn_all(scenario) else []
    if not mine:
        return None
    if entry.cost_eur_per_m is not None:
        return sum(metres for metres, *_ in mine) * entry.cost_eur_per_m
    total = 0.0
    for metres, highway, bridge, tunnel in mine:
        kind = "bridge" if bridge else "tunnel" if tunnel else highway
        rate = scenario.cost_eur_per_m.get(kind, scenario.cost_eur_per_m.get(highway))
        if rate is None:
            return None
        total += metres * rate
    return total


def _drawn_all(scenario: Scenario) -> bool:
    return all(entry.line is not None for entry in scenario.links)
