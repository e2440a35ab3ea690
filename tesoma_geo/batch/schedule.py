"""Who does the tasks of a batch, as a person names it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tesoma_geo.batch.cluster import WAIT_S, on_cluster
from tesoma_geo.batch.errand import Errand, Outcome
from tesoma_geo.batch.schedulers import in_turn, side_by_side

LOCAL, PROCESSES = "local", "processes"


@dataclass(frozen=True)
class Schedule:
    """Who does tasks.

    Attributes
    ----------
    scheduler
        ``local``, one after the other in this process; ``processes``, in as many as ``workers``; else the
        address of a Dask scheduler, ``tcp://…``.
    workers
        How many processes.
    wait_s
        Seconds to wait for a worker of a Dask cluster while it has none.
    """

    scheduler: str = LOCAL
    workers: int = 2
    wait_s: float = WAIT_S

    def done(
        self, errands: Sequence[Errand[Outcome]], memory: int | None, tell: Callable[[str], None]
    ) -> Iterator[Outcome]:
        """Do tasks.

        Parameters
        ----------
        errands
            The tasks, the longest first.
        memory
            Bytes that all processes of this machine may have together; None for any. A cluster does not heed it.
        tell
            Told while a cluster has no worker.

        Returns
        -------
        iterator
            What each gives, once, as it is done.

        Raises
        ------
        InputError
            No scheduler answers at the address, or it has no worker for too long.
        """
        if self.scheduler == LOCAL:
            return in_turn(errands, memory)
        if self.scheduler == PROCESSES:
            return side_by_side(errands, self.workers, memory)
        return on_cluster(self.scheduler, errands, self.wait_s, tell)


#: One task after the other, here.
IN_TURN = Schedule()
