"""What stands around the map on a page: legend, controls, credits; escaped."""

import json
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from tesoma_geo.render.figures import headline, home_cells
from tesoma_geo.render.figures.credits import credit_lines, not_travelled_by, told_days
from tesoma_geo.render.figures.hub_cards import told_percent
from tesoma_geo.render.figures.map_steps import MapSteps, map_steps
from tesoma_geo.render.map.content import Content
from tesoma_geo.render.map.controls import Choice
from tesoma_geo.render.map.difference import DIFFERENCE
from tesoma_geo.render.map.first_view import first_bounds, keys_at_first, told_at_first, within
from tesoma_geo.render.map.legend_signs import legend_signs
from tesoma_geo.render.map.script_options import degree_bounds, profiles_of, usual_departure
from tesoma_geo.render.text import assets
from tesoma_geo.render.text.bands import band_classes, band_labels, band_shares, brief_labels, ramp_steps
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.place_names import hub_name
from tesoma_geo.render.text.terms import kind_name

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment
    from tesoma_geo.render.map.planned import PlannedShares


#: Layers that tell travel times each in its way: the reader chooses one, the first unless told.
ENCODINGS = ("cells", "isochrones")


#: Addresses are offered where at least this share of streets has any: whoever types one is then answered more often
#: than not. An assumption; in many files of OpenStreetMap a few services alone have their house numbers.
ADDRESSED_SHARE = 0.5


#: Painters that a map without travel times does without.
OF_TRAVEL = (*ENCODINGS, DIFFERENCE, "unknown", "either_side", "stops")


def frame(
    assessment: "Assessment",
    catalogue: Catalogue,
    contents: tuple[Content, ...],
    profile: str | None = None,
    hidden: tuple[str, ...] = (),
    *,
    swipe: bool = False,
    planned: "PlannedShares | None" = None,
    topic: str | None = None,
    travel: bool = True,
    asked: tuple[str, ...] = (),
    layers_open: bool = True,
    sure: str | None = None,
    tables_at: str = "",
    said: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """The markup around the map: controls, legend, credits.

    There is no choice of profiles when one is named; layers of the ``hidden`` painters wait to be asked for.
    Without a ``swipe`` a map with a scenario shows what is before it. With a ``topic`` it shows what residents
    said of that alone.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.
    contents
        What the map shows, packed.
    profile
        The one way of moving that it shows; None for all.
    hidden
        Painters whose layers wait to be asked for.
    swipe
        Whether the map has a swipe between before and after.
    planned
        What a plan's map tells: its shares of today and by the plan then stand beside the ways of moving.
    topic
        What of residents' words it shows alone; None for all.
    travel
        Whether it tells of ways to the hub; without, travel times and what goes with them are away.
    asked
        Kinds of services that are shown at once, whatever is hidden.
    layers_open
        Whether the list of layers is unfolded; in another page's frame it waits.
    sure
        Between what the share of the first way of moving most likely is, for another page's frame: it has no headline,
        and its credits are folded where it is narrow. None for a page that has them.
    tables_at
        Where the tables with its figures are, as an address; empty for below it.
    said
        What the page says in large letters while its map shows one kind of what residents said, by layer; of all by "".

    Returns
    -------
    str
        Escaped markup.
    """
    cutoffs = assessment.workspace.access.cutoffs_min
    reaches, cutoff = headline.reaches(assessment), headline.headline_cutoff(assessment)
    shown = [profile] if profile else [reach.profile for reach in reaches]
    first = profile or (planned.first if planned else reaches[0].profile)
    of, hub = profiles_of(assessment, shown), hub_name(assessment.workspace, catalogue)
    steps = _steps(
        assessment,
        next(reach for reach in reaches if reach.profile == first),
        alone=bool(profile) and travel and not swipe,
    )
    choices = list(_choices(catalogue, contents, of, hidden, topic=topic, travel=travel, asked=asked))
    kinds = [] if travel else sorted((one for one in choices if one.sign is not None), key=lambda one: one.sign or 0)
    kinds = kinds if len(kinds) > 1 else []
    compared = swipe and any(content.key == DIFFERENCE for content in contents)
    encodings = (DIFFERENCE, *ENCODINGS) if compared else ENCODINGS
    transit = (
        home_cells.departures(assessment.transit_analysis, cutoffs)
        if of["stops"] and assessment.transit_analysis
        else None
    )
    without = tuple(_without(contents, encodings, travel=travel))
    signs = legend_signs(
        assessment,
        catalogue,
        contents,
        choices,
        compared=compared,
        steps=planned.steps if planned else None,
        topic=topic,
        kinds=not kinds,
    )
    homes, boundary = (
        degree_bounds(one.total_bounds, str(one.crs)) for one in (assessment.origins, assessment.district)
    )
    at_first = keys_at_first(contents, choices, (*without, *encodings[1:]), kinds)
    return assets.rendered(
        "map_frame.html.j2",
        t=catalogue,
        hub=hub,
        hub_icon=assets.icon("hub"),
        profile=profile,
        first=first,
        lived_in=steps.bands,
        steps_json=json.dumps(steps.minutes) if steps.minutes != cutoffs else "",
        ramp_json=json.dumps(ramp_steps(len(steps.minutes), steps.further)),
        reaches=reaches,
        told={reach.profile: told_percent(catalogue, reach, cutoff) for reach in reaches},
        headline=cutoff,
        by_plan=planned.shares if planned else {},
        share_note=planned.note if planned else catalogue("map.share_note", n=catalogue.number(cutoff, 1), hub=hub),
        difference_title=planned.title if planned else "",
        bands=band_classes(len(steps.minutes), steps.further),
        band_labels=band_labels(catalogue, steps.minutes),
        brief_labels=brief_labels(catalogue, steps.minutes),
        shares=band_shares(catalogue, steps.bands),
        choices=choices,
        nothing_marked=not travel and not any(choice.key.startswith("voices_") for choice in choices),
        encodings=[(key, catalogue(f"layer.{key}")) for key in encodings],
        compared=DIFFERENCE in encodings,
        kinds=kinds,
        said=said,
        signs=told_at_first(signs, at_first, first, first_bounds(homes, boundary)),
        homes_shown="cells" not in hidden,
        cut_narrow=travel and not within(boundary, first_bounds(homes, boundary)),
        travel=travel,
        without=" ".join(without),
        winters=of["winter"],
        winters_json=json.dumps(of["winter"]),
        departures=transit,
        departure_usual=usual_departure(assessment, catalogue),
        timetable=next(iter(of["stops"]), None),
        timetable_json=json.dumps(of["stops"]),
        timed_json=json.dumps((*of["winter"], *of["stops"])),
        topic=topic,
        swipe=swipe and any(content.packed.get("variant") == "after" for content in contents),
        credits=credit_lines(assessment, not_travelled_by(profile)),
        days=told_days(assessment, catalogue, not_travelled_by(profile)),
        made_up=assessment.workspace.district.made_up,
        layers_open=layers_open,
        sure=sure,
        tables_at=tables_at,
        intervals=bool(assessment.summary.get("uncertainty")),
        addressed=_addressed(contents),
    )


def _addressed(contents: tuple[Content, ...]) -> bool:
    """Whether so many of the streets that may be looked for have house numbers that addresses are offered."""
    searched = (part for content in contents if content.painter == "places" for part in content.parts)
    numbered = [bool(numbers) for part in searched for numbers in part["numbers"]]
    return sum(numbered) >= ADDRESSED_SHARE * len(numbered) > 0


def _steps(assessment: "Assessment", reach: headline.Reach, *, alone: bool) -> MapSteps:
    """The steps of the legend: a map of several ways of moving, or of before and after, has the workspace's."""
    cutoffs = assessment.workspace.access.cutoffs_min
    return map_steps(assessment, reach) if alone else MapSteps(cutoffs, reach.bands, cutoffs[-1])


def _choices(
    catalogue: Catalogue,
    contents: tuple[Content, ...],
    of: Mapping[str, tuple[str, ...]],
    hidden: tuple[str, ...],
    *,
    topic: str | None,
    travel: bool,
    asked: tuple[str, ...],
) -> Iterator[Choice]:
    """Layers that a reader may show and hide besides the travel times; see :func:`frame`."""
    for content in contents:
        called, about = label(catalogue, content), of.get(content.key, ())
        away = content.key in (*ENCODINGS, DIFFERENCE) or (content.painter in OF_TRAVEL and not travel)
        of_nobody = content.key in of and not about
        if called is None or away or of_nobody or (topic is not None and not _tells_of(content, topic)):
            continue
        shown = content.painter not in (*hidden, "either_side") or content.packed.get("kind") in asked
        yield Choice(content.key, called, content.packed.get("icon"), shown, about, content.packed.get("sign"))


def _without(contents: tuple[Content, ...], encodings: Sequence[str], *, travel: bool) -> Iterator[str]:
    """Keys of layers that a map never shows: all of travel, or a comparison that it does not offer."""
    for content in contents:
        of_travel = content.painter in OF_TRAVEL and not travel
        if of_travel or (content.key == DIFFERENCE and DIFFERENCE not in encodings):
            yield content.key


def _tells_of(content: Content, topic: str) -> bool:
    """Whether a layer has anything to do with a topic; other layers than the voices have with all."""
    if content.painter != "voices":
        return True
    single = (f"{category};{themes}" for category, _, themes in content.packed["said"])
    return topic in content.packed["topics"] or any(topic in about.split(";") for about in single)


def label(catalogue: Catalogue, content: Content) -> str | None:
    """What the controls call a layer.

    Parameters
    ----------
    catalogue
        The language.
    content
        What the layer shows.

    Returns
    -------
    str or None
        None for a layer that the controls leave alone.
    """
    if content.painter == "services":
        return catalogue.named("kind", content.packed["kind"])
    if content.painter == "voices":
        return kind_name(catalogue, content.packed["kind"])
    key = f"layer.{content.key}"
    return catalogue(key) if catalogue.knows(key) else None
