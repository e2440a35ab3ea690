"""What every table of a file that people write is: frozen, and without keys that nobody reads."""

from pydantic import BaseModel, ConfigDict


class FrozenModel(BaseModel):
    """A table of the workspace or scenario file: frozen, and an unknown key is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)
