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


class TripOutcome(TypedDict):
    """Who gains and who loses on one kind of trip by one way of moving."""

    residents: OutcomeFigures
    mean_gain_min: Annotated[float | None, Field(description="mean of those who gain, minutes")]
    mean_loss_min: Annotated[float | None, Field(description="mean of those who lose, minutes")]
    resident_min: Annotated[float, Field(description="minutes that all residents gain together, one trip each")]
    by_age: Annotated[dict[str, OutcomeFigures], Field(description="by age group")]
    by_area: Annotated[dict[str, OutcomeFigures], Field(description="by area code")]


class ProfileComparison(TripOutcome):
    """One way of moving before and after."""

    population_within: Annotated[dict[str, SideBySide], Field(description="a cutoff in minutes → residents within it")]
    median_min: SideBySide
    p90_min: SideBySide
    unreachable_population: SideBySide


class ServiceComparison(TypedDict):
    """The services of one kind before and after."""

    count: SideBySide
    profiles: Annotated[
        dict[str, dict[str, SideBySide]],
        Field(description="by profile: median_min, and population_within_<minutes>_min"),
    ]
    outcomes: Annotated[
        dict[str, TripOutcome],
        Field(description="by profile, who gains and who loses on the way to the nearest; empty where nothing changes"),
    ]


class HeadwayFigures(TypedDict):
    """A line whose headway changes."""

    line: str
    between: list[str]
    headway_min: Annotated[float, Field(description="minutes between trips by the plan")]
    today_min: Annotated[float | None, Field(description="median minutes today, of the rarer direction")]
    trips_before: int
    trips_after: int
    seldomer: Annotated[bool, Field(description="whether a direction has fewer trips than today")]


class HomesFigures(TypedDict):
    """People who move in, and how they get to the hub."""

    residents: Residents
    dates: Annotated[list[str], Field(description="when, ISO 8601, as far as the file says")]
    median_min: Annotated[dict[str, float | None], Field(description="by profile, minutes to the hub; null for never")]
    services_median_min: Annotated[
        dict[str, dict[str, float | None]], Field(description="by kind and profile, minutes to the nearest")
    ]


class CostFigures(TypedDict):
    """What the plan costs, as far as its file says."""

    total_eur: Annotated[float | None, Field(description="sum of what is told; null where nothing is")]
    parts_eur: Annotated[dict[str, float], Field(description="entry of the file → euros")]
    unknown: Annotated[list[str], Field(description="entries whose cost is not told")]


class Answer(TypedDict):
    """What a plan does to the trips that it is about, the most changed way of moving first named."""

    to: Annotated[str, Field(description="hub, or a kind of service")]
    asked: Annotated[bool, Field(description="whether the plan is about these trips; else it changes them besides")]
    profile: str
    gaining: Residents
    losing: Residents
    resident_min: float


class SureGains(TypedDict):
    """Between how many residents gain and lose on the trip that a plan's page begins with."""

    to: Annotated[str, Field(description="hub, or a kind of service")]
    profile: str
    gaining: Annotated[list[int], Field(description="fewest and most residents who gain, in nine draws of ten")]
    losing: Annotated[list[int], Field(description="the same of those who lose")]
    runs: Annotated[int, Field(description="draws of what is not known: speed, unknown tags, places, residents")]
    seed: int


class ComparisonNote(TypedDict):
    """What a reader must know of a plan."""

    key: Annotated[str, Field(description="entry of the file")]
    text: str


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
    answers: Annotated[
        list[Answer], Field(description="what the plan is about comes first: kinds that open, close or change, the hub")
    ]
    sure: Annotated[
        SureGains | None, Field(description="of the trip that the page begins with; null where nobody gains or loses")
    ]
    winter: Annotated[
        dict[str, TripOutcome],
        Field(description="by profile on streets, to the hub in winter; empty where no winter maintenance changes"),
    ]
    headways: list[HeadwayFigures]
    homes: HomesFigures | None
    costs: CostFigures
    notes: list[ComparisonNote]


def comparison_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of ``comparison.json``.

    Returns
    -------
    dict
        As ``docs/comparison.schema.json`` holds it.
    """
    return json_schema(ComparisonFigures)
