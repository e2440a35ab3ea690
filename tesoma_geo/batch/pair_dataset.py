"""A travel matrix as a folder of Parquet files, a block of origins each, as who does a block writes it.

Programs read the folder as one table: pyarrow, pandas, DuckDB, Spark. Nobody writes the whole: the files of
:mod:`tesoma_geo.batch.pairs` take their place by name.
"""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from pyarrow.parquet import read_metadata

from tesoma_geo._files import written_folder
from tesoma_geo._result_mark import TABLE, UNREAD
from tesoma_geo.batch.kept_blocks import kept_blocks
from tesoma_geo.batch.pairs import MatrixRows, SharedPairs, matrix_done
from tesoma_geo.batch.schedule import Schedule


def write_pair_dataset(
    shared: SharedPairs,
    rows: MatrixRows,
    schedule: Schedule,
    out: Path,
    *,
    overwrite: bool = False,
    protected: Iterable[Path] = (),
    tell: Callable[[str], None] = lambda _: None,
) -> int:
    """Have blocks done and give their files a folder, which is there when all of them are.

    Parameters
    ----------
    shared
        The points and the way of moving.
    rows
        What each file has.
    schedule
        Who does them. Those of a call that was stopped are taken as they are.
    out
        The folder.
    overwrite, protected
        As of :func:`tesoma_geo._files.written_folder`.
    tell
        Told what is left out.

    Returns
    -------
    int
        How many rows.

    Raises
    ------
    OutputError
        As of :func:`tesoma_geo._files.written_folder` and :func:`tesoma_geo.batch.pairs.kept_blocks`.
    """
    count = 0
    with kept_blocks(out, shared.key, rows) as kept:
        made = matrix_done(shared, kept, schedule, rows, tell)
        place = written_folder(out, overwrite=overwrite, protected=protected, manifest=UNREAD, command=TABLE)
        with place as draft:
            for block in made:
                file = kept.place.folder / block.name
                count += read_metadata(file).num_rows
                _give_name(file, draft / file.name)
    return count


def _give_name(file: Path, name: Path) -> None:
    """A second name for a file, so that it is still a block where the folder cannot take its place after all."""
    try:
        os.link(file, name)
    except OSError:  # a file system without links
        file.rename(name)
