"""The tables of the workspace file that are about residents' annotations."""

from datetime import date
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from tesoma_geo.workspace.model import FrozenModel
from tesoma_geo.workspace.values import AsOf

Kind = Literal["barrier", "missing_link", "place", "area", "idea", "praise"]
Trust = Literal["open", "limited", "verified"]
#: What differential totals are counted by: what was said of a kind, and the age groups of respondents.
Counted = Literal[Kind, "age"]
Metres = Annotated[float, Field(ge=0, le=100_000)]
#: How the licence of answers that nobody gave begins.
MADE_UP_WORDS = ("invented", "made up", "made-up", "synthetic")
#: A cohort has at least so many times ``publish.k`` respondents.
LEAST_COHORT_IN_K = 4
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class Category(FrozenModel):
    """How a question's options become categories."""

    question: str
    map: dict[str, str] = Field(default_factory=dict)


class AnnotationQuestion(FrozenModel):
    """One map question of a survey and what its answers are.

    ``private`` answers (homes, places of work, daily points) serve the analysis alone: they are
    never published in any form.
    """

    title: str
    kind: Kind
    category: Category | None = None
    severity: str | None = None
    text: str | None = None
    themes: str | None = None
    private: bool = False


class AnnotationRespondent(FrozenModel):
    """The questions that tell who answered."""

    age_group: str | None = None
    role: str | None = None


class Annotations(FrozenModel):
    """Residents' annotations from one platform.

    ``platform`` is a name of :func:`tesoma_geo.sources.annotations.platforms.platform_names`; whoever reads the
    export refuses others. ``columns`` (field → column) and ``values`` (field → own word → code) describe flat files:
    ``table``, ``kobo``, ``umap``, ``open311`` and ``paper``. ``kind`` is that of rows which do not tell theirs.
    Rows that name no respondent count as one respondent together, unless ``unnamed_are_people`` assumes
    that each is somebody else's. ``trust`` says how far respondents are known to be people: ``open`` (anybody, as
    often as they like), ``limited`` (an invitation, a device or an account each), ``verified`` (met, or identified).
    ``made_up`` makes each page that tells answers say that nobody gave them. ``as_of`` is the day or days on which the
    survey was open, as whoever asked announced them: the answers' own times are never told, since the first and the
    last of them are those of single respondents.
    """

    platform: Annotated[str, Field(min_length=1)]
    geometries: str = Field(min_length=1)
    respondents: str | None = None
    questions: tuple[AnnotationQuestion, ...] = ()
    respondent: AnnotationRespondent | None = None
    name: str | None = None
    round: str = "survey"
    time_zone: str = "Europe/Helsinki"
    kind: Kind | None = None
    columns: dict[str, str] = Field(default_factory=dict)
    values: dict[str, dict[str, str]] = Field(default_factory=dict)
    unnamed_are_people: bool = False
    licence: str | None = None
    trust: Trust | None = None
    made_up: bool = False
    as_of: AsOf | None = None

    @property
    def licensed_as_made_up(self) -> bool:
        """Whether the words of its licence begin by saying that nobody gave the answers."""
        return (self.licence or "").strip().lower().startswith(MADE_UP_WORDS)

    @property
    def source_name(self) -> str:
        """What the store files the annotations under: ``name``, or the platform where there is none."""
        return self.name or self.platform


class Moderation(FrozenModel):
    """Where annotations are kept, and what the rules flag.

    Attributes
    ----------
    store
        A GeoPackage, or the address of a PostGIS database (``postgresql://…``).
    words
        Abusive words besides those that ship with the package.
    far_m
        Annotations farther from the district than this are flagged.
    flood
        More annotations than this from one respondent are flagged.
    """

    store: str = "annotations.gpkg"
    words: tuple[str, ...] = ()
    far_m: Metres = 2000.0
    flood: Annotated[int, Field(ge=2)] = 25


class Publish(FrozenModel):
    """The privacy gate's promise.

    Attributes
    ----------
    k
        No published cell stands for fewer distinct respondents.
    cell_m
        Side of the smallest published cell.
    line_ends_m, line_ends_residents
        Of what somebody drew along streets nothing counts within this of the squares of 250 m in which it begins and
        ends, nor so near that fewer residents live nearer. Never below 200 m and 100 residents.
    line_end_m
        Of no effect: drawn lines are never shown. It goes with the next release.
    offset_m
        Nearest and farthest that a shown point is moved.
    cohort
        Fewest respondents of a cohort: answers wait until so many can be counted together. Never below 4 k; 60, or 4 k
        where that is more, unless told.
    cohort_closes
        From which days cohorts close, one after another; or round → the day from which its cohort closes. Without any,
        a cohort closes at the first publication for which enough wait.
    channel_share, hour_share
        Of the respondents of a published cell, the share that one source's round with ``trust = "open"`` may give, and
        one hour of those that are ``open`` or ``limited``.
    trust
        Source → how far its respondents are known to be people; taken from ``[[annotations]]``.
    privacy
        ``"groups"``: exact numbers of k respondents or more. ``"differential"``: totals of the whole district with
        random noise, in place of all exact numbers; it needs ``cohort_closes`` and ``rows``.
    epsilon
        The privacy budget of all differential releases together: how much may be learnt of anybody, at most a factor
        of e to this in the odds of anything.
    rows
        What differential totals are counted by, fixed beforehand: kind → topics, and ``age`` → age groups. Whatever is
        not named counts as "all others".
    rows_each
        In how many of these rows one respondent counts at most, ages aside.
    """

    k: Annotated[int, Field(ge=2)] = 5
    cell_m: Annotated[float, Field(ge=50, le=5000)] = 250.0
    line_ends_m: Annotated[float, Field(ge=200, le=5000)] = 200.0
    line_ends_residents: Annotated[int, Field(ge=100)] = 100
    line_end_m: Annotated[
        Metres | None,
        Field(
            deprecated="it has no effect: drawn lines are never shown, and line_ends_m tells how near to the ends of a "
            "drawing no street counts; the key goes with the next release"
        ),
    ] = None
    offset_m: tuple[Positive, Positive] = (30.0, 80.0)
    channel_share: Annotated[float, Field(gt=0, le=1)] = 0.5
    hour_share: Annotated[float, Field(gt=0, le=1)] = 0.5
    trust: dict[str, Trust] = Field(default_factory=dict)
    cohort: Annotated[int, Field(ge=2)] = 60
    cohort_closes: tuple[date, ...] | dict[str, date] = ()
    privacy: Literal["groups", "differential"] = "groups"
    epsilon: Annotated[float, Field(gt=0, le=20)] = 1.0
    rows: dict[Counted, tuple[str, ...]] = Field(default_factory=dict)
    rows_each: Annotated[int, Field(ge=1, le=20)] = 3

    @model_validator(mode="before")
    @classmethod
    def _cohort_follows_k(cls, content: Any) -> Any:
        """A cohort that nobody set is as large as a large k needs."""
        if not isinstance(content, dict) or "cohort" in content or not isinstance(content.get("k"), int):
            return content
        return {**content, "cohort": max(60, LEAST_COHORT_IN_K * content["k"])}

    @field_validator("cohort_closes", mode="before")
    @classmethod
    def _one_day_is_a_list(cls, value: Any) -> Any:
        return (value,) if isinstance(value, date | str) else value

    @field_validator("cohort_closes", mode="after")
    @classmethod
    def _days_follow_each_other(cls, value: tuple[date, ...] | dict[str, date]) -> tuple[date, ...] | dict[str, date]:
        if isinstance(value, tuple) and any(first >= then for first, then in pairwise(value)):
            raise PydanticCustomError("days", "has days that do not follow each other")
        return value

    @field_validator("cohort", mode="after")
    @classmethod
    def _cohort_holds_several_groups(cls, value: int, info: ValidationInfo) -> int:
        least = LEAST_COHORT_IN_K * info.data.get("k", 0)
        if value < least:
            raise PydanticCustomError("cohort", "is less than four times publish.k, {least}", {"least": least})
        return value

    @model_validator(mode="after")
    def _differential_totals_are_planned(self) -> "Publish":
        """Neither when they are counted nor by what may depend on the answers."""
        if self.privacy == "differential" and not (self.cohort_closes and self.rows):
            raise PydanticCustomError(
                "differential", 'is "differential": that needs publish.cohort_closes and publish.rows, fixed beforehand'
            )
        return self


class Mended(FrozenModel):
    """A barrier that was put right: what cohorts of that day and before told of it costs nothing any more.

    Attributes
    ----------
    street
        Name of the street on which it was; all of it was put right.
    at
        Longitude and latitude: the stretch of street there was put right.
    category
        Of the barrier; any where none is given.
    on
        The day.
    """

    street: str | None = None
    at: tuple[float, float] | None = None
    category: str | None = None
    on: date

    @model_validator(mode="after")
    def _is_somewhere(self) -> "Mended":
        if self.street is None and self.at is None:
            raise PydanticCustomError("mended", "names no place: add street or at")
        return self


class Experience(FrozenModel):
    """Lived accessibility: whether it is computed, and numbers laid over the default table of costs.

    ``costs`` is category → key → number, with the keys of ``analysis/lived_access.toml``; ``mended`` is what was put
    right.
    """

    enabled: bool = True
    costs: dict[str, dict[str, str | tuple[float, ...] | dict[str, float]]] = Field(default_factory=dict)
    mended: tuple[Mended, ...] = ()
    half_trust_respondents: Positive | None = None
    max_factor: Annotated[float, Field(ge=1, allow_inf_nan=False)] | None = None
