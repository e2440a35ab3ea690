"""Reading files of strangers: whatever a library makes of them, the answer or one clear error that names the file.

:func:`guarded` turns what nobody foresaw into an error of this package. :func:`guarded_apart` does the reading in a
child process besides, with limits of time and memory, for libraries in C that may die of a damaged file and would take
the whole program with them. The child is a copy of the process (fork), so what it reads need not be handed over; what
it gives comes back pickled. Where the system cannot do that (Windows, macOS) the reading is done here.
"""

import faulthandler
import functools
import gc
import io
import os
import pickle
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, ParamSpec, TypeVar

from tesoma_geo._memory import took_beside, watch_of_helper
from tesoma_geo._processes import end_with_parent
from tesoma_geo.errors import Fault, SourceError, TesomaError

if TYPE_CHECKING:
    from typing_extensions import Buffer

Parameters = ParamSpec("Parameters")
Value = TypeVar("Value")

#: A reading may take so long, seconds, and so many more for each megabyte of the file.
SECONDS, SECONDS_PER_MB = 300.0, 10.0
#: A reading may take so much memory, bytes, and so many more for each byte of the file, which may be packed.
MEMORY_BYTES, MEMORY_PER_BYTE = 3_000_000_000, 200
#: Names another limit of memory, in megabytes, for machines that have more or less.
MEMORY_VARIABLE = "TESOMA_GEO_READ_MEMORY_MB"

#: Smaller files are read in this process where no death of the library is known.
SMALL_BYTES = 20_000_000
#: How packed files begin: zip (XLSX, KMZ), gzip, bzip2, xz, zstd.
_PACKED = (b"PK", b"\x1f\x8b", b"BZh", b"\xfd7zX", b"\x28\xb5\x2f\xfd")
_CHUNK_BYTES = 1 << 20
#: Whether this is such a child process: what it reads besides is apart already.
_APART = ContextVar("_APART", default=False)


@contextmanager
def guard(path: str | os.PathLike[str], what: str, remedy: str) -> Iterator[None]:
    """Within the block every error names the file.

    Parameters
    ----------
    path
        The file that is read.
    what
        What it should be, for messages: ``"OpenStreetMap data"``.
    remedy
        What to do where it cannot be read as that.

    Yields
    ------
    None

    Raises
    ------
    SourceError
        For whatever is no error of this package, with the cause; those of this package are raised as they are.
    """
    try:
        yield
    except TesomaError as error:
        if Path(path).name in str(error):
            raise
        raise _naming(error, str(path)) from error
    except MemoryError as error:
        raise SourceError(f"{path} needs more memory than there is to be read as {what}", _SMALLER) from error
    except Exception as error:
        cause = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        raise SourceError(f"{path} cannot be read as {what} ({cause[:200]})", remedy) from error


def guarded(
    what: str, remedy: str, path_of: Callable[..., str | os.PathLike[str]] = lambda path, *_, **__: path
) -> Callable[[Callable[Parameters, Value]], Callable[Parameters, Value]]:
    """A reader within :func:`guard`.

    Parameters
    ----------
    what
        What the file should be, for messages.
    remedy
        What to do where it cannot be read as that.
    path_of
        The file, out of the reader's arguments; the first one unless told.

    Returns
    -------
    decorator
        To be put on a reader.
    """

    def decorated(reader: Callable[Parameters, Value]) -> Callable[Parameters, Value]:
        @functools.wraps(reader)
        def reading(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Value:
            with guard(path_of(*args, **kwargs), what, remedy):
                return reader(*args, **kwargs)

        return reading

    return decorated


def guarded_apart(
    what: str,
    remedy: str,
    path_of: Callable[..., str | os.PathLike[str]] = lambda path, *_, **__: path,
    *,
    small_too: bool = True,
) -> Callable[[Callable[Parameters, Value]], Callable[Parameters, Value]]:
    """A reader within :func:`guard`, in a child process with limits of time and memory.

    Parameters
    ----------
    what
        What the file should be, for messages.
    remedy
        What to do where it cannot be read as that.
    path_of
        The file, out of the reader's arguments; the first one unless told.
    small_too
        False reads small files that are not packed in this process: a child takes a twentieth of a second, and they
        take neither time nor memory. For libraries of which no death is known.

    Returns
    -------
    decorator
        To be put on a reader whose result can be pickled. Readers that it calls read in the same child process.
    """

    def decorated(reader: Callable[Parameters, Value]) -> Callable[Parameters, Value]:
        @functools.wraps(reader)
        def reading(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Value:
            path = Path(path_of(*args, **kwargs))

            def read() -> Value:
                with guard(path, what, remedy):
                    return reader(*args, **kwargs)

            if sys.platform != "linux" or _APART.get() or not (small_too or _may_be_large(path)):
                return read()
            return _apart(read, path, what, remedy)

        return reading

    return decorated


_SMALLER = "Take a smaller file, such as one cut to the district, or a machine with more memory"


def _may_be_large(path: Path) -> bool:
    with suppress(OSError):
        if path.stat().st_size > SMALL_BYTES:
            return True
        with path.open("rb") as file:
            return file.read(4).startswith(_PACKED)
    return False


def _naming(error: TesomaError, path: str) -> TesomaError:
    """The same error with the file named."""
    if error.faults:
        return type(error)([Fault(f"{path}, {fault.where}", fault.problem, fault.remedy) for fault in error.faults])
    return type(error)(f"{path}: {error.problem}", error.remedy)


def _apart(read: Callable[[], Value], path: Path, what: str, remedy: str) -> Value:
    """What ``read`` gives in a child process."""
    size = path.stat().st_size if path.is_file() else 0
    memory = _memory_limit(size)
    deadline_s = SECONDS + SECONDS_PER_MB * size / 1e6
    inlet, outlet = os.pipe()
    here = os.getpid()
    child = os.fork()
    if child == 0:
        os.close(inlet)
        _answer(read, outlet, memory, here)
    os.close(outlet)
    try:
        with open(inlet, "rb", buffering=0) as pipe:  # noqa: PTH123 - a descriptor
            answer = _received(pipe.fileno(), time.monotonic() + deadline_s)
        _, status = os.waitpid(child, 0)
        child = 0
    except TimeoutError:
        raise SourceError(
            f"{path} took more than {deadline_s:.0f} s to be read as {what}: given up", _SMALLER
        ) from None
    finally:
        if child:
            with suppress(OSError):
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
    if not os.WIFEXITED(status) or answer is None:
        ended = f"by {signal.Signals(os.WTERMSIG(status)).name}" if os.WIFSIGNALED(status) else "unforeseen"
        raise SourceError(f"{path} cannot be read as {what}: the library that reads it was ended {ended}", remedy)
    done, content, grown_mb = answer
    took_beside([grown_mb])
    if done:
        value: Value = content
        return value
    kind, problem, faults, advice = content
    if kind is MemoryError:
        raise SourceError(f"{path} needs more than {memory / 1e6:.0f} MB of memory to be read as {what}", _SMALLER)
    raise kind(faults or problem, advice)


def _answer(read: Callable[[], Any], outlet: int, memory: int, parent: int) -> NoReturn:
    """In the child: read within the limits, answer through the pipe, and end without the parent's cleaning up."""
    code = 1
    try:
        end_with_parent(parent)
        grown_mb = watch_of_helper()
        gc.disable()  # a collection would touch, and so copy, all that the parent holds
        faulthandler.disable()
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what a dying library says is for programmers
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
            signal.signal(number, signal.SIG_DFL)
        _limit_memory(memory)
        _APART.set(True)
        try:
            content: tuple[bool, Any] = True, read()
        except TesomaError as error:
            short = isinstance(error.__cause__, MemoryError) or "bad_alloc" in str(error)
            content = False, (MemoryError if short else type(error), error.problem, error.faults, error.remedy)
        with open(outlet, "wb") as pipe:
            pickle.dump((*content, grown_mb()), pipe, protocol=5)
        code = 0
    finally:
        os._exit(code)


class _InTime(io.RawIOBase):
    """What comes through a pipe until a moment."""

    def __init__(self, pipe: int, deadline: float) -> None:
        super().__init__()
        self._pipe, self._deadline = pipe, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "Buffer") -> int:
        left_s = self._deadline - time.monotonic()
        if left_s <= 0 or not select.select([self._pipe], [], [], left_s)[0]:
            raise TimeoutError
        return os.readv(self._pipe, [buffer])


def _received(pipe: int, deadline: float) -> tuple[bool, Any, float] | None:
    """The answer that comes through a pipe, unpacked as it comes: a whole copy beside it would take as much memory.

    None where it ends before it is whole; a TimeoutError where it takes too long.
    """
    stream = io.BufferedReader(_InTime(pipe, deadline), _CHUNK_BYTES)
    try:
        answer: tuple[bool, Any, float] = pickle.load(stream)  # noqa: S301 - written by our own child
        return answer
    except (EOFError, pickle.UnpicklingError):
        return None


def _memory_limit(size: int) -> int:
    """Bytes that a reading of a file of ``size`` bytes may take."""
    named = os.environ.get(MEMORY_VARIABLE, "")
    return int(named) * 1_000_000 if named.isdecimal() else MEMORY_BYTES + MEMORY_PER_BYTE * size


def _limit_memory(more: int) -> None:
    """Let this process take so many bytes more than it has."""
    import resource

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limit = pages * resource.getpagesize() + more
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
