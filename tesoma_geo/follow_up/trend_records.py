"""The content of ``trend.json``, one record a section; ``docs/trend.schema.json`` is made from them."""

from typing import Annotated, Any

from pydantic import Field
from typing_extensions import TypedDict

from tesoma_geo.assessment.summary_records import json_schema


class RunFigures(TypedDict):
    """One dated run."""

    run: str
    date: str
    software: str
    stored: Annotated[dict[str, float | None], Field(description="indicators as the run wrote them; null for never")]
    rerun: Annotated[dict[str, float | None], Field(description="the same from its kept inputs, by today's software")]


class IndicatorChange(TypedDict):
    """One indicator between two runs; parts and software add up to the change exactly."""

    before: float
    after: float
    change: float
    parts: Annotated[dict[str, float], Field(description="cause → what it does to the indicator")]
    error: Annotated[dict[str, float], Field(description="standard error of each part; 0 where every order counted")]
    software: Annotated[float, Field(description="stored results less their rerun today, second less first")]
    low: Annotated[float | None, Field(description="5th percentile of the change over the same draws; where drawn")]
    high: Annotated[float | None, Field(description="95th percentile")]


class MapChange(TypedDict):
    """Something that changed in the map."""

    object: str
    kind: str
    change: Annotated[str, Field(description="added, removed, tags or moved")]
    tags: str
    length_m: float
    verdict: Annotated[str, Field(description="real, correction (of the map alone) or unknown")]
    because: Annotated[str, Field(description="mark, start_date, or empty")]


class Step(TypedDict):
    """From one run to the next."""

    since: str
    until: str
    causes: list[str]
    orders: Annotated[int, Field(description="orders of exchange that parts are the mean of")]
    exact: bool
    indicators: dict[str, IndicatorChange]
    left_out: Annotated[list[str], Field(description="indicators that are never somewhere between, so not taken apart")]
    map: list[MapChange]


class Event(TypedDict):
    """Something on the axis of time."""

    date: str
    what: Annotated[str, Field(description="trial_begun, trial_ended")]
    name: str


class TargetPath(TypedDict):
    """A target of the newest run's workspace, and the value at each run."""

    target: float
    values: list[float | None]


class TrendFigures(TypedDict):
    """The content of ``trend.json``."""

    made_up: bool
    runs: list[RunFigures]
    steps: list[Step]
    targets: dict[str, TargetPath]
    events: list[Event]


def trend_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of ``trend.json``.

    Returns
    -------
    dict
        As ``docs/trend.schema.json`` holds it.
    """
    return json_schema(TrendFigures)
