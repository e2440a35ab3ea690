"""What a trial asks for that nobody can answer: indicators, topics and places that there are not."""

from collections.abc import Iterable, Iterator

import numpy as np
import shapely

from tesoma_geo.crs import to_metric
from tesoma_geo.errors import Fault
from tesoma_geo.follow_up.indicators import indicator_names
from tesoma_geo.near_names import did_you_mean
from tesoma_geo.scenarios.plan_costs import TABLES
from tesoma_geo.scenarios.scenario import Scenario
from tesoma_geo.scenarios.trial_section import TrialSection
from tesoma_geo.sources.annotations.labels import THEMES
from tesoma_geo.workspace import Workspace

#: Without the district's outline a place is looked for so far from the hub, metres.
AROUND_HUB_M = 50_000.0


def trial_faults(
    scenario: Scenario,
    section: TrialSection,
    workspace: Workspace,
    study_area: shapely.Geometry | None = None,
    released: Iterable[str] = (),
) -> list[Fault]:
    """What of a trial's table cannot be, beside the workspace that it is tried in.

    Parameters
    ----------
    scenario
        The plan.
    section
        Its trial.
    workspace
        Whose indicators, topics and district count.
    study_area
        The district and its surroundings, in the metric CRS; without it, 50 km around the hub.
    released
        Topics that are published of residents' answers.

    Returns
    -------
    list of Fault
        In the order of the keys; topics are looked at where the workspace says which there are.
    """
    return [
        *_of_watch(scenario, section, workspace),
        *_of_places(scenario, section, workspace, study_area),
        *_of_topics(section, workspace, released),
    ]


def _of_watch(scenario: Scenario, section: TrialSection, workspace: Workspace) -> Iterator[Fault]:
    services = workspace.services
    kinds = {*services.osm, *(layer.kind for layer in services.files)}
    kinds |= {entry.kind for entry in scenario.services if entry.kind}
    known = indicator_names(workspace, tuple(sorted(kinds)))
    for number, name in enumerate(section.watch):
        if name not in known:
            remedy = did_you_mean(name, known) or f"Use one of {', '.join(known[:6])}, …"
            yield Fault(f"trial.watch.{number}", f"{name!r} is no indicator of the workspace", remedy)


def _of_places(
    scenario: Scenario, section: TrialSection, workspace: Workspace, study_area: shapely.Geometry | None
) -> Iterator[Fault]:
    if not section.places and not any(getattr(scenario, table) for table in TABLES):
        yield Fault(
            "trial.places", "the plan changes nothing and no place is named", "Add places = [[lon, lat]], or a change"
        )
    crs, area = workspace.district.crs, study_area
    if area is None and workspace.hub.entrances:
        lon, lat = np.array(workspace.hub.entrances[0], float)
        area = shapely.Point(*to_metric(lon, lat, crs)).buffer(AROUND_HUB_M)
    if area is None:
        return
    for number, (lon, lat) in enumerate(section.places):
        if _lies(lon, lat, crs, area):
            continue
        swapped = abs(lon) <= 90 and _lies(lat, lon, crs, area)
        remedy = "Write longitude first, then latitude" if swapped else "Correct the place: longitude first"
        problem = f"{lon:g}, {lat:g} (lon, lat) lies outside the district and its surroundings"
        yield Fault(f"trial.places.{number}", problem, remedy)


def _lies(lon: float, lat: float, crs: str, area: shapely.Geometry) -> bool:
    x, y = to_metric(np.array([lon]), np.array([lat]), crs)
    return bool(np.isfinite(x[0]) and np.isfinite(y[0]) and shapely.Point(x[0], y[0]).within(area))


def _of_topics(section: TrialSection, workspace: Workspace, released: Iterable[str]) -> Iterator[Fault]:
    known = known_topics(workspace, section.kind)
    if known is None:
        return
    every = sorted({*known, *(topic for topic in released if topic)})
    for number, topic in enumerate(section.topics):
        if topic not in every:
            remedy = did_you_mean(topic, every) or f"Use {', '.join(every)}"
            yield Fault(f"trial.topics.{number}", f"{topic!r} is no topic of {section.kind} in the workspace", remedy)


def known_topics(workspace: Workspace, kind: str) -> set[str] | None:
    """Codes of what answers of a kind can be about.

    Parameters
    ----------
    workspace
        Whose surveys, workshop and published rows tell.
    kind
        Of the answers.

    Returns
    -------
    set of str or None
        None where nothing tells all of them: a survey without questions, or with options that stand for themselves.
    """
    questions = [one for survey in workspace.annotations for one in survey.questions if one.kind == kind]
    unlisted = any(not survey.questions for survey in workspace.annotations)
    asked = [question.category for question in questions if question.category is not None]
    if unlisted or not questions or any(not category.map for category in asked):
        return None
    codes = {code for category in asked for code in category.map.values()}
    codes |= {topic for of_kind, topics in workspace.publish.rows.items() if of_kind == kind for topic in topics}
    if any(question.themes for question in questions):
        codes |= {*THEMES, *workspace.themes.values()}
    return codes
