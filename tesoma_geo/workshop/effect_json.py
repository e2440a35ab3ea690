"""What a plan does, as the JSON that the wall gets of it."""

import json
from typing import Any

from tesoma_geo.scenarios.scenario import Scenario
from tesoma_geo.workshop.answers import ProfileEffect, answer
from tesoma_geo.workshop.district import DistrictToday
from tesoma_geo.workshop.map_data import answer_layers


def effect_json(district: DistrictToday, scenario: Scenario, profile: str) -> bytes:
    """What a plan does for one way of moving.

    Parameters
    ----------
    district
        As it is today.
    scenario
        The plan.
    profile
        The way of moving.

    Returns
    -------
    bytes
        An object of JSON: :func:`effect_content`.

    Raises
    ------
    ScenarioError
        With every change that cannot be made.
    """
    return compact_json(effect_content(district, answer(district, scenario, profile)))


def compact_json(content: Any) -> bytes:
    """JSON in UTF-8 without a space that need not be.

    Parameters
    ----------
    content
        Without NaN.

    Returns
    -------
    bytes
    """
    return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def effect_content(district: DistrictToday, found: ProfileEffect) -> dict[str, Any]:
    """What a plan does, for the wall.

    Parameters
    ----------
    district
        As it is today.
    found
        What the plan does.

    Returns
    -------
    dict
        JSON can hold it.
    """
    euros, unknown = found.costs["total_eur"], len(found.costs["unknown"])
    minutes = found.residents["resident_min"]
    return {
        "profile": found.profile,
        "map": answer_layers(district.inputs, found),
        "residents": found.residents,
        "services": found.services,
        "metres": round(float(found.places.geometry[found.places["what"] == "link"].length.sum()), 1),
        "euros": euros,
        "without_price": unknown,
        "minutes_per_euro": round(minutes / euros, 3) if euros and not unknown else None,
    }
