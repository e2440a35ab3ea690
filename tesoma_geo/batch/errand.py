"""A task as schedulers know it: a district, or a block of a large table."""

from typing import Protocol, TypeVar

Outcome = TypeVar("Outcome", covariant=True)


class Errand(Protocol[Outcome]):
    """A task that can be sent to another process; done twice, it leaves the same bytes."""

    @property
    def name(self) -> str:
        """What names it among the others."""

    @property
    def key(self) -> str:
        """A digest of everything that its outcome follows from."""

    def do(self) -> Outcome:
        """Do it in this process.

        Returns
        -------
        What it gives, which can be pickled.
        """

    def fail(self, reason: str) -> Outcome:
        """What stands for its outcome where its process did not live to give one.

        Parameters
        ----------
        reason
            Why there is none.

        Returns
        -------
        What it gives.

        Raises
        ------
        TesomaError
            Nothing can stand for it.
        """
