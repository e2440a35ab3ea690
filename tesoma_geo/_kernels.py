"""How kernels are compiled, and the names of the arrays they work on.

A kernel is plain Python over arrays that numba compiles at its first call and keeps on disk
for the next process. It lets go of the interpreter's lock. Floating-point arithmetic stays
as written (no ``fastmath``), so that results are the same to the bit.

For developers: numba compiles anew when the file of a kernel changes, not when a kernel in
another file that it calls does. After such a change delete ``__pycache__`` of this folder.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

from tesoma_geo._arrays import Bool, Float32, Float64, Int8, Int32, Int64, UInt32

__all__ = ["Bool", "Float32", "Float64", "Int8", "Int32", "Int64", "UInt32", "kernel"]

Kernel = TypeVar("Kernel", bound=Callable[..., Any])


def kernel(function: Kernel) -> Kernel:
    """Compile ``function`` at its first call."""
    return cast(Kernel, njit(cache=True, nogil=True)(function))
