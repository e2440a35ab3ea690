"""What each layer of a workspace is: a report for ``check`` and for the manifest."""

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import geopandas as gpd
import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.warp import transform_bounds

from tesoma_geo._files import sha256
from tesoma_geo.crs import WGS84, to_wgs84
from tesoma_geo.errors import Doubt, Fault, Note
from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.transit import Timetable
from tesoma_geo.sources.annotations.schema import AnnotationReading
from tesoma_geo.sources.osm_day import replication_day
from tesoma_geo.tables import Reading

#: What all may know of how much residents said.
TOLD_TO_MODERATORS = (
    "how many answered, what of it cannot be used and why, and which options are not mapped, tells tesoma-geo "
    "annotations import to who moderates; "
    "what is doubtful in answers follows from them until they are imported: pass on no doubt of theirs before"
)
Extent = tuple[float, float, float, float]


@dataclass(frozen=True)
class LayerReport:
    """What one layer of the workspace is.

    Attributes
    ----------
    key
        Its key in the workspace file: ``network.osm``.
    path
        The file.
    rows
        Rows, street segments or raster cells read.
    extent
        West, south, east, north of what was read, in degrees; None where it has none.
    crs
        The coordinate reference system it was read into, or for a raster its own.
    date
        When the file was fetched, or what the file says of itself (when it was written), ISO 8601; None where nothing
        tells.
    as_of
        Of which year or day the data is, or which days it covers (``2021-12-12/2022-02-28``); None where nobody knows.
    licence
        As the workspace states it.
    sha256
        Hash of the file's bytes.
    faults
        What stops the job.
    doubts
        What is possible but unlikely: the job goes on.
    notes
        What a planner should know, and nothing is the matter.
    """

    key: str
    path: Path
    rows: int | None = None
    extent: Extent | None = None
    crs: str | None = None
    date: str | None = None
    as_of: str | None = None
    licence: str | None = None
    sha256: str | None = None
    faults: tuple[Fault, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_layer(self) -> bool:
        """Whether it tells of a layer, and not of doubts about a setting alone."""
        facts = (self.rows, self.sha256, self.licence, self.extent)
        return not self.doubts or any(value is not None for value in facts)

    @property
    def as_notes(self) -> tuple[Note, ...]:
        """The notes, each with the key of the layer."""
        return tuple(Note(self.key, note) for note in self.notes)

    def with_note(self, text: str) -> "LayerReport":
        """The report with one more note.

        Parameters
        ----------
        text
            What a planner should know, and nothing is the matter.

        Returns
        -------
        LayerReport
            A new one; the report given stays as it is.
        """
        return replace(self, notes=(*self.notes, text))

    def with_doubt(self, problem: str, remedy: str, value: str = "") -> "LayerReport":
        """The report with one more doubt.

        Parameters
        ----------
        problem
            What is unlikely, with the value. Never words of residents: the manifest keeps it.
        remedy
            What to look at.
        value
            The value on its own.

        Returns
        -------
        LayerReport
            A new one; the report given stays as it is.
        """
        return replace(self, doubts=(*self.doubts, Doubt(self.key, problem, remedy, value)))

    def with_fault(self, problem: str, remedy: str) -> "LayerReport":
        """The report with one more fault.

        Parameters
        ----------
        problem
            What is wrong, with the value.
        remedy
            What to do.

        Returns
        -------
        LayerReport
            A new one; the report given stays as it is.
        """
        return replace(self, faults=(*self.faults, Fault(self.key, problem, remedy)))


def with_doubts(reports: Iterable[LayerReport], doubts: Iterable[Doubt], path: Path) -> tuple[LayerReport, ...]:
    """Reports with more doubts, each at the report of its key.

    Parameters
    ----------
    reports
        One a layer.
    doubts
        Each with the key of the workspace file; where no report has it there is one more.
    path
        The workspace file, for further reports.

    Returns
    -------
    tuple of LayerReport
        The reports in their order, then further ones.
    """
    with_their_doubts = list(reports)
    for doubt in doubts:
        at = next(
            (number for number, report in enumerate(with_their_doubts) if report.key == doubt.where),
            len(with_their_doubts),
        )
        with_their_doubts[at:] = with_their_doubts[at:] or [LayerReport(doubt.where, path)]
        with_their_doubts[at] = replace(with_their_doubts[at], doubts=(*with_their_doubts[at].doubts, doubt))
    return tuple(with_their_doubts)


def file_report(key: str, path: Path) -> LayerReport:
    """What the file system tells of a layer.

    Parameters
    ----------
    key
        Of the layer in the workspace file.
    path
        The file.

    Returns
    -------
    LayerReport
        With the hash and the data's own day, where the file is there.
    """
    if not path.is_file():
        return LayerReport(key, path)
    day = _own_day(path) or (None if key.startswith("annotations") else written_day(path))
    return LayerReport(key, path, date=day, sha256=sha256(path))


def _own_day(path: Path) -> str | None:
    """The day of the data: when it was fetched, or what an OpenStreetMap file says of itself.

    The day on which the file was last changed here is none: copying a file would change the results.
    """
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        record = json.loads(path.with_name(f"{path.name}.json").read_text(encoding="utf-8"))
        return date.fromisoformat(str(record["date"])[:10]).isoformat()
    return replication_day(path) if path.name.endswith(".pbf") else None


def written_day(path: Path) -> str | None:
    """The day on which a GeoPackage or a GeoTIFF says in itself that it was written.

    It is not the day of its data: the data is as old or older.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    str or None
        ISO 8601; None where the file says nothing.
    """
    if path.suffix == ".gpkg":
        with suppress(sqlite3.Error, ValueError, TypeError):
            with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as file:
                ((newest,),) = file.execute("SELECT max(last_change) FROM gpkg_contents")
            return date.fromisoformat(newest[:10]).isoformat()
    if path.suffix in (".tif", ".tiff"):
        with suppress(rasterio.errors.RasterioError, ValueError, KeyError), rasterio.open(path) as raster:
            return date.fromisoformat(raster.tags()["TIFFTAG_DATETIME"][:10].replace(":", "-")).isoformat()
    return None


def of_reading(report: LayerReport, reading: Reading) -> LayerReport:
    """The report with what a table holds.

    Parameters
    ----------
    report
        Of the file.
    reading
        What was read of it.

    Returns
    -------
    LayerReport
        A new one; the report given stays as it is.
    """
    table = reading.table
    return replace(
        report, rows=len(table), extent=_extent(table), crs=str(table.crs), notes=reading.notes,
        doubts=(*report.doubts, *reading.doubts),
    )  # fmt: skip


def of_annotations(report: LayerReport, reading: AnnotationReading) -> LayerReport:
    """The report with what all may know of a survey's export: no number, extent or reason that one answer changes.

    How many answered and what of it cannot be used tells ``annotations import``, to who moderates.

    Parameters
    ----------
    report
        Of the file.
    reading
        What was read of it.

    Returns
    -------
    LayerReport
        A new one; the report given stays as it is.
    """
    section = report.key.rpartition(".")[0]
    doubts = (*report.doubts, *(replace(doubt, where=f"{section}.{doubt.where}") for doubt in reading.doubts))
    return replace(report, crs=str(reading.annotations.crs), notes=(TOLD_TO_MODERATORS,), doubts=doubts)


def of_network(report: LayerReport, network: StreetNetwork) -> LayerReport:
    """The report with what a street network holds.

    Parameters
    ----------
    report
        Of the file.
    network
        What was built from it.

    Returns
    -------
    LayerReport
        A new one; the report given stays as it is.
    """
    return replace(report, rows=network.n_edges, extent=_bounds(network.lon, network.lat), crs=WGS84)


def of_timetable(report: LayerReport, timetable: Timetable) -> LayerReport:
    """The report with what runs on a day: a row a trip, the extent of the stops.

    Parameters
    ----------
    report
        Of the feed.
    timetable
        What was read of it.

    Returns
    -------
    LayerReport
        A new one; the report given stays as it is.
    """
    stops = timetable.stops[["lon", "lat"]].dropna().to_numpy(float)
    extent = _bounds(*stops.T) if len(stops) else None
    notes = (*timetable.notes, *map(str, timetable.left_out))
    return replace(report, rows=len(timetable.trips), extent=extent, crs=WGS84, notes=notes)


def of_raster(report: LayerReport) -> LayerReport:
    """The report with what a raster's header says.

    Parameters
    ----------
    report
        Of the file.

    Returns
    -------
    LayerReport
        A new one; the report given stays as it is.
    """
    with rasterio.open(report.path) as raster:
        extent = transform_bounds(raster.crs, WGS84, *raster.bounds)
        crs = raster.crs.to_string() if raster.crs.to_epsg() is None else f"EPSG:{raster.crs.to_epsg()}"
        return replace(report, rows=raster.width * raster.height, crs=crs, extent=_rounded(extent))


def _extent(table: gpd.GeoDataFrame) -> Extent | None:
    if table.empty:
        return None
    west, south, east, north = table.total_bounds
    return _bounds(*to_wgs84([west, west, east, east], [south, north, south, north], str(table.crs)))


def _bounds(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> Extent:
    return _rounded((lon.min(), lat.min(), lon.max(), lat.max()))


def _rounded(extent: tuple[float, ...]) -> Extent:
    west, south, east, north = (round(float(value), 5) for value in extent)
    return west, south, east, north
