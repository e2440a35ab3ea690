"""What every table of the workspace file is: frozen, and without keys that nobody reads."""

from pydantic import BaseModel, ConfigDict


class FrozenModel(BaseModel):
    """A table of the workspace file: frozen, and without keys that nobody reads."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)
