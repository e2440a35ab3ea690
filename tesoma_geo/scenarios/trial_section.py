"""``[trial]`` of a scenario file: a plan that is tried on the ground for a while."""

import datetime
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from tesoma_geo.workspace import Latitude, Longitude, Names
from tesoma_geo.workspace.model import FrozenModel
from tesoma_geo.workspace.values import Words

Word = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]

#: Years that a trial may be in: others are slips of the pen.
YEARS = range(1990, 2101)


def _in_our_time(day: datetime.date) -> datetime.date:
    if day.year not in YEARS:
        raise PydanticCustomError("no_year", "is of the year {year}", {"year": day.year})
    return day


def _in_metres(value: float) -> float:
    if value < 1:
        raise PydanticCustomError("no_metres", "is less than a metre")
    return value


def _said(names: dict[str, str]) -> dict[str, str]:
    if not any(text.strip() for text in names.values()):
        raise PydanticCustomError("no_name", "has no words in any language")
    return names


Day = Annotated[datetime.date, AfterValidator(_in_our_time)]
Said = Annotated[Names, AfterValidator(_said)]

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

    begins: Day
    ends: Day | None = None
    who: Words
    question: Said
    watch: tuple[Word, ...] = ()
    success: Said | None = None
    places: tuple[tuple[Longitude, Latitude], ...] = ()
    within_m: Annotated[float, Field(gt=0, le=5000), AfterValidator(_in_metres)] = 250.0
    kind: Literal["barrier", "missing_link", "place", "area", "idea", "praise"] = "barrier"
    topics: tuple[Word, ...] = ()
    expects: Literal["fewer", "more"] = "fewer"
    rounds: dict[Literal["before", "during", "after"], tuple[Word, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _each_cohort_is_of_one_period(self) -> Self:
        named = [name for names in self.rounds.values() for name in names]
        twice = next((name for name in named if named.count(name) > 1), None)
        if twice is not None:
            raise PydanticCustomError("cohort_twice", "names the cohort {name} twice in rounds", {"name": twice})
        return self

    @model_validator(mode="after")
    def _ends_later(self) -> Self:
        if self.ends is not None and self.ends < self.begins:
            context = {"begins": self.begins.isoformat(), "ends": self.ends.isoformat()}
            raise PydanticCustomError("ends_before", "ends on {ends}, before it begins on {begins}", context)
        return self
