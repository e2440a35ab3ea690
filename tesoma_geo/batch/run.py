"""A whole batch: what was done before is taken, the rest done by a scheduler, and all of it summed up in a table."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from tesoma_geo import command_columns
from tesoma_geo.batch.cluster import on_cluster
from tesoma_geo.batch.file import Batch
from tesoma_geo.batch.folder import batch_folder, drop_others, write_summary
from tesoma_geo.batch.schedulers import LOCAL, PROCESSES, in_turn, side_by_side
from tesoma_geo.batch.tasks import Task, key_of, tasks_of
from tesoma_geo.batch.work import Done, done_before
from tesoma_geo.sources.layers import read_layer


@dataclass(frozen=True, eq=False)
class BatchResult:
    """What a batch left.

    Attributes
    ----------
    table
        A row a district: ``command_columns.BATCH``.
    done
        The districts, in the table's order.
    """

    table: gpd.GeoDataFrame
    done: tuple[Done, ...]

    @property
    def failed(self) -> tuple[Done, ...]:
        """Districts without figures."""
        return tuple(one for one in self.done if one.failed)


def run_batch(
    batch: Batch,
    out: Path,
    *,
    scheduler: str = LOCAL,
    workers: int = 2,
    progress: Callable[[str], None] = lambda _: None,
    pages: Callable[[Sequence[Task], gpd.GeoDataFrame], Mapping[str, bytes]] | None = None,
) -> BatchResult:
    """Assess every district of a batch, going on where an earlier call stopped.

    Parameters
    ----------
    batch
        The file, checked.
    out
        Its folder: new, empty, or of an earlier call.
    scheduler
        ``local``, one after the other in this process; ``processes``, in as many as ``workers``; else the
        address of a Dask scheduler, ``tcp://…``.
    workers
        How many processes.
    progress
        Told each district that is done.
    pages
        Makes the files of ``page/`` of the districts and their table; without it there are none.

    Returns
    -------
    BatchResult

    Raises
    ------
    OutputError
        The folder holds something else, or another call is at work on it.
    WorkspaceError
        The template or what all share cannot be used.
    """
    with batch_folder(out):
        tasks = tasks_of(batch)
        contents: dict[Path, str] = {}
        keys = {task.district: key_of(task, contents) for task in tasks}
        before = {task.district: done_before(out, task, keys[task.district]) for task in tasks}
        done = {district: one for district, one in before.items() if one is not None}
        left = sorted(
            (task for task in tasks if task.district not in done), key=lambda task: (-task.cost, task.district)
        )
        if done:
            progress(f"{len(done)} of {len(tasks)} districts were done before")
        for one in _answers(scheduler, left, keys, out, workers, int(batch.memory_gb * 1e9)):
            done[one.district] = one
            outcome = f"failed: {one.record['reason']}" if one.failed else f"{one.seconds:.1f} s"
            progress(f"{len(done)} of {len(tasks)} {one.record['name']}: {outcome}")
        drop_others(out, {task.district for task in tasks})
        in_order = tuple(done[task.district] for task in tasks)
        table = summary_table(tasks, in_order)
        write_summary(table, out, None if pages is None else pages(tasks, table))
    return BatchResult(table, in_order)


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
        ``command_columns.BATCH``, a row a district; in the metric CRS of the first.
    """
    names = list(dict.fromkeys(name for one in done for name in one.record["figures"]))
    rows = [
        {"district": one.district, "name": one.record["name"], "reason": one.record["reason"]}
        | {name: one.record["figures"].get(name) for name in names}
        for one in done
    ]
    table = pd.DataFrame(rows, columns=["district", "name", "reason", *names])
    table[names] = table[names].astype(float)
    crs = tasks[0].workspace.district.crs
    outlines = [_outline(task, crs) for task in tasks]
    districts = gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(outlines, crs=crs))
    command_columns.BATCH.check(districts)
    return districts


def _answers(
    scheduler: str, left: Sequence[Task], keys: Mapping[str, str], out: Path, workers: int, memory: int
) -> Iterator[Done]:
    if scheduler == LOCAL:
        return in_turn(left, keys, out, workers, memory)
    if scheduler == PROCESSES:
        return side_by_side(left, keys, out, workers, memory)
    return on_cluster(scheduler, left, keys, out)


def _outline(task: Task, crs: str) -> Any:
    area = task.workspace.district.area
    path = task.workspace.resolve(area.source)
    read = read_layer(path, key="district.area", crs=crs, layer=area.layer, where=area.where)
    return read.table.union_all()
