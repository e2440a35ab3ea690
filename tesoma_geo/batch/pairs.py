"""Travel times of many pairs, or a measure of them, done in blocks by several processes or a cluster.

Blocks are those of the serial calculation and are put together in its order, so the result has the same bytes. Each
process opens the contracted streets from the cache by their content; what goes to it is a name and numbers of rows.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from typing import Any, Self

import pandas as pd

from tesoma_geo._files import sha256
from tesoma_geo._program import program
from tesoma_geo._row_groups import read_row_groups, write_row_groups
from tesoma_geo.analysis.measures_in_blocks import RowMeasure, measured_by
from tesoma_geo.analysis.pairs_in_blocks import PairTimes, blocks
from tesoma_geo.assessment.pairs_asked import PairsAsked, far_points
from tesoma_geo.batch.kept_blocks import KeptBlocks
from tesoma_geo.batch.result_place import ResultPlace
from tesoma_geo.batch.schedule import Schedule
from tesoma_geo.batch.tasks import hash_files
from tesoma_geo.errors import InputError, OutputError


@dataclass(frozen=True)
class SharedPairs:
    """What blocks share: each process opens it once.

    Attributes
    ----------
    key
        A digest of everything that travel times follow from; it names them.
    asked
        The points and the way of moving.
    """

    key: str
    asked: PairsAsked = field(compare=False)

    @classmethod
    def of(cls, asked: PairsAsked) -> Self:
        """What blocks share, named by its content.

        Parameters
        ----------
        asked
            The points and the way of moving.

        Returns
        -------
        SharedPairs
        """
        files = asked.origins.absolute(), asked.destinations.absolute()
        settings = asked.workspace.model_dump(mode="json", exclude={"path"})
        named = [settings, asked.profile, asked.id_column, asked.turn_costs, *map(sha256, files)]
        hashed = hashlib.blake2b(json.dumps(named).encode(), digest_size=16)
        hash_files(hashed, asked.workspace, {})
        hashed.update(program().encode())
        moved = PairsAsked(asked.workspace, *files, asked.profile, asked.id_column, asked.turn_costs)
        return cls(hashed.hexdigest(), moved)


@lru_cache(maxsize=1)
def _opened(shared: SharedPairs) -> PairTimes:
    """The router and the points, once in a process."""
    return shared.asked.times(*shared.asked.points())


@dataclass(frozen=True)
class Block:
    """A block of a table, done by whoever it is sent to; see :class:`tesoma_geo.batch.errand.Errand`.

    Attributes
    ----------
    shared
        The points and the way of moving.
    kept
        Where its file is put.
    folder
        Of its file; tells tables apart that are made one after the other.
    number, rows
        Which block it is, and of which places.
    made
        Gives its tables.
    """

    shared: SharedPairs
    kept: KeptBlocks
    folder: str
    number: int
    rows: slice
    made: "MatrixRows | MeasureRows"

    @property
    def name(self) -> str:
        """Its file."""
        return f"{self.folder}/{self.number:06d}.parquet"

    @property
    def key(self) -> str:
        """A digest of what its table follows from."""
        return self.kept.key

    def do(self) -> tuple[str, ...]:
        """Compute the block and put its file into place, whole.

        Returns
        -------
        tuple of str
            What is to be told of points too far from a street.
        """
        times, content = _opened(self.shared), BytesIO()
        write_row_groups(self.made.tables(times, self.rows, self.kept.place), content)
        self.kept.place.put(self.name, content.getvalue())
        return far_points(times)

    def fail(self, reason: str) -> tuple[str, ...]:
        """Nothing stands for a block.

        Parameters
        ----------
        reason
            Why it was not done.

        Returns
        -------
        tuple of str
            Never.

        Raises
        ------
        InputError
            In any case.
        """
        raise InputError(
            f"rows {self.rows.start} to {self.rows.stop} could not be computed: {reason}",
            "Give each process more memory and call the command once more to go on",
        )


@dataclass(frozen=True)
class MatrixRows:
    """The travel matrix of a block of origins.

    Attributes
    ----------
    unit_s
        Seconds of the unit of the times.
    percentiles
        Further columns by timetable.
    """

    unit_s: float
    percentiles: tuple[float, ...]

    def tables(
        self,
        times: PairTimes,
        rows: slice,
        place: ResultPlace,  # noqa: ARG002 - a measure reads there what it counts
    ) -> Iterator[pd.DataFrame]:
        """The tables of a block.

        Parameters
        ----------
        times
            The router and the points.
        rows
            Which origins.
        place
            Not used; a measure reads there what it counts.

        Returns
        -------
        iterator of DataFrame
        """
        return times.tables_of(rows, self.unit_s, self.percentiles)


@dataclass(frozen=True)
class MeasureRows:
    """A measure of a block of places.

    Attributes
    ----------
    measure
        Of each place by its own costs.
    land_use
        The file of what is counted, below the place of the blocks.
    """

    measure: RowMeasure
    land_use: str

    def tables(self, times: PairTimes, rows: slice, place: ResultPlace) -> Iterator[pd.DataFrame]:
        """The table of a block.

        Parameters
        ----------
        times
            The router and the points.
        rows
            Which places.
        place
            Where the file of what is counted lies.

        Yields
        ------
        DataFrame
        """
        yield self.measure.of(times, _table(place, self.land_use), rows)


def matrix_in_blocks(
    shared: SharedPairs,
    kept: KeptBlocks,
    schedule: Schedule,
    rows: MatrixRows,
    tell: Callable[[str], None] = lambda _: None,
) -> Iterator[pd.DataFrame]:
    """The travel matrix, as :meth:`tesoma_geo.analysis.pairs_in_blocks.PairTimes.tables` gives it.

    Parameters
    ----------
    shared
        The points and the way of moving.
    kept
        Where blocks are put, and found that were done before.
    schedule
        Who does them.
    rows
        What each is of.
    tell
        Told what is left out.

    Yields
    ------
    DataFrame
        A row a pair, a block of origins at a time.
    """
    for block in matrix_done(shared, kept, schedule, rows, tell):
        yield from _tables(kept.place, block.name)


def matrix_done(
    shared: SharedPairs,
    kept: KeptBlocks,
    schedule: Schedule,
    rows: MatrixRows,
    tell: Callable[[str], None] = lambda _: None,
) -> list[Block]:
    """Have all blocks of a travel matrix done.

    Parameters
    ----------
    shared, kept, schedule, rows, tell
        As of :func:`matrix_in_blocks`.

    Returns
    -------
    list of Block
        In the order of their origins; their files are there.
    """
    origins, destinations = shared.asked.points(tell)
    parts = enumerate(blocks(len(origins), len(destinations)))
    made = [Block(shared, kept, "matrix", number, part, rows) for number, part in parts]
    _done(made, schedule, tell)
    return made


def measure_in_blocks(
    shared: SharedPairs,
    kept: KeptBlocks,
    schedule: Schedule,
    measure: str,
    arguments: Mapping[str, Any],
    unit_s: float,
    tell: Callable[[str], None] = lambda _: None,
) -> pd.DataFrame:
    """A measure, as :func:`tesoma_geo.analysis.measures_in_blocks.measured` gives it.

    What one step gives is put together here before the next begins, so a measure in two steps is exact.

    Parameters
    ----------
    shared, kept, schedule, tell
        As of :func:`matrix_in_blocks`.
    measure, arguments, unit_s
        As of :func:`tesoma_geo.analysis.measures_in_blocks.measured`.

    Returns
    -------
    DataFrame

    Raises
    ------
    InputError
        As :func:`tesoma_geo.analysis.measures_in_blocks.measured` raises it.
    """
    origins, destinations = shared.asked.points(tell)
    steps = 0

    def doing(part: RowMeasure, land_use: pd.DataFrame, rows: Sequence[slice]) -> Iterable[pd.DataFrame]:
        nonlocal steps
        steps += 1
        folder, content = f"step-{steps}", BytesIO()
        write_row_groups([land_use], content)
        kept.place.put(f"{folder}/land_use.parquet", content.getvalue())
        made = [
            Block(shared, kept, folder, number, block, MeasureRows(part, f"{folder}/land_use.parquet"))
            for number, block in enumerate(rows)
        ]
        _done(made, schedule, tell)
        return (_table(kept.place, block.name) for block in made)

    return measured_by(doing, origins, destinations, measure, arguments, unit_s)


def _done(made: Sequence[Block], schedule: Schedule, tell: Callable[[str], None]) -> None:
    """Have blocks done that are not there yet."""
    left, told = [block for block in made if not block.kept.place.has(block.name)], set[str]()
    for far in schedule.done(left, None, tell):
        for line in far:
            if line not in told:
                tell(line)
        told.update(far)


def _tables(place: ResultPlace, name: str) -> Iterator[pd.DataFrame]:
    content = place.read(name)
    if content is None:
        raise OutputError(f"{place.shown(name)} is gone", "Call the command once more to go on")
    return read_row_groups(content)


def _table(place: ResultPlace, name: str) -> pd.DataFrame:
    return next(_tables(place, name))
