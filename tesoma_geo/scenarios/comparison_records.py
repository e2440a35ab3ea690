"""The figures of ``comparison.json``, one record a section; ``docs/comparison.schema.json`` is made from them."""

from typing import Annotated, Any

from pydantic import Field
from typing_extensions import TypedDict

from tesoma_geo.assessment.summary_records import ByLanguage, Residents, json_schema


class SideBySide(TypedDict):
    """A figure without and with the scenario; None for never."""

    before: float | None
    after: float | None
    change: Annotated[float | None, Field(description="after less before, one decimal; null where one is null")]


class OutcomeFigures(TypedDict):
    """Residents by what happens to them; they add up to ``all``."""

    all: Residents
    gaining: Annotated[int, Field(ge=0, description="residents who get there sooner by gain_min or more")]
    unchanged: Residents
    losing: Annotated[int, Field(ge=0, description="residents who get there later by gain_min or more")]
    unreachable: Annotated[int, Field(ge=0, description="residents without a way before and after")]


class ProfileComparison(TypedDict):
    """One way of moving before and after."""

    population_within: Annotated[dict[str, SideBySide], Field(description="a cutoff in minutes → residents within it")]
    median_min: SideBySide
    p90_min: SideBySide
    unreachable_population: SideBySide
    residents: OutcomeFigures
    mean_gain_min: Annotated[float | None, Field(description="mean of those who gain, minutes")]
    mean_loss_min: Annotated[float | None, Field(description="mean of those who lose, minutes")]
    resident_min: Annotated[float, Field(description="minutes that all residents gain together, one trip each")]
    by_age: Annotated[dict[str, OutcomeFigures], Field(description="by age group")]
    by_area: Annotated[dict[str, OutcomeFigures], Field(description="by area code")]


class ServiceComparison(TypedDict):
    """The services of one kind before and after."""

    count: SideBySide
    profiles: Annotated[
        dict[str, dict[str, SideBySide]],
        Field(description="by profile: median_min, and population_within_<minutes>_min"),
    ]


class ComparisonFigures(TypedDict):
    """The content of ``comparison.json``."""

    name: ByLanguage
    text: ByLanguage | None
    made_up: Annotated[bool, Field(description="whether the district is invented")]
    gain_min: Annotated[float, Field(description="residents gain or lose from so many minutes on")]
    population_total: Residents
    changes: Annotated[dict[str, int], Field(description="what changes → how many")]
    profiles: Annotated[dict[str, ProfileComparison], Field(description="by profile")]
    connections: Annotated[
        dict[str, SideBySide],
        Field(description="minutes between connections, or on_foot → residents; empty without a timetable"),
    ]
    services: Annotated[dict[str, ServiceComparison], Field(description="by kind")]


def comparison_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of ``comparison.json``.

    Returns
    -------
    dict
        As ``docs/comparison.schema.json`` holds it.
    """
    return json_schema(ComparisonFigures)
