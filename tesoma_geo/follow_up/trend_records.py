"""The content of ``trend.json``, one record a section; ``docs/trend.schema.json`` is made from them."""

from typing import Annotated, Any, NotRequired

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
    what: Annotated[str, Field(description="trial_begun, trial_ended, cohort_closed")]
    name: str


class TargetPath(TypedDict):
    """A target of the newest run's workspace, and the value at each run."""

    target: float
    values: list[float | None]


class TopicVoices(TypedDict):
    """Respondents by topic, as published."""

    kind: str
    topic: Annotated[str, Field(description="code of a category or theme; empty for what was pooled")]
    voices: int


class RunVoices(TypedDict):
    """What a run has published of residents' answers; what is not told may be any number below k."""

    date: str
    cohorts: Annotated[list[str], Field(description="closed ones, each in every later run too")]
    respondents: Annotated[int, Field(description="of all cohorts whose number is published")]
    by_topic: list[TopicVoices]
    values: Annotated[dict[str, int], Field(description="the four shared values → voices, where told")]
    themes: Annotated[dict[str, int], Field(description="the five themes → voices, where told")]
    barriers: Annotated[int | None, Field(description="that are open; null where the run has none published")]


class FollowedBarrier(TypedDict):
    """A barrier that is not in both runs."""

    category: str
    streets: str
    level: str
    respondents: int
    change: Annotated[str, Field(description="new, mended (the workspace says so) or no_longer_told")]


class BarrierStep(TypedDict):
    """Barriers from one run to the next, of those that are published."""

    since: str
    until: str
    open: Annotated[int, Field(description="on the second date")]
    mended: int
    no_longer_told: Annotated[int, Field(description="on the first date alone, and nobody says mended")]
    new: int
    changed: list[FollowedBarrier]


class RunSource(TypedDict):
    """A layer that the newest run was made from."""

    layer: Annotated[str, Field(description="its key in the workspace file")]
    licence: str | None
    as_of: Annotated[str | None, Field(description="of which day or days its data is, where known")]


class TrendFigures(TypedDict):
    """The content of ``trend.json``."""

    made_up: bool
    district: NotRequired[Annotated[dict[str, str], Field(description="language → name, of the newest run")]]
    sources: NotRequired[list[RunSource]]
    runs: list[RunFigures]
    steps: list[Step]
    targets: dict[str, TargetPath]
    events: list[Event]
    voices: NotRequired[Annotated[list[RunVoices], Field(description="of runs with published answers")]]
    barriers: NotRequired[Annotated[list[BarrierStep], Field(description="between runs with published barriers")]]


def trend_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of ``trend.json``.

    Returns
    -------
    dict
        As ``docs/trend.schema.json`` holds it.
    """
    return json_schema(TrendFigures)
