"""Where each figure of the pages comes from: its place in the results, its layers with their dates, the command."""

import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tesoma_geo.network.streets.profiles import TIMETABLE_PROFILES
from tesoma_geo.render.figures.credits import dated_layers
from tesoma_geo.render.sections.table import PageTable
from tesoma_geo.render.sections.traced_values import TracedValue, values_of_table, values_of_way
from tesoma_geo.render.text.catalogue import Catalogue

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment
    from tesoma_geo.scenarios.scenario import Scenario

#: Layers of journeys from homes, as the workspace names them: who lives where, and what the ways lead along and around.
JOURNEY = ("district", "hub", "hubs", "network", "elevation", "basemap", "population")
#: What is told of answers: where they are, and of places the street that is near.
ANSWERS, PLACES_OF_ANSWERS = ("district", "annotations"), ("district", "network", "annotations")
#: The layers of a table by its key, where they are not those of all ways of moving: none where it tells no data.
LAYERS = {
    **dict.fromkeys(("assumptions", "sources"), ()),
    **dict.fromkeys(("voices", "marked", "roles_of_respondents"), ANSWERS),
    "age_groups_of_respondents": (*ANSWERS, "population"),
    **dict.fromkeys(("crowds", "drawn", "theme_places"), PLACES_OF_ANSWERS),
    **dict.fromkeys(("lived", "barriers", "sensitivity"), (*JOURNEY, "annotations")),
    **dict.fromkeys(("sure", "lorenz"), JOURNEY),
    "at_hub": (*JOURNEY, "services"),
    "winter": (*JOURNEY, "winter"),
    "nature": (*JOURNEY, "nature"),
}
#: Tables of all ways of moving that services count in.
OF_SERVICES = ("services", "places", "service-gains")


@dataclass(frozen=True)
class Trace:
    """Where the figures of a table, or of the sentences of a way of moving, come from.

    Attributes
    ----------
    key
        Of the table or the page; its stable address is ``#from-<key>``.
    caption
        Of the table; the way of moving.
    where
        File and columns of the results.
    layers
        All layers that it rests on, with their dates, in the page's language; empty where it rests on none.
    values
        What its sentences tell, as the file has it.
    """

    key: str
    caption: str
    where: str
    layers: str
    values: tuple[TracedValue, ...] = ()


def command_of(assessment: "Assessment", scenario: "Scenario | None" = None) -> str:
    """What makes the figures of a site again.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    scenario
        What the site tells of beside today; None for today alone.

    Returns
    -------
    str
        A line for the folder in which the files are.
    """
    job = ("run",) if scenario is None else ("scenario", scenario.path.name)
    return shlex.join(("tesoma-geo", *job, "--workspace", assessment.workspace.path.name))


def traces(
    assessment: "Assessment", catalogue: Catalogue, tables: Iterable[PageTable], ways: Mapping[str, str]
) -> list[Trace]:
    """Where the figures of tables come from, and those of the sentences of each way of moving.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    catalogue
        The language.
    tables
        Of the pages.
    ways
        Key of a page → the way of moving that it is about.

    Returns
    -------
    list of Trace
        One a way of moving, then one a table, in their order.
    """
    every = {*JOURNEY, *("transit" for way in ways.values() if way in TIMETABLE_PROFILES)}
    return [
        *(_of_way(assessment, catalogue, key, profile) for key, profile in ways.items()),
        *(
            Trace(
                table.key,
                table.caption,
                table.source,
                dated_layers(
                    assessment,
                    catalogue,
                    {*every, "services"} if table.key in OF_SERVICES else LAYERS.get(table.key, every),
                ),
                values_of_table(assessment, table.key),
            )
            for table in tables
        ),
    ]


def _of_way(assessment: "Assessment", catalogue: Catalogue, key: str, profile: str) -> Trace:
    layers = {*JOURNEY, "transit"} if profile in TIMETABLE_PROFILES else {*JOURNEY}
    if any(one.name == profile and one.grade_model == "none" for one in assessment.inputs.profiles):
        layers.remove("elevation")
    where, values = f"summary.json: profiles › {profile}", values_of_way(assessment, profile)
    told = dated_layers(assessment, catalogue, layers)
    return Trace(key, catalogue.named("profile", profile), where, told, values)
