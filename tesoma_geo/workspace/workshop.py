"""The table of the workspace file that is about a workshop: its rounds, and what drawing costs."""

from datetime import date
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from tesoma_geo.workspace.annotations import Kind
from tesoma_geo.workspace.model import FrozenModel
from tesoma_geo.workspace.values import Names

_Name = Annotated[str, Field(pattern=r"^[\w -]{1,40}$")]


class Round(FrozenModel):
    """One round of a workshop.

    Attributes
    ----------
    name
        By which annotations carry it.
    on
        The day.
    title
        What pages call it, by language; its name without.
    question
        What is asked, by language.
    draws
        Kinds of annotations that may be drawn; none in a round that only weighs.
    votes
        How many votes each phone has among the alternatives; 0 for a round without.
    topics
        Codes of themes that are offered.
    """

    name: _Name
    on: Annotated[date | None, Field(alias="date")] = None
    title: Names | None = None
    question: Names | None = None
    draws: tuple[Kind, ...] = ("barrier", "missing_link", "place", "area", "idea", "praise")
    votes: Annotated[int, Field(ge=0, le=20)] = 0
    topics: tuple[Annotated[str, Field(pattern=r"^[\w.-]{1,64}$")], ...] = ()


class Workshop(FrozenModel):
    """How a workshop goes.

    Attributes
    ----------
    rounds
        In their order; one without a question where none is named.
    cost_eur_per_m
        What a metre of a new way costs, as in a scenario file: of ``bridge`` or ``tunnel``, else of its ``highway``.
    """

    rounds: tuple[Round, ...] = (Round(name="workshop"),)
    cost_eur_per_m: dict[str, Annotated[float, Field(ge=0, allow_inf_nan=False)]] = Field(default_factory=dict)

    @field_validator("rounds")
    @classmethod
    def _rounds_differ(cls, value: tuple[Round, ...]) -> tuple[Round, ...]:
        names = [one.name for one in value]
        if not names:
            raise PydanticCustomError("no_round", "has no round")
        if len(set(names)) < len(names):
            raise PydanticCustomError("rounds", "has two rounds of the same name")
        return value
