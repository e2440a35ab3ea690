"""Tags as they are at a moment: conditions, opening hours, seasons and winter roads laid over the plain tags."""

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.network.streets.conditional import SEASONS, UndecidedTag, When, column_now, is_open

CONDITIONAL = ":conditional"
#: Keys that say who may pass: cleared where a way is closed for everybody.
ACCESS = ("access", "foot", "vehicle", "bicycle", "motor_vehicle", "motorcar", "wheelchair")
#: Keys that say who may pass in winter, as ``foot:winter=no`` on a ski track, and what they stand over.
IN_WINTER = {f"{key}:winter": key for key in ACCESS} | {
    "seasonal:winter": "access", "seasonal:winter:bicycle": "bicycle", "seasonal:winter:foot": "foot",
}  # fmt: skip
#: Ways over ice and snow: there in winter alone. https://wiki.openstreetmap.org/wiki/Key:winter_road
WINTER_ROADS = ("winter_road", "ice_road")
SEASON_UNREAD = "seasons that are not named"
#: Columns that make a table differ from moment to moment.
TIMED = ("opening_hours", "seasonal", "snowplowing", *WINTER_ROADS, *IN_WINTER)


class TagsNow(NamedTuple):
    """A table of tags at a moment.

    Attributes
    ----------
    table
        The same rows and columns.
    unread
        What the moment does not decide → number of rows.
    """

    table: pd.DataFrame
    unread: Counter[UndecidedTag]


def tags_now(table: pd.DataFrame, when: When) -> TagsNow:
    """Tag columns at a moment: what holds then is laid over what holds otherwise.

    Parameters
    ----------
    table
        Tag columns, a row a way or node.
    when
        The moment.

    Returns
    -------
    TagsNow
    """
    unread: Counter[UndecidedTag] = Counter()
    changed: dict[str, pd.Series] = {}
    for column in table.columns:
        key = str(column).removesuffix(CONDITIONAL)
        if key != column and table[column].notna().any():
            values, decided, reasons = column_now(table, key, when)
            unread += reasons
            if decided.any():
                changed[key] = values
    now = table.assign(**changed) if changed else table
    if not any(key in now and now[key].notna().any() for key in TIMED):
        return TagsNow(now, unread)
    if when.winter:
        now = _in_winter(now)
    closed = _closed(now, when, unread)
    if closed.any():
        present = [key for key in ACCESS if key in now]
        cleared = {key: now[key].mask(closed) for key in present}
        now = now.assign(**{**cleared, "access": _no(now, "access", closed)})
    return TagsNow(now, unread)


def _in_winter(now: pd.DataFrame) -> pd.DataFrame:
    """What tags say of the winter, and ways that no plough clears: closed to cars, bicycles and wheelchairs."""
    for key, over in IN_WINTER.items():
        if key in now and now[key].notna().any():
            plain = now[over] if over in now else _missing(now)
            now = now.assign(**{over: plain.where(now[key].isna(), now[key])})
    if "snowplowing" in now:
        unploughed = (now["snowplowing"] == "no").to_numpy(bool)
        if unploughed.any():
            own = [key for key in ("bicycle", "motor_vehicle", "motorcar") if key in now]
            shut = {key: _no(now, key, unploughed) for key in ("vehicle", "wheelchair")}
            now = now.assign(**{key: now[key].mask(unploughed) for key in own}, **shut)
    return now


def _closed(now: pd.DataFrame, when: When, unread: Counter[UndecidedTag]) -> NDArray[np.bool_]:
    """Rows that are closed for everybody at the moment."""
    closed = np.zeros(len(now), bool)
    for key in WINTER_ROADS:
        if key in now and not when.winter:
            closed |= (now[key] == "yes").to_numpy(bool)
    closed |= _by_value(now, "seasonal", lambda value, reasons: _out_of_season(value, when, reasons), unread)
    closed |= _by_value(now, "opening_hours", lambda value, reasons: not is_open(value, when, reasons), unread)
    return closed


def _out_of_season(value: str, when: When, unread: Counter[str]) -> bool:
    named = {part.strip() for part in value.replace(",", ";").split(";")}
    if named & set(SEASONS.values()):
        return SEASONS[when.month] not in named
    if named - {"no"}:
        unread[SEASON_UNREAD] += 1
    return False


def _by_value(
    now: pd.DataFrame, key: str, closes: Callable[[str, Counter[str]], bool], unread: Counter[UndecidedTag]
) -> NDArray[np.bool_]:
    """Rows whose value closes, each distinct value asked once; what is undecided is counted by rows."""
    if key not in now or not now[key].notna().any():
        return np.zeros(len(now), bool)
    codes, values = pd.factorize(now[key])
    rows = np.bincount(codes[codes >= 0], minlength=len(values))
    closed = []
    for value, count in zip(values, rows, strict=True):
        reasons: Counter[str] = Counter()
        closed.append(closes(str(value), reasons))
        unread.update({UndecidedTag(reason, f"{key}={value}"): int(count) for reason in reasons})
    return np.array([*closed, False])[codes]


def _no(now: pd.DataFrame, key: str, rows: NDArray[np.bool_]) -> pd.Series:
    plain = now[key] if key in now else _missing(now)
    return plain.mask(rows, "no")


def _missing(now: pd.DataFrame) -> pd.Series:
    return pd.Series(None, index=now.index, dtype="str")
