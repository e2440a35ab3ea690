"""Where the figures of plans are computed: a process of its own, so that the one that serves phones never waits for it.

The process is given the district as it is today once, pickled, and then a plan and a way of moving at a time; it
answers with the JSON that the wall gets. It ends with the server on every way that this one ends: the pipe between them
is closed then. Where it ends alone, as for want of memory, another one is begun and asked once more.
"""

import gc
import multiprocessing
import os
import pickle
import signal
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Protocol

from tesoma_geo._processes import end_with_parent
from tesoma_geo.errors import InputError, TesomaError
from tesoma_geo.scenarios.scenario import Scenario
from tesoma_geo.workshop.district import DistrictToday
from tesoma_geo.workshop.effect_json import effect_json

#: How often a plan is asked for: once more where the process ended meanwhile.
TRIES = 2
#: Seconds that a process that is to end is waited for before it is ended.
ENDS_WITHIN_S = 5.0


class PlanComputer(Protocol):
    """Computes what plans do; asked by one thread at a time."""

    def effect(self, scenario: Scenario, profile: str) -> bytes:
        """What a plan does for one way of moving.

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

    def close(self) -> None:
        """Compute nothing any more."""


@dataclass(frozen=True, eq=False)
class ComputedHere:
    """Computes in this process.

    Attributes
    ----------
    district
        As it is today.
    """

    district: DistrictToday

    def effect(self, scenario: Scenario, profile: str) -> bytes:
        """What a plan does for one way of moving.

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
        return effect_json(self.district, scenario, profile)

    def close(self) -> None:
        """Nothing is to be closed."""


class PlanProcess:
    """Computes in a process of its own, which is begun at once and ends with this one.

    Parameters
    ----------
    district
        As it is today; kept for a process that must be begun anew.
    tell
        Told in words when the process ended and another one begins.
    """

    def __init__(self, district: DistrictToday, tell: Callable[[str], None] = lambda _: None) -> None:
        self._district, self._tell = district, tell
        self._begin()

    @property
    def pid(self) -> int | None:
        """The number of the process."""
        return self._process.pid

    def _begin(self) -> None:
        spawning = multiprocessing.get_context("spawn")
        self._pipe, theirs = spawning.Pipe()
        self._process = spawning.Process(target=_compute, args=(theirs, os.getpid()), name="plans", daemon=True)
        self._process.start()
        theirs.close()  # else nobody would notice that the process has ended
        with suppress(OSError):  # it ended already: the first plan begins another one
            self._pipe.send_bytes(pickle.dumps(self._district, pickle.HIGHEST_PROTOCOL))

    def effect(self, scenario: Scenario, profile: str) -> bytes:
        """What a plan does for one way of moving.

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
        InputError
            The process ended, and the one that took its place as well.
        """
        for _ in range(TRIES):
            try:
                self._pipe.send((scenario, profile))
                found = self._pipe.recv()
            except (EOFError, OSError):
                self._end()
                self._tell(f"The process that computes plans ended ({self._how()}); another one takes its place")
                self._begin()
                continue
            if isinstance(found, bytes):
                return found
            raise found
        raise InputError(
            f"the process that computes plans ended {TRIES} times over this change ({self._how()})",
            "Close other programs on this computer, then draw it once more",
        )

    def close(self) -> None:
        """End the process."""
        self._end()

    def _end(self) -> None:
        self._pipe.close()
        self._process.join(ENDS_WITHIN_S)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._code = self._process.exitcode

    def _how(self) -> str:
        code = self._code or 0
        return f"by signal {-code}" if code < 0 else f"with status {code}"


def _compute(pipe: "Connection[Any, Any]", parent: int) -> None:
    """Answer until the other end of the pipe is closed; runs in the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # ctrl-C reaches the whole group: the server ends in its own order
    end_with_parent(parent)
    with suppress(EOFError, OSError):
        district = pickle.loads(pipe.recv_bytes())  # noqa: S301 - from the server itself, over a pipe without name
        gc.freeze()  # none of it ever goes: looking through it would take longer than a plan
        while True:
            scenario, profile = pipe.recv()
            pipe.send(_found(district, scenario, profile))


def _found(district: DistrictToday, scenario: Scenario, profile: str) -> bytes | Exception:
    try:
        return effect_json(district, scenario, profile)
    except TesomaError as error:
        return error
    except Exception as error:  # noqa: BLE001 - raised again in the server, which tells of it as of its own
        return RuntimeError("".join(traceback.format_exception(error)))
