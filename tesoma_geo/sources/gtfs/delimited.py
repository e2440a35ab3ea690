"""One file of a feed: delimited text to a typed table, every faulty value with its line and column."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import csv as arrow_csv

from tesoma_geo.errors import Fault
from tesoma_geo.sources.gtfs.schema import FieldSchema, FileSchema

#: Faults of one column that are listed one by one; the rest are counted.
LISTED_FAULTS = 20

#: A row with nothing else in it is none: blanks, and the mark that old programs end a file with.
NO_TEXT = " \t\xa0\x1a"

#: What files are separated by that should have commas.
SEPARATORS = {";": "semicolons", "\t": "tabulators", "|": "bars"}


@dataclass(frozen=True)
class Text:
    """The bytes of one file, and where its rows begin.

    Attributes
    ----------
    name
        As a message names it: ``nysse.zip/stops.txt``.
    content
        The bytes.
    """

    name: str
    content: bytes

    @cached_property
    def _decoded(self) -> str:
        return self.content.decode("utf-8-sig")

    @cached_property
    def _scanned(self) -> tuple[NDArray[np.int64], list[tuple[int, int]], bytes]:
        """Line on which each row that is whole begins; line and length of those that are not; the whole ones alone."""
        reader = csv.reader(io.StringIO(self._decoded, newline=""))
        next(reader, [])
        width = len(self.header)
        lines, broken, whole = [], [], io.StringIO(newline="")
        writer = csv.writer(whole, lineterminator="\n")
        writer.writerow(self.header)
        last = reader.line_num
        for row in reader:
            if len(row) >= width and not any(value.strip() for value in row[width:]):
                lines.append(last + 1)
                writer.writerow(row[:width])
            elif any(value.strip(NO_TEXT) for value in row):
                broken.append((last + 1, len(row)))
            last = reader.line_num
        return np.asarray(lines, np.int64), broken, whole.getvalue().encode()

    @property
    def whole_rows(self) -> bytes:
        """The file with its whole rows alone: without fields that nothing stands in beyond the header's, and blanks."""
        return self._scanned[2]

    def line(self, row: int) -> int:
        """Line of a row of the table, the header being line 1.

        Parameters
        ----------
        row
            Row of the table, from 0.

        Returns
        -------
        int
            Line of the file, from 1.
        """
        return int(self._scanned[0][row])

    @property
    def broken(self) -> list[tuple[int, int]]:
        """Line and number of fields of each row that has not as many fields as the header."""
        return self._scanned[1]

    @cached_property
    def header(self) -> list[str]:
        """The names of the columns."""
        row: list[str] = next(csv.reader(io.StringIO(self._decoded[:100_000], newline="")), [])
        names = [name.strip().lower() for name in row]
        while names and not names[-1]:
            names.pop()
        return names

    def fault(self, row: int, column: str, problem: str, remedy: str) -> Fault:
        """A fault at a row of the table.

        Parameters
        ----------
        row
            Row of the table, from 0.
        column
            Name of the column.
        problem, remedy
            What is wrong, and what to do.

        Returns
        -------
        Fault
            With file, line and column.
        """
        return Fault(f"{self.name}, line {self.line(row)}, column {column}", problem, remedy)


@dataclass
class Faults:
    """Faults as they are found; many of one sort are counted, not told.

    Attributes
    ----------
    found
        The faults so far.
    bad
        Name of a file → its rows that cannot be used, from 0.
    ragged
        Name of a file → how many of its rows have not as many fields as the header.
    trips
        What is wrong with trips that are left out; told where none is left.
    unread
        Values that cannot be read and count as not given, of columns in which that costs nothing else: name of the
        file → how many, and of a few where and what.
    fatal
        Whether the feed cannot be used.
    """

    found: list[Fault] = field(default_factory=list)
    bad: dict[str, set[int]] = field(default_factory=dict)
    ragged: dict[str, int] = field(default_factory=dict)
    trips: list[Fault] = field(default_factory=list)
    unread: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)
    fatal: bool = False

    def at(self, text: Text, rows: NDArray[np.intp], column: str, problem: Callable[[int], str], remedy: str) -> None:
        """Note what is wrong at rows of one column.

        Parameters
        ----------
        text
            The file.
        rows
            Rows of the file, from 0.
        column
            Name of the column.
        problem
            Says of a row what is wrong.
        remedy
            What to do.
        """
        self.bad.setdefault(text.name, set()).update(rows.tolist())
        self.found += [text.fault(int(row), column, problem(int(row)), remedy) for row in rows[:LISTED_FAULTS]]
        if len(rows) > LISTED_FAULTS:
            self.found.append(
                Fault(f"{text.name}, column {column}", f"{len(rows) - LISTED_FAULTS} more rows like these", remedy)
            )

    def not_given(self, text: Text, rows: NDArray[np.intp], column: str, problem: Callable[[int], str]) -> None:
        """Note values that count as not given.

        Parameters
        ----------
        text
            The file.
        rows
            Rows of the file, from 0.
        column
            Name of the column.
        problem
            Says of a row what is wrong.
        """
        count, examples = self.unread.get(text.name, (0, ()))
        more = tuple(f"line {text.line(int(row))}, column {column}: {problem(int(row))}" for row in rows[:3])
        self.unread[text.name] = (count + len(rows), (*examples, *more)[:3])

    def whole(self, where: str, problem: str, remedy: str) -> None:
        """Note what is wrong with a file or a feed as a whole: it cannot be used.

        Parameters
        ----------
        where
            Name of the file or feed.
        problem, remedy
            What is wrong, and what to do.
        """
        self.fatal = True
        self.found.append(Fault(where, problem, remedy))

    def rows_of(self, text: Text) -> tuple[int, tuple[str, ...]]:
        """How many rows of a file cannot be used, and what is wrong with some of them.

        Parameters
        ----------
        text
            The file.

        Returns
        -------
        tuple
            Rows, and a few faults as text.
        """
        of_file = [fault for fault in self.found if fault.where.startswith(f"{text.name}, line")]
        where = [fault.where.removeprefix(f"{text.name}, ") for fault in of_file[:3]]
        count = len(self.bad.get(text.name, ())) + self.ragged.get(text.name, 0)
        return count, tuple(f"{at}: {fault.problem}" for at, fault in zip(where, of_file, strict=False))


def read_table(text: Text, table: FileSchema, faults: Faults) -> pd.DataFrame | None:
    """Read a file as its schema declares.

    Identifiers become categorical columns, other kinds their own type; columns that the file does
    not have hold the kind's value for nothing. Values are stripped of blanks.

    Parameters
    ----------
    text
        The file.
    table
        Its schema.
    faults
        Faults are added to it.

    Returns
    -------
    DataFrame or None
        A row a row of the file; None when it cannot be read at all.
    """
    columns = _columns_of(text, table, faults)
    if columns is None:
        return None
    frame = {}
    for name, column in table.columns.items():
        if name in columns:
            frame[name] = _values(text, name, column, columns[name], faults)
        else:
            frame[name] = _nothing(column, len(next(iter(columns.values()), ())))
    return pd.DataFrame(frame, copy=False)


def _columns_of(text: Text, table: FileSchema, faults: Faults) -> dict[str, pa.DictionaryArray] | None:
    """The columns that the schema asks for, each as codes into its different texts."""
    try:
        header = text.header
    except UnicodeDecodeError as error:
        line = text.content.count(b"\n", 0, error.start) + 1
        faults.whole(f"{text.name}, line {line}", "is not UTF-8 text", "Save the file as UTF-8")
        return None
    if not header:
        faults.whole(text.name, "is empty", "Write at least the line that names the columns")
        return None
    twice = {name for name in header if name and header.count(name) > 1}
    missing = [name for name, column in table.columns.items() if column.required and name not in header]
    for name in sorted(twice):
        faults.whole(f"{text.name}, line 1, column {name}", "is named twice", "Remove one of the two columns")
    separator = next((mark for mark in SEPARATORS if mark in header[0] and len(header) == 1), None)
    if missing and separator is not None:
        problem = f"is separated by {SEPARATORS[separator]}, not by commas"
        faults.whole(text.name, problem, "Save the file as UTF-8 CSV with commas")
        return None
    for name in missing:
        faults.whole(
            f"{text.name}, line 1, column {name}", "is missing", "Add the column; the GTFS reference requires it"
        )
    if twice or missing:
        return None
    wanted = [name for name in header if name in table.columns]
    try:
        read, whole = _parsed(text.content, header, wanted)
        if not whole:
            read, _ = _parsed(text.whole_rows, header, wanted)
    except pa.ArrowInvalid as error:
        faults.whole(text.name, f"cannot be read as delimited text ({error})", "Save the file as UTF-8 CSV with commas")
        return None
    if not whole and text.broken:
        faults.ragged[text.name] = len(text.broken)
        for line, fields in text.broken[:LISTED_FAULTS]:
            problem = f"has {fields} fields where the header has {len(header)}"
            remedy = "Add or remove commas, or quote the text that has one"
            faults.found.append(Fault(f"{text.name}, line {line}", problem, remedy))
    return {name: read.column(name).combine_chunks() for name in wanted}


def _parsed(content: bytes, header: Sequence[str], wanted: Sequence[str]) -> tuple[pa.Table, bool]:
    """The columns wanted, and whether every row has as many fields as the header; those that have not are skipped."""
    broken = []

    def skip(row: arrow_csv.InvalidRow) -> str:
        broken.append(row)
        return "skip"

    read = arrow_csv.read_csv(
        pa.BufferReader(content),
        read_options=arrow_csv.ReadOptions(
            column_names=header, skip_rows=1, use_threads=False, block_size=max(len(content) + 1, 1024)
        ),
        parse_options=arrow_csv.ParseOptions(newlines_in_values=True, invalid_row_handler=skip),
        convert_options=arrow_csv.ConvertOptions(
            include_columns=wanted,
            column_types={name: pa.dictionary(pa.int32(), pa.string()) for name in wanted},
            strings_can_be_null=False,
        ),
    )
    return read, not broken


def _values(text: Text, name: str, column: FieldSchema, coded: pa.DictionaryArray, faults: Faults) -> object:
    """The values of a column; each different text is read once."""
    kind = column.kind
    if isinstance(coded, pa.ChunkedArray):  # no rows at all
        return _nothing(column, 0)
    codes = coded.indices.to_numpy()
    texts = [str(text).strip() for text in coded.dictionary.to_pylist()]
    values, wrong = [], {}
    for code, value in enumerate(texts):
        try:
            if not value and column.required:
                raise ValueError("is empty")
            values.append(kind.parse(value) if value else kind.empty)
        except ValueError as error:
            wrong[code] = f"{value!r} {error}" if value else str(error)
            values.append(kind.empty)
    if wrong:
        rows = np.flatnonzero(np.isin(codes, list(wrong)))
        if column.beside:
            faults.not_given(text, rows, name, lambda row: wrong[codes[row]])
        else:
            faults.at(text, rows, name, lambda row: wrong[codes[row]], kind.remedy)
    if kind.dtype is None:
        unique = sorted(set(values))  # texts that differ in blanks only are one identifier
        position = {value: i for i, value in enumerate(unique)}
        order = np.array([position[value] for value in values], np.int32)
        return pd.Categorical.from_codes(order[codes], categories=pd.Index(unique, dtype=object))
    return np.array(values, kind.dtype)[codes]


def _nothing(column: FieldSchema, rows: int) -> object:
    if column.kind.dtype is None:
        return pd.Categorical.from_codes(np.zeros(rows, np.int32), categories=pd.Index([""], dtype=object))
    return np.full(rows, column.kind.empty, column.kind.dtype)
