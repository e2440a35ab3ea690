"""The tables of a run with what a desk needs beside them, as steps: what they follow from, and what makes them."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tesoma_geo._steps import FileTask
from tesoma_geo.assessment.credited import credited
from tesoma_geo.assessment.outputs import tables_of, write_raster, write_tables
from tesoma_geo.render.desk.write import write_credited, write_looks
from tesoma_geo.render.text.shown_settings import shown_settings
from tesoma_geo.workspace.licences import with_marks

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment


def tables_task(assessment: "Assessment", beside: Path) -> FileTask:
    """What the tables of a run and their looks follow from, and what makes them.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found; its rasters are not asked for.
    beside
        An existing folder, in which they are made before they are read.

    Returns
    -------
    given : dict
        All that the files follow from, by name.
    made
        Gives path within the result → bytes, as :func:`~tesoma_geo.assessment.outputs.write_tables` and
        :func:`~tesoma_geo.render.desk.write.write_looks` write them.
    """
    tables = tables_of(assessment)

    def write(folder: Path) -> None:
        write_tables(tables, folder)
        write_looks(assessment, folder)

    given = _given(assessment, tables)
    given["[hub]"] = {name: value for name, value in given["[hub]"].items() if name != "name"}
    return given, partial(_files, write, beside)


def raster_tasks(assessment: "Assessment", beside: Path) -> dict[str, FileTask]:
    """The same of the rasters: each follows from its own way of moving.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    beside
        An existing folder, in which they are made before they are read.

    Returns
    -------
    dict
        Name of a step → what its file follows from, and what makes it.
    """
    return {
        f"raster {profile}": (
            {"surface": surface, "profile": profile},
            partial(_files, partial(write_raster, surface, profile), beside),
        )
        for profile, surface in assessment.surfaces.items()
    }


def credited_task(assessment: "Assessment", beside: Path) -> FileTask:
    """The same of the map around, projects and the workbook: they name the hub, with marks for whom to credit.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found; its rasters are not asked for.
    beside
        An existing folder, in which they are made before they are read.

    Returns
    -------
    given : dict
        All that the files follow from, by name.
    made
        Gives path within the result → bytes, as :func:`~tesoma_geo.render.desk.write.write_credited` writes them;
        :func:`~tesoma_geo.render.text.credited_files.with_credits` completes them.
    """
    tables = tables_of(assessment)
    assessment = replace(assessment, inputs=assessment.inputs.with_workspace(with_marks(assessment.workspace)))
    given = {**_given(assessment, tables), "credits": credited(assessment)}
    return given, partial(_files, partial(write_credited, assessment), beside)


def _given(assessment: "Assessment", tables: dict[str, Any]) -> dict[str, Any]:
    inputs = assessment.inputs
    layers = {"streets": assessment.streets, "district": inputs.district, "water": inputs.water, "hub": inputs.hub}
    settings = shown_settings(assessment.workspace)
    return {**{f"table of {name}": table for name, table in tables.items()}, **layers, **settings}


def _files(write: Callable[[Path], None], beside: Path) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory(dir=beside) as name:
        folder = Path(name)
        write(folder)
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
