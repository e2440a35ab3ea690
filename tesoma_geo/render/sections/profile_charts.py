"""What a page of one way of moving tells of areas and services: in sentences where bars would say one thing."""

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

from tesoma_geo.network.streets.profiles import TIMETABLE_PROFILES
from tesoma_geo.render.figures import headline
from tesoma_geo.render.figures.known_intervals import headline_intervals
from tesoma_geo.render.sections.charts import Bar, Bars, share_bar
from tesoma_geo.render.sections.findings import nobody_near_sentence
from tesoma_geo.render.sections.reach_charts import area_bars
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.intervals import Interval, with_interval

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment


@dataclass(frozen=True)
class Told:
    """Sentences and, where shares differ, bars.

    Attributes
    ----------
    lines
        One each.
    chart
        The bars; None where the sentences say it all.
    note
        What the bars do not say.
    """

    lines: tuple[str, ...]
    chart: Bars | None
    note: str = ""


def areas_told(assessment: "Assessment", catalogue: Catalogue, profile: str) -> Told:
    """Where half of an area's residents are there soonest and latest, and which share of each area is there in time.

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
    Told
        Nothing without areas; no bars where all residents of every area are there.
    """
    areas = headline.area_reaches(assessment, [profile])
    if not areas:
        return Told((), None)
    cutoff = catalogue.number(headline.headline_cutoff(assessment), 1)
    lines = _soonest_and_latest(catalogue, areas, profile)
    if all(area.within_headline[profile] == area.residents for area in areas):
        return Told((catalogue("areas.everyone", n=cutoff), *lines), None)
    return Told(lines, area_bars(assessment, catalogue, profile), catalogue("sure.none_here"))


def _soonest_and_latest(catalogue: Catalogue, areas: list[headline.AreaReach], profile: str) -> tuple[str, ...]:
    known = [area for area in areas if isfinite(area.median_min[profile])]
    if len(known) < 2:
        return ()
    near, far = (
        with_interval(catalogue, catalogue.minutes(area.median_min[profile]), area.between_min.get(profile))
        for area in (known[0], known[-1])
    )
    return (catalogue("areas.span", near=known[0].name, short=near, far=known[-1].name, long=far),)


def services_told(assessment: "Assessment", catalogue: Catalogue, profile: str) -> Told:
    """How many residents have a service of each kind near, with the interval where one is known.

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
    Told
        Kinds that everybody has near are one sentence, and one that nobody has says how near the nearest is; bars of
        those between.
    """
    kinds = [kind for kind in headline.kind_reaches(assessment) if profile in kind.within]
    limit = assessment.workspace.access.services_within_min
    known, residents = headline_intervals(assessment, profile), max(int(assessment.summary["population_total"]), 1)
    sure = {kind.kind: known.get(f"{kind.kind}_population_within_{limit:g}_min") for kind in kinds}
    everyone = [
        one for one in kinds if one.within[profile] == residents and (sure[one.kind] or (residents,))[0] == residents
    ]
    others = [one for one in kinds if one not in everyone]
    lines = [
        nobody_near_sentence(assessment, catalogue, one.kind, profile) for one in others if not one.within[profile]
    ]
    bars = tuple(
        _bar(catalogue, catalogue.named("kind", one.kind), one.within[profile] / residents, sure[one.kind], residents)
        for one in others
    )
    names = ", ".join(name[:1].lower() + name[1:] for name in (catalogue.named("kind", one.kind) for one in everyone))
    minutes = catalogue.number(limit, 1)
    return Told(
        (
            *([catalogue("services.everyone", n=minutes, kinds=names)] if everyone else ()),
            *filter(None, lines),
        ),
        Bars(catalogue("services.caption", n=minutes), bars) if bars else None,
        # Of all that goes by timetable the page says so above its map.
        "" if profile in TIMETABLE_PROFILES or any(sure[one.kind] for one in others) else catalogue("sure.none_here"),
    )


def _bar(catalogue: Catalogue, label: str, share: float, interval: Interval | None, residents: int) -> Bar:
    plain = share_bar(catalogue, label, share)
    value = with_interval(catalogue, plain.value, interval, 100.0 / residents)
    return Bar(label, plain.start, plain.end, value)
