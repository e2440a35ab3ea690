"""The CSV of vuorovaikutusalusta, which no CSV parser reads.

The platform writes each answer in quotation marks and leaves those within it as they are; a question
without an answer is an empty cell. Personal details stand before the answers, unquoted, and those not
given have no cell at all, so that everything after them moves left. They are passed over, never read.
"""

import csv
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tesoma_geo.errors import SourceError

_RECORD = re.compile(r'^"?(\d+)"?,"?(\d\d-\d\d-\d{4},? \d\d:\d\d)"?,"?([^",\n]*)"?', re.MULTILINE)
_FIRST_ANSWER = re.compile(r'"s\d+k\d+[a-z]*: ')
_NUMBER = re.compile(r"^s\d+k\d+[a-z]*: ")


@dataclass(frozen=True)
class Submission:
    """One row: who, when, in which language, and the answer in each column.

    Attributes
    ----------
    number
        The id of the submission.
    time
        When it was sent, as the file writes it.
    language
        The language in which it was answered.
    answers
        By column; None where empty.
    """

    number: str
    time: str
    language: str
    answers: tuple[str | None, ...]


@dataclass(frozen=True)
class Submissions:
    """The whole table.

    Attributes
    ----------
    columns
        Names of the answer columns without their numbers, which differ from those of the map answers.
    rows
        The submissions.
    unread
        Ids of rows whose answers do not fit the columns; their submissions are there, without answers.
    """

    columns: tuple[str, ...]
    rows: tuple[Submission, ...]
    unread: tuple[str, ...]


def read_submissions(path: Path) -> Submissions:
    """Read the table.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    Submissions

    Raises
    ------
    SourceError
        The file cannot be read, or is no such export.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path} cannot be read ({error})", "Export the answers again as CSV") from None
    header, _, body = text.replace("\r\n", "\n").partition("\n")
    if not header.lstrip('"').startswith("Vastaustunniste"):
        raise SourceError(
            f"{path} does not begin with the column Vastaustunniste", "Export the answers of vuorovaikutusalusta as CSV"
        )
    first = _FIRST_ANSWER.search(header)
    columns = next(csv.reader([header[first.start() :]])) if first else []
    rows, unread = [], []
    for number, time, language, rest in _records(body):
        answers = _answers(rest, len(columns))
        if answers is None and '"' in rest:
            unread.append(number)
        rows.append(Submission(number, time, language, answers or (None,) * len(columns)))
    return Submissions(tuple(_NUMBER.sub("", column) for column in columns), tuple(rows), tuple(unread))


def _records(body: str) -> Iterator[tuple[str, str, str, str]]:
    """Id, time, language and the rest of each row; answers may run over several lines."""
    starts = list(_RECORD.finditer(body))
    bounds = [*(match.start() for match in starts), len(body)]
    for match, end in zip(starts, bounds[1:], strict=True):
        yield match[1], match[2], match[3], body[match.end() : end].rstrip("\n")


def _answers(rest: str, count: int) -> tuple[str | None, ...] | None:
    """The last ``count`` cells, each empty or quoted, after whatever personal details stand before them.

    Worked from the end: ``follows[i]`` holds, for every comma at which the cells from ``i`` on can
    begin, where the next one begins. Of several readings the one with the shortest answers is taken.
    """
    commas = [place for place, character in enumerate(rest) if character == ","]
    good = [len(rest)]
    follows: list[dict[int, int]] = [{} for _ in range(count)]
    for cell in range(count - 1, -1, -1):
        for comma in commas:
            after = _next_cell(rest, comma, good)
            if after is not None:
                follows[cell][comma] = after
        good = sorted(follows[cell])
    if not count or not good:
        return None
    place, answers = good[0], []
    for cell in range(count):
        after = follows[cell][place]
        answers.append(rest[place + 2 : after - 1] if after > place + 1 else None)
        place = after
    return tuple(answers)


def _next_cell(rest: str, comma: int, good: list[int]) -> int | None:
    """Where the cell after a comma ends: at once when empty, else behind a quotation mark."""
    later = bisect_right(good, comma)
    if later < len(good) and good[later] == comma + 1:
        return comma + 1
    if rest[comma + 1 : comma + 2] != '"':
        return None
    return next((end for end in good[later:] if end >= comma + 3 and rest[end - 1] == '"'), None)
