"""Sixteen searches side by side: one row of travel times a node, one SIMD lane a search.

Written as a plain inner loop over lanes these steps do not become vector instructions:
two rows of the same array may overlap for all the compiler knows, so it stores and loads
the running minimum at every arc. Here the row is one LLVM vector value that stays in
registers (two 256-bit or one 512-bit register; LLVM splits it as the processor needs).
Nothing else lives in this file, and nothing outside it writes LLVM.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, cast

import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]  # it has no types
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from tesoma_geo._kernels import Float32, Float64, Int32, UInt32

LANES = 16

_FLOAT = ir.FloatType()
_ROW = ir.VectorType(_FLOAT, LANES)


def _row_pointer(context: Any, builder: Any, array_type: Any, array: Any, row: Any) -> Any:
    data = context.make_array(array_type)(context, builder, array).data
    first = builder.gep(data, [builder.mul(row, ir.Constant(row.type, LANES))])
    return builder.bitcast(first, _ROW.as_pointer())


def _splat(builder: Any, value: Any) -> Any:
    single = builder.insert_element(ir.Constant(_ROW, ir.Undefined), value, ir.Constant(ir.IntType(32), 0))
    lanes = ir.Constant(ir.VectorType(ir.IntType(32), LANES), [0] * LANES)
    return builder.shuffle_vector(single, ir.Constant(_ROW, ir.Undefined), lanes)


def _minimum(builder: Any, a: Any, b: Any) -> Any:
    return builder.select(builder.fcmp_ordered("<", a, b), a, b)


def _fold(builder: Any, row: Any, combine: Callable[[Any, Any], Any]) -> Any:
    """Combine the lanes of a row to one value, halves at a time."""
    width = LANES
    while width > 1:
        width //= 2
        index = ir.VectorType(ir.IntType(32), width)
        low = builder.shuffle_vector(row, row, ir.Constant(index, list(range(width))))
        high = builder.shuffle_vector(row, row, ir.Constant(index, list(range(width, 2 * width))))
        row = combine(low, high)
    return builder.extract_element(row, ir.Constant(ir.IntType(32), 0))


def _relax_up(_context: Any, rows: Any, _source: Any, _target: Any, _cost: Any) -> Any:
    """``rows[target] = min(rows[target], rows[source] + cost)``, all lanes at once."""

    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array, source, target, cost = arguments
        source_pointer = _row_pointer(context, builder, signature.args[0], array, source)
        target_pointer = _row_pointer(context, builder, signature.args[0], array, target)
        through = builder.fadd(builder.load(source_pointer, align=4), _splat(builder, cost))
        best = _minimum(builder, through, builder.load(target_pointer, align=4))
        builder.store(best, target_pointer, align=4)
        return context.get_dummy_value()

    return types.void(rows, types.intp, types.intp, types.float32), build


def _relax_down(
    _context: Any,
    rows: Any,
    _at: Any,
    _started: Any,
    heads: Any,
    costs: Any,
    _begin: Any,
    _end: Any,
) -> Any:
    """Relax ``rows[at]`` over the arcs ``begin`` to ``end`` and return its smallest lane.

    ``rows[at] = min(rows[heads[a]] + costs[a])``, and the row's own values where ``started``.
    """

    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array, at, started, heads, costs, begin, end = arguments
        pointer = _row_pointer(context, builder, signature.args[0], array, at)
        head_data = context.make_array(signature.args[3])(context, builder, heads).data
        cost_data = context.make_array(signature.args[4])(context, builder, costs).data
        best = cgutils.alloca_once_value(  # type: ignore[no-untyped-call]  # numba has no types here
            builder, ir.Constant(_ROW, [float(np.inf)] * LANES)
        )
        with builder.if_then(started):
            builder.store(builder.load(pointer, align=4), best)
        with cgutils.for_range_slice(builder, begin, end, ir.Constant(begin.type, 1)) as (arc, _):
            head = builder.zext(builder.load(builder.gep(head_data, [arc])), at.type)
            upper = _row_pointer(context, builder, signature.args[0], array, head)
            cost = _splat(builder, builder.load(builder.gep(cost_data, [arc])))
            through = builder.fadd(builder.load(upper, align=4), cost)
            builder.store(_minimum(builder, through, builder.load(best)), best)
        row = builder.load(best)
        builder.store(row, pointer, align=4)
        return _fold(builder, row, partial(_minimum, builder))

    return (
        types.float32(rows, types.intp, types.boolean, heads, costs, types.intp, types.intp),
        build,
    )


def _relax_by(
    _context: Any,
    rows: Any,
    _target: Any,
    others: Any,
    _source: Any,
    costs: Any,
    _cost: Any,
) -> Any:
    """``rows[target] = min(rows[target], others[source] + costs[cost])``, each lane by itself."""

    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        pointers = [
            _row_pointer(context, builder, signature.args[i], arguments[i], arguments[i + 1]) for i in (0, 2, 4)
        ]
        best, before, further = (builder.load(pointer, align=4) for pointer in pointers)
        builder.store(_minimum(builder, builder.fadd(before, further), best), pointers[0], align=4)
        return context.get_dummy_value()

    return types.void(rows, types.intp, others, types.intp, costs, types.intp), build


def _relax_scaled(
    _context: Any,
    rows: Any,
    _target: Any,
    factors: Any,
    _row: Any,
    _seconds: Any,
    _delay: Any,
) -> Any:
    """``rows[target] = min(rows[target], factors[row] * seconds + delay)``, each lane by itself."""

    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array, target, factors, row, seconds, delay = arguments
        pointer = _row_pointer(context, builder, signature.args[0], array, target)
        factor = builder.load(_row_pointer(context, builder, signature.args[2], factors, row), align=4)
        cost = builder.fadd(builder.fmul(factor, _splat(builder, seconds)), _splat(builder, delay))
        builder.store(_minimum(builder, cost, builder.load(pointer, align=4)), pointer, align=4)
        return context.get_dummy_value()

    return types.void(rows, types.intp, factors, types.intp, types.float32, types.float32), build


def _weighted_sum(
    _context: Any,
    rows: Any,
    _at: Any,
    _cutoff_s: Any,
    weights: Any,
) -> Any:
    """Return the sum of ``weights``, float64[LANES], over the lanes of ``rows[at]`` up to ``cutoff_s``."""

    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array, at, cutoff_s, weights = arguments
        doubles = ir.VectorType(ir.DoubleType(), LANES)
        row = builder.load(_row_pointer(context, builder, signature.args[0], array, at), align=4)
        data = context.make_array(signature.args[3])(context, builder, weights).data
        weight = builder.load(builder.bitcast(data, doubles.as_pointer()), align=8)
        within = builder.fcmp_ordered("<=", row, _splat(builder, cutoff_s))
        counted = builder.select(within, weight, ir.Constant(doubles, [0.0] * LANES))
        return _fold(builder, counted, builder.fadd)

    return types.float64(rows, types.intp, types.float32, weights), build


relax_up = cast(Callable[[Float32, int, int, float], None], intrinsic(_relax_up))
relax_down = cast(Callable[[Float32, int, bool, Int32 | UInt32, Float32, int, int], float], intrinsic(_relax_down))
relax_by = cast(Callable[[Float32, int, Float32, int, Float32, int], None], intrinsic(_relax_by))
relax_scaled = cast(Callable[[Float32, int, Float32, int, float, float], None], intrinsic(_relax_scaled))
weighted_sum = cast(Callable[[Float32, int, np.float32, Float64], float], intrinsic(_weighted_sum))
