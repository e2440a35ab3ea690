"""The figures of ``plans.json``, one record a section; ``docs/plans.schema.json`` is made from them."""

from typing import Annotated, Any

from pydantic import Field
from typing_extensions import TypedDict

from tesoma_geo.assessment.summary_records import json_schema

ResidentMin = Annotated[float, Field(description="minutes that today's residents gain together, one trip each")]


class TripFigures(TypedDict):
    """One of the trips that count, by one plan."""

    to: Annotated[str, Field(description="hub, or a kind of service")]
    gaining: Annotated[int, Field(ge=0, description="residents who get there a minute or more sooner")]
    losing: Annotated[int, Field(ge=0, description="residents who get there a minute or more later")]
    gaining_low: Annotated[int, Field(ge=0, description="gaining in the 5th of 100 draws")]
    gaining_high: Annotated[int, Field(ge=0, description="gaining in the 95th of 100 draws")]


class PlanFigures(TypedDict):
    """One plan alone."""

    name: str
    file: str
    gaining: Annotated[int, Field(ge=0, description="residents who gain a minute or more on one of the trips")]
    losing: Annotated[int, Field(ge=0, description="residents who lose a minute or more on one of the trips")]
    trips: list[TripFigures]
    resident_min: ResidentMin
    by_profile: Annotated[dict[str, float], Field(description="the same by every way of moving")]
    low: Annotated[float, Field(description="resident_min in the 5th of 100 draws")]
    high: Annotated[float, Field(description="resident_min in the 95th of 100 draws")]
    cost_eur: float | None
    min_per_1000_eur: float | None


class TogetherFigures(TypedDict):
    """Several plans together."""

    plans: list[str]
    resident_min: float | None
    sum_alone: Annotated[float, Field(description="of what each gains alone")]
    interaction_min: Annotated[
        float | None, Field(description="together less the sum; below 0 where one does for the other")
    ]
    conflict: Annotated[str | None, Field(description="why they cannot both be built")]


class OrderFigures(TypedDict):
    """A step of the order in which most is gained soonest."""

    plan: str
    adds_min: float
    together_min: float


class SureFigures(TypedDict):
    """Two plans over the same draws."""

    one: str
    other: str
    one_more: int
    other_more: int
    equal: int
    difference_low_min: float
    difference_high_min: float


class CompareFigures(TypedDict):
    """The content of ``plans.json``."""

    profile: str
    trips_to: Annotated[list[str], Field(description="hub, and the kinds of services that plans open or close")]
    runs: int
    seed: int
    drawn: Annotated[str, Field(description="what is drawn")]
    plans: list[PlanFigures]
    pairs: list[TogetherFigures]
    all: TogetherFigures
    order: list[OrderFigures]
    surely: list[SureFigures]
    sentences: list[str]


def plans_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of ``plans.json``.

    Returns
    -------
    dict
        As ``docs/plans.schema.json`` holds it.
    """
    return json_schema(CompareFigures)
