"""``[trial]`` of a scenario file: a plan that is tried on the ground for a while."""

import datetime
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from tesoma_geo.workspace import Latitude, Longitude, Names
from tesoma_geo.workspace.model import FrozenModel

Word = Annotated[str, Field(min_length=1)]

#: When cohorts of answers are, seen from a trial.
PERIODS = ("before", "during", "after")


class TrialSection(FrozenModel):
    """A local trial.

    Attributes
    ----------
    begins, ends
        Planned days; the register has the days on which it began and ended.
    who
        Who runs it.
    question
        What is to be learnt, by language.
    watch
        Indicators of the run that are watched, by name.
    success
        What would count as success, by language.
    places
        Longitude and latitude of the places that it is about; without them those of the plan's own changes.
    within_m
        Answers so near are about it.
    kind, topics
        Which answers are counted: all topics of the kind unless some are named.
    expects
        Whether success means fewer or more of them.
    rounds
        Names of closed cohorts by period, where days alone do not tell.
    """

    begins: datetime.date
    ends: datetime.date | None = None
    who: Word
    question: Names
    watch: tuple[Word, ...] = ()
    success: Names | None = None
    places: tuple[tuple[Longitude, Latitude], ...] = ()
    within_m: Annotated[float, Field(gt=0, le=5000)] = 250.0
    kind: Literal["barrier", "missing_link", "place", "area", "idea", "praise"] = "barrier"
    topics: tuple[Word, ...] = ()
    expects: Literal["fewer", "more"] = "fewer"
    rounds: dict[Literal["before", "during", "after"], tuple[Word, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _ends_later(self) -> Self:
        if self.ends is not None and self.ends < self.begins:
            context = {"begins": self.begins.isoformat(), "ends": self.ends.isoformat()}
            raise PydanticCustomError("ends_before", "ends on {ends}, before it begins on {begins}", context)
        return self
