"""What every table of a file that people write is: frozen, and without keys that nobody reads."""

from typing import Any

from pydantic import BaseModel, ConfigDict


class FrozenModel(BaseModel):
    """A table of the workspace or scenario file: frozen, and an unknown key is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


def stated(value: Any) -> Any:
    """What a file states of a value, without the licences: two files that state the same are read alike.

    Parameters
    ----------
    value
        A table of the workspace file, or what stands in one.

    Returns
    -------
    The value, its tables as dictionaries of the keys that the file has.
    """
    if isinstance(value, FrozenModel):
        return {name: stated(one) for name, one in value if name in value.model_fields_set and name != "licence"}
    if isinstance(value, tuple | list):
        return [stated(one) for one in value]
    if isinstance(value, dict):
        return {key: stated(one) for key, one in value.items()}
    return value


def without_licences(value: Any) -> Any:
    """A value of the workspace file without the licences that it names: no figure follows from them.

    Parameters
    ----------
    value
        A table, or what stands in one.

    Returns
    -------
    The value, its tables as dictionaries of what they hold.
    """
    if isinstance(value, FrozenModel):
        return {name: without_licences(one) for name, one in value if name != "licence"}
    if isinstance(value, tuple | list):
        return [without_licences(one) for one in value]
    if isinstance(value, dict):
        return {key: without_licences(one) for key, one in value.items()}
    return value
