"""What a library call was given: refused with the name, the type and the remedy where it is something else."""

import os
from collections.abc import Hashable, Iterable, Mapping
from numbers import Real
from pathlib import Path
from typing import Any, TypeVar

from tesoma_geo.errors import InputError

Kind = TypeVar("Kind")


def number(name: str, value: object, remedy: str) -> float:
    """A number, as it was given.

    Parameters
    ----------
    name
        What it is called: ``"cutoff_s"``.
    value
        What was given.
    remedy
        What to give instead.

    Returns
    -------
    float

    Raises
    ------
    InputError
        It is text, a truth value, a list or nothing.
    """
    if isinstance(value, bool) or not isinstance(value, Real):
        raise InputError(f"{name} is {_shown(value)}, no number", remedy)
    return float(value)


def numbers(name: str, values: object, remedy: str) -> list[float]:
    """Numbers, as they were given.

    Parameters
    ----------
    name
        What they are called: ``"cutoffs_s"``.
    values
        What was given.
    remedy
        What to give instead.

    Returns
    -------
    list of float

    Raises
    ------
    InputError
        It is one number, text or nothing, or what is in it is no number.
    """
    if isinstance(values, str | bytes) or not isinstance(values, Iterable):
        raise InputError(f"{name} is {_shown(values)}, no list of numbers", remedy)
    return [number(f"a number of {name}", value, remedy) for value in values]


def flag(name: str, value: object) -> bool:
    """True or false, as it was given.

    Parameters
    ----------
    name
        What it is called: ``"active"``.
    value
        What was given.

    Returns
    -------
    bool

    Raises
    ------
    InputError
        It is neither: text and numbers would count as true without a word.
    """
    if type(value).__name__ not in ("bool", "bool_"):  # numpy's own too, without importing numpy
        raise InputError(f"{name} is {_shown(value)}", "Give True or False")
    return bool(value)


def column(name: str, value: object) -> Hashable:
    """The name of a column, as it was given.

    Parameters
    ----------
    name
        What it is called: ``"travel_cost"``.
    value
        What was given.

    Returns
    -------
    Hashable

    Raises
    ------
    InputError
        It is nothing, or a list or table, which cannot name one column.
    """
    if value is None or not isinstance(value, Hashable):
        raise InputError(f"{name} is {_shown(value)}", "Give the name of one column")
    return value


def several(name: str, values: object, remedy: str) -> list[Any]:
    """What stands in a list, as it was given.

    Parameters
    ----------
    name
        What it is called: ``"existing"``.
    values
        What was given: a list, an array, a mapping's keys.
    remedy
        What to give instead.

    Returns
    -------
    list

    Raises
    ------
    InputError
        It is one thing, text or nothing.
    """
    if isinstance(values, str | bytes) or not isinstance(values, Iterable):
        raise InputError(f"{name} is {_shown(values)}, no list", remedy)
    return list(values)


def mapping(name: str, value: object, remedy: str) -> Mapping[Any, Any]:
    """What is given by name, as it was given.

    Parameters
    ----------
    name
        What it is called: ``"limits"``.
    value
        What was given.
    remedy
        What to give instead.

    Returns
    -------
    Mapping

    Raises
    ------
    InputError
        It is no mapping.
    """
    if not isinstance(value, Mapping):
        raise InputError(f"{name} is {_shown(value)}", remedy)
    return value


def instance(name: str, value: object, kind: type[Kind], remedy: str) -> Kind:
    """What was given, of the type that is wanted.

    Parameters
    ----------
    name
        What it is called: ``"the timetable"``.
    value
        What was given.
    kind
        The type that is wanted.
    remedy
        What to give instead.

    Returns
    -------
    object
        The value itself.

    Raises
    ------
    InputError
        It is of another type.
    """
    if not isinstance(value, kind):
        raise InputError(f"{name} is {_shown(value)}", remedy)
    return value


def path(name: str, value: object, remedy: str) -> Path:
    """The path of a file, as it was given.

    Parameters
    ----------
    name
        What it is called: ``"the workspace"``.
    value
        What was given.
    remedy
        What to give instead.

    Returns
    -------
    Path

    Raises
    ------
    InputError
        It is neither text nor a path.
    """
    if not isinstance(value, str | os.PathLike):
        raise InputError(f"{name} is {_shown(value)}", remedy)
    return Path(value)


def _shown(value: Any) -> str:
    """A value in a message: short ones as they are, of others the type."""
    text = repr(value)
    kind = type(value).__name__
    return text if value is None or (len(text) <= 40 and "\n" not in text) else f"of the type {kind}"
