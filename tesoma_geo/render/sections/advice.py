"""What would help most: difficult places put right, wished links, the largest delay; and how surely.

The start page and the report's first page tell the same. Nothing is advised that was not computed or marked: a place
by the minutes that it costs, a link by those who wish for it. Where what is saved is less than what the time itself is
known by, that is said.
"""

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from tesoma_geo.columns import RESIDENT_MIN
from tesoma_geo.network.streets.profiles import TIMETABLE_PROFILES
from tesoma_geo.render.figures import headline
from tesoma_geo.render.figures.known_intervals import headline_intervals
from tesoma_geo.render.figures.voice_places import named_places
from tesoma_geo.render.sections import drawn_lines, lived_access, why
from tesoma_geo.render.sections.lived_sensitivity import SMALL_S
from tesoma_geo.render.sections.section import PageSection
from tesoma_geo.render.sections.table import TableValue
from tesoma_geo.render.sections.voices_where import marked_there
from tesoma_geo.render.text.catalogue import Catalogue
from tesoma_geo.render.text.intervals import between
from tesoma_geo.render.text.terms import kind_name

if TYPE_CHECKING:
    from tesoma_geo.annotations.privacy import Publication
    from tesoma_geo.assessment.assess import Assessment

#: Where more is told of what residents said.
VOICES = "voices"
#: The kind of mark that wishes for a link, and how many places of such marks are named.
MISSING, MOST_PLACES = "missing_link", 2
#: Parts of a journey that upkeep and small works can shorten, and from how many minutes they are told.
MENDED, LEAST_MENDED_MIN = ("surface", "steps", "crossings", "darkness"), 0.5


def advice(
    assessment: "Assessment", publication: "Publication | None", catalogue: Catalogue
) -> list[tuple[str, PageSection]]:
    """What can be done by what residents told and by what makes journeys longer.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    publication
        What residents said, as the privacy gate let it go.
    catalogue
        The language.

    Returns
    -------
    list of tuple
        Where more is told (:data:`VOICES`, or a way of moving), and the subject: the places that cost most minutes, the
        links that most wish for, and what makes the journey longest.
    """
    asked = (_places(assessment, catalogue), _links(assessment, publication, catalogue)) if publication else ()
    told = [(VOICES, section) for section in asked if section is not None]
    delay = largest_delay(assessment, catalogue)
    return [*told, delay] if delay is not None else told


def _places(assessment: "Assessment", catalogue: Catalogue) -> PageSection | None:
    """The street that costs most minutes, and the wide area that costs more; None without difficult places."""
    lived, ranked = assessment.lived, lived_access.barriers(assessment, catalogue)
    if lived is None or ranked is None:
        return None
    table, short = ranked.tables[0], ranked.short
    first = {column.key: value for column, value in zip(table.columns, table.rows[0].values, strict=True)}
    costs = {way: _plain(first[key]) for way in lived.summary["profiles"] if (key := RESIDENT_MIN.of(way)) in first}
    if costs:
        profile = max(costs, key=lambda way: costs[way])
        at = [column.key for column in table.columns].index(RESIDENT_MIN.of(profile))
        most = max(table.rows, key=lambda row: _plain(row.values[at]))
        # A wide area that costs more comes first, then the first of single places.
        named = [*([most] if _plain(most.values[at]) > costs[profile] else []), table.rows[0]]
        places = [
            catalogue(
                key,
                place=row.values[0].shown,
                category=row.values[1].shown,
                total=catalogue("minutes", n=row.values[at].shown),
            )
            for key, row in zip(("advice.place_saves", "advice.single_place"), named, strict=False)
        ]
        told = catalogue("advice.place", profile=catalogue.named("profile", profile), places="; ".join(places))
        figures = lived.summary["profiles"][profile]
        # Of those whose journey difficult places make longer, as the page that it leads to has it.
        a_minute = figures["mean_added_min"] / max(float(figures["resident_min"]), 1e-9)
        short = f"{told} {_how_sure(assessment, catalogue, profile, 60 * a_minute * _plain(most.values[at]))}"
    return PageSection(ranked.key, catalogue("advice.places"), short.strip(), told_by=ranked.key)


def _plain(value: TableValue) -> float:
    return float(value.plain or 0)


def _how_sure(assessment: "Assessment", catalogue: Catalogue, profile: str, seconds: float) -> str:
    """That what is saved on one journey is little, or less than its time is known by; nothing where it is more."""
    interval = headline_intervals(assessment, profile).get("median_min")
    if interval is not None and seconds / 60 < interval[1] - interval[0] and (ends := between(catalogue, interval)):
        few = seconds < SMALL_S
        time = catalogue("seconds.few") if few else catalogue("seconds", n=catalogue.number(seconds))
        return catalogue("advice.unsure", time=time, between=ends)
    return catalogue("advice.little") if seconds < SMALL_S else ""


def _links(assessment: "Assessment", publication: "Publication", catalogue: Catalogue) -> PageSection | None:
    """Links that many drew alike with the one that most did, else where most marked that a link is missing."""
    wished = drawn_lines.wished_links(assessment, publication, catalogue)
    if wished is not None:
        return replace(wished, short=f"{wished.short} {catalogue('advice.not_computed')}")
    features = publication.features
    marked = features[(features["kind"] == MISSING) & features["type"].isin(["cell", "street"])]
    if marked.empty:
        return None
    marked = marked.sort_values("voices", ascending=False, kind="stable")
    names = named_places(assessment, catalogue, marked.geometry.to_crs(assessment.district.crs).to_numpy(), "where")
    most: dict[str, int] = {}
    for name, voices in zip(names, marked["voices"], strict=True):
        if name:
            most.setdefault(name, int(voices))
    if not most:
        return None
    places = [(name, MISSING, voices) for name, voices in list(most.items())[:MOST_PLACES]]
    told = " ".join((*marked_there(catalogue, places), catalogue("advice.not_computed")))
    return PageSection("told", kind_name(catalogue, MISSING), told, told_by="voices")


def largest_delay(assessment: "Assessment", catalogue: Catalogue) -> tuple[str, PageSection] | None:
    """What makes the journey longest beside the straight line: its name, its minutes, and of how many residents.

    Then what could be mended on the way of those of whom fewest are there in time.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.

    Returns
    -------
    tuple of str and PageSection or None
        The first way of moving of which it is known, and the subject; None where it is known of none.
    """
    for profile in headline.profiles(assessment):
        delays = [part for part in why.parts_of(assessment, profile) if part.key != "straight" and part.mean_min > 0]
        if profile in TIMETABLE_PROFILES or not delays:
            continue
        worst = max(delays, key=lambda part: part.mean_min)
        if worst.mean_min < why.LEAST_MIN:
            continue
        figures = assessment.summary["profiles"][profile]
        there = int(assessment.summary["population_total"]) - int(figures["unreachable_population"])
        told = catalogue(
            "advice.delay",
            part=catalogue(f"part.{worst.key}"),
            time=catalogue("minutes", n=catalogue.number(worst.mean_min, 1)),
            residents=catalogue.counted("residents", there),
            total=catalogue("minutes", n=catalogue.number(_of_two_digits(worst.mean_min * there))),
            profile=catalogue.named("profile", profile),
        )
        short = f"{told} {_mended(assessment, catalogue)}".strip()
        return profile, PageSection("why", catalogue("why.title"), short, told_by="why")
    return None


def _mended(assessment: "Assessment", catalogue: Catalogue) -> str:
    """What upkeep could shorten on the way of those of whom fewest are there in time; nothing where that is little."""
    cutoff = headline.headline_cutoff(assessment)
    ways = [reach for reach in headline.reaches(assessment) if reach.profile not in TIMETABLE_PROFILES]
    last = min(ways, key=lambda reach: reach.within[cutoff]).profile
    found = [one for one in why.parts_of(assessment, last) if one.key in MENDED and one.mean_min >= LEAST_MENDED_MIN]
    if not found:
        return ""
    parts = [
        catalogue(
            "advice.part",
            part=catalogue(f"part.{one.key}"),
            time=catalogue("minutes", n=catalogue.number(one.mean_min, 1)),
        )
        for one in sorted(found, key=lambda one: -one.mean_min)
    ]
    return catalogue("advice.mended", profile=catalogue.named("profile", last), parts=", ".join(parts))


def _of_two_digits(value: float) -> float:
    """A sum as exactly as the mean that it comes from is known."""
    return round(value, 1 - math.floor(math.log10(value)))
