"""OpenStreetMap objects in libosmium's own text form, one a line, read as columns.

libosmium writes the objects that are wanted, with the places of their nodes, in a tenth of the time in which Python
takes them one by one. The form: https://osmcode.org/opl-file-format/
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pyarrow import csv

#: What libosmium is asked for: tags, and the nodes of ways with their places.
FORM = "opl,locations_on_ways=true,add_metadata=false"

#: Longitude and latitude of a node by its id; None where they are not known.
Place = Callable[[int], tuple[float, float] | None]

_ESCAPED = re.compile(r"%([0-9a-fA-F]+)%")
_TO_ESCAPE = re.compile(r"[\x00-\x20,=@%\x7f-\xa0]")
#: Bytes of a whole file of text at once; a line may not be longer.
_BLOCK_BYTES = 1 << 30


@dataclass(frozen=True, eq=False)
class TaggedObjects:
    """Objects and their tags.

    Attributes
    ----------
    ids
        Of the objects, shape (n,).
    row, key
        The object of each tag, and which of ``keys`` it has, shape (t,).
    value
        Which of ``values`` each tag has, shape (t,).
    keys, values
        Different keys and values.
    """

    ids: NDArray[np.int64]
    row: NDArray[np.int32]
    key: NDArray[np.int32]
    value: NDArray[np.int32]
    keys: tuple[str, ...]
    values: tuple[str, ...]

    def having(self, *keys: str) -> NDArray[np.bool_]:
        """Which objects have one of some keys.

        Parameters
        ----------
        *keys
            Keys of tags.

        Returns
        -------
        bool array of shape (n,)
        """
        with_key = np.zeros(len(self.ids), bool)
        codes = [code for code, key in enumerate(self.keys) if key in keys]
        with_key[self.row[np.isin(self.key, codes)]] = True
        return with_key

    def tags(self, rows: Iterable[int]) -> Iterator[tuple[int, dict[str, str]]]:
        """The tags of some objects.

        Parameters
        ----------
        rows
            Of the objects.

        Yields
        ------
        Each row with its tags.
        """
        # All at once, as the type that the column has: it would be copied for each row otherwise.
        wanted = np.fromiter(rows, self.row.dtype)
        first, last = (np.searchsorted(self.row, wanted, side).tolist() for side in ("left", "right"))
        for row, begin, end in zip(wanted.tolist(), first, last, strict=True):
            yield row, {self.keys[self.key[tag]]: self.values[self.value[tag]] for tag in range(begin, end)}

    def taken(self, rows: NDArray[np.int64]) -> "TaggedObjects":
        """Some of the objects, in their order.

        Parameters
        ----------
        rows
            Ascending.

        Returns
        -------
        TaggedObjects
        """
        new = np.full(len(self.ids), -1, np.int32)
        new[rows] = np.arange(len(rows))
        row = new[self.row]
        kept = row >= 0
        return TaggedObjects(self.ids[rows], row[kept], self.key[kept], self.value[kept], self.keys, self.values)

    def table(self, id_name: str, keys: Sequence[str], rare: Sequence[str]) -> pd.DataFrame:
        """A row an object.

        Parameters
        ----------
        id_name
            Name of the column of ids.
        keys
            Columns that there are always.
        rare
            Columns that there are where an object has the key.

        Returns
        -------
        DataFrame of the ids and a column of strings a key, missing where an object has none.
        """
        columns = {id_name: pd.Series(self.ids)}
        values = pa.array(self.values, pa.large_string())
        order = np.argsort(self.key, kind="stable")
        starts = np.searchsorted(self.key[order], np.arange(len(self.keys) + 1))
        place = {key: code for code, key in enumerate(self.keys)}
        for key in (*keys, *rare):
            code = place.get(key)
            if code is None and key not in keys:
                continue
            index = np.full(len(self.ids), -1, np.int32)
            if code is not None:
                at = order[starts[code] : starts[code + 1]]
                index[self.row[at]] = self.value[at]
            column = values.take(pa.array(index, mask=index < 0))
            columns[key] = pd.Series(pd.array(column, dtype="str"))
        return pd.DataFrame(columns)


@dataclass(frozen=True, eq=False)
class NodesOnLines:
    """The nodes along lines.

    Attributes
    ----------
    line
        The line of each node, shape (r,).
    ref
        Its id, shape (r,).
    lon, lat
        WGS 84 degrees; NaN where the place is not known, shape (r,).
    """

    line: NDArray[np.int32]
    ref: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]


def objects_of(text: bytes) -> tuple[TaggedObjects, "pa.ChunkedArray | None"]:
    """Objects of one type.

    Parameters
    ----------
    text
        A line an object: its type and id, its tags, and what else it has.

    Returns
    -------
    objects : TaggedObjects
    rest : array of strings, or None
        What follows the tags: of ways, their nodes.
    """
    if not text:
        none = np.empty(0, np.int32)
        return TaggedObjects(np.empty(0, np.int64), none, none, none, (), ()), None
    width = text[: text.index(b"\n")].count(b" ") + 1
    names = ["id", "tags", "rest", "more"][:width]
    table = csv.read_csv(
        pa.py_buffer(text),
        csv.ReadOptions(use_threads=False, column_names=names, block_size=min(len(text) + 1, _BLOCK_BYTES)),
        csv.ParseOptions(delimiter=" ", quote_char=False, escape_char=False),
        csv.ConvertOptions(column_types=dict.fromkeys(names, pa.large_string()), strings_can_be_null=False),
    )
    ids = pc.utf8_slice_codeunits(table["id"], 1).cast(pa.int64()).to_numpy()
    return _tagged(ids, table["tags"]), table["rest"] if width > 2 else None


def _tagged(ids: NDArray[np.int64], text: pa.ChunkedArray) -> TaggedObjects:
    lists = pc.split_pattern(pc.utf8_slice_codeunits(text, 1), ",").combine_chunks()
    tags, row = lists.flatten(), pc.list_parent_indices(lists).to_numpy()
    said = pc.not_equal(tags, "")
    halves = pc.split_pattern(tags.filter(said), "=", max_splits=1).flatten()
    keys, values = (halves[half::2].dictionary_encode() for half in (0, 1))
    return TaggedObjects(
        ids,
        row[said.to_numpy(zero_copy_only=False)].astype(np.int32),
        keys.indices.to_numpy(),
        values.indices.to_numpy(),
        tuple(map(_plain, keys.dictionary.to_pylist())),
        tuple(map(_plain, values.dictionary.to_pylist())),
    )


def _plain(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "%" in text else text


def nodes_of(lines: Sequence[str]) -> NodesOnLines:
    """The nodes along lines.

    Parameters
    ----------
    lines
        Each ``N``, and ``nREFxLONyLAT`` a node, with commas between.

    Returns
    -------
    NodesOnLines
    """
    text = "\n".join(lines).encode()
    if not text.strip(b"N\n"):
        return NodesOnLines(np.empty(0, np.int32), np.empty(0, np.int64), np.empty(0), np.empty(0))
    counts = np.array([line.count("n") for line in lines])
    rows = text.translate(bytes.maketrans(b"xy,", b",,\n"), b"nN")
    table = csv.read_csv(
        pa.py_buffer(rows),
        csv.ReadOptions(
            use_threads=False, column_names=["ref", "lon", "lat"], block_size=min(len(rows) + 1, _BLOCK_BYTES)
        ),
        convert_options=csv.ConvertOptions(
            column_types={"ref": pa.int64(), "lon": pa.float64(), "lat": pa.float64()}, null_values=[""]
        ),
    )
    ref, lon, lat = (table[name].to_numpy() for name in ("ref", "lon", "lat"))
    return NodesOnLines(np.repeat(np.arange(len(counts), dtype=np.int32), counts), ref, lon, lat)


def node_text(number: int, tags: Mapping[str, str]) -> str:
    """A tagged node in the text form.

    Parameters
    ----------
    number
        Its id.
    tags
        Its tags.

    Returns
    -------
    str
        A line.
    """
    return f"n{number} {_tags_text(tags)}\n"


def way_text(number: int, tags: Mapping[str, str], refs: Iterable[int], place: Place) -> str:
    """A way in the text form.

    Parameters
    ----------
    number
        Its id.
    tags
        Its tags.
    refs
        Ids of its nodes.
    place
        Longitude and latitude of a node; None where they are not known.

    Returns
    -------
    str
        A line.
    """
    return f"w{number} {_tags_text(tags)} {nodes_text(refs, place)}\n"


def nodes_text(refs: Iterable[int], place: Place) -> str:
    """The nodes along a line in the text form.

    Parameters
    ----------
    refs
        Their ids.
    place
        Longitude and latitude of a node; None where they are not known.

    Returns
    -------
    str
    """
    nodes = ((ref, place(ref)) for ref in refs)
    return "N" + ",".join(f"n{ref}xy" if at is None else f"n{ref}x{at[0]!r}y{at[1]!r}" for ref, at in nodes)


def _tags_text(tags: Mapping[str, str]) -> str:
    return "T" + ",".join(f"{_escaped(key)}={_escaped(value)}" for key, value in tags.items())


def _escaped(text: str) -> str:
    return _TO_ESCAPE.sub(lambda match: f"%{ord(match[0]):x}%", text)


def on_streets(node_tags: pd.DataFrame, node_id: NDArray[np.int64]) -> pd.DataFrame:
    """The tagged nodes that lie on streets, with their ids replaced by node indices.

    Parameters
    ----------
    node_tags
        ``node`` (id) and tag columns.
    node_id
        Ids of the nodes on streets, ascending, shape (n,).

    Returns
    -------
    DataFrame in the order of the nodes.
    """
    ids = node_tags["node"].to_numpy()
    index = np.searchsorted(node_id, ids).clip(max=len(node_id) - 1)
    on_street = node_id[index] == ids
    tags_on_streets: pd.DataFrame = node_tags[on_street].assign(node=index[on_street])
    return tags_on_streets.sort_values("node", ignore_index=True)
