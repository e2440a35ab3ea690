"""How long it takes until anything is there: imports and the first line of help, each in a process of its own.

``python -m benchmarks.startup`` writes ``benchmarks/startup.md``.
"""

import json
import statistics
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

RUNS = 7
_PYTHON = """
import sys, time
begin = time.perf_counter()
{code}
print(time.perf_counter() - begin, len(sys.modules))
"""
#: What is timed, by what it is called in the table, with the seconds that it may take (where it is promised).
IMPORTS = {
    "`import tesoma_geo`": ("import tesoma_geo", 0.1),
    "`import tesoma_geo.measures`": ("import tesoma_geo.measures", None),
    "`import pandas`, for comparison": ("import pandas", None),
    "`tesoma_geo.StreetNetwork`": ("import tesoma_geo; tesoma_geo.StreetNetwork", None),
    "`tesoma_geo.assess`": ("import tesoma_geo; tesoma_geo.assess", None),
    "`tesoma_geo.webmap`": ("import tesoma_geo; tesoma_geo.webmap", None),
}
COMMANDS = {
    "`tesoma-geo --help`": (["--help"], 0.4),
    "`tesoma-geo run --help`": (["run", "--help"], None),
}
_WALL = """
import json, subprocess, sys, time
begin = time.perf_counter()
subprocess.run([sys.executable, *json.loads(sys.argv[1])], stdout=subprocess.DEVNULL, check=True)
print(time.perf_counter() - begin, 0)
"""


def _measured(script: str, *arguments: str) -> tuple[float, int]:
    """The median seconds of some runs, and the modules loaded in the end; the first run warms the files."""
    runs = []
    for _ in range(RUNS + 1):
        done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True)
        seconds, modules = done.stdout.split()
        runs.append((float(seconds), int(modules)))
    return statistics.median(seconds for seconds, _ in runs[1:]), runs[-1][1]


def rows() -> list[tuple[str, float, int, float | None]]:
    """Name, median seconds, modules (0 where not counted) and what is promised."""
    table = []
    for name, (code, promised) in IMPORTS.items():
        table.append((name, *_measured(_PYTHON.format(code=code)), promised))
    for name, (arguments, promised) in COMMANDS.items():
        command = ["-m", "tesoma_geo", *arguments]
        table.append((name, *_measured(_WALL, json.dumps(command)), promised))
    bare = _measured(_WALL, json.dumps(["-c", "pass"]))
    return [*table, ("`python -c pass`, which is in the two above", *bare, None)]


def page(table: list[tuple[str, float, int, float | None]]) -> str:
    """The table as Markdown."""
    lines = [
        "# Start-up",
        "",
        f"Made by `python -m benchmarks.startup`: the median of {RUNS} fresh processes each, after one that warms the"
        f" files; Python {sys.version.split()[0]}, pandas {version('pandas')}. Imports are timed inside the process,"
        " commands from outside.",
        "",
        "| what | seconds | modules | promised |",
        "|---|--:|--:|--:|",
    ]
    for name, seconds, modules, promised in table:
        lines.append(f"| {name} | {seconds:.3f} | {modules or ''} | {f'≤ {promised:g}' if promised else ''} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    Path(__file__).with_suffix(".md").write_text(page(rows()), encoding="utf-8")
