"""What the map's script is told beside the data: where it begins, and its words."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from tesoma_geo.annotations.shared_lines import LINK, ROUTE
from tesoma_geo.crs import to_wgs84
from tesoma_geo.network.streets.profiles import TIMETABLE_PROFILES
from tesoma_geo.render.figures import headline, home_cells, hub_cards
from tesoma_geo.render.map.content import Content
from tesoma_geo.render.text.bands import band_shares, ramp_steps
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.place_names import HubName, hub_name
from tesoma_geo.render.text.terms import kind_name, topic_name
from tesoma_geo.scenarios.changed import KINDS

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment


def options(assessment: "Assessment", catalogue: Catalogue, contents: tuple[Content, ...]) -> dict[str, Any]:
    """The options of ``tesoma.map`` in ``scripts/map.js``.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.
    contents
        What the map shows, packed.

    Returns
    -------
    dict
        JSON can hold it.
    """
    profiles = headline.profiles(assessment)
    hub = hub_name(assessment.workspace, catalogue)
    of, cutoffs = profiles_of(assessment, profiles), assessment.workspace.access.cutoffs_min
    said = [content.packed for content in contents if content.painter == "voices"]
    shown = {row[0] for packed in said for row in packed["said"] if row[0]}
    topics = sorted(shown.union(*(packed["topics"] for packed in said)))
    return {
        "profile": profiles[0],
        "timetable": next(iter(of["stops"]), None),
        "winters": of["winter"],
        "cutoffs": list(cutoffs),
        "within_min": headline.headline_cutoff(assessment),
        "ramp_steps": ramp_steps(len(cutoffs)),
        "miles": assessment.inputs.network.country_rules.miles,
        "bounds": degree_bounds(assessment.origins.total_bounds, str(assessment.origins.crs)),
        "boundary": degree_bounds(assessment.district.total_bounds, str(assessment.district.crs)),
        "max_bounds": degree_bounds(assessment.streets.total_bounds, str(assessment.streets.crs)),
        "words": {
            "hub": hub,
            "minutes": catalogue("minutes"),
            "unreachable": catalogue("band.unreachable"),
            "to_hub": catalogue("told.to_hub", hub=hub, time="{time}"),
            "back": catalogue("told.back"),
            "from_hub": catalogue("told.from_hub", hub=hub, time="{time}"),
            "was": catalogue("told.was"),
            "will_be": catalogue("told.will_be"),
            "residents": catalogue.forms("told.in_square"),
            "zoom_in": catalogue("map.zoom_in"),
            "zoom_out": catalogue("map.zoom_out"),
            "found": catalogue.forms("map.found"),
            "street_parts": catalogue("map.street_parts"),
            "whole_area": catalogue("map.whole_area", area="{area}"),
            "area_told": catalogue("map.area_told"),
            "found_none": catalogue("map.found_none"),
            "did_you_mean": catalogue("map.did_you_mean"),
            "instead": catalogue("map.instead", asked="{asked}", place="{place}"),
            "no_number": catalogue("map.no_number", number="{number}"),
            "between": catalogue("home.between", low="{low}", high="{high}"),
            "on_street": catalogue("home.on_street", street="{street}"),
            "walking_quickest": catalogue("home.walking_quickest", time="{time}"),
            "home_answer": catalogue("home.answer", way="{way}", place="{place}", hub=hub, time="{time}"),
            "from_home": catalogue("map.share_note_home"),
            "no_home": catalogue("map.no_home"),
            "home_here": catalogue("home.here"),
            "home_ride": catalogue("home.ride", line="{line}", **{end: f"{{{end}}}" for end in ("from", "to")}),
            "home_aboard": catalogue("home.aboard", time="{time}"),
            "home_walk": catalogue("home.walk", time="{time}"),
            "clock": catalogue("clock"),
            "far_away": catalogue("map.far_away"),
            "not_located": catalogue("map.not_located"),
            "two_fingers": catalogue("map.two_fingers"),
            "copied": catalogue("map.copied"),
            "heard": catalogue.forms("map.heard"),
            "drawn": {name: catalogue(f"map.drawn.{name}", n="{n}") for name in (ROUTE, LINK)},
            "kinds": {kind: catalogue.named("kind", kind) for kind in headline.service_kinds(assessment.services)},
            "voices": {packed["kind"]: kind_name(catalogue, packed["kind"]) for packed in said},
            "plan": {what: catalogue.named("scenario.what", what) for what in KINDS},
            "topics": {topic: topic_name(catalogue, assessment.workspace, topic) for topic in topics},
            "profiles": profile_texts(assessment, catalogue),
            **_words_of_moments(assessment, catalogue, hub),
        },
    }


def _words_of_moments(assessment: "Assessment", catalogue: Catalogue, hub: HubName) -> dict[str, Any]:
    """What the script says of seasons, departures, stops, and of why a way takes so long; ``{…}`` it fills in."""
    transit, cutoffs = assessment.transit_analysis, assessment.workspace.access.cutoffs_min
    within = home_cells.departures(transit, cutoffs)["cutoff_min"] if transit else cutoffs[-1]
    parts = {key for profile in headline.profiles(assessment) for key in home_cells.parts_of(assessment, profile)}
    return {
        "moments": {"usual": "", "winter": catalogue("moment.winter"), "departure": catalogue("moment.departure")},
        "apart": {
            "winter": catalogue("moment.apart.winter", share="{share}"),
            "departure": catalogue("moment.apart.departure", clock="{clock}", share="{share}"),
        },
        "of_summer": catalogue("season.of_summer", share="{share}"),
        "below": {moment: catalogue(f"moment.below.{moment}") for moment in ("winter", "departure")},
        "departure": {
            "usual": usual_departure(assessment, catalogue),
            "told": catalogue(
                "departure.told", clock="{clock}", share="{share}", hub=hub, n=catalogue.number(within, 1)
            ),
        },
        "stop": {
            "every": catalogue("stop.every", hub=hub, n="{n}", m="{m}"),
            "lines": catalogue("stop.lines", lines="{lines}"),
            "hours": catalogue("stop.hours", first="{first}", last="{last}"),
        },
        "either_side": catalogue("told.either_side", low="{low}", high="{high}", n=limit_text(assessment, catalogue)),
        "parts": {key: catalogue(f"part.{key}") for key in sorted(parts)},
        "why_sum": catalogue("why.sum"),
        "why_way": catalogue("why.way"),
        "why_ride": catalogue("why.ride"),
        "why_straight": catalogue("why.straight"),
        "why_on_foot": catalogue("why.on_foot"),
    }


def profile_texts(assessment: "Assessment", catalogue: Catalogue) -> dict[str, dict[str, str]]:
    """What the frame says of each way of moving; the script swaps the texts by these names.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.

    Returns
    -------
    dict
        Profile → name of the place → text.
    """
    hub, cutoff = hub_name(assessment.workspace, catalogue), headline.headline_cutoff(assessment)
    texts, winter = {}, _winter(assessment)
    for reach in headline.reaches(assessment):
        shares = {f"band-{number}": share for number, share in enumerate(band_shares(catalogue, reach.bands))}
        message, sure = hub_cards.message(assessment, catalogue, reach, hub)
        texts[reach.profile] = {
            "message": message,
            "sure": sure,
            "share": hub_cards.told_percent(catalogue, reach, cutoff),
            "beside": hub_cards.beside(catalogue, reach.profile),
            "message_at": hub_cards.share_sentence(catalogue, reach, hub, cutoff),
            "profile": catalogue.named("profile", reach.profile),
            **shares,
        }
        if reach.profile in winter:
            texts[reach.profile] |= _of_winter(catalogue, reach, hub, cutoff, winter[reach.profile]["after"])
    return texts


def _winter(assessment: "Assessment") -> Mapping[str, Any]:
    """What the summary tells of winter by way of moving; a plan's has none."""
    found: Mapping[str, Any] = assessment.summary.get("winter", {}).get("profiles", {})
    return found


def _of_winter(
    catalogue: Catalogue, reach: headline.Reach, hub: HubName, cutoff: float, figures: Mapping[str, Any]
) -> dict[str, str]:
    """The share of residents who are there in time on snow and ice; where the headline tells a time, that too."""
    share = catalogue.percent(reach.share(int(figures["population_within"][f"{cutoff:g}"])))
    told = hub_cards.winter_message(catalogue, reach, hub, cutoff, figures) or ()
    return {"winter": share, **dict(zip(("winter_message", "winter_sure", "winter_apart"), told, strict=False))}


def profiles_of(assessment: "Assessment", profiles: list[str]) -> dict[str, tuple[str, ...]]:
    """Which of the profiles the season, and the layers that are not about all of them, are about.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    profiles
        Ways of moving that were assessed.

    Returns
    -------
    dict
        Layer → the profiles that it is about.
    """
    street_analysis, transit = assessment.street_analysis, assessment.transit_analysis
    return {
        "winter": tuple(profile for profile in profiles if profile in street_analysis.winter_s),
        "either_side": tuple(profile for profile in profiles if profile in street_analysis.uncertain),
        "stops": tuple(profile for profile in profiles if transit is not None and profile in TIMETABLE_PROFILES),
    }


def limit_text(assessment: "Assessment", catalogue: Catalogue) -> str:
    """The minutes within which services are near, as the page writes them.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.

    Returns
    -------
    str
        Minutes as the language writes them.
    """
    return catalogue.number(assessment.workspace.access.services_within_min, 1)


def usual_departure(assessment: "Assessment", catalogue: Catalogue) -> str:
    """What the timetable's minutes are when no departure is chosen; empty without a timetable.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.

    Returns
    -------
    str
        In the language of the page.
    """
    transit = assessment.transit_analysis
    return (
        ""
        if transit is None
        else catalogue(
            "departure.usual", since=catalogue.clock(transit.window[0]), until=catalogue.clock(transit.window[1])
        )
    )


def degree_bounds(bounds: Any, crs: str) -> list[list[float]]:
    """A rectangle as Leaflet takes it.

    Parameters
    ----------
    bounds
        West, south, east and north in ``crs``.
    crs
        A metric system.

    Returns
    -------
    list
        South and west, north and east, in degrees.
    """
    west, south, east, north = bounds
    lon, lat = to_wgs84(np.array([west, east, west, east]), np.array([south, north, north, south]), crs)
    return [
        [round(float(lat.min()), 5), round(float(lon.min()), 5)],
        [round(float(lat.max()), 5), round(float(lon.max()), 5)],
    ]
