"""Columns that grow while an OpenStreetMap file is read."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray


class TagColumns:
    """Tag columns that grow a row at a time, most of them sparse.

    Parameters
    ----------
    keys
        The columns.
    rare
        Columns that there are only where a row has them.
    """

    def __init__(self, keys: tuple[str, ...], rare: tuple[str, ...]) -> None:
        self.ids: list[int] = []
        self.rare = frozenset(rare)
        self.cells: dict[str, tuple[list[int], list[str]]] = {key: ([], []) for key in (*keys, *rare)}

    def add(self, item_id: int, tags: Any) -> None:
        """Add a row.

        Parameters
        ----------
        item_id
            Of the object.
        tags
            Pairs of key and value.
        """
        row = len(self.ids)
        self.ids.append(item_id)
        for key, value in tags:
            cell = self.cells.get(key)
            if cell is not None:
                cell[0].append(row)
                cell[1].append(value)

    def set(self, key: str, value: str) -> None:
        """Give the last row another tag.

        Parameters
        ----------
        key, value
            The tag; the row must not have the key yet.
        """
        self.cells[key][0].append(len(self.ids) - 1)
        self.cells[key][1].append(value)

    def table(self, id_name: str) -> pd.DataFrame:
        """The rows as a table.

        Parameters
        ----------
        id_name
            Name of the column of ids.

        Returns
        -------
        DataFrame of the ids and a column a key.
        """
        columns = {id_name: pd.Series(np.array(self.ids, np.int64))}
        for key, (rows, values) in self.cells.items():
            if not rows and key in self.rare:
                continue
            index = np.full(len(self.ids), -1, np.int32)
            index[rows] = np.arange(len(rows))
            # Taken by Arrow, where no tag is null: a tenth of the time of a column of Python objects.
            column = pa.array(values, pa.large_string()).take(pa.array(index, mask=index < 0))
            columns[key] = pd.Series(pd.array(column, dtype="str"))
        return pd.DataFrame(columns)


def as_wkb(places: Iterable[tuple[float, float]]) -> str:
    """Longitudes and latitudes as hexadecimal WKB of a line, NaN for those not known; the header is left empty.

    Parameters
    ----------
    places
        Longitude and latitude of each node.

    Returns
    -------
    str
    """
    return "00" * 9 + np.array(list(places), "<f8").tobytes().hex()


def coordinates(shapes: list[str], lengths: list[int]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Longitudes and latitudes of lines in hexadecimal WKB: nine bytes of header, then pairs of doubles.

    Read as one block, which takes a tenth of the time of making shapely lines first.

    Parameters
    ----------
    shapes
        The lines.
    lengths
        Number of nodes of each.

    Returns
    -------
    tuple of two float64 arrays, a value a node.
    """
    stored = np.frombuffer(bytes.fromhex("".join(shapes)), np.uint8)
    sizes = 9 + 16 * np.array(lengths)
    is_number = np.ones(len(stored), bool)
    is_number[(np.cumsum(sizes) - sizes)[:, None] + np.arange(9)] = False
    lon, lat = np.frombuffer(stored[is_number].tobytes(), "<f8").reshape(-1, 2).T
    return lon, lat


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
