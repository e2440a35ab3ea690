"""A whole batch: what was done before is taken, the rest done by a scheduler, and all of it summed up in a table."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

import geopandas as gpd
import pandas as pd
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from tesoma_geo import command_columns
from tesoma_geo.batch.file import Batch
from tesoma_geo.batch.folder import batch_folder, drop_others, write_summary
from tesoma_geo.batch.result_place import ResultPlace
from tesoma_geo.batch.results import results_at
from tesoma_geo.batch.schedule import IN_TURN, Schedule
from tesoma_geo.batch.tasks import Task, key_of, outline, tasks_of
from tesoma_geo.batch.work import DistrictErrand, Done, done_before

#: Records that are read at a time: a store of objects takes its time for each.
ASKED_AT_A_TIME = 8


@dataclass(frozen=True, eq=False)
class BatchResult:
    """What a batch left.

    Attributes
    ----------
    table
        A row a district: ``command_columns.BATCH``.
    done
        The districts, in the table's order.
    has_page
        Whether a page was made of them.
    """

    table: gpd.GeoDataFrame
    done: tuple[Done, ...]
    has_page: bool

    @property
    def failed(self) -> tuple[Done, ...]:
        """Districts without figures."""
        return tuple(one for one in self.done if one.failed)


def run_batch(
    batch: Batch,
    out: str | PathLike[str] | ResultPlace,
    *,
    schedule: Schedule = IN_TURN,
    progress: Callable[[str], None] = lambda _: None,
    each: Callable[[Done, int, int], None] = lambda *_: None,
    pages: Callable[[Sequence[Task], gpd.GeoDataFrame], Mapping[str, bytes]] | None = None,
) -> BatchResult:
    """Assess every district of a batch, going on where an earlier call stopped.

    Parameters
    ----------
    batch
        The file, checked.
    out
        The place of its results, a folder or ``s3://BUCKET/PREFIX``: new, empty, or of an earlier call.
    schedule
        Who does them.
    progress
        Told how many districts were done before, and while there is nobody who does any.
    each
        Told each district that was tried now, how many of them are done by then, and of how many.
    pages
        Makes the files of ``page/`` of the districts and their table; without it there are none.

    Returns
    -------
    BatchResult

    Raises
    ------
    OutputError
        The place holds something else, another call is at work on it, or it cannot be written.
    WorkspaceError
        The template or what all share cannot be used, or none of the workspaces.
    InputError
        No scheduler answers at the address, or it has no worker for too long.
    """
    place = results_at(out)
    with batch_folder(place) as found:
        tasks = tasks_of(batch)
        contents: dict[Path, str] = {}
        keys = {task.district: key_of(task, contents) for task in tasks}
        with ThreadPoolExecutor(ASKED_AT_A_TIME) as pool:
            before = list(pool.map(lambda task: done_before(place, task, keys[task.district]), tasks))
        done = {one.district: one for one in before if one is not None}
        left = sorted(
            (task for task in tasks if task.district not in done), key=lambda task: (-task.cost, task.district)
        )
        if done:
            progress(f"{len(done)} of {len(tasks)} districts were done before")
        errands = [DistrictErrand(task, keys[task.district], place.absolute()) for task in left]
        answers = schedule.done(errands, int(batch.memory_gb * 1e9), progress)
        for one in answers:
            done[one.district] = one
            each(one, len(done), len(tasks))
        in_order = tuple(done[task.district] for task in tasks)
        table = summary_table(tasks, in_order)
        page = None if pages is None else pages(tasks, table)
        write_summary(table, place, page, found)
        drop_others(place, {task.district for task in tasks})
    return BatchResult(table, in_order, page is not None)


def summary_table(tasks: Sequence[Task], done: Sequence[Done]) -> gpd.GeoDataFrame:
    """The table of a batch.

    Parameters
    ----------
    tasks
        The districts.
    done
        What became of each, in the same order.

    Returns
    -------
    GeoDataFrame
        ``command_columns.BATCH``, a row a district; in the metric CRS of the first that has a workspace. The outline of
        a district without figures is empty where its areas cannot be read.
    """
    names = list(dict.fromkeys(name for one in done for name in one.record["figures"]))
    rows = [
        {"district": one.district, "name": one.record["name"], "reason": one.record["reason"]}
        | {name: one.record["figures"].get(name) for name in names}
        for one in done
    ]
    table = pd.DataFrame(rows, columns=["district", "name", "reason", *names])
    table[names] = table[names].astype(float)
    crs = next(task.workspace for task in tasks if task.workspace is not None).district.crs
    outlines = [_outline(task, one, crs) for task, one in zip(tasks, done, strict=True)]
    districts = gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(outlines, crs=crs))
    command_columns.BATCH.check(districts)
    return districts


def _outline(task: Task, done: Done, crs: str) -> BaseGeometry:
    if not done.failed:
        return outline(task.own, crs)
    with suppress(Exception):  # its record tells why
        return outline(task.own, crs)
    return Polygon()
