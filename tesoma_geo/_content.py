"""A digest of what a value holds: the same for the same content, whichever way and in whichever process it was made.

It says what a step of a job depends on. A value of a kind that is not known here is pickled as it is; what is derived
(fields that begin with ``_``, found properties) is left out. Equal content may get two digests where a library holds
it in two ways, which costs time; other content never gets the same.
"""

import hashlib
import io
import pickle
from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pydantic import BaseModel

#: Types of single values, of which there are most by far.
_SINGLE = frozenset({str, int, float, bool, bytes, type(None)})
#: A class with a method of this name tells what it is made of, where that is not its fields.
TOLD = "content"


class Contents:
    """Digests of values; those of large records, which many steps depend on, are found once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, bytes]] = {}
        self._records: dict[int, tuple[object, bytes]] = {}

    def digest(self, *values: Any) -> bytes:
        """The digest of what some values hold.

        Parameters
        ----------
        values
            Records, tables, arrays, geometries, numbers, text and collections of them.

        Returns
        -------
        bytes
            32 of them.
        """
        sink = _Sink()
        pickler = _Pickler(sink, self)
        pickler.fast = True  # nothing is remembered: what is the same object and what is merely equal look alike
        pickler.dump(_plain(values))
        return sink.hash.digest()

    def of_table(self, value: Any) -> bytes:
        """The digest of a value that stays as it is while this lives, found once.

        Parameters
        ----------
        value
            As of :meth:`digest`.

        Returns
        -------
        bytes
            32 of them.
        """
        if id(value) not in self._known:  # the value is kept, so that its number is nobody else's
            self._known[id(value)] = value, self.digest(value)
        return self._known[id(value)][1]

    def of_record(self, record: Any) -> bytes:
        """The digest of a record that stays as it is, found once.

        Parameters
        ----------
        record
            An object with a method ``content``.

        Returns
        -------
        bytes
            32 of them.
        """
        if id(record) not in self._records:
            self._records[id(record)] = record, self.digest(getattr(record, TOLD)())
        return self._records[id(record)][1]


class _Sink(io.RawIOBase):
    """A file that is only hashed."""

    def __init__(self) -> None:
        super().__init__()
        self.hash = hashlib.blake2b(digest_size=32)

    def write(self, data: Any) -> int:
        self.hash.update(data)
        return len(data)


class _Pickler(pickle.Pickler):
    """Reduces values to what they hold."""

    def __init__(self, sink: _Sink, contents: Contents) -> None:
        super().__init__(sink, pickle.HIGHEST_PROTOCOL)
        self._contents = contents

    def reducer_override(self, value: Any) -> Any:
        """What pickle asks for each object.

        Parameters
        ----------
        value
            Any object.

        Returns
        -------
        tuple or NotImplemented
            A name and what the object holds; NotImplemented where pickle knows better.
        """
        if isinstance(value, type) or callable(value):
            return NotImplemented
        held = self._held(value)
        return NotImplemented if held is None else (_made, (type(value).__qualname__, _plain(held)))

    def _held(self, value: Any) -> Any:
        if isinstance(value, np.ndarray):
            if value.dtype == object:
                return value.shape, _elements(value.ravel())
            return value.dtype.str, value.shape, np.ascontiguousarray(value).tobytes()
        if isinstance(value, pd.DataFrame):
            return list(value.columns), value.index, [value[name] for name in value.columns]
        if isinstance(value, pd.Series):
            return value.name, str(value.dtype), _column(value)
        if isinstance(value, pd.Index):
            return list(value)
        if isinstance(value, shapely.Geometry):
            return shapely.to_wkb(value, include_srid=True)
        if isinstance(value, BaseModel):
            return [(name, value.__dict__.get(name)) for name in type(value).model_fields]  # also what is never dumped
        if hasattr(value, TOLD) and is_dataclass(value):
            return self._contents.of_record(value)
        if is_dataclass(value):
            return [(one.name, getattr(value, one.name)) for one in fields(value) if not one.name.startswith("_")]
        return None


def _column(column: "pd.Series[Any]") -> Any:
    if isinstance(column, gpd.GeoSeries):
        return str(column.crs), list(shapely.to_wkb(column.to_numpy()))
    if pd.api.types.is_string_dtype(column.dtype) or column.dtype == object:
        codes, values = pd.factorize(column)  # a number a row is hashed faster than a text a row
        return codes, [_plain(one) for one in values]
    return column.to_numpy()


def _elements(values: "np.ndarray[Any, Any]") -> list[Any]:
    """What an array of objects holds; of shapes, all at once."""
    if len(values) and shapely.is_geometry(values).all():
        return list(shapely.to_wkb(values, include_srid=True))
    return [_plain(one) for one in values]


def _plain(value: Any) -> Any:
    """Collections without an order of chance."""
    if type(value) in _SINGLE:
        return value
    if isinstance(value, Mapping):
        return "mapping", [(_plain(key), _plain(one)) for key, one in value.items()]
    if isinstance(value, Set):
        return "set", sorted((_plain(one) for one in value), key=repr)
    if isinstance(value, list | tuple):
        return type(value).__name__, [_plain(one) for one in value]
    return value


def _made(name: str, held: Any) -> tuple[str, Any]:
    """Stands in a digest for what a value is made of; nothing is ever made again."""
    return name, held
