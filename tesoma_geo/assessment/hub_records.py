"""The figures of several hubs in ``summary.json``: each, all together, and what planned ones would take."""

from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from tesoma_geo.workspace import Language

HubMinutes = Annotated[float | None, Field(description="minutes, one decimal; null is never")]
Expected = Annotated[float, Field(ge=0, description="residents by the choice model, one decimal")]


class HubInSummary(TypedDict):
    """One hub of several."""

    key: Annotated[str, Field(description="what names it in files")]
    name: Annotated[dict[Language, str], Field(description="language code → text")]
    entrances: Annotated[list[list[float]], Field(description="longitude and latitude of each, WGS 84")]
    attraction: float
    planned: Annotated[bool, Field(description="whether it is not there yet")]


class ChoiceModel(TypedDict):
    """How residents are taken to choose: the share of a hub is in proportion to attraction / minutes ** exponent."""

    exponent: float
    least_min: Annotated[float, Field(description="fewer minutes count as these")]


class ReachOfHubs(TypedDict):
    """Residents and their minutes to one hub, or to the nearest of several."""

    population_within: Annotated[dict[str, int], Field(description="a cutoff in minutes → residents within it")]
    median_min: HubMinutes
    p90_min: HubMinutes
    unreachable_population: Annotated[int, Field(ge=0)]


class OneHubFigures(ReachOfHubs):
    """One hub of several; a planned one as if it alone were added to those that are there."""

    nearest_population: Annotated[int, Field(ge=0, description="residents who have it nearest of all")]
    choice_population: Expected


class TakenFigures(TypedDict):
    """What a planned hub would change, added alone to those that are there."""

    nearest_from: Annotated[dict[str, int], Field(description="hub → residents who would have this one nearest")]
    choice_from: Annotated[dict[str, float], Field(description="hub → residents by the choice model, one decimal")]
    reached_none: Annotated[int, Field(ge=0, description="residents who reach it, and none of the others")]
    closer_population: Annotated[int, Field(ge=0, description="residents whose nearest hub is nearer by a minute")]
    saved_resident_min: Annotated[
        float, Field(ge=0, description="minutes that residents save together to their nearest hub, who had one before")
    ]
    median_before_min: HubMinutes
    median_after_min: HubMinutes


class HubsByProfile(TypedDict):
    """Several hubs by one way of moving."""

    hubs: Annotated[dict[str, OneHubFigures], Field(description="by hub")]
    nearest: Annotated[ReachOfHubs, Field(description="to the nearest of the hubs that are there")]
    with_planned: Annotated[ReachOfHubs | None, Field(description="the same with all that are planned; null without")]
    planned: Annotated[dict[str, TakenFigures], Field(description="by planned hub")]


class SeveralHubsFigures(TypedDict):
    """Several hubs of one district or city."""

    places: list[HubInSummary]
    choice: ChoiceModel
    profiles: Annotated[dict[str, HubsByProfile], Field(description="by profile")]
