"""A finished run, to be drawn again without assessing: what pages, stills and reports are made of.

It is kept in the user's cache folder beside the steps, not in the folder of the results, which is copied and published.
What names it is the mark of the results (:mod:`tesoma_geo._result_mark`): only a folder that is whole and unchanged
leads to what it was written from.
"""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from tesoma_geo._cache import is_kept, keep_value, kept_value, limit_bytes, make_room
from tesoma_geo._pickles import read_pickle, write_pickle
from tesoma_geo._result_mark import mark_of
from tesoma_geo.assessment.assess import Assessment
from tesoma_geo.assessment.credited import credited_layers
from tesoma_geo.assessment.retold import retold
from tesoma_geo.assessment.said_otherwise import STILLS, TOLD, WORKSPACE, ToldFrom
from tesoma_geo.assessment.still_record import still_record
from tesoma_geo.assessment.target_figures import times_of_homes
from tesoma_geo.assessment.unchanged_run import FINISHED, finished_key
from tesoma_geo.errors import InputError
from tesoma_geo.network import StreetNetwork


def without_layers(assessment: Assessment) -> Assessment:
    """What is drawn of an assessment: without streets to search on, timetable, raw answers and rasters.

    Parameters
    ----------
    assessment
        As it was found.

    Returns
    -------
    Assessment
        Its network has no streets; of residents' answers there is what is published.
    """
    inputs, public = assessment.inputs, assessment.inputs.publication
    if public is not None:
        public = replace(public, held_back={}, shown={}, cohorts=())
    drawn = replace(
        inputs,
        network=_without_streets(inputs.network),
        timetable=None,
        survey=None,
        winter=None,
        publication=public,
    )
    drawn.__dict__["ground"] = inputs.ground  # found once for all that is drawn
    if "addresses" in inputs.__dict__:
        drawn.__dict__["addresses"] = inputs.addresses
    return replace(assessment, inputs=drawn, surfaces={})


def _without_streets(network: StreetNetwork) -> StreetNetwork:
    """A network of the same system, country and moment without a street."""
    of = network
    nodes = of.node_id[:0], of.lon[:0], of.lat[:0], of.x[:0], of.y[:0], of.elevation_m[:0]
    edges = of.tail[:0], of.head[:0], of.length_m[:0], of.way[:0], of.ways.iloc[:0], of.node_tags.iloc[:0]
    return StreetNetwork(*nodes, *edges, crs=network.crs, country=network.country, when=network.when)


def keep_finished(assessment: Assessment, folder: Path) -> None:
    """Keep what is drawn of an assessment whose results are written.

    Parameters
    ----------
    assessment
        As it was found.
    folder
        Its results, complete.
    """
    key = finished_key(mark_of(folder))
    if not is_kept(FINISHED, key):
        drawn, shown = without_layers(assessment), still_record(assessment)
        told = ToldFrom(times_of_homes(assessment.origins), credited_layers(assessment))

        def write(entry: Path) -> None:
            write_pickle(entry, drawn)
            write_pickle(entry, shown, STILLS)
            write_pickle(entry, told, TOLD)

        keep_value(FINISHED, key, write)
        with suppress(OSError):  # there may be no folder
            make_room(limit_bytes())


def finished(folder: Path) -> Assessment:
    """The assessment that results were written from.

    Parameters
    ----------
    folder
        What ``tesoma-geo run`` wrote.

    Returns
    -------
    Assessment
        As :func:`without_layers` leaves it.

    Raises
    ------
    OutputError
        The folder is no result of this program, or was changed.
    InputError
        What it was written from is no longer kept on this machine, or by this version.
    """
    assessment: Assessment | None = kept_value(FINISHED, finished_key(mark_of(folder)), _drawn, None)
    if assessment is None:
        raise InputError(
            f"what {folder} was written from is not kept here by this version of tesoma-geo",
            "Do `tesoma-geo run` once more with its workspace, here; the steps that are still kept are not done again",
        )
    return assessment


def _drawn(entry: Path) -> Assessment:
    assessment: Assessment = read_pickle(entry)
    if not (entry / WORKSPACE).exists():
        return assessment
    return retold(assessment, read_pickle(entry, WORKSPACE))
