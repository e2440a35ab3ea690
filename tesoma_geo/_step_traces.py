"""What the steps of a job were given in its last run, to tell what changed since; kept under the job's name."""

import hashlib
from collections.abc import Mapping

from tesoma_geo._cache import keep_value, kept_value
from tesoma_geo._pickles import read_pickle, write_pickle

TRACE = "trace"
NOT_BEFORE = "not done before"

#: Name of a step → what it is given, by name → digest.
Given = Mapping[str, Mapping[str, str]]


class StepTraces:
    """The last run of a job, and this one.

    Parameters
    ----------
    job
        What the job is about, the same from time to time.

    Attributes
    ----------
    given
        What each step is given this time, whether it is done or was kept: the next run is compared with that.
    """

    def __init__(self, job: str) -> None:
        self.given: dict[str, dict[str, str]] = {}
        self._key = hashlib.blake2b(job.encode(), digest_size=16).digest()
        self._last: dict[str, dict[str, str]] | None = None

    def why(self, name: str, parts: Mapping[str, str], *, alike: str) -> str:
        """Why a step has another value than in the last run; what it is given is noted.

        Parameters
        ----------
        name
            Of the step.
        parts
            What it is given, by name → digest.
        alike
            What is said where it is given the same.

        Returns
        -------
        str
            ``changed:`` and the names of the parts that did.
        """
        self.given[name] = dict(parts)
        before = self._known().get(name)
        if before is None:
            return NOT_BEFORE
        changed = [part for part in {**parts, **before} if before.get(part) != parts.get(part)]
        return f"changed: {', '.join(changed)}" if changed else alike

    def note(self, given: Given) -> None:
        """Note what steps of a result are given that is taken as it is.

        Parameters
        ----------
        given
            As :attr:`given` of the run that made it.
        """
        self.given |= {name: dict(parts) for name, parts in given.items()}

    def finish(self) -> None:
        """Remember this run as the last one; of steps that it did not ask for what was known before."""
        last = {**self._known(), **self.given}
        if last != self._known():
            keep_value(TRACE, self._key, lambda folder: write_pickle(folder, last))

    def _known(self) -> dict[str, dict[str, str]]:
        if self._last is None:
            self._last = kept_value(TRACE, self._key, read_pickle, {})
        return self._last
