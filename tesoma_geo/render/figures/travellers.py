"""Who is meant by a way of moving: speed, slopes and steps in a sentence each, with the source of the speed."""

from typing import TYPE_CHECKING

from tesoma_geo.countries import MILE_M
from tesoma_geo.render.text.catalogue import Catalogue, LocalizedText

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment
    from tesoma_geo.network.streets.profiles import Profile

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
        return _by_street(catalogue, known[profile], miles=assessment.inputs.network.country_rules.miles)
    transit = assessment.workspace.transit
    if transit is None:
        return []
    since, to = map(catalogue.clock, transit.window)
    day = catalogue.day(transit.date.isoformat())
    return [_said(catalogue, catalogue("traveller.transit", date=day, since=since, to=to))]


def _by_street(catalogue: Catalogue, profile: "Profile", *, miles: bool) -> list[LocalizedText]:
    if profile.class_speeds_kmh:
        lines = [catalogue("traveller.limits")]
    else:
        lines = [_speed(catalogue, profile.speed_kmh, miles=miles)]
    if "steps" in profile.closed_classes or profile.factors.get("highway", {}).get("steps") == float("inf"):
        lines.append(catalogue("traveller.no_steps"))
    if profile.max_grade is not None and profile.max_grade < ANY_GRADE:
        lines.append(catalogue("traveller.slope", n=catalogue.percent(profile.max_grade)))
    source = profile.sources.get("speed_kmh", "")
    said = [_said(catalogue, line) for line in lines]
    if not source or source.startswith("assumption"):
        return [*said, _said(catalogue, catalogue("traveller.assumed"))]
    return [*said, _said(catalogue, catalogue("traveller.source")), LocalizedText(source, "en")]


def _speed(catalogue: Catalogue, speed_kmh: float, *, miles: bool) -> str:
    if miles:
        return catalogue("traveller.speed_miles", n=catalogue.number(speed_kmh * 1000.0 / MILE_M, 1))
    return catalogue("traveller.speed", n=catalogue.number(speed_kmh, 1))


def _said(catalogue: Catalogue, text: str) -> LocalizedText:
    return LocalizedText(text, catalogue.language)
