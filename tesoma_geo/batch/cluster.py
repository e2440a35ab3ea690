"""Tasks of a batch on a Dask cluster whose machines see the same folders.

What tasks share never goes through the scheduler: each worker reads it once, from its cache by content, and keeps
it. A task names its files and writes them whole under temporary names, so one that is done twice leaves the same bytes.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from functools import partial
from itertools import islice
from queue import Empty
from typing import Any

from tesoma_geo._extras import require
from tesoma_geo.batch.errand import Errand, Outcome
from tesoma_geo.errors import InputError

#: How often tasks are handed over anew after the connection to the scheduler was lost.
RECONNECTIONS = 5
#: Tasks that the scheduler is told of at a time: it needs no more memory for a country than for a town.
AHEAD = 512
#: The first part of the keys of all tasks: the scheduler never forgets a first part that it has met.
GROUP = "tesoma_geo.batch"
#: Seconds to wait for the scheduler to answer, each time.
PATIENCE_S = 60
#: Seconds without an answer after which it is asked whether there are workers at all.
QUIET_S = 5
#: Seconds to wait for workers where there are none.
WAIT_S = 600.0


def on_cluster(
    address: str,
    errands: Sequence[Errand[Outcome]],
    wait_s: float = WAIT_S,
    tell: Callable[[str], None] = lambda _: None,
) -> Iterator[Outcome]:
    """Do tasks on a Dask cluster.

    Where a worker ends, Dask gives its task to another; one that ends several workers is failed. Where the
    scheduler ends, what it had not told is handed to the next one at the same address.

    Parameters
    ----------
    address
        Of the scheduler, such as ``tcp://10.0.0.1:8786``.
    errands
        The tasks, the longest first. They write to a folder that all workers see under the same name, or a store.
    wait_s
        Seconds to wait for a worker while there is none.
    tell
        Told while there is none.

    Yields
    ------
    What each gives, once, as it is done.

    Raises
    ------
    InputError
        No scheduler answers at the address, or it has no worker for too long.
    StoreError
        The results cannot be written.
    """
    distributed = require("distributed", extra="cluster")
    left = {errand.name: errand for errand in errands}
    for _ in range(RECONNECTIONS + 1):
        if not left:
            return
        try:
            client = distributed.Client(address, timeout=PATIENCE_S, set_as_default=False)
        except (OSError, ValueError) as error:
            raise InputError(
                f"no Dask scheduler answers at {address} ({type(error).__name__})",
                "Start one: dask scheduler; and workers: dask worker ADDRESS",
            ) from None
        with suppress(CancelledError, OSError, distributed.CancelledError), client:
            wait = partial(_as_they_end, client=client, address=address, wait_s=wait_s, tell=tell)
            yield from _answers(distributed, client, left, wait)
    if left:
        raise InputError(f"the Dask scheduler at {address} ended again and again", "Call the batch once more to go on")


def _answers(
    distributed: Any,
    client: Any,
    left: dict[str, Errand[Outcome]],
    wait: Callable[[Any], Iterator[Any]],
) -> Iterator[Outcome]:
    """What the cluster tells, until all is told or the connection is lost; who is told of is no longer left."""
    waiting, sent = enumerate(list(left.items())), dict[Any, str]()
    done = distributed.as_completed(loop=client.loop)

    def send(number: int) -> None:
        for place, (name, errand) in islice(waiting, number):
            future = client.submit(_do, errand, key=(GROUP, name, errand.key), priority=-place, pure=False)
            sent[future] = name
            done.add(future)

    send(AHEAD)
    for future in wait(done):
        name = sent.pop(future)  # the scheduler forgets what nobody holds
        error = future.exception() if future.status == "error" else None
        if isinstance(error, distributed.scheduler.KilledWorker):
            answer = left[name].fail("the workers that had it were ended, as for want of memory")
        else:
            answer = future.result()
        del left[name], future
        yield answer
        send(1)


def _do(errand: Errand[Outcome]) -> Outcome:
    return errand.do()


def _as_they_end(done: Any, *, client: Any, address: str, wait_s: float, tell: Callable[[str], None]) -> Iterator[Any]:
    """Futures as they end; where none does, whether there is a worker at all, and for how long there has been none."""
    without_since: float | None = None
    while not done.is_empty():
        try:
            future = done.queue.get(timeout=min(QUIET_S, wait_s))
        except Empty:
            if client.nthreads():
                without_since = None
                continue
            now = time.monotonic()
            without_since = now if without_since is None else without_since
            if now - without_since >= wait_s:
                raise InputError(
                    f"the Dask scheduler at {address} has had no worker for {wait_s / 60:g} min",
                    f"Start workers (dask worker {address}) and call the batch once more to go on, or wait longer with "
                    "--wait",
                ) from None
            tell(f"no worker at {address} for {now - without_since:.0f} s; one is started with: dask worker {address}")
        else:
            without_since = None
            yield future
