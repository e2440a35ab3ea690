"""One finished run of the sample by one way of moving, made once for all tests that look at it."""

import filecmp
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from tesoma_geo.cli import commands


@dataclass(frozen=True)
class FinishedRun:
    """The workspace, what ``run`` wrote, and the cache folder."""

    workspace: Path
    results: Path
    cache: Path


def told(*arguments, ok=True):
    """What a command prints; all that it says where it must fail."""
    result = CliRunner().invoke(commands, [str(argument) for argument in arguments])
    assert (result.exit_code == 0) == ok, result.output
    return result.stdout if ok else result.output


def differing(one: Path, other: Path) -> list[str]:
    """Files that differ between two folders with the same files."""
    files = [sorted(path.relative_to(top) for path in top.rglob("*") if path.is_file()) for top in (one, other)]
    assert files[0] == files[1]
    _, different, odd = filecmp.cmpfiles(one, other, [str(path) for path in files[0]], shallow=False)
    return sorted([*different, *odd])
