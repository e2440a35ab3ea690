"""Who travels how: each profile is a small declarative table, with the source of its numbers.

The defaults stand in ``profiles.toml`` beside this file. A workspace overrides single keys.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    ValidationError,
    field_serializer,
    field_validator,
)
from pydantic_core import PydanticCustomError

from tesoma_geo.errors import Fault, WorkspaceError

#: Profiles of the workspace that are computed from a timetable, not from streets alone.
TIMETABLE_PROFILES = frozenset({"transit"})

KMH_PER_MS = 3.6


def _multiplier(value: Any) -> Any:
    if value is True:
        raise PydanticCustomError("multiplier", "true says nothing: write a number, or false to forbid")
    return float("inf") if value is False else value


def _as_written(value: float) -> float | bool:
    return False if value == float("inf") else value


Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
#: In JSON, which knows no infinity, what is forbidden is ``false`` again, as in TOML.
AsWritten = PlainSerializer(_as_written, when_used="json")
Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Factor = Annotated[float, BeforeValidator(_multiplier), Field(gt=0), AsWritten]
Delay = Annotated[float, BeforeValidator(_multiplier), Field(ge=0), AsWritten]


class TurnCosts(BaseModel):
    """What turns at junctions of three streets or more cost a vehicle, beyond the streets themselves.

    Attributes
    ----------
    on
        Whether they count; where they do not, searches are as fast as without them.
    across_s
        A turn of 90° and more across the oncoming traffic: left where one drives on the right.
    near_s
        A turn of 90° and more to the other side.
    straight_s
        Going straight on, up to 30° to either side.
    u_turn_s
        Turning back, at these junctions and near them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    on: bool = False
    across_s: Seconds = 0.0
    near_s: Seconds = 0.0
    straight_s: Seconds = 0.0
    u_turn_s: Seconds = 0.0


class Profile(BaseModel):
    """One way of moving, as numbers.

    Attributes
    ----------
    name
        ``"walk"``, ``"wheelchair"`` …
    mode
        Whose access tags and one-way rules hold.
    speed_kmh
        Speed on a flat, good way; for a car the speed where nothing else is known.
    push_speed_kmh
        Speed on foot: off the streets, and where a bicycle is pushed; None where it is ``speed_kmh``.
    terminal_s
        Seconds once a trip, for parking.
    grade_model
        How slope changes speed: ``tobler``, ``linear`` (``grade_slowdown`` per unit of slope), ``power``
        (rider and motor against rolling, slope and air), ``speeds`` (as measured, ``grade_speeds_kmh``) or ``none``.
    grade_speeds_kmh
        For ``speeds``: grade in per cent, uphill above 0 → speed somewhere that it was measured; 0 is among the grades.
        Their ratios to the speed at 0 are what counts.
    max_stress
        A bicycle is pushed where traffic stresses more than this level, 1 to 4
        (:mod:`tesoma_geo.network.streets.traffic_stress`); None where it does not matter.
    max_grade
        Steeper edges (rise over run) are impassable.
    min_width_m
        Ways tagged narrower are impassable.
    closed_classes, pushed_classes
        ``highway`` classes closed, or where a bicycle is pushed, unless an access tag opens them.
    wheelchair_tags
        Whether ``wheelchair=*`` and ``ramp:wheelchair=*`` decide.
    max_kerb_m
        Kerbs tagged higher are impassable; None where kerbs do not matter.
    min_gap_m
        Barriers that leave less room are impassable, and ways whose ``maxwidth`` is less; ``min_width_m`` where it is
        None.
    min_height_m
        Ways and barriers whose ``maxheight`` is less are impassable; None where height does not matter.
    weight_t
        Ways and barriers whose ``maxweight`` is less, in tonnes, are impassable; None where weight does not matter.
    separate_pavement_factor
        Multiplier of the seconds along roads whose pavement is mapped on its own.
    factors
        tag → value → multiplier of the seconds; inf forbids; ``"unknown"`` for missing or other values.
    node_delays_s
        tag → value → seconds at a node so tagged; inf closes it.
    class_speeds_kmh
        Speeds by ``highway`` class where ``maxspeed`` is not tagged (car); other classes are closed.
    limit_share
        Mean speed between intersections, as a share of the limit (car).
    intersection_s
        Delay at each junction of drivable streets without signals (car).
    turn_costs
        What turns cost (car, bicycle).
    max_speed_kmh, mass_kg, climb_w, motor_w, motor_limit_kmh
        For ``power``: fastest speed downhill, total mass, the rider's power uphill, motor power and the
        speed where it ends.
    sources
        key → where the number comes from; ``assumption…`` where no source was found.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    mode: Literal["foot", "bicycle", "car"]
    speed_kmh: Positive
    push_speed_kmh: Positive | None = None
    terminal_s: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0.0
    grade_model: Literal["tobler", "linear", "power", "speeds", "none"] = "none"
    grade_slowdown: Annotated[float, Field(ge=0)] = 0.0
    grade_speeds_kmh: dict[str, Positive] = Field(default_factory=dict)
    max_stress: Annotated[int, Field(ge=1, le=4)] | None = None
    max_grade: Positive | None = None
    min_width_m: Positive | None = None
    closed_classes: frozenset[str] = frozenset()
    pushed_classes: frozenset[str] = frozenset()
    wheelchair_tags: bool = False
    max_kerb_m: Positive | None = None
    min_gap_m: Positive | None = None
    min_height_m: Positive | None = None
    weight_t: Positive | None = None
    separate_pavement_factor: Positive = 1.0
    factors: dict[str, dict[str, Factor]] = Field(default_factory=dict)
    node_delays_s: dict[str, dict[str, Delay]] = Field(default_factory=dict)
    class_speeds_kmh: dict[str, Positive] = Field(default_factory=dict)
    limit_share: Annotated[float, Field(gt=0, le=1.5)] = 1.0
    intersection_s: Annotated[float, Field(ge=0)] = 0.0
    turn_costs: TurnCosts = TurnCosts()
    max_speed_kmh: Positive = 60.0
    mass_kg: Positive = 90.0
    climb_w: Annotated[float, Field(ge=0)] = 0.0
    motor_w: Annotated[float, Field(ge=0)] = 0.0
    motor_limit_kmh: Positive = 25.0
    sources: dict[str, str] = Field(default_factory=dict)

    @field_validator("grade_speeds_kmh")
    @classmethod
    def _with_the_flat(cls, speeds: dict[str, float]) -> dict[str, float]:
        try:
            grades = [float(grade) for grade in speeds]
        except ValueError:
            raise PydanticCustomError("grades", 'grades are numbers of per cent, such as "-3"') from None
        if speeds and 0.0 not in grades:
            raise PydanticCustomError("grades", 'the speed on the flat, at "0", is missing')
        return speeds

    @field_serializer("closed_classes", "pushed_classes")
    def _in_order(self, classes: frozenset[str]) -> list[str]:
        return sorted(classes)

    @property
    def foot_speed_ms(self) -> float:
        """Speed off the streets and where a vehicle is pushed, in m/s."""
        return (self.push_speed_kmh or self.speed_kmh) / KMH_PER_MS


def default_profiles() -> dict[str, Profile]:
    """The profiles that ship with the package, by name.

    Returns
    -------
    dict of str to Profile
        In the order of ``profiles.toml``.
    """
    return profiles_with({})


def profiles_with(overrides: Mapping[str, Mapping[str, Any]]) -> dict[str, Profile]:
    """The default profiles with a workspace's ``[profiles.NAME]`` tables laid over them.

    A new name needs ``base``, the profile it starts from.

    Parameters
    ----------
    overrides
        Profile's name → its keys and values that differ from the base's.

    Returns
    -------
    dict of str to Profile
        The default profiles, changed where overridden, then the new ones; by name.

    Raises
    ------
    WorkspaceError
        With every fault: unknown keys, values out of range, a new profile without a base.
    """
    tables = dict(_default_tables())
    faults: list[Fault] = []
    for name, override in overrides.items():
        base = override.get("base", name)
        if base not in tables:
            faults.append(
                Fault(
                    f"profiles.{name}",
                    f"{base!r} is no profile to start from",
                    f"Add base = one of {', '.join(tables)}",
                )
            )
            continue
        tables[name] = _laid_over(tables[base], {key: value for key, value in override.items() if key != "base"})
    profiles = {}
    for name, table in tables.items():
        try:
            profiles[name] = Profile(name=name, **table)
        except ValidationError as error:
            for detail in error.errors():
                key = ".".join(["profiles", name, *(str(part) for part in detail["loc"])])
                faults.append(Fault(key, f"{detail['input']!r}: {detail['msg'].lower()}", "Correct or remove it"))
    if faults:
        raise WorkspaceError(faults)
    return profiles


def with_turn_costs(profile: Profile) -> Profile:
    """The profile with what turns cost it counted.

    Parameters
    ----------
    profile
        Of a car or a bicycle; on foot it changes nothing.

    Returns
    -------
    Profile
        With ``turn_costs.on``.
    """
    return profile.model_copy(update={"turn_costs": profile.turn_costs.model_copy(update={"on": True})})


@cache
def _default_tables() -> Mapping[str, Mapping[str, Any]]:
    content = tomllib.loads(Path(__file__).with_name("profiles.toml").read_text(encoding="utf-8"))
    barriers = content.pop("barriers")
    tables: dict[str, Mapping[str, Any]] = {}
    for name, table in content.items():
        base = tables[table["base"]] if "base" in table else _passing(barriers, table)
        tables[name] = _laid_over(base, {key: value for key, value in table.items() if key != "base"})
    return tables


def _passing(barriers: Mapping[str, Any], table: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a profile begins with: the seconds of each type of barrier to its mode."""
    column = "wheelchair" if table.get("wheelchair_tags") else table["mode"]
    words = {"open": 0.0, "closed": False}
    seconds = {kind: words.get(who[column], who[column]) for kind, who in barriers["types"].items()}
    return {"node_delays_s": {"barrier": seconds}, "sources": {"node_delays_s.barrier": barriers["source"]}}


def _laid_over(base: Mapping[str, Any], override: Mapping[str, Any]) -> dict[str, Any]:
    """Tables merged key by key, the override winning."""
    merged = dict(base)
    for key, value in override.items():
        below = merged.get(key)
        merged[key] = _laid_over(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return merged
