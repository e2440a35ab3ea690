"""The layers of what residents said: the store where they were imported, the files of the surveys otherwise."""

import shapely

from tesoma_geo.annotations.store_location import has_store
from tesoma_geo.annotations.survey import Survey, read_survey, survey_of_readings
from tesoma_geo.inputs.collector import LayerCollector
from tesoma_geo.inputs.plausibility.answers import answer_doubts
from tesoma_geo.inputs.plausibility.survey_answers import survey_doubts
from tesoma_geo.inputs.reports import LayerReport, of_annotations
from tesoma_geo.sources.annotations.platforms import find_reader, read_section
from tesoma_geo.sources.annotations.schema import AnnotationReading


def read_survey_layers(layers: LayerCollector, study_area: shapely.Geometry) -> Survey | None:
    """What residents said, and a report on each survey's files; they are read where there is no store.

    Parameters
    ----------
    layers
        Where the layers of the workspace come in.
    study_area
        The district and its surroundings, in the workspace's CRS.

    Returns
    -------
    Survey or None
        From the store where there is one, else from the files; None where the workspace names none, or has faults.
    """
    workspace = layers.workspace
    if not workspace.annotations:
        return None
    imported = has_store(workspace)
    numbers = range(len(workspace.annotations))
    readings = [_exported(layers, number, study_area, read=not imported) for number in numbers]
    if not imported:
        read_all = [reading for reading in readings if reading is not None]
        return survey_of_readings(read_all) if len(read_all) == len(readings) else None
    survey = layers.read(LayerReport("annotations", workspace.path), lambda: read_survey(workspace))
    if survey is not None:
        layers.note("what was imported counts as it is in the store; how much, tells tesoma-geo annotations summary")
    return survey


def _exported(
    layers: LayerCollector, number: int, study_area: shapely.Geometry, *, read: bool
) -> AnnotationReading | None:
    """The files of one survey, reported, and read if they are to be."""
    workspace, section = layers.workspace, layers.workspace.annotations[number]
    reading = None
    key, path = f"annotations.{number}", workspace.resolve(section.geometries)  # hash and day tell of one answer
    report = LayerReport(f"{key}.geometries", path)
    # A platform that nobody knows is a fault whether its files are read now or were imported before.
    reader = layers.read(report, lambda: find_reader(section.platform, f"{key}.platform"))
    if read:
        reading = layers.read(report, lambda: read_section(workspace, section), of_annotations)
        if reading is not None:
            layers.doubts(answer_doubts(reading, key, study_area, workspace.publish.k))
            layers.doubts(survey_doubts(reading, section, key, workspace.publish.k))
    elif reader is not None:
        layers.reports.append(report)
    if section.respondents is not None:
        path = workspace.resolve(section.respondents)
        layers.reports.append(LayerReport(f"{key}.respondents", path))
    return reading
