"""Damaged files that look for code not yet reached: ``python -m tests.fuzz_guided READER SECONDS``.

The readers, whole files and judgement are those of :mod:`tests.fuzz`; which change comes next is chosen by what the
last ones reached in ``sources``, ``workspace`` and ``_reading``, by atheris (``pip install atheris``). What reached
something new is kept in ``build/fuzz/READER-corpus``, so that a next call goes on from there, and the totals in
``build/fuzz/READER-guided.json``. Readers that work in a child process are run in this one, where what they reach is
seen: a library that dies leaves its file as ``READER-crash-…``, and is counted by the next call.
"""

import contextlib
import io
import json
import os
import random
import resource
import sys
import time
from typing import Any

INSTRUMENTED = ["tesoma_geo.sources", "tesoma_geo.workspace", "tesoma_geo._reading"]
#: Cases after which the totals are written.
EVERY = 25


def main(name: str, seconds: float) -> None:
    """Fuzz one reader for so long."""
    import atheris

    with atheris.instrument_imports(include=INSTRUMENTED):
        from tests import fuzz
    from tesoma_geo import _reading

    # In this process, so that coverage is seen; the guard around the reader stays.
    _reading._apart = lambda read, *_: read()
    suffix, whole, read = fuzz.READERS[name]
    fuzz.STATE.mkdir(parents=True, exist_ok=True)
    corpus = fuzz.STATE / f"{name}-corpus"
    corpus.mkdir(exist_ok=True)
    content = whole()
    (corpus / "whole").write_bytes(content)
    state_file, path = fuzz.STATE / f"{name}-guided.json", fuzz.STATE / f"{name}-guided{suffix}"
    state: dict[str, Any] = json.loads(state_file.read_text()) if state_file.exists() else {"cases": 0, "seconds": 0.0}
    if state.pop("under_way", False):
        state["died"] = state.get("died", 0) + 1
    begun, before, at_start = time.monotonic(), float(state["seconds"]), state["cases"]

    def keep(*, under_way: bool) -> None:
        state["seconds"] = round(before + time.monotonic() - begun, 1)
        state_file.write_text(json.dumps(state | ({"under_way": True} if under_way else {})))

    def one(data: bytes) -> None:
        path.write_bytes(data)
        started = time.monotonic()
        with contextlib.redirect_stderr(io.StringIO()):
            told = fuzz.answer(read, path)
        state["slowest_s"] = max(state.get("slowest_s", 0.0), round(time.monotonic() - started, 1))
        state["cases"] += 1
        state[told] = state.get(told, 0) + 1
        if told in ("unnamed", "unforeseen"):
            (fuzz.STATE / f"{name}-{told}-guided-{state['cases']}{suffix}").write_bytes(data)
        if (state["cases"] - at_start) % EVERY == 0:
            keep(under_way=True)
        if time.monotonic() - begun > seconds:
            keep(under_way=False)
            print(name, json.dumps(state), flush=True)
            os._exit(0)

    def mutated(data: bytes, max_size: int, seed: int) -> bytes:
        """Half the time as libFuzzer does, half as the changes of :mod:`tests.fuzz`, which know zip files."""
        dice = random.Random(seed)
        if dice.random() < 0.5:
            return bytes(atheris.Mutate(data, max_size))
        with contextlib.suppress(Exception):
            return fuzz.changed(data, dice)[:max_size]
        return data

    arguments = [sys.argv[0], str(corpus), f"-artifact_prefix={fuzz.STATE / name}-", "-timeout=120"]
    arguments += ["-rss_limit_mb=6000", f"-max_len={max(2 * len(content), 65536)}", "-verbosity=0"]
    # Libraries that are ended with their child process elsewhere leave files open here.
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    keep(under_way=True)
    atheris.Setup(arguments, one, custom_mutator=mutated)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
