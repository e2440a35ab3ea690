"""Doubts about the workspace file itself: settings that are possible but hardly meant."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from tesoma_geo.countries import Country, country_rules
from tesoma_geo.errors import Doubt
from tesoma_geo.inputs.plausibility.names import doubtful_names
from tesoma_geo.near_names import nearest_name
from tesoma_geo.network.streets.profiles import TIMETABLE_PROFILES, Profile
from tesoma_geo.workspace import Workspace

#: Fastest on flat ground, km/h, by what moves: a walker who walks for a bet, a sprinter on a bicycle.
FASTEST_KMH = {"walk": 8.0, "wheelchair": 15.0, "bicycle": 40.0, "car": 130.0}
SLOWEST_KMH = {"walk": 2.0, "wheelchair": 0.5, "bicycle": 6.0, "car": 10.0}
#: Nobody plans by the minutes beyond.
LONGEST_MIN, SHORTEST_MIN = 120.0, 2.0
#: Years of which data of today may be; no clock is asked, so that one input gives one answer.
FIRST_YEAR, LAST_YEAR = 1980, 2050
#: More respondents to a number than this leave nothing to publish of any survey of a district.
LARGEST_K = 100


def setting_doubts(
    workspace: Workspace, profiles: tuple[Profile, ...], today: date | None = None, country: str = ""
) -> Iterator[Doubt]:
    """What is unlikely in the settings of a workspace.

    Parameters
    ----------
    workspace
        The workspace, checked.
    profiles
        Its ways of moving on streets.
    today
        The day of the check; None looks at no clock, so that one input gives one answer.
    country
        ISO 3166-1 code of the country, whose days off count; empty where it is not known.

    Yields
    ------
    Doubt
    """
    network, access = workspace.network, workspace.access
    if network.buffer_m < 100:
        remedy = "Routes may leave a district: 1000 to 4000 is usual"
        yield Doubt("network.buffer_m", f"is {network.buffer_m:g} m", remedy, f"{network.buffer_m:g}")
    elif network.buffer_m > 20_000:
        yield Doubt(
            "network.buffer_m", f"is {network.buffer_m / 1000:g} km", "Metres are meant", f"{network.buffer_m:g}"
        )
    if not 20 <= network.max_snap_m <= 1000:
        remedy = "It is how far a place may lie from a street, metres: 100 to 300 is usual"
        yield Doubt("network.max_snap_m", f"is {network.max_snap_m:g} m", remedy, f"{network.max_snap_m:g}")
    if access.cutoffs_min[-1] > LONGEST_MIN:
        yield Doubt("access.cutoffs_min", f"names {access.cutoffs_min[-1]:g} min", "Minutes are meant, not seconds")
    if access.cutoffs_min[0] < SHORTEST_MIN:
        yield Doubt("access.cutoffs_min", f"names {access.cutoffs_min[0]:g} min", "Minutes are meant, not hours")
    if not SHORTEST_MIN <= access.services_within_min <= LONGEST_MIN:
        yield Doubt("access.services_within_min", f"is {access.services_within_min:g}", "Minutes are meant")
    if not 20 <= workspace.population.cell_m <= 1000:
        remedy = "It is the side of a cell in metres: 50 to 250 is usual"
        yield Doubt("population.cell_m", f"is {workspace.population.cell_m:g} m", remedy)
    for name, share in workspace.targets.items():
        if share in (0, 1):
            remedy = "Write the share of residents that is wanted, such as 0.7"
            yield Doubt(f"targets.{name}", f"wants {share:.0%} of the residents", remedy, f"{share:g}")
    yield from _profiles(profiles)
    twice = sorted({name for name in access.profiles if access.profiles.count(name) > 1})
    if twice:
        yield Doubt("access.profiles", f"names {', '.join(twice)} twice", "Name each way of moving once", twice[0])
    yield from _days(workspace)
    yield from doubtful_names(workspace)
    yield from _surveys(workspace)
    yield from _made_up(workspace)
    yield from _unused(workspace)
    yield from _transit(workspace, today, country)
    if workspace.publish.k < 3:
        yield Doubt("publish.k", f"is {workspace.publish.k}", "Fewer than 3 respondents may be told apart: 5 is usual")
    elif workspace.publish.k > LARGEST_K:
        problem = f"is {workspace.publish.k}: no number of fewer respondents is published"
        yield Doubt("publish.k", problem, "5 is usual", str(workspace.publish.k))


def _days(workspace: Workspace) -> Iterator[Doubt]:
    """Days of data that can hardly be meant."""
    for key, value in _dated(workspace.model_dump(mode="json", exclude={"path"}, exclude_none=True)):
        if not FIRST_YEAR <= int(value[:4]) <= LAST_YEAR:
            yield Doubt(key, f"is {value}", "Write the year or the day of which the data is", value)


def _dated(content: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every ``as_of`` of a workspace file, with its key."""
    if isinstance(content, list):
        for number, item in enumerate(content):
            yield from _dated(item, f"{key}.{number}")
    elif isinstance(content, dict):
        for name, value in content.items():
            here = f"{key}.{name}" if key else name
            if name == "as_of" and isinstance(value, str):
                yield here, value
            else:
                yield from _dated(value, here)


def _profiles(profiles: tuple[Profile, ...]) -> Iterator[Doubt]:
    for profile in profiles:
        mode = "wheelchair" if profile.wheelchair_tags else str(profile.mode)
        kind = {"foot": "walk"}.get(mode, mode)
        fastest, slowest = FASTEST_KMH.get(kind, 130.0), SLOWEST_KMH.get(kind, 0.5)
        key = f"profiles.{profile.name}.speed_kmh"
        if not slowest <= profile.speed_kmh <= fastest:
            yield Doubt(key, f"is {profile.speed_kmh:g} km/h", "Kilometres an hour are meant", f"{profile.speed_kmh:g}")
    speeds = {profile.name: profile.speed_kmh for profile in profiles}
    if "walk" in speeds and "walk_slow" in speeds and speeds["walk_slow"] >= speeds["walk"]:
        yield Doubt("profiles.walk_slow.speed_kmh", "walk_slow is no slower than walk", "Correct one of the two")
    if "walk" in speeds and "bicycle" in speeds and speeds["bicycle"] <= speeds["walk"]:
        yield Doubt("profiles.bicycle.speed_kmh", "bicycle is no faster than walk", "Correct one of the two")


def _surveys(workspace: Workspace) -> Iterator[Doubt]:
    files = [workspace.resolve(survey.geometries) for survey in workspace.annotations]
    for number, path in enumerate(files):
        if path in files[:number]:
            key, first = f"annotations.{number}.geometries", files.index(path)
            yield Doubt(key, f"{path.name} is that of annotations.{first} too", "Name each survey once", path.name)


def _made_up(workspace: Workspace) -> Iterator[Doubt]:
    """Answers that nobody gave, by the words of their licence alone."""
    for number, survey in enumerate(workspace.annotations):
        if survey.licensed_as_made_up and not survey.made_up and not workspace.district.made_up:
            problem = f"is not set, and the licence of the answers is {survey.licence!r}"
            remedy = "Write made_up = true below [[annotations]] if nobody gave them: pages then say so"
            yield Doubt(f"annotations.{number}.made_up", problem, remedy, "false")


def _unused(workspace: Workspace) -> Iterator[Doubt]:
    """What the file describes and nothing in it asks for."""
    asked = workspace.access.profiles
    if workspace.transit is not None and not TIMETABLE_PROFILES & set(asked):
        remedy = f'Write "{min(TIMETABLE_PROFILES)}" into access.profiles, or leave [transit] out'
        yield Doubt("transit", f"is asked by no way of moving; access.profiles has {', '.join(asked)}", remedy)
    for name in workspace.profiles:
        if name not in asked:
            remedy = f'Write "{name}" into access.profiles, or leave the table out'
            yield Doubt(f"profiles.{name}", f"is not in access.profiles, which has {', '.join(asked)}", remedy, name)
    sources = [survey.source_name for survey in workspace.annotations]
    rounds = [survey.round for survey in workspace.annotations]
    closes = workspace.publish.cohort_closes
    for key, named, known, what in (
        ("publish.trust", workspace.publish.trust, sources, "survey"),
        ("publish.cohort_closes", closes if isinstance(closes, dict) else {}, rounds, "round of a survey"),
    ):
        for name in named:
            near = nearest_name(name, known)
            if known and name not in known and near is not None:
                yield Doubt(f"{key}.{name}", f"no {what} here is called so", f"Did you mean {near}?", name)


def _day_of_timetable(day: date, country: Country) -> Iterator[Doubt]:
    """A day of the timetable on which many stay at home."""
    if day.weekday() in country.weekend:
        name = f"{day:%A}"
        yield Doubt("transit.date", f"{day} is a {name}", f"Name a working day, unless a {name} is meant")
    elif country.is_holiday(day):
        yield Doubt("transit.date", f"{day} is a holiday", "Name a working day, unless a holiday is meant")
    elif day.month in country.quiet_months:
        yield Doubt("transit.date", f"{day} is in {day:%B}, when few vehicles run", "Name a day of school terms")


def _transit(workspace: Workspace, today: date | None, country: str) -> Iterator[Doubt]:
    section = workspace.transit
    if section is None:
        return
    yield from _day_of_timetable(section.date, country_rules(country))
    if today is not None and abs((section.date - today).days) > 5 * 365:
        yield Doubt("transit.date", f"{section.date} is years away", "Correct the year")
    start_h, end_h = (int(clock.split(":")[0]) + int(clock.split(":")[1]) / 60 for clock in section.window)
    window = f"{section.window[0]}–{section.window[1]}"
    if end_h - start_h > 6:
        yield Doubt("transit.window", f"{window} is {end_h - start_h:g} h long", "Two hours are usual", window)
    elif end_h - start_h < 0.25:
        yield Doubt(
            "transit.window", f"{window} is {60 * (end_h - start_h):.0f} min long", "Two hours are usual", window
        )
    if start_h >= 22 or end_h <= 5.5:
        yield Doubt("transit.window", f"{window} is at night", "Name hours in which people travel", window)
    paths = [workspace.resolve(source) for source in section.gtfs]
    if len(set(paths)) < len(paths):
        yield Doubt("transit.gtfs", "a feed is named twice: its vehicles run twice", "Name each feed once")
    if not {50.0} & set(section.percentiles) and len(section.percentiles) > 1:
        yield Doubt("transit.percentiles", f"{section.percentiles} lacks the median", "Add 50")
