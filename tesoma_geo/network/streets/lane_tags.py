"""Access tags of single lanes, as what they say of the whole street: it is open where one of its lanes is.

``motor_vehicle:lanes=no|yes`` has a value a lane, from left to right
(https://wiki.openstreetmap.org/wiki/Lanes, read 2026-11).
"""

import pandas as pd

from tesoma_geo.network.streets.access_tags import ACCESS_KEYS, CLOSED, OPEN, RESTRICTED, most_open

KEYS = tuple(dict.fromkeys(key for keys in ACCESS_KEYS.values() for key in keys))
DIRECTIONS = ("", ":forward", ":backward")


def with_lanes(ways: pd.DataFrame) -> pd.DataFrame:
    """Ways without an access tag that have one of their lanes get what the lanes say together.

    Parameters
    ----------
    ways
        Tag columns, a row a way.

    Returns
    -------
    DataFrame
        The same rows, without the columns of lanes; the table itself where it has none.
    """
    told = {f"{key}{end}": f"{key}:lanes{end}" for key in KEYS for end in DIRECTIONS if f"{key}:lanes{end}" in ways}
    if not told:
        return ways
    filled = {}
    for key, of_lanes in told.items():
        street = {value: of_street(value) for value in ways[of_lanes].dropna().unique()}
        values = ways[of_lanes].map(street)
        filled[key] = ways[key].where(ways[key].notna(), values) if key in ways else values.astype("str")
    return ways.assign(**filled).drop(columns=list(told.values()))


def of_street(lanes: str) -> str | None:
    """What the values of all lanes say of a street.

    Parameters
    ----------
    lanes
        For example ``"no|designated"``.

    Returns
    -------
    str or None
        The value that lets most people in; None where a lane has none, or none that is known.
    """
    values = [most_open(one.strip().lower()) for one in lanes.split("|")]
    for kind in (OPEN - RESTRICTED, RESTRICTED):
        of_kind = [value for value in values if value in kind]
        if of_kind:
            return of_kind[0]
    return values[0] if all(value in CLOSED for value in values) else None
