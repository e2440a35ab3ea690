"""Where the layers of a workspace come in one by one, and the reports on them pile up."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

import geopandas as gpd

from tesoma_geo.errors import Doubt, Fault, SourceError, TesomaError
from tesoma_geo.inputs.reports import LayerReport, file_report, of_reading, with_doubts
from tesoma_geo.sources.layers import read_layer
from tesoma_geo.tables import LeftOut, Reading
from tesoma_geo.workspace import Layer, Workspace

T = TypeVar("T")
Table = TypeVar("Table", gpd.GeoDataFrame, gpd.GeoDataFrame | None)


class LayerCollector:
    """What is read of a workspace, without stopping at the first fault.

    Parameters
    ----------
    workspace
        Whose layers are read.

    Attributes
    ----------
    workspace
        Whose layers they are.
    crs
        The metric CRS they are read into.
    reports
        One a layer that was read, or has faults.
    left_out
        What the layers hold that the tables do not.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.crs = workspace.district.crs
        self.reports: list[LayerReport] = []
        self.left_out: list[LeftOut] = []

    def polygons(
        self, key: str, layer: Layer, completed: Callable[[Reading], Reading] | None = None
    ) -> gpd.GeoDataFrame | None:
        """A layer of areas.

        Parameters
        ----------
        key
            Of the layer in the workspace file, for its report.
        layer
            The file and which part of it.
        completed
            What else is made of the areas, and what may be wrong with it.

        Returns
        -------
        GeoDataFrame or None
            Polygons in the metric CRS; None where the layer has faults.
        """
        path = self.workspace.resolve(layer.source)

        def read() -> Reading:
            reading = read_layer(path, key=key, crs=self.crs, layer=layer.layer, where=layer.where)
            kinds = set(reading.table.geom_type)
            if not kinds <= {"Polygon", "MultiPolygon"}:
                raise SourceError(f"{path} holds {', '.join(sorted(kinds))}, not areas", "Name a layer of polygons")
            return reading if completed is None else completed(reading)

        return self.table(file_report(key, path), read)

    def table(self, report: LayerReport, read: Callable[[], Reading]) -> gpd.GeoDataFrame | None:
        """The table of a reading, with a report on it.

        Parameters
        ----------
        report
            Of the layer, as far as it goes.
        read
            Reads the table.

        Returns
        -------
        GeoDataFrame or None
            The table; None where it has faults.
        """
        reading = self.read(report, read, of_reading)
        if reading is None:
            return None
        self.left_out += reading.left_out
        return reading.table

    def nearby(self, table: Table) -> Table:
        """A layer as it is, with a doubt in its report where none of it lies near.

        Parameters
        ----------
        table
            The part of the layer within the study area; None where it has faults.

        Returns
        -------
        GeoDataFrame or None
            The same.
        """
        if table is not None and table.empty:
            self.doubt("none of it lies in the study area", "Take the layer of this district, or leave it out")
        return table

    def read(
        self,
        report: LayerReport,
        read: Callable[[], T],
        described: Callable[[LayerReport, T], LayerReport] | None = None,
    ) -> T | None:
        """What ``read`` returns, with a report on it; None and a report of the faults when it fails.

        Without ``described`` a success goes unreported: it is no layer. A file whose faults are told already
        is not read for a second key: they would be told twice.

        Parameters
        ----------
        report
            Of the layer, as far as it goes.
        read
            Reads the layer.
        described
            Adds to the report what was read.

        Returns
        -------
        object or None
            What ``read`` returns.
        """
        if any(known.path == report.path and known.faults for known in self.reports):
            return None
        try:
            value = read()
        except TesomaError as error:
            section = report.key.split(".")[0]
            problem = error.problem.removeprefix(f"{report.key}: ").removeprefix(f"{section}: ")
            faults = error.faults or (Fault(report.key, problem, error.remedy),)
            self.reports.append(replace(report, faults=faults))
            return None
        if described is not None:
            self.reports.append(described(report, value))
        return value

    def note(self, text: str) -> None:
        """Add a note to the last report.

        Parameters
        ----------
        text
            What a planner should know, and nothing is the matter.
        """
        self.reports[-1] = self.reports[-1].with_note(text)

    def doubt(self, problem: str, remedy: str, value: str = "") -> None:
        """Add a doubt to the last report: the one place where what `check` doubts comes in.

        Parameters
        ----------
        problem
            What is possible but unlikely, with the value; never words of residents.
        remedy
            What to look at.
        value
            The value on its own.
        """
        self.reports[-1] = self.reports[-1].with_doubt(problem, remedy, value)

    def doubts(self, doubts: Iterable[Doubt]) -> None:
        """Add doubts to the reports of their keys.

        Parameters
        ----------
        doubts
            Each with the key of the workspace file; where no report has it there is one more.
        """
        self.reports = list(with_doubts(self.reports, doubts, self.workspace.path))

    def fault(self, problem: str, remedy: str) -> None:
        """Add a fault to the last report.

        Parameters
        ----------
        problem
            What is wrong, with the value.
        remedy
            What to do.
        """
        self.reports[-1] = self.reports[-1].with_fault(problem, remedy)
