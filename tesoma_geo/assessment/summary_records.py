"""The figures of ``summary.json``, one record a section; ``docs/summary.schema.json`` is made from them.

Minutes have one decimal and are None for never, or where nobody knows; residents are whole; shares and indices have
four decimals. Where a record says "by minutes" or "by profile" its keys are those of the workspace.
"""

from typing import Annotated, Any, NotRequired

from pydantic import Field, TypeAdapter, WithJsonSchema
from typing_extensions import TypedDict

from tesoma_geo.assessment.hub_records import SeveralHubsFigures
from tesoma_geo.workspace import Language

Minutes = Annotated[float | None, Field(description="minutes, one decimal; null is never")]
Residents = Annotated[int, Field(ge=0, description="residents")]
Share = Annotated[float | None, Field(description="a share from 0 to 1, four decimals; null is not known")]
Index = Annotated[float | None, Field(description="an index, four decimals; null is not known")]
Clock = Annotated[str, Field(pattern=r"^\d{2}:\d{2}$", description="clock time; 24 and more past midnight")]
ByMinutes = Annotated[dict[str, int], Field(description="a cutoff in minutes → residents within it")]
ByLanguage = Annotated[dict[Language, str], Field(description="language code → text")]

#: ``median_min`` and ``population_within_<minutes>_min``, whose name has the workspace's minutes in it.
NearestFigures = Annotated[
    dict[str, Any],
    WithJsonSchema(
        {
            "type": "object",
            "description": "minutes to the nearest, and residents who have one within the minutes of the key",
            "properties": {"median_min": {"type": ["number", "null"]}},
            "patternProperties": {r"^population_within_[0-9.]+_min$": {"type": "integer", "minimum": 0}},
            "required": ["median_min"],
            "additionalProperties": False,
        }
    ),
]


class HubPlace(TypedDict):
    """The hub that is assessed."""

    name: ByLanguage
    entrances: Annotated[list[list[float]], Field(description="longitude and latitude of each, WGS 84")]


class ProfileFigures(TypedDict):
    """One way of moving to the hub, and from it."""

    population_within: ByMinutes
    median_min: Minutes
    p90_min: Minutes
    median_from_hub_min: Minutes
    unreachable_population: Residents
    unreachable_reasons: Annotated[dict[str, int], Field(description="reason → residents who cannot reach the hub")]


class ServiceFigures(TypedDict):
    """The services of one kind."""

    count: Annotated[int, Field(ge=0, description="services of the kind")]
    profiles: Annotated[dict[str, NearestFigures], Field(description="by profile")]


class LivedFigures(TypedDict):
    """One way of moving with residents' barriers."""

    median_min: Minutes
    p90_min: Minutes
    population_within: ByMinutes
    affected_population: Residents
    mean_added_min: Annotated[float, Field(description="mean minutes more, of the residents affected")]
    resident_min: Annotated[float, Field(description="minutes of all residents together, one trip each to the hub")]


class Sensitivity(TypedDict):
    """The lived figures with every effect of a barrier scaled."""

    profile: str
    scale: Annotated[float, Field(ge=0, description="of every effect; 1 is as assumed, 0 as mapped")]
    median_min: Minutes
    resident_min: float
    affected_population: Residents


class ExperienceFigures(TypedDict):
    """The way to the hub as residents live it; with the assumptions and what hangs on them."""

    fewest_respondents: Annotated[int, Field(ge=1, description="distinct respondents that a barrier needs to count")]
    barriers: Annotated[int, Field(ge=0)]
    profiles: Annotated[dict[str, LivedFigures], Field(description="by profile")]
    assumptions: Annotated[dict[str, Any], Field(description="the costs of barriers, with their sources")]
    sensitivity: list[Sensitivity]


class LineToHub(TypedDict):
    """A line that reaches the hub without a change."""

    line: str
    every_min: float


class LineOfDay(TypedDict):
    """A line that residents may board within a walk of ten minutes."""

    line: str
    trips: Annotated[int, Field(ge=0, description="of the day")]
    first: Clock
    last: Clock
    headway_min: Annotated[dict[str, float], Field(description="hour → minutes between departures")]
    residents: Residents


class LiftOut(TypedDict):
    """A lift out of order, as the workspace names it."""

    id: str
    station: Annotated[str, Field(description="the station or stop; empty where it has no name")]


class LiftFigures(TypedDict):
    """What lifts out of order do to residents by wheelchair and public transport, at the median of the window."""

    lifts: list[LiftOut]
    longer_population: Annotated[Residents, Field(description="need a minute more or longer, to the hub or back")]
    longer_min: Annotated[float | None, Field(description="minutes that these need more, their median")]
    cut_off_population: Annotated[Residents, Field(description="cannot get there, or back, any more")]
    median_min: Annotated[float | None, Field(description="to the hub, of the median resident")]
    median_working_min: Annotated[float | None, Field(description="the same if the lifts worked")]
    population_within: Annotated[dict[str, int], Field(description="minutes to the hub → residents")]
    population_within_working: Annotated[dict[str, int], Field(description="the same if the lifts worked")]


class MedianFare(TypedDict):
    """What the median resident pays for the trip behind the median; 0 on foot."""

    currency: Annotated[str, Field(description="ISO 4217")]
    median: float


class TripMinutes(TypedDict):
    """Mean minutes of a trip, over departures and the residents who get there."""

    walking: Minutes
    waiting: Minutes
    riding: Minutes
    transfer: Minutes


class DepartureFigures(TypedDict):
    """One departure of the day."""

    clock: Clock
    median_min: Minutes
    within: ByMinutes


class TransitFigures(TypedDict):
    """What only a timetable can say."""

    date: Annotated[str, Field(description="ISO 8601")]
    window: Annotated[list[Clock], Field(description="the first departure, and the time the last one lies before")]
    hours: Annotated[list[Clock], Field(description="first departure and last arrival of the feed's own trips")]
    covers_day: Annotated[bool, Field(description="whether these can be the first and the last of the day")]
    runs: Annotated[bool, Field(description="whether a vehicle leaves a stop in the window")]
    stops_connected: Annotated[int, Field(ge=0, description="stops with a connection to the hub in the window")]
    lines_to_hub: list[LineToHub]
    lines: Annotated[list[LineOfDay], Field(description="of the day, wherever they lead")]
    last_home: Annotated[
        list[Clock] | None,
        Field(description="the last departures home from the hub: the earliest and the latest of all homes"),
    ]
    next_min: Annotated[
        float | None, Field(description="minutes to the next connection, the median of residents who have some")
    ]
    lifts_out_of_order: Annotated[LiftFigures | None, Field(description="null where none is named")]
    residents_connected: Annotated[
        dict[str, int], Field(description="minutes between connections, or on_foot → residents")
    ]
    fare: MedianFare | None
    first_connection: Annotated[
        Clock | None, Field(description="of the day, or where covers_day is false of the hours")
    ]
    last_connection: Annotated[Clock | None, Field(description="as first_connection")]
    trip_min: TripMinutes | None
    day: list[DepartureFigures]


class GroupFigures(TypedDict):
    """An age group or an area beside all residents."""

    population: Residents
    median_min: Minutes
    p90_min: Minutes
    gap_min: Annotated[float | None, Field(description="the group's median less that of all residents, minutes")]
    share_within: Share


class TheilOfAreas(TypedDict, total=False):
    """The parts of Theil T that lie between areas and within them; they sum to it."""

    theil_between_areas: Index
    theil_within_areas: Index


class SpreadFigures(TheilOfAreas):
    """How the minutes are spread over the residents who reach the hub at all."""

    gini: Index
    palma: Index
    theil_t: Index
    lorenz: Annotated[list[Share], Field(description="share of all minutes at each tenth of residents")]
    fgt_1: Index
    fgt_2: Index
    population: Residents


class GroupedFigures(TypedDict, total=False):
    """Groups of residents, where they are known."""

    by_age: Annotated[dict[str, GroupFigures], Field(description="by age group, where ages are known")]
    by_area: Annotated[dict[str, GroupFigures], Field(description="by area code, where areas are known")]


class FairnessFigures(GroupedFigures):
    """How one profile's minutes to the hub are spread over residents."""

    standard_min: Annotated[float, Field(gt=0, description="the standard of sufficiency, minutes")]
    share_within: Share
    spread: SpreadFigures | None


class SeasonFigures(TypedDict):
    """One profile's figures in one season."""

    population_within: ByMinutes
    median_min: Minutes
    p90_min: Minutes


class BeforeAndAfterSnow(TypedDict):
    """One profile on bare ground, and with snow and ice."""

    before: SeasonFigures
    after: SeasonFigures


class WinterFigures(TypedDict):
    """Winter on the streets."""

    profiles: Annotated[dict[str, BeforeAndAfterSnow], Field(description="by profile")]
    ways_km: Annotated[dict[str, float], Field(description="who clears the ways → kilometres of them")]
    sources: Annotated[dict[str, str], Field(description="number → where it comes from, or that it is assumed")]


class Interval(TypedDict):
    """A headline figure as mapped, and in nine of ten draws; minutes or residents."""

    mapped: float | None
    low: float | None
    median: float | None
    high: float | None
    error: Annotated[
        float | None, Field(description="standard error of low and high, the larger; by the number of draws")
    ]


class Undecided(TypedDict):
    """Those who may lie on either side of the limit."""

    origins: Annotated[int, Field(ge=0)]
    population: Residents


class UncertaintyFigures(TypedDict):
    """How sure the figures of one profile are."""

    runs: Annotated[int, Field(ge=20)]
    seed: int
    interval: Annotated[list[float], Field(description="shares of the draws that lie below low and high")]
    figures: Annotated[dict[str, Interval], Field(description="by headline figure")]
    balanced: Annotated[
        list[str],
        Field(description="figures of which more than 3 of 4 draws fell on one side of mapped; they count as 3 of 4"),
    ]
    limit_min: float
    limit_uncertain: Undecided
    assumptions: Annotated[dict[str, float | bool], Field(description="how far off what is not known may be")]


class NatureFigures(TypedDict):
    """Green areas of some size, and who has one near."""

    areas: Annotated[int, Field(ge=0)]
    hectares: float
    least_ha: float
    within_min: float
    profiles: Annotated[dict[str, NearestFigures], Field(description="by profile")]


class HubServiceFigures(TypedDict):
    """Services that stand at the hub, and how diverse they are."""

    profile: str
    within_min: float
    kinds: Annotated[int, Field(ge=0)]
    services: Annotated[int, Field(ge=0)]
    shannon: Annotated[float | None, Field(description="nat, four decimals")]
    simpson: Index
    by_kind: Annotated[dict[str, int], Field(description="kind → services at the hub")]


class TargetFigures(TypedDict):
    """One of the district's own targets."""

    target: Annotated[float, Field(description="share of residents that is wanted")]
    value: Share
    met: bool


class PrivacyFigures(TypedDict):
    """How residents' answers are protected where their numbers hold noise."""

    privacy: Annotated[str, Field(description="always differential")]
    epsilon_budget: Annotated[float, Field(description="of all releases together")]
    epsilon_spent: Annotated[float, Field(ge=0)]
    epsilon_left: Annotated[float, Field(ge=0)]
    rows_each: Annotated[int, Field(ge=1, description="rows in which one respondent counts at most")]


class HeadlineFigures(TypedDict):
    """What is told first: the district, its hub, and each way of moving."""

    district: ByLanguage
    made_up: Annotated[bool, Field(description="whether the district is invented")]
    hub: HubPlace
    population_total: Residents
    population_unknown_areas: Annotated[list[str], Field(description="areas whose residents are unknown")]
    origins: Annotated[int, Field(ge=0, description="places that residents are counted at")]
    profiles: Annotated[dict[str, ProfileFigures], Field(description="by profile")]
    services: Annotated[dict[str, ServiceFigures], Field(description="by kind")]
    experience: NotRequired[ExperienceFigures]
    privacy: NotRequired[PrivacyFigures]
    transit: NotRequired[TransitFigures]


class SectionFigures(TypedDict):
    """The sections that follow: fairness, winter, certainty, nature, services at the hub, targets."""

    fairness: Annotated[dict[str, FairnessFigures], Field(description="by profile")]
    winter: WinterFigures
    uncertainty: Annotated[dict[str, UncertaintyFigures], Field(description="by profile on streets")]
    nature: NatureFigures | None
    hub_services: HubServiceFigures | None
    targets: Annotated[dict[str, TargetFigures], Field(description="by target")]
    hubs: NotRequired[SeveralHubsFigures]


class Summary(HeadlineFigures, SectionFigures):
    """The content of ``summary.json``."""


def summary_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of ``summary.json``.

    Returns
    -------
    dict
        As ``docs/summary.schema.json`` holds it.
    """
    return json_schema(Summary)


def json_schema(record: type) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a record, in which no other keys may stand.

    Parameters
    ----------
    record
        A TypedDict.

    Returns
    -------
    dict
        The schema, to be written as JSON.
    """
    schema = TypeAdapter(record).json_schema()
    for part in (schema, *schema.get("$defs", {}).values()):
        part["additionalProperties"] = False
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
