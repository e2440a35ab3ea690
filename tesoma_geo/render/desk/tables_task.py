"""The tables of a run with their looks for the desk, as one step: what they follow from, and what makes them."""

import tempfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tesoma_geo._steps import FileTask
from tesoma_geo.assessment.outputs import credited, tables_of, write_tables
from tesoma_geo.render.desk.write import write_desk
from tesoma_geo.render.text.shown_settings import shown_settings

if TYPE_CHECKING:
    from tesoma_geo.assessment.assess import Assessment


def tables_task(assessment: "Assessment", beside: Path) -> FileTask:
    """What the tables of a run and their looks follow from, and what makes them.

    Parameters
    ----------
    assessment
        What :func:`tesoma_geo.assess` found.
    beside
        An existing folder, in which they are made before they are read.

    Returns
    -------
    given : dict
        All that the files follow from, by name.
    made
        Gives path within the result → bytes, as :func:`~tesoma_geo.assessment.outputs.write_tables` and
        :func:`~tesoma_geo.render.desk.write.write_desk` write them.
    """
    inputs, tables = assessment.inputs, tables_of(assessment)
    layers = {"streets": assessment.streets, "district": inputs.district, "water": inputs.water, "hub": inputs.hub}
    given = {
        **{f"table of {name}": table for name, table in tables.items()},
        **layers,
        **shown_settings(assessment.workspace),
        "credits": credited(assessment),
    }
    return given, partial(_files, assessment, tables, beside)


def _files(assessment: "Assessment", tables: Mapping[str, Any], beside: Path) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory(dir=beside) as name:
        folder = Path(name)
        write_tables(tables, folder)
        write_desk(assessment, folder)
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
