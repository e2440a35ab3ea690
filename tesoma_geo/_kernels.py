"""How kernels are compiled, and the names of the arrays they work on.

A kernel is plain Python over arrays that numba compiles at its first call and keeps on disk
for the next process. It lets go of the interpreter's lock. Floating-point arithmetic stays
as written (no ``fastmath``), so that results are the same to the bit.

For developers: numba compiles anew when the file of a kernel changes, not when a kernel in
another file that it calls does. After such a change delete ``__pycache__`` of this folder.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar, cast

import numpy as np
import numpy.typing as npt
from numba import njit

Kernel = TypeVar("Kernel", bound=Callable[..., Any])

Bool: TypeAlias = npt.NDArray[np.bool_]
Int8: TypeAlias = npt.NDArray[np.int8]
Int32: TypeAlias = npt.NDArray[np.int32]
Int64: TypeAlias = npt.NDArray[np.int64]
UInt32: TypeAlias = npt.NDArray[np.uint32]
Float32: TypeAlias = npt.NDArray[np.float32]
Float64: TypeAlias = npt.NDArray[np.float64]


def kernel(function: Kernel) -> Kernel:
    """Compile ``function`` at its first call."""
    return cast(Kernel, njit(cache=True, nogil=True)(function))
