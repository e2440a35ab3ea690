"""What the map's script is told beside the data: where it begins, and its words."""

from typing import TYPE_CHECKING, Any

import numpy as np

from tesoma_geo.crs import to_wgs84
from tesoma_geo.network.streets.profiles import TIMETABLE_PROFILES
from tesoma_geo.render.figures import headline, home_cells
from tesoma_geo.render.map import layers
from tesoma_geo.render.text.bands import ramp_steps
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.terms import kind_name, topic_name
from tesoma_geo.scenarios.changed import KINDS

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment


def options(assessment: "Assessment", text: Catalogue, contents: tuple[layers.Content, ...]) -> dict[str, Any]:
    """The options of ``tesoma.map`` in ``scripts/map.js``."""
    profiles = headline.profiles(assessment)
    hub = text.of(assessment.workspace.hub.name)
    of, cutoffs = profiles_of(assessment, profiles), assessment.workspace.access.cutoffs_min
    said = [content.packed for content in contents if content.painter == "voices"]
    shown = {row[0] for packed in said for row in packed["said"] if row[0]}
    topics = sorted(shown.union(*(packed["topics"] for packed in said)))
    return {
        "profile": profiles[0],
        "timetable": next(iter(of["stops"]), None),
        "winters": of["winter"],
        "cutoffs": list(cutoffs),
        "ramp_steps": ramp_steps(len(cutoffs)),
        "bounds": _bounds(assessment.origins.total_bounds, str(assessment.origins.crs)),
        "max_bounds": _bounds(assessment.streets.total_bounds, str(assessment.streets.crs)),
        "words": {
            "hub": hub,
            "minutes": text("minutes"),
            "unreachable": text("band.unreachable"),
            "to_hub": text("told.to_hub"),
            "back": text("told.back"),
            "from_hub": text("told.from_hub"),
            "residents": text.forms("residents"),
            "zoom_in": text("map.zoom_in"),
            "zoom_out": text("map.zoom_out"),
            "found": text.forms("map.found"),
            "far_away": text("map.far_away"),
            "not_located": text("map.not_located"),
            "copied": text("map.copied"),
            "heard": text.forms("map.heard"),
            "kinds": {kind: text.named("kind", kind) for kind in headline.service_kinds(assessment.services)},
            "voices": {packed["kind"]: kind_name(text, packed["kind"]) for packed in said},
            "plan": {what: text.named("scenario.what", what) for what in KINDS},
            "topics": {topic: topic_name(text, assessment.workspace, topic) for topic in topics},
            "profiles": told_of_profiles(assessment, text),
            **_words_of_moments(assessment, text, hub),
        },
    }


def _words_of_moments(assessment: "Assessment", text: Catalogue, hub: str) -> dict[str, Any]:
    """What the script says of seasons, departures, stops, and of why a way takes so long; ``{…}`` it fills in."""
    timed, cutoffs = assessment.transit_analysis, assessment.workspace.access.cutoffs_min
    within = home_cells.departures(timed, cutoffs)["cutoff_min"] if timed else cutoffs[-1]
    parts = {key for profile in headline.profiles(assessment) for key in home_cells.parts_of(assessment, profile)}
    return {
        "moments": {"usual": "", "winter": text("moment.winter"), "departure": text("moment.departure")},
        "departure": {
            "usual": usual_departure(assessment, text),
            "told": text("departure.told", clock="{clock}", share="{share}", hub=hub, n=text.number(within, 1)),
        },
        "stop": {
            "every": text("stop.every", hub=hub, n="{n}", m="{m}"),
            "lines": text("stop.lines", lines="{lines}"),
            "hours": text("stop.hours", first="{first}", last="{last}"),
        },
        "either_side": text("told.either_side", low="{low}", high="{high}", n=limit_told(assessment, text)),
        "parts": {key: text(f"part.{key}") for key in sorted(parts)},
        "why_sum": text("why.sum"),
    }


def told_of_profiles(assessment: "Assessment", text: Catalogue) -> dict[str, dict[str, str]]:
    """What the frame says of each way of moving; the script swaps the texts by these names."""
    hub, cutoff = text.of(assessment.workspace.hub.name), headline.headline_cutoff(assessment)
    told = {}
    for reach in headline.reaches(assessment):
        shares = {f"band-{number}": text.percent(reach.share(count)) for number, count in enumerate(reach.bands)}
        told[reach.profile] = {
            "card": headline.card(text, reach, hub, cutoff),
            "profile": text.named("profile", reach.profile),
            **shares,
        }
    return told


def profiles_of(assessment: "Assessment", profiles: list[str]) -> dict[str, tuple[str, ...]]:
    """Which of the profiles the season, and the layers that are not about all of them, are about."""
    study, timed = assessment.street_analysis, assessment.transit_analysis
    return {
        "winter": tuple(profile for profile in profiles if profile in study.winter_s),
        "either_side": tuple(profile for profile in profiles if profile in study.uncertain),
        "stops": tuple(profile for profile in profiles if timed is not None and profile in TIMETABLE_PROFILES),
    }


def limit_told(assessment: "Assessment", text: Catalogue) -> str:
    """The minutes within which services are near, as the page writes them."""
    return text.number(assessment.workspace.access.services_within_min, 1)


def usual_departure(assessment: "Assessment", text: Catalogue) -> str:
    """What the timetable's minutes are when no departure is chosen; empty without a timetable."""
    timed = assessment.transit_analysis
    return "" if timed is None else text("departure.usual", since=timed.window[0], until=timed.window[1])


def _bounds(bounds: Any, crs: str) -> list[list[float]]:
    west, south, east, north = bounds
    lon, lat = to_wgs84(np.array([west, east, west, east]), np.array([south, north, north, south]), crs)
    return [
        [round(float(lat.min()), 5), round(float(lon.min()), 5)],
        [round(float(lat.max()), 5), round(float(lon.max()), 5)],
    ]
