"""Row conditions of the workspace file, such as ``planning_area == 'Tesoma'``.

Workspace files are passed around, so a condition is never handed to an evaluator that can call
functions: it is parsed, and only comparisons of columns with constants are carried out.
"""

import ast
import operator
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

_COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


class ConditionError(ValueError):
    """A condition that is not one, or that does not fit the table."""


def columns_of(condition: str) -> list[str]:
    """The column names that a condition mentions, each once, in order.

    Parameters
    ----------
    condition
        As for :func:`matching_rows`.

    Returns
    -------
    list of str

    Raises
    ------
    ConditionError
        The text is no comparison.
    """
    return list(dict.fromkeys(node.id for node in ast.walk(_parsed(condition)) if isinstance(node, ast.Name)))


def matching_rows(table: pd.DataFrame, condition: str) -> NDArray[np.bool_]:
    """Which rows fulfil a condition: columns and constants compared, joined by and, or, not.

    Parameters
    ----------
    table
        Columns are known by their names.
    condition
        For example ``residents > 100 and kind in ('school', 'library')``. A missing value
        fulfils no comparison but ``!=``.

    Returns
    -------
    bool array of shape (rows,)

    Raises
    ------
    ConditionError
        The text holds anything else, or names a column that the table does not have.
    """
    result = _evaluate(_parsed(condition), table)
    if not isinstance(result, np.ndarray):
        raise ConditionError("it compares no column with anything")
    return result


def _parsed(condition: str) -> ast.expr:
    try:
        return ast.parse(condition.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        hint = "; equality is written ==" if "=" in condition and "==" not in condition else ""
        raise ConditionError(f"it is not a comparison{hint}") from None


def _evaluate(node: ast.expr, table: pd.DataFrame) -> Any:
    """A boolean array for a comparison, a column for a name, the value for a constant."""
    match node:
        case ast.BoolOp():
            parts = [_rows(part, table) for part in node.values]
            join = np.logical_and if isinstance(node.op, ast.And) else np.logical_or
            return join.reduce(parts)
        case ast.UnaryOp(op=ast.Not()):
            return ~_rows(node.operand, table)
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
            return -number
        case ast.Compare():
            sides = [_evaluate(side, table) for side in (node.left, *node.comparators)]
            pairs = zip(sides, node.ops, sides[1:], strict=False)
            return np.logical_and.reduce([_compare(left, op, right, node) for left, op, right in pairs])
        case ast.Name():
            if node.id not in table.columns or node.id == getattr(table, "active_geometry_name", None):
                raise ConditionError(f"there is no column {node.id!r}")
            return table[node.id]
        case ast.Constant(value=str() | int() | float()):
            return node.value
        case ast.List() | ast.Tuple() | ast.Set():
            return [_constant(element, table) for element in node.elts]
    raise ConditionError(f"{ast.unparse(node)!r} is neither a comparison, a column nor a constant")


def _rows(node: ast.expr, table: pd.DataFrame) -> NDArray[np.bool_]:
    value = _evaluate(node, table)
    if not isinstance(value, np.ndarray):
        raise ConditionError(f"{ast.unparse(node)!r} is not a comparison")
    return value


def _constant(node: ast.expr, table: pd.DataFrame) -> Any:
    if not isinstance(node, ast.Constant | ast.UnaryOp):
        raise ConditionError(f"{ast.unparse(node)!r} is not a constant")
    return _evaluate(node, table)


def _compare(left: Any, op: ast.cmpop, right: Any, node: ast.Compare) -> NDArray[np.bool_]:
    if not isinstance(left, pd.Series) and not isinstance(right, pd.Series):
        raise ConditionError(f"{ast.unparse(node)!r} compares no column with anything")
    if isinstance(op, ast.In | ast.NotIn):
        if not isinstance(left, pd.Series) or not isinstance(right, list):
            raise ConditionError(f"{ast.unparse(node)!r} does not look for a column in a list of constants")
        contained = left.isin(right).to_numpy(bool)
        return ~contained if isinstance(op, ast.NotIn) else contained
    if isinstance(left, list) or isinstance(right, list) or type(op) not in _COMPARISONS:
        raise ConditionError(f"{ast.unparse(node)!r} is not a comparison with one constant")
    try:
        result = _COMPARISONS[type(op)](left, right)
    except TypeError:
        column = left if isinstance(left, pd.Series) else right
        raise ConditionError(
            f"{ast.unparse(node)!r} compares column {column.name!r}, which holds {column.dtype}, "
            "with another kind of value"
        ) from None
    return np.asarray(pd.Series(result).fillna(isinstance(op, ast.NotEq)), dtype=bool)
