"""A table that is never whole: its parts written to Parquet as they come, and read one after the other."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

import pandas as pd
import pyarrow as pa
from pyarrow.parquet import ParquetFile, ParquetWriter


def write_row_groups(tables: Iterable[pd.DataFrame], out: Path | BytesIO) -> int:
    """Write the parts of a table to Parquet, each as a row group.

    Parameters
    ----------
    tables
        All with the same columns; written without their indexes.
    out
        The file.

    Returns
    -------
    int
        How many rows.
    """
    count, writer = 0, None
    try:
        for table in tables:
            schema = None if writer is None else writer.schema
            part = pa.Table.from_pandas(table, schema=schema, preserve_index=False)
            writer = writer or ParquetWriter(out, part.schema)
            writer.write_table(part)
            count += len(table)
    finally:
        if writer is not None:
            writer.close()
    return count


def read_row_groups(content: bytes) -> Iterator[pd.DataFrame]:
    """Read the parts of a table.

    Parameters
    ----------
    content
        Of a file of :func:`write_row_groups`.

    Yields
    ------
    DataFrame
        As it was written.
    """
    file = ParquetFile(BytesIO(content))
    for number in range(file.num_row_groups):
        yield file.read_row_group(number).to_pandas()
