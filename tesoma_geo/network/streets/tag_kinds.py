"""Ways with the same tags are of one kind: what follows from tags alone is found once for each, a sixth of a city's."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.network.streets.restrictions import Restrictions

Value = TypeVar("Value")

#: What tells one way from another, but says nothing of who may pass and how fast.
NAMES = ("osm_id", "name", "name:sv")
#: Codes of columns are told apart in one whole number up to here.
MOST = 2**62


@dataclass(frozen=True, eq=False)
class TagKinds:
    """The kinds of some ways.

    Attributes
    ----------
    table
        Tag columns but :data:`NAMES`, a row a kind, in the order in which they come.
    kind
        The row of ``table`` of each way, shape (number of ways,).
    """

    table: pd.DataFrame
    kind: NDArray[np.int64]

    @classmethod
    def of(cls, ways: pd.DataFrame) -> Self:
        """The kinds that ways are of.

        Parameters
        ----------
        ways
            Tag columns, a row a way.

        Returns
        -------
        TagKinds
        """
        number, room = np.zeros(len(ways), np.int64), 1
        for key in ways.columns.difference([*NAMES]):
            codes, values = pd.factorize(ways[key])
            if room > MOST // (len(values) + 1):
                number, numbers = pd.factorize(number)
                room = len(numbers)
            number, room = number * (len(values) + 1) + codes + 1, room * (len(values) + 1)
        return cls.numbered(ways, pd.factorize(number)[0])

    @classmethod
    def numbered(cls, ways: pd.DataFrame, kind: NDArray[np.int64]) -> Self:
        """Kinds that are known already.

        Parameters
        ----------
        ways
            Tag columns, a row a way.
        kind
            The number of each way's kind, from 0 in the order in which they come, shape (number of ways,).

        Returns
        -------
        TagKinds
        """
        first = np.empty(int(kind.max(initial=-1)) + 1, np.int64)
        first[kind[::-1]] = np.arange(len(ways))[::-1]
        tags = ways.drop(columns=[name for name in NAMES if name in ways])
        return cls(tags.iloc[first].reset_index(drop=True), kind)

    def followed_by(self, more: pd.DataFrame) -> "TagKinds":
        """These and further ways behind them, each of a kind of its own.

        Parameters
        ----------
        more
            Tag columns, a row a way.

        Returns
        -------
        TagKinds
        """
        table = pd.concat([self.table, more[list(self.table.columns)]], ignore_index=True)
        return TagKinds(table, np.concatenate([self.kind, len(self.table) + np.arange(len(more))]))

    def found(self, find: Callable[[pd.DataFrame], Value]) -> Value:
        """What is found for each way from its own tags alone.

        Parameters
        ----------
        find
            Gives of tag columns an array, masks or several arrays, a value a row.

        Returns
        -------
        The same, a value a way.
        """
        value: Value = _taken(find(self.table), self.kind)
        return value


def _taken(answer: Any, rows: NDArray[np.int64]) -> Any:
    if isinstance(answer, Restrictions):
        return answer.take(rows)
    if isinstance(answer, tuple):
        return tuple(_taken(part, rows) for part in answer)
    return answer[rows]
