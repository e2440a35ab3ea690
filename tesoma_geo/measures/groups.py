"""One measure for several groups of a travel matrix, from either side, and for several values of a parameter."""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias, TypeVar

import numpy as np
import pandas as pd

from tesoma_geo._given import column, flag, instance, several
from tesoma_geo.errors import InputError
from tesoma_geo.measures.decay import AnyDecay, Decay, checked
from tesoma_geo.measures.travel_matrix import TRAVEL_TIME, Travel, TravelMatrix, travel_matrix_of

Value = TypeVar("Value")

#: The column, or the columns, whose values part a travel matrix into groups: ``"mode"``.
GroupBy: TypeAlias = str | Sequence[str]

#: The values of one group in the order of the columns; empty where nothing is grouped.
Key: TypeAlias = tuple[Any, ...]

#: Columns that a result has of its own.
TAKEN = ("id", "value", "from_id", "to_id")


def by_group(
    travel_matrix: Travel,
    measure: Callable[[TravelMatrix], pd.DataFrame],
    *,
    group_by: GroupBy = (),
    active: bool = True,
    travel_cost: str = TRAVEL_TIME,
) -> pd.DataFrame:
    """What a measure says of each group of a travel matrix, one below the other.

    Parameters
    ----------
    travel_matrix
        A row a pair and group, or a :class:`TravelMatrix` where nothing is grouped.
    measure
        A travel matrix to a table whose first column is ``id``.
    group_by
        The columns that part the rows into groups.
    active
        From the origins; if false from the destinations, which are given to the measure as origins.
    travel_cost
        The column of costs.

    Returns
    -------
    The table of the measure; with ``group_by`` its columns stand behind the ids.

    Raises
    ------
    InputError
        As :func:`matrices`.
    """
    columns = group_columns(group_by)
    by_key = matrices(travel_matrix, group_by=columns, active=active, travel_cost=travel_cost)
    return stacked([labelled(measure(matrix), columns, key) for key, matrix in by_key.items()])


def matrices(
    travel_matrix: Travel, *, group_by: GroupBy = (), active: bool = True, travel_cost: str = TRAVEL_TIME
) -> dict[Key, TravelMatrix]:
    """The travel matrix of each group; all of them have the same origins and destinations.

    Parameters
    ----------
    travel_matrix
        A row a pair and group, or a :class:`TravelMatrix` where nothing is grouped.
    group_by
        The columns that part the rows into groups.
    active
        If false the sides are exchanged.
    travel_cost
        The column of costs.

    Returns
    -------
    dict of Key to TravelMatrix
        In the order in which the table first names the groups; the one key is ``()`` where nothing is grouped.

    Raises
    ------
    InputError
        Columns that are not there, or that a result has of its own; rows without a group; a ``TravelMatrix`` with
        ``group_by``; what :meth:`TravelMatrix.of` finds, with the group.
    """
    flag("active", active)
    column("travel_cost", travel_cost)
    columns = group_columns(group_by)
    if not columns:
        whole = travel_matrix_of(travel_matrix, travel_cost)
        return {(): whole if active else transposed(whole)}
    table = _with_groups(travel_matrix, columns, travel_cost)
    origins, destinations = (pd.Index(pd.unique(table[name])) for name in ("from_id", "to_id"))
    by_key = {}
    for key, rows in table.groupby(list(columns), sort=False, observed=True):
        named = key if isinstance(key, tuple) else (key,)
        matrix = _among(_matrix_of_group(rows, columns, named, travel_cost), origins, destinations)
        by_key[named] = matrix if active else transposed(matrix)
    return by_key


def matrix_for(key: Key, found: dict[Key, TravelMatrix]) -> TravelMatrix:
    """The travel matrix of a group among those of a second table, or the one that holds for all groups.

    Parameters
    ----------
    key
        The group.
    found
        As :func:`matrices` returns them.

    Returns
    -------
    TravelMatrix

    Raises
    ------
    InputError
        When the second table has groups, and not this one.
    """
    if key in found:
        return found[key]
    if () in found:
        return found[()]
    raise InputError(
        f"The group {', '.join(map(str, key))} is in one travel matrix and not in the other",
        "Give both tables the same groups",
    )


def group_columns(group_by: GroupBy) -> tuple[str, ...]:
    """The columns of groups, however they are given.

    Parameters
    ----------
    group_by
        A name, or several.

    Returns
    -------
    tuple of str
        Each once.

    Raises
    ------
    InputError
        When a name is there twice, or is a column that a result has of its own.
    """
    remedy = 'Give the name of a column, or several: ["mode", "hour"]'
    columns = (group_by,) if isinstance(group_by, str) else tuple(several("group_by", group_by, remedy))
    for name in columns:
        column("a column of group_by", name)
    if len(set(columns)) < len(columns) or set(columns) & set(TAKEN):
        raise InputError(
            f"group_by is {', '.join(map(str, columns))}",
            f"Name columns of groups, each once; {', '.join(TAKEN)} are none",
        )
    return columns


def shares_groups(table: Travel, columns: Sequence[str]) -> bool:
    """Whether a second table holds for all groups, as it has not their columns.

    Parameters
    ----------
    table
        A table of pairs, or a :class:`TravelMatrix`.
    columns
        The columns of groups of the first table.

    Returns
    -------
    bool

    Raises
    ------
    InputError
        It is no table.
    """
    if isinstance(table, pd.DataFrame):
        return not set(columns) <= set(table)
    instance(
        "the travel matrix", table, TravelMatrix, "Give a DataFrame with from_id, to_id and costs, or a TravelMatrix"
    )
    return True


def transposed(matrix: TravelMatrix) -> TravelMatrix:
    """A travel matrix with its sides exchanged, the costs as they are.

    Parameters
    ----------
    matrix
        From origins to destinations.

    Returns
    -------
    TravelMatrix
        Its origins are the destinations, and the other way round.
    """
    order = np.argsort(matrix.destination, kind="stable")
    first = np.searchsorted(matrix.destination[order], np.arange(len(matrix.destinations) + 1))
    return TravelMatrix(
        matrix.destinations,
        matrix.origins,
        first,
        matrix.origin[order].astype(np.int32),
        matrix.cost[order],
        matrix.cost_name,
    )


def each(
    name: str, values: Value | Sequence[Value], measure: Callable[[Value], pd.DataFrame], label: Callable[[Value], Any]
) -> pd.DataFrame:
    """What a measure says for a value of a parameter, or for each of several, one below the other.

    Parameters
    ----------
    name
        Of the parameter, and of its column.
    values
        One, or a sequence of them.
    measure
        A value to a table whose first column is ``id``.
    label
        What stands in the column for a value.

    Returns
    -------
    The table for one value as it is; for a sequence, were it of one, with the column ``name`` behind the ids.

    Raises
    ------
    InputError
        When the sequence is empty or names a value twice.
    """
    if isinstance(values, str) or not isinstance(values, Sequence | np.ndarray | pd.Series | pd.Index):
        return measure(values)
    labels = [_labelled(name, value, label) for value in values]
    if not labels or len(set(labels)) < len(labels):
        raise InputError(f"{name} is {list(values)}", "Give one value, or several, each once")
    return stacked([labelled(measure(value), (name,), (said,)) for said, value in zip(labels, values, strict=True)])


def each_decay(decay: AnyDecay | Sequence[AnyDecay], measure: Callable[[Decay], pd.DataFrame]) -> pd.DataFrame:
    """As :func:`each`, for one decay or several; the column ``decay`` has their names.

    Parameters
    ----------
    decay
        One, or a sequence of them.
    measure
        A decay to a table whose first column is ``id``.

    Returns
    -------
    DataFrame

    Raises
    ------
    InputError
        What is no decay; a sequence that is empty or has two of a name.
    """
    if isinstance(decay, list | tuple):
        return each("decay", [checked(one) for one in decay], measure, lambda one: one.name)
    return measure(checked(decay))  # type: ignore[arg-type]  # no sequence


def _labelled(name: str, value: Value, label: Callable[[Value], Any]) -> Any:
    try:
        return label(value)
    except (TypeError, ValueError, OverflowError):
        raise InputError(f"a value of {name} is {value!r:.60}", "Give numbers") from None


def labelled(table: pd.DataFrame, names: Sequence[str], key: Key) -> pd.DataFrame:
    """A table with columns of one value each behind its ids.

    Parameters
    ----------
    table
        Its first column, or the first two where they are a pair's, are ids.
    names, key
        The columns, and what stands in each.

    Returns
    -------
    DataFrame
    """
    behind = 2 if table.columns[0] == "from_id" else 1
    for place, (name, value) in enumerate(zip(names, key, strict=True), behind):
        table.insert(place, name, value)
    return table


def stacked(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Tables of the same columns, one below the other.

    Parameters
    ----------
    tables
        At least one.

    Returns
    -------
    DataFrame
        A single one as it is.
    """
    return tables[0] if len(tables) == 1 else pd.concat(tables, ignore_index=True)


def _with_groups(travel_matrix: Travel, columns: tuple[str, ...], travel_cost: str) -> pd.DataFrame:
    """The table, with its ids and every column of groups, each row in a group."""
    if not isinstance(travel_matrix, pd.DataFrame):
        raise InputError(
            f"group_by is {', '.join(columns)}, and the travel matrix is of the type {type(travel_matrix).__name__}",
            "Give the table with these columns, or leave group_by out",
        )
    wanted = ("from_id", "to_id", travel_cost, *columns)
    missing = [name for name in wanted if name not in travel_matrix]
    if missing:
        there = ", ".join(map(str, travel_matrix.columns))
        raise InputError(
            f"The travel matrix has no column {', '.join(missing)}; it has {there}",
            "Name its columns from_id, to_id, the costs with travel_cost, and the groups with group_by",
        )
    if travel_cost in columns:
        raise InputError(f"{travel_cost} is a column of costs and of groups", "Group by another column")
    for name in columns:
        unset = int(travel_matrix[name].isna().sum())
        if unset:
            raise InputError(
                f"{unset} rows of the travel matrix have no {name}", "Give every row one, or leave them out"
            )
    if not len(travel_matrix):
        raise InputError("The travel matrix has no rows", "Give a row for each origin, destination and group")
    return travel_matrix


def _matrix_of_group(rows: pd.DataFrame, columns: tuple[str, ...], key: Key, travel_cost: str) -> TravelMatrix:
    try:
        return TravelMatrix.of(rows, travel_cost)
    except InputError as fault:
        named = ", ".join(f"{column} {value}" for column, value in zip(columns, key, strict=True))
        raise InputError(f"In the group {named}: {fault.problem}", fault.remedy) from None


def _among(matrix: TravelMatrix, origins: pd.Index, destinations: pd.Index) -> TravelMatrix:
    """The matrix over the origins and destinations of all groups: who is not in this one reaches nothing in it."""
    from_, to = origins.get_indexer(matrix.origins), destinations.get_indexer(matrix.destinations)
    origin, destination = from_[matrix.origin], to[matrix.destination]
    order = np.lexsort((destination, origin))
    first = np.searchsorted(origin[order], np.arange(len(origins) + 1))
    return TravelMatrix(
        origins, destinations, first, destination[order].astype(np.int32), matrix.cost[order], matrix.cost_name
    )
