"""Measuring: a task is called until it is warm, then several times."""

import platform
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Measured:
    """Seconds of every repetition of a task, and what its answer is to be compared by."""

    seconds: list[float]
    note: str = ""

    @property
    def median(self) -> float:
        return float(np.median(self.seconds))

    @property
    def spread(self) -> tuple[float, float]:
        return min(self.seconds), max(self.seconds)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def measured(task: Callable[[], Any], repeat: int, warm: int = 1, note: str = "") -> tuple[Measured, Any]:
    """Return the seconds of ``repeat`` calls after ``warm`` more, and the last answer."""
    for _ in range(warm):
        answer = task()
    seconds = []
    for _ in range(repeat):
        begin = time.perf_counter()
        answer = task()
        seconds.append(time.perf_counter() - begin)
    return Measured(seconds, note), answer


def pretty(seconds: float) -> str:
    """Seconds to three digits, in a unit that suits."""
    value, unit = (seconds * 1000, "ms") if seconds < 1 else (seconds, "s")
    return f"{value:.3g} {unit}" if value < 1000 else f"{value:,.0f} {unit}"


def commit_of(checkout: Path) -> str:
    """The short name of the commit that is checked out."""
    command = ["git", "rev-parse", "--short=8", "HEAD"]
    return subprocess.run(command, check=True, cwd=checkout, capture_output=True, text=True).stdout.strip()


def machine() -> str:
    """The processor, its cores and memory, and the system."""
    info = Path("/proc/cpuinfo")
    names = [line.split(":")[1].strip() for line in info.read_text().splitlines() if "model name" in line]
    memory_kb = int(Path("/proc/meminfo").read_text().split()[1])
    processor = names[0] if names else platform.processor()
    return f"{processor}, {len(names)} cores, {memory_kb / 2**20:.0f} GiB; {platform.system()} {platform.machine()}"


def measured_on(loads: Sequence[float], checkout: Path) -> str:
    """A line that tells what was measured, where, and what else the machine had to do."""
    told = f"- Machine: {machine()}; load, this included, {min(loads):.1f} to {max(loads):.1f}"
    with suppress(OSError, subprocess.CalledProcessError):  # a copy of the files without their history
        told += f"; commit {commit_of(checkout)}"
    return told


def versions(packages: list[str]) -> str:
    """The versions of packages that are installed."""
    parts = [f"Python {platform.python_version()}"]
    for package in packages:
        try:
            parts.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            parts.append(f"{package} not installed")
    return ", ".join(parts)
