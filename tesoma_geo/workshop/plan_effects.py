"""What plans do, each computed once; what is being drawn is foreseen, so that its answer is there when it is done."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

from tesoma_geo.scenarios.scenario import Scenario
from tesoma_geo.workshop.plan_process import PlanComputer

T = TypeVar("T")
#: Answers that are kept; each has some ten kilobytes. An undone change, or another alternative, is there at once.
KEPT = 64


class PlanEffects:
    """Asks a computer one thing after another; used in the event loop alone.

    Parameters
    ----------
    computer
        Computes what plans do; closed with this.
    """

    def __init__(self, computer: PlanComputer) -> None:
        self._computer = computer
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="answers")
        self._known: dict[tuple[str, str], asyncio.Future[bytes]] = {}
        self._next: tuple[Scenario, str] | None = None
        self._foreseeing: asyncio.Task[None] | None = None

    async def think(self, work: Callable[[], T]) -> T:
        """Compute something off the event loop, one after another.

        Parameters
        ----------
        work
            What is computed.

        Returns
        -------
        object
            What it returns.
        """
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    async def effect(self, scenario: Scenario, profile: str) -> bytes:
        """What a plan does; what is known or is being computed is not computed again.

        Parameters
        ----------
        scenario
            The plan.
        profile
            The way of moving.

        Returns
        -------
        bytes
            As :func:`~tesoma_geo.workshop.effect_json.effect_json` gives it.

        Raises
        ------
        ScenarioError
            With every change that cannot be made.
        """
        key = scenario.model_dump_json(), profile
        found = self._known.pop(key, None)
        if found is None:
            found = asyncio.ensure_future(self.think(lambda: self._computer.effect(scenario, profile)))
            found.add_done_callback(lambda done: self._forget_failed(key, done))
        self._known[key] = found  # the last one asked for goes last
        while len(self._known) > KEPT:
            del self._known[next(iter(self._known))]
        return await asyncio.shield(found)

    def _forget_failed(self, key: tuple[str, str], done: "asyncio.Future[bytes]") -> None:
        if (done.cancelled() or done.exception() is not None) and self._known.get(key) is done:
            del self._known[key]

    def foresee(self, scenario: Scenario, profile: str) -> None:
        """Begin to compute a plan that is being drawn; of several that wait the newest alone is computed.

        Parameters
        ----------
        scenario
            The plan.
        profile
            The way of moving.
        """
        self._next = scenario, profile
        if self._foreseeing is None or self._foreseeing.done():
            self._foreseeing = asyncio.ensure_future(self._foresee())

    async def _foresee(self) -> None:
        while self._next is not None:
            (scenario, profile), self._next = self._next, None
            with suppress(Exception):  # whoever finishes the drawing is told
                await self.effect(scenario, profile)

    def close(self) -> None:
        """Compute nothing any more."""
        self._thread.shutdown(cancel_futures=True)
        self._computer.close()
