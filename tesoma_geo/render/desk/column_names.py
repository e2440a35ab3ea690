"""What columns and layers of results are called in a language: for QGIS, workbooks and memos."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from tesoma_geo.columns import OutputTable
from tesoma_geo.render.text.catalogue import Catalogue

#: The language of names that another has none for.
FALLBACK = "en"
_SUFFIX = {"s": "s", "min": "min", "m": "m", "km²": "km²"}
#: A place of a pattern to fill in.
_PLACE = re.compile(r"<(\w+)>")
_MARKS = re.compile(r"[`*]")


@dataclass(frozen=True)
class NamedColumn:
    """A column of a table, named and explained.

    Attributes
    ----------
    column
        As the file has it.
    name
        In the language of the reader, with its unit.
    unit
        Of its values; empty where they have none.
    meaning
        What it is, in English, as the documentation has it.
    """

    column: str
    name: str
    unit: str
    meaning: str


def named_columns(
    names: Iterable[str], table: OutputTable, catalogue: Catalogue, profiles: Iterable[str]
) -> list[NamedColumn]:
    """The columns of a table with their names in a language.

    Parameters
    ----------
    names
        Columns of the file, without the geometry.
    table
        Which columns it may have.
    catalogue
        The language.
    profiles
        Ways of moving of the results.

    Returns
    -------
    list of NamedColumn
        One a column, in the order given; one that nobody declared is called as the file has it.
    """
    own, spare = _words(catalogue.language), _words(FALLBACK)
    known = {"profile": list(profiles)}
    by_words = sorted(table.columns, key=lambda column: len(_PLACE.sub("", column.pattern)), reverse=True)
    patterns = [(column, _expression(column.pattern, known)) for column in by_words]
    named = []
    for name in names:
        column, places = next(
            ((one, match) for one, expression in patterns if (match := expression.fullmatch(name))), (None, None)
        )
        if column is None or places is None:
            named.append(NamedColumn(name, str(own.get(name) or spare.get(name) or name), "", ""))
            continue
        filled = {place: _in_words(catalogue, place, value) for place, value in places.groupdict().items()}
        called = str(own.get(column.pattern) or spare.get(column.pattern) or name).format(**filled)
        unit = _SUFFIX.get(column.unit, "")
        named.append(NamedColumn(name, f"{called} ({unit})" if unit else called, column.unit, _plain(column.meaning)))
    return _told_apart(named)


def layer_name(name: str, catalogue: Catalogue) -> str:
    """What a layer or a sheet is called.

    Parameters
    ----------
    name
        Its name in the results: ``cells``.
    catalogue
        The language.

    Returns
    -------
    str
    """
    layers = _layers(catalogue.language)
    return str(layers.get(name) or _layers(FALLBACK).get(name) or name)


def word(key: str, catalogue: Catalogue, **values: object) -> str:
    """A word of workbooks and memos.

    Parameters
    ----------
    key
        As ``column_names.toml`` has it.
    catalogue
        The language.
    **values
        What stands in the places of the word.

    Returns
    -------
    str
    """
    words = _content()["words"]
    return str(words.get(catalogue.language, {}).get(key) or words[FALLBACK][key]).format(**values)


def _told_apart(named: list[NamedColumn]) -> list[NamedColumn]:
    """Columns whose names are alike get the file's name behind theirs."""
    count: dict[str, int] = {}
    for one in named:
        count[one.name] = count.get(one.name, 0) + 1
    return [
        one if count[one.name] == 1 else NamedColumn(one.column, f"{one.name} [{one.column}]", one.unit, one.meaning)
        for one in named
    ]


def _expression(pattern: str, known: Mapping[str, list[str]]) -> re.Pattern[str]:
    """Matches names of a pattern, with a group for each place; the longest of known values first."""
    parts = []
    for number, part in enumerate(_PLACE.split(pattern)):
        values = sorted(map(re.escape, known.get(part, [])), key=len, reverse=True) or [".+"]
        parts.append(f"(?P<{part}>{'|'.join(values)})" if number % 2 else re.escape(part))
    return re.compile("".join(parts))


def _in_words(catalogue: Catalogue, place: str, value: str) -> str:
    return catalogue.named(place, value) if place in ("profile", "kind", "part") else value.replace("_", "–")


def _plain(text: str) -> str:
    return _MARKS.sub("", text)


def _words(language: str) -> Mapping[str, Any]:
    words: Mapping[str, Any] = _content().get(language, {})
    return words


def _layers(language: str) -> Mapping[str, Any]:
    layers: Mapping[str, Any] = _content()["layers"].get(language, {})
    return layers


@lru_cache(maxsize=1)
def _content() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("column_names.toml").read_text(encoding="utf-8"))
