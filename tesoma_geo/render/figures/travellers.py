"""Who is meant by a way of moving: speed, slopes and steps in a sentence each, with the source of speed and slope."""

import re
from typing import TYPE_CHECKING

from tesoma_geo.countries import MILE_M
from tesoma_geo.network.streets.profiles import default_profiles
from tesoma_geo.render.text.catalogue import Catalogue, LocalizedText

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment
    from tesoma_geo.network.streets.profiles import Profile

#: A speed as its source gives it: the sentence before has it in the reader's unit.
SPEED = re.compile(r"\d+(\.\d+)? (m/s|km/h)[,:]? ?")
#: A slope that nobody meets on a street is no limit.
ANY_GRADE = 1.0


def traveller_sentences(assessment: "Assessment", catalogue: Catalogue, profile: str) -> list[LocalizedText]:
    """Whose minutes a way of moving tells.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.
    profile
        A way of moving that was assessed.

    Returns
    -------
    list of LocalizedText
        Speed and limits, then their source, which is in English where it is the name of a study.
    """
    known = {each.name: each for each in assessment.inputs.profiles}
    if profile in known:
        wheelchair = known.get("wheelchair")
        return _by_street(catalogue, known[profile], wheelchair, miles=assessment.inputs.network.country_rules.miles)
    transit = assessment.workspace.transit
    if transit is None:
        return []
    since, to = map(catalogue.clock, transit.window)
    day = catalogue.day(transit.date.isoformat())
    return [_said(catalogue, catalogue("traveller.transit", date=day, since=since, to=to))]


def _by_street(
    catalogue: Catalogue, profile: "Profile", wheelchair: "Profile | None", *, miles: bool
) -> list[LocalizedText]:
    if profile.class_speeds_kmh:
        lines = [catalogue("traveller.limits")]
    else:
        lines = [_speed(catalogue, profile.speed_kmh, miles=miles)]
    if _without_steps(profile):
        lines.append(catalogue("traveller.no_steps"))
    if profile.max_grade is not None and profile.max_grade < ANY_GRADE:
        lines.append(catalogue("traveller.slope", n=catalogue.percent(profile.max_grade)))
    # Who pushes a walker is no way of moving of its own: the reader is told which one comes nearest.
    if wheelchair is not None and _without_steps(wheelchair):
        nearest = {"wheelchair": "traveller.walker", "walk_slow": "traveller.like_wheelchair"}
        lines += [catalogue(nearest[profile.name])] if profile.name in nearest else []
    return [
        *(_said(catalogue, line) for line in lines),
        *_speed_source(catalogue, profile),
        *_slope_source(catalogue, profile),
    ]


def _speed_source(catalogue: Catalogue, profile: "Profile") -> list[LocalizedText]:
    source = profile.sources.get("speed_kmh", "")
    if not source or source.startswith("assumption"):
        return [_said(catalogue, catalogue("traveller.assumed"))]
    own = f"traveller.source.{profile.name}"
    # A description is told in the reader's language, the name of a study as it is.
    if catalogue.knows(own) and source == default_profiles()[profile.name].sources["speed_kmh"]:
        return [_said(catalogue, catalogue(own))]
    return [_said(catalogue, catalogue("traveller.source")), LocalizedText(SPEED.sub("", source), "en")]


def _slope_source(catalogue: Catalogue, profile: "Profile") -> list[LocalizedText]:
    """Where the greatest slope comes from; nothing where there is none, or nobody says it."""
    source, own = profile.sources.get("max_grade", ""), f"traveller.slope_source.{profile.name}"
    if not source or profile.max_grade is None or profile.max_grade >= ANY_GRADE:
        return []
    if catalogue.knows(own) and source == default_profiles()[profile.name].sources.get("max_grade"):
        return [_said(catalogue, catalogue(own))]
    return [_said(catalogue, catalogue("traveller.slope_source")), LocalizedText(source, "en")]


def _without_steps(profile: "Profile") -> bool:
    return "steps" in profile.closed_classes or profile.factors.get("highway", {}).get("steps") == float("inf")


def _speed(catalogue: Catalogue, speed_kmh: float, *, miles: bool) -> str:
    if miles:
        return catalogue("traveller.speed_miles", n=catalogue.number(speed_kmh * 1000.0 / MILE_M, 1))
    return catalogue("traveller.speed", n=catalogue.number(speed_kmh, 1))


def _said(catalogue: Catalogue, text: str) -> LocalizedText:
    return LocalizedText(text, catalogue.language)
