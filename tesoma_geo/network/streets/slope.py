"""How slope changes speed: walking, wheelchair, and a bicycle's power balance."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.network.streets.profiles import KMH_PER_MS, Profile

#: Steeper than this on a street is an artefact of the elevation model, not a street.
STEEPEST = 0.4

GRAVITY_MS2 = 9.81
AIR_KG_M3 = 1.22
#: Rolling resistance and drag area of an upright city bicycle, typical values: Wilson, Bicycling Science, 4th ed. 2020.
ROLLING = 0.006
DRAG_AREA_M2 = 0.6
#: Grades at which a rider's speed is found; straight between them.
GRADES = np.linspace(-STEEPEST, STEEPEST, 801)


def slope_multiplier(grade: NDArray[np.float64], profile: Profile) -> NDArray[np.float64]:
    """Seconds on a slope over seconds on the flat.

    Parameters
    ----------
    grade
        Rise over run in the direction of travel, any shape.
    profile
        Says which model; ``max_grade`` makes steeper edges ``inf``.

    Returns
    -------
    The shape of ``grade``; 1 on the flat.
    """
    clipped = np.clip(grade, -STEEPEST, STEEPEST)
    if profile.grade_model == "tobler":
        multiplier = tobler(clipped)
    elif profile.grade_model == "linear":
        multiplier = 1.0 + profile.grade_slowdown * np.abs(clipped)
    elif profile.grade_model == "power":
        multiplier = power_balance(clipped, profile)
    elif profile.grade_model == "speeds":
        multiplier = measured_speeds(clipped, profile)
    else:
        multiplier = np.ones_like(clipped)
    if profile.max_grade is not None:
        multiplier = np.where(np.abs(grade) > profile.max_grade, np.inf, multiplier)
    return multiplier


def tobler(grade: NDArray[np.float64]) -> NDArray[np.float64]:
    """Tobler's hiking function (1993), as a multiplier of seconds that is 1 on the flat.

    Speed is ``6 exp(-3.5 |grade + 0.05|)`` km/h; the level factor ``exp(-3.5 · 0.05)`` is divided out.

    Parameters
    ----------
    grade
        Rise over run in the direction of travel, any shape.

    Returns
    -------
    float64 array
        The shape of ``grade``; least at a grade of -0.05.
    """
    multiplier: NDArray[np.float64] = np.exp(3.5 * (np.abs(grade + 0.05) - 0.05))
    return multiplier


def pushing_multiplier(grade: NDArray[np.float64], profile: Profile) -> NDArray[np.float64]:
    """Seconds of pushing a bicycle on a slope over those on the flat: the walker's, on foot beside it.

    Parameters
    ----------
    grade
        Rise over run in the direction of travel, any shape.
    profile
        Whose ``max_grade`` holds.

    Returns
    -------
    The shape of ``grade``.
    """
    multiplier = tobler(np.clip(grade, -STEEPEST, STEEPEST))
    if profile.max_grade is not None:
        multiplier = np.where(np.abs(grade) > profile.max_grade, np.inf, multiplier)
    return multiplier


def measured_speeds(grade: NDArray[np.float64], profile: Profile) -> NDArray[np.float64]:
    """A multiplier of seconds by speeds that were measured on slopes, between them in a straight line.

    Parameters
    ----------
    grade
        Rise over run in the direction of travel, any shape; beyond the measured grades as at the last.
    profile
        Its ``grade_speeds_kmh``; never slower than pushing where a bicycle is pushed, never faster than
        ``max_speed_kmh``.

    Returns
    -------
    The shape of ``grade``; 1 on the flat.
    """
    if not profile.grade_speeds_kmh:
        return np.ones_like(grade)
    grades, speeds = np.array(sorted((float(of), speed) for of, speed in profile.grade_speeds_kmh.items())).T
    at_grade = np.interp(grade * 100.0, grades, speeds) / speeds[grades == 0.0][0]
    fastest = max(profile.max_speed_kmh / profile.speed_kmh, 1.0)
    multiplier: NDArray[np.float64] = 1.0 / np.minimum(at_grade, fastest)
    if profile.push_speed_kmh is not None:
        slowest = profile.speed_kmh / profile.push_speed_kmh * pushing_multiplier(grade, profile)
        multiplier = np.where(np.isfinite(slowest), np.minimum(multiplier, np.maximum(slowest, 1.0)), multiplier)
    return multiplier


def power_balance(grade: NDArray[np.float64], profile: Profile) -> NDArray[np.float64]:
    """A rider's multiplier of seconds: constant power against rolling, slope and air.

    The power is the one that gives ``speed_kmh`` on the flat; uphill the rider gives at least ``climb_w``
    and a motor ``motor_w`` below ``motor_limit_kmh``, never to go faster than on the flat. Never slower than
    pushing on the same slope (:func:`pushing_multiplier`), never faster than ``max_speed_kmh``.

    Parameters
    ----------
    grade
        Rise over run in the direction of travel, any shape; cut off at ±:data:`STEEPEST`.
    profile
        Whose speeds, mass and power hold.

    Returns
    -------
    float64 array
        The shape of ``grade``; 1 on the flat.
    """
    flat_ms = profile.speed_kmh / KMH_PER_MS
    fastest_ms = max(profile.max_speed_kmh / KMH_PER_MS, flat_ms)
    slowest_ms = np.minimum(profile.foot_speed_ms / pushing_multiplier(GRADES, profile), flat_ms)
    motor = profile.climb_w, profile.motor_w, profile.motor_limit_kmh / KMH_PER_MS
    reached_ms = np.clip(_speeds_of_power(flat_ms, fastest_ms, profile.mass_kg, *motor), slowest_ms, fastest_ms)
    reached_ms[len(GRADES) // 2] = flat_ms
    multiplier: NDArray[np.float64] = flat_ms / np.interp(grade, GRADES, reached_ms)
    return multiplier


@lru_cache(maxsize=16)
def _speeds_of_power(
    flat_ms: float, fastest_ms: float, mass_kg: float, climb_w: float, motor_w: float, motor_limit_ms: float
) -> NDArray[np.float64]:
    """How fast a rider's power is at each of :data:`GRADES`, found once a rider: it is asked for again and again."""
    speed_ms = np.linspace(0.1, fastest_ms + 5.0, 2000)
    weight_n = mass_kg * GRAVITY_MS2

    def power_w(at_ms: NDArray[np.float64], on: float) -> NDArray[np.float64]:
        slope = np.arctan(on)
        resisting_n = weight_n * (ROLLING * np.cos(slope) + np.sin(slope))
        power: NDArray[np.float64] = at_ms * (resisting_n + 0.5 * AIR_KG_M3 * DRAG_AREA_M2 * at_ms**2)
        return power

    flat_w = float(power_w(np.array([flat_ms]), 0.0)[0])
    climbing_w = max(flat_w, climb_w) + motor_w * (speed_ms < motor_limit_ms)
    reached_ms = np.empty_like(GRADES)
    for row, on in enumerate(GRADES):
        affordable = np.flatnonzero(power_w(speed_ms, on) <= (climbing_w if on > 0 else flat_w))
        reached_ms[row] = speed_ms[affordable[-1]] if len(affordable) else 0.0
    uphill = GRADES >= 0
    reached_ms[uphill] = np.minimum(reached_ms[uphill], flat_ms)
    reached_ms.setflags(write=False)
    return reached_ms
