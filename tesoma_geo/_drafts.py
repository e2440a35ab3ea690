"""Where a result is made before it takes its name: a hidden folder beside its place, locked while it is used.

A draft of ``results`` is the folder ``.results.tesoma_geo_draft``. It holds a file ``lock``, which its process keeps
locked: a second process that wants the same place is refused, and what a killed process left behind is known by a lock
that nobody holds, so that the next one may remove it. A former result that it had moved aside is put back.
"""

import ctypes
import errno
import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from tesoma_geo.errors import OutputError

if sys.platform != "win32":
    import fcntl

SUFFIX = ".tesoma_geo_draft"

#: Signals that ask a program to end.
ENDING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT") if hasattr(signal, name))

_LOCK, _NEW, _OLD = "lock", "new", "old"
_EXCHANGE, _NO_REPLACE, _HERE = 2, 1, -100
#: What file systems answer that cannot lock, link, or rename in this way.
_UNABLE = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM, errno.ENOLCK, errno.EMLINK}


@contextmanager
def draft_folder(path: Path) -> Iterator[Path]:
    """A folder beside ``path`` for what is to be renamed to it, for one process at a time; gone afterwards.

    Parameters
    ----------
    path
        The place of the result; folders above it are made, and removed again where the work fails.

    Yields
    ------
    Path
        An empty folder.

    Raises
    ------
    OutputError
        Another process works on the same place, or nothing can be written there.
    """
    made = [folder for folder in (path.parent, *path.parent.parents) if not folder.exists()]
    draft = path.parent / f".{path.name}{SUFFIX}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = _locked(draft, path)
    except OSError as error:
        raise OutputError(
            f"{path.parent} cannot be written ({error.strerror})", "Name another place with --out"
        ) from error
    try:
        _empty(draft)
        sweep(path.parent)
        yield draft
    finally:
        with uninterrupted():
            _remove(draft, lock)
            for folder in made:
                with suppress(OSError):  # what holds a result by now stays
                    folder.rmdir()


def sweep(folder: Path) -> list[Path]:
    """Remove the drafts of processes that were killed; put back what they had moved aside.

    Parameters
    ----------
    folder
        Where results lie; drafts that a living process holds are left alone.

    Returns
    -------
    list of Path
        What was removed.
    """
    swept = []
    for draft in sorted(folder.glob(f".*{SUFFIX}")):
        with suppress(OSError):
            if not any(draft.iterdir()):
                draft.rmdir()
                continue
            lock = (draft / _LOCK).open("r+b")
            if _try_lock(lock, without_locks=False):
                _empty(draft)
                with uninterrupted():
                    _remove(draft, lock)
                swept.append(draft)
            else:
                lock.close()
    return swept


def put_in_place(draft: Path, path: Path) -> None:
    """Give a file or a folder its name where nothing has it; what came to be there meanwhile stays.

    Parameters
    ----------
    draft
        What was made, on the same file system.
    path
        Its name. An empty folder there is replaced by a folder.

    Raises
    ------
    OutputError
        Something is there by now.
    """
    try:
        if draft.is_dir():
            draft.rename(path)  # which never takes the place of a file or of a folder that holds anything
        else:
            _rename_file(draft, path)
    except FileExistsError as error:
        raise appeared(path) from error
    except OSError as error:
        if error.errno in (errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR):
            raise appeared(path) from error
        raise OutputError(f"{path} cannot be written ({error.strerror})", "Name another place with --out") from error


def exchange(draft: Path, path: Path, require_ours: Callable[[Path], None]) -> None:
    """Put a new folder in the place of a former one, which is removed once it is known to be ours.

    Where the system can, both change places in one step, so that there is no moment without a result; elsewhere
    the former one is moved aside first, and put back by :func:`sweep` where the process ends between.

    Parameters
    ----------
    draft
        The new folder, within a folder of :func:`draft_folder`.
    path
        The place of the former one.
    require_ours
        Raises where the folder that it is given holds anything that may not be removed: then nothing changes.
    """
    aside = draft.with_name(_OLD)
    with uninterrupted():
        if _rename_with(draft, path, _EXCHANGE):
            draft.rename(aside)
        else:
            path.rename(aside)
            draft.rename(path)
        try:
            require_ours(aside)
        except BaseException:
            if _rename_with(aside, path, _EXCHANGE):
                aside.rename(draft)
            else:
                path.rename(draft)
                aside.rename(path)
            raise
        shutil.rmtree(aside)


def state_of(path: Path) -> tuple[int, ...] | None:
    """By what a file is known to be the same as before.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    tuple of int or None
        Its number, size and time of change; None where nothing is there.
    """
    try:
        known = path.stat()
    except FileNotFoundError:
        return None
    return known.st_ino, known.st_size, known.st_mtime_ns


def exchange_file(draft: Path, path: Path, former: tuple[int, ...]) -> None:
    """Put a new file in the place of a former one, unless that changed since.

    Parameters
    ----------
    draft
        The new file, within a folder of :func:`draft_folder`.
    path
        The place of the former one.
    former
        Its :func:`state_of` when the work began.

    Raises
    ------
    OutputError
        Somebody changed it while the new one was made; it is left as it is.
    """
    if state_of(path) != former:
        raise appeared(path)
    if not _rename_with(draft, path, _EXCHANGE):
        os.replace(draft, path)
    elif state_of(draft) != former:  # it changed between the two lines above
        _rename_with(draft, path, _EXCHANGE)
        raise appeared(path)


def appeared(path: Path) -> OutputError:
    """The error where something took the place of a result while it was made.

    Parameters
    ----------
    path
        The place.

    Returns
    -------
    OutputError
    """
    return OutputError(
        f"{path} came into being or changed while this command worked, and is left as it is",
        "Look at it; then add --overwrite or name another place with --out",
    )


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let signals that ask to end wait until the block is done; short blocks alone.

    Yields
    ------
    None
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    waiting: list[tuple[int, Any]] = []
    former = {number: signal.getsignal(number) for number in ENDING}
    former = {number: handler for number, handler in former.items() if callable(handler)}
    for number in former:
        signal.signal(number, lambda number, frame: waiting.append((number, frame)))
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
        if waiting and callable(handler := former[signal.Signals(waiting[0][0])]):
            handler(*waiting[0])


def _locked(draft: Path, path: Path) -> IO[bytes]:
    """The lock of a draft's folder, held; the folder is made where it is not there."""
    while True:
        draft.mkdir(exist_ok=True)
        held = sorted(draft.iterdir())
        if held and _LOCK not in {file.name for file in held}:
            raise OutputError(f"{draft} holds {held[0].name}, which is not of this program", "Move it elsewhere")
        try:
            lock = (draft / _LOCK).open("a+b")
        except FileNotFoundError:
            continue  # its process just ended
        if not _try_lock(lock, without_locks=True):
            lock.close()
            raise OutputError(
                f"another tesoma-geo is at work on {path}", "Wait for it, or name another place with --out"
            )
        with suppress(FileNotFoundError):
            if os.fstat(lock.fileno()).st_ino == (draft / _LOCK).stat().st_ino:
                return lock
        lock.close()


def _try_lock(lock: IO[bytes], *, without_locks: bool) -> bool:
    """Whether the lock is ours now; ``without_locks`` where the file system has none."""
    if sys.platform == "win32":
        return without_locks
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return without_locks and error.errno in _UNABLE
    return True


def _empty(draft: Path) -> None:
    """Clear a draft whose lock we hold; a former result without a new one in its place goes back there."""
    aside, place = draft / _OLD, draft.with_name(draft.name[1 : -len(SUFFIX)])
    if aside.exists() and not place.exists():
        aside.rename(place)
    for left in draft.iterdir():
        if left.name != _LOCK:
            _delete(left)


def _remove(draft: Path, lock: IO[bytes]) -> None:
    _empty(draft)
    with suppress(OSError):
        (draft / _LOCK).unlink()
        draft.rmdir()
    lock.close()


def _delete(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()


def _rename_file(draft: Path, path: Path) -> None:
    """Rename a file, never over another one."""
    try:
        os.link(draft, path)
    except OSError as error:
        if error.errno not in _UNABLE:
            raise
    else:
        draft.unlink()
        return
    if not _rename_with(draft, path, _NO_REPLACE):
        if path.exists() or path.is_symlink():
            raise FileExistsError(path)
        draft.rename(path)


def _rename_with(source: Path, target: Path, flag: int) -> bool:
    """``renameat2`` of Linux; False where the system or the file system does not have it."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if sys.platform == "linux" else None
    if rename is None:
        return False
    if rename(_HERE, os.fsencode(source), _HERE, os.fsencode(target), ctypes.c_uint(flag)) == 0:
        return True
    code = ctypes.get_errno()
    if code in _UNABLE:
        return False
    raise OSError(code, os.strerror(code), str(target))
