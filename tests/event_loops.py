"""Coroutines in tests: each in an event loop and a thread of its own."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Result = TypeVar("Result")


def finished(work: Coroutine[Any, Any, Result]) -> Result:
    """What a coroutine gives; the thread of browser tests has a loop already, in which none can be started."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()
