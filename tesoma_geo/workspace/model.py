"""What every table of a file that people write is: frozen, and without keys that nobody reads."""

from typing import Any

from pydantic import BaseModel, ConfigDict


class FrozenModel(BaseModel):
    """A table of the workspace or scenario file: frozen, and an unknown key is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


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
