"""Access tags: their keys from the general to the specific, and what their values mean."""

from collections.abc import Mapping
from typing import Literal

import pandas as pd

Mode = Literal["foot", "bicycle", "car"]

#: Access keys from the general to the specific: the last one tagged decides.
#: https://wiki.openstreetmap.org/wiki/Key:access
ACCESS_KEYS: Mapping[Mode, tuple[str, ...]] = {
    "foot": ("access", "foot"),
    "bicycle": ("access", "vehicle", "bicycle"),
    "car": ("access", "vehicle", "motor_vehicle", "motorcar"),
}

#: Values that close a way to the public; what is in none of these sets says nothing.
CLOSED = frozenset(
    {
        "no", "agricultural", "agricultural;forestry", "forestry", "military", "emergency", "use_sidepath",
        "psv", "bus", "taxi", "psv;taxi", "bus;taxi", "hgv", "closed", "motorcycle", "moped", "mofa", "motorhome",
        "tourist_bus", "coach", "minibus", "share_taxi", "goods", "trailer", "caravan", "hov", "carpool", "tractor",
        "atv", "snowmobile", "ski", "horse", "official_vehicles", "emergency_vehicles", "construction", "garbage",
        "maintenance", "tram", "hazmat",
    }
)  # fmt: skip
#: Values of ways for those who live there or have business there: not for passing through.
RESTRICTED = frozenset(
    {
        "private", "destination", "customers", "delivery", "permit", "employees", "residents", "resident", "staff",
        "members", "permit_holders", "visitors", "tenants", "students",
    }
)  # fmt: skip
OPEN = frozenset({"yes", "designated", "permissive", "official", "public"}) | RESTRICTED


def deciding_value(table: pd.DataFrame, mode: Mode, *, own: bool = False) -> pd.Series:
    """The value of the most specific access key that is tagged, a row a way or node.

    Parameters
    ----------
    table
        Tag columns.
    mode
        Who moves.
    own
        Only keys of the mode, not ``access``, which is for everybody.

    Returns
    -------
    pandas.Series
        Strings with the index of ``table``; missing where no access key is tagged.
    """
    value = pd.Series(None, index=table.index, dtype=object)
    for key in ACCESS_KEYS[mode][1 if own else 0 :]:
        if is_tagged(table, key):
            said = access_column(table, key)
            value = said.where(said.notna(), value)
    return value


def tag_column(table: pd.DataFrame, key: str) -> pd.Series:
    """A tag's values; all missing where no row of the table has it.

    Parameters
    ----------
    table
        Tag columns.
    key
        The tag.

    Returns
    -------
    pandas.Series
        Strings with the index of ``table``; missing where the tag is not set.
    """
    return table[key] if key in table else pd.Series(None, index=table.index, dtype=object)


def is_tagged(table: pd.DataFrame, key: str) -> bool:
    """Whether any row has a tag.

    Parameters
    ----------
    table
        Tag columns.
    key
        The tag.

    Returns
    -------
    bool
    """
    return key in table and bool(table[key].notna().any())


def access_column(table: pd.DataFrame, key: str) -> pd.Series:
    """An access tag's values, lists such as ``agricultural;destination`` as the one that lets most people in.

    Parameters
    ----------
    table
        Tag columns.
    key
        The tag.

    Returns
    -------
    pandas.Series
        Strings with the index of ``table``; missing where the tag is not set.
    """
    column = tag_column(table, key)
    lists = [value for value in column.dropna().unique() if ";" in value]
    return column.replace({value: most_open(value) for value in lists}) if lists else column


def most_open(values: str) -> str:
    """Of several values one that is open to all, else to some, else to none; the first of these.

    Parameters
    ----------
    values
        For example ``"agricultural;destination"``.

    Returns
    -------
    str
        The text itself where it is no list, or none of its values is known.
    """
    parts = [part.strip() for part in values.split(";")]
    for kind in (OPEN - RESTRICTED, RESTRICTED, CLOSED):
        of_kind = [part for part in parts if part in kind]
        if of_kind:
            return of_kind[0]
    return values
