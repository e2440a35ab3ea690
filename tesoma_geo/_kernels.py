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
from numba.core.caching import FunctionCache

from tesoma_geo._arrays import Bool, Float32, Float64, Int8, Int32, Int64, UInt32
from tesoma_geo._kernel_files import CheckedFiles
from tesoma_geo._memory import wants_memory

__all__ = ["Bool", "Float32", "Float64", "Int8", "Int32", "Int64", "UInt32", "kernel"]

Kernel = TypeVar("Kernel", bound=Callable[..., Any])


class _KernelCache(FunctionCache):
    """What numba keeps of a kernel, where an index of another version counts as none.

    An index names the classes of the arguments. Where one of them has another name since, numba's own cache
    ends the program; a kernel in a folder that outlives an update of the package is compiled anew instead. So is one
    whose files are damaged.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        numbas: Any = super()
        numbas.__init__(function)
        self._cache_file.__class__ = CheckedFiles

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """What was compiled for a signature; None where there is nothing.

        Parameters
        ----------
        sig, target_context
            As numba gives them.

        Returns
        -------
        The compiled kernel, or None.
        """
        numbas: Any = super()
        try:
            return numbas.load_overload(sig, target_context)
        except Exception as error:  # noqa: BLE001 - damaged, or of another version: compiled anew
            if not wants_memory(error):
                numbas.flush()
            return None


def kernel(function: Kernel) -> Kernel:
    """Compile a function at its first call, and keep what was compiled for the next process.

    Parameters
    ----------
    function
        Plain Python over arrays and named tuples of arrays.

    Returns
    -------
    The function, compiled; without numba's compiler (``NUMBA_DISABLE_JIT``) as it is.
    """
    compiled: Any = njit(nogil=True)(function)
    cache: Any = _KernelCache
    if hasattr(compiled, "enable_caching"):
        compiled._cache = cache(function)
    return cast(Kernel, compiled)
