"""What a still shows of a finished run, as arrays alone: no library of tables, streets or layers is loaded for it.

It is kept beside the whole record (:mod:`tesoma_geo.assessment.finished`), and has names like those of an assessment.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from numpy.typing import NDArray

from tesoma_geo._cache import kept_value
from tesoma_geo._pickles import read_pickle
from tesoma_geo._result_mark import mark_of
from tesoma_geo._shapes import ShapeTable
from tesoma_geo.assessment.credited import CreditedLayer, credited_again, credited_layers
from tesoma_geo.assessment.said_otherwise import STILLS, WORKSPACE
from tesoma_geo.assessment.unchanged_run import FINISHED, finished_key
from tesoma_geo.columns import TO_HUB_S

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment
    from tesoma_geo.countries import Country
    from tesoma_geo.workspace import Workspace


class DrawnGround(NamedTuple):
    """Buildings and railways; see :class:`tesoma_geo.sources.osm_ground.GroundLayers`.

    Attributes
    ----------
    buildings, railways
        As there.
    """

    buildings: NDArray[Any]
    railways: NDArray[Any]


class CountryAlone(NamedTuple):
    """Of the network, the rules of its country.

    Attributes
    ----------
    country_rules
        As of the network.
    """

    country_rules: "Country"


class DrawnInputs(NamedTuple):
    """Of the layers, what is drawn and no result.

    Attributes
    ----------
    green
        Green areas.
    ground
        Buildings and railways.
    network
        The rules of its country alone.
    """

    green: ShapeTable
    ground: DrawnGround
    network: CountryAlone


class DrawnTimetable(NamedTuple):
    """Of what is asked of the timetable, the stops alone.

    Attributes
    ----------
    stops
        Those with a connection to the hub.
    """

    stops: ShapeTable


@dataclass(frozen=True, eq=False)
class StillRecord:
    """An assessment as far as the stills of the package look at it.

    Attributes
    ----------
    workspace, inputs, district, hub, water, streets, origins, services, transit_analysis, summary, reports
        As of :class:`tesoma_geo.assessment.assess.Assessment`; tables with the columns that are drawn.
    """

    workspace: "Workspace"
    inputs: DrawnInputs
    district: ShapeTable
    hub: ShapeTable
    water: ShapeTable
    streets: ShapeTable
    origins: ShapeTable
    services: ShapeTable
    transit_analysis: DrawnTimetable | None
    summary: dict[str, Any]
    reports: tuple[CreditedLayer, ...]


def still_record(assessment: "Assessment") -> StillRecord:
    """What stills show of an assessment.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.

    Returns
    -------
    StillRecord
    """
    inputs, origins, timetable = assessment.inputs, assessment.origins, assessment.transit_analysis
    minutes = [TO_HUB_S.of(profile) for profile in assessment.summary["profiles"]]
    ground = DrawnGround(inputs.ground.buildings, inputs.ground.railways)
    return StillRecord(
        assessment.workspace,
        DrawnInputs(ShapeTable.of(inputs.green), ground, CountryAlone(inputs.network.country_rules)),
        ShapeTable.of(assessment.district, "code", "name"),
        ShapeTable.of(assessment.hub),
        ShapeTable.of(assessment.water, "name"),
        ShapeTable.of(assessment.streets, "highway", "name"),
        ShapeTable.of(origins, "area_code", "population", *minutes),
        ShapeTable.of(assessment.services, "kind"),
        None if timetable is None else DrawnTimetable(ShapeTable.of(timetable.stops)),
        cast("dict[str, Any]", assessment.summary),
        credited_layers(assessment),
    )


def finished_still_record(folder: Path) -> "Assessment | None":
    """What stills show of the assessment that results were written from.

    Parameters
    ----------
    folder
        What ``tesoma-geo run`` wrote.

    Returns
    -------
    Assessment or None
        A :class:`StillRecord`, to be drawn in place of the assessment; None where it is not kept.

    Raises
    ------
    OutputError
        The folder is no result of this program, or was changed.
    """
    record = kept_value(FINISHED, finished_key(mark_of(folder)), _read, None)
    return cast("Assessment | None", record)


def _read(entry: Path) -> StillRecord | None:
    if not (entry / STILLS).exists():
        return None
    record: StillRecord = read_pickle(entry, STILLS)
    if not (entry / WORKSPACE).exists():
        return record
    workspace: Workspace = read_pickle(entry, WORKSPACE)
    return replace(record, workspace=workspace, reports=credited_again(record.reports, workspace))
