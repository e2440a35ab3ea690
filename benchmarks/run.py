"""``python -m benchmarks.run``: the main job and what is drawn of it, cold, warm and after a change; ``run.md``.

Each command runs in a process of its own with a cache folder of its own; seconds are those on the clock, and of the
processor with all child processes. Another checkout, named with ``--before``, does the same beside this one in turns.

``--changed`` asks for the runs after one changed setting alone, each after a run of the workspace as it is, and prints
their rows: no page is written.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from benchmarks.timing import measured_on, versions

HERE = Path(__file__).parent
DATA = HERE.parent.parent / "shared" / "data"
#: What is asked of each checkout, in this order: what it is called, the command, what is changed in the workspace
#: before, and whether the cache is used. ``RESULTS`` stands for a finished run, or for its workspace in a checkout
#: whose commands do not take one.
ANEW = ("run", "--no-cache")
LANGUAGES = "^languages = .*"
LANGUAGES_AND_WAYS = LANGUAGES + r"([\s\S]*?)^profiles = .*"
#: The last part tells whether a checkout that keeps no steps is asked too: to it, a run of which nothing changed is
#: like any other, and a command may lack an option. A run after a change is asked of it without the run before.
ASKED: tuple[tuple[str, tuple[str, ...], tuple[str, str] | None, bool], ...] = (
    ("run, empty cache", ("run",), None, True),
    ("run, streets and timetable kept, every later step done", ANEW, None, True),
    ("the same, in one language", ANEW, (LANGUAGES, 'languages = ["fi"]'), False),
    (
        "… with three ways of moving",
        ANEW,
        (LANGUAGES_AND_WAYS, r'languages = ["fi"]\1profiles = ["walk", "wheelchair", "transit"]'),
        False,
    ),
    ("… on foot alone", ANEW, (LANGUAGES_AND_WAYS, r'languages = ["fi"]\1profiles = ["walk"]'), False),
    ("run, nothing changed", ("run",), (r"\A", ""), False),
    ("run, another speed by bicycle", ("run",), (r"\Z", "\n[profiles.bicycle]\nspeed_kmh = 14.0\n"), False),
    ("run, another name of the hub", ("run",), (r"Länsikeskus centre", "West centre"), False),
    ("run, another contact", ("run",), (r"\Z", '\n[site]\ncontact = "someone@example.org"\n'), False),
    ("run, a target", ("run",), (r"\Z", "\n[targets]\nwalk_within_15_min = 0.6\n"), False),
    ("run, another licence of the lakes", ("run",), (r'(tampere_lakes.*licence = )"[^"]*"', r'\1"Somebody"'), False),
    ("run, another licence of answers", ("run",), (r'"Invented answers, CC0 1.0"', '"Somebody"'), False),
    ("run, other words of that licence", ("run",), (r'"Invented answers, CC0 1.0"', '"Invented answers, PD"'), False),
    ("run, other cutoffs", ("run",), (r"^cutoffs_min = .*", "cutoffs_min = [5, 10, 20]"), False),
    ("still in another language", ("still", "RESULTS", "--language", "sv"), None, True),
    ("hub of a finished run", ("hub", "RESULTS"), None, True),
    ("still of another size", ("still", "RESULTS", "--size", "420", "297"), None, False),
    ("site of a finished run", ("site", "RESULTS"), None, True),
    ("report of a finished run", ("report", "RESULTS"), None, True),
)
OUT = {"run": "results", "site": "site", "still": "still.png", "report": "report.html"}


class UnknownSettingError(Exception):
    """What is changed in the workspace is no setting of a checkout."""


@dataclass
class Checkout:
    """A version of the package, with a workspace and a cache of its own."""

    name: str
    path: Path
    folder: Path
    steps: list[str] = field(default_factory=list)

    def takes(self, command: str, option: str) -> bool:
        done = self._python(command, "--help", capture_output=True)
        return option in done.stdout

    def measured(self, command: tuple[str, ...], change: tuple[str, str] | None) -> tuple[float, float]:
        """Seconds on the clock and of the processor; a change is made after a run of the workspace as it is."""
        if change is not None and self.keeps_steps and "--no-cache" not in command:
            self._asked(command, None)
        return self._asked(command, change)

    @cached_property
    def keeps_steps(self) -> bool:
        return self.takes("run", "--no-cache")

    def _asked(self, command: tuple[str, ...], change: tuple[str, str] | None) -> tuple[float, float]:
        workspace = self.folder / "tesoma.toml"
        text = re.sub(
            r'"([\w/]+\.(?:osm\.pbf|gpkg|tif|zip|csv))"', rf'"{DATA}/\1"', (DATA / "tesoma.toml").read_text("utf-8")
        )
        if change is not None:
            text, count = re.subn(*change, text, count=1, flags=re.MULTILINE)
            if not count:
                raise SystemExit(f"the workspace has nothing to be changed for {change[0]!r}")
        workspace.write_text(text, "utf-8")
        arguments = list(self._arguments(command, workspace))
        before, began = os.times(), time.perf_counter()
        done = self._python(*arguments, capture_output=True)
        clock, after = time.perf_counter() - began, os.times()
        if change is not None and "is not a key of the workspace file" in done.stderr:
            raise UnknownSettingError
        if done.returncode:
            raise SystemExit(f"{self.name}: {' '.join(arguments)}\n{done.stderr}")
        if "--explain" in arguments:
            self.steps = [line for line in done.stderr.splitlines() if re.search(r" (kept|done): ", line)]
        return clock, after[2] + after[3] - before[2] - before[3]

    def _arguments(self, command: tuple[str, ...], workspace: Path) -> Iterator[str]:
        name = command[0]
        yield name
        if "RESULTS" in command and self.takes(name, "--results"):
            yield from ("--results", str(self.folder / "results"))
        else:
            yield from ("--workspace", str(workspace))
        if name == "run" and self.takes(name, "--explain"):
            yield "--explain"
        yield from (one for one in command[1:] if one != "RESULTS" and (one != "--no-cache" or self.takes(name, one)))
        if name in OUT:
            yield from ("--out", str(self.folder / OUT[name]), "--overwrite")

    def _python(self, *arguments: str, capture_output: bool) -> "subprocess.CompletedProcess[str]":
        environment = {**os.environ, "PYTHONPATH": str(self.path), "TESOMA_GEO_CACHE": str(self.folder / "cache")}
        return subprocess.run(
            [sys.executable, "-m", "tesoma_geo", *arguments],
            env=environment, cwd=self.path, text=True, capture_output=capture_output, check=False,
        )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--before", type=Path, help="another checkout, measured beside this one")
    parser.add_argument("--called", default="before", help="what it is called in the table")
    parser.add_argument("--now", type=Path, default=HERE.parent, help="the checkout that is measured: this one")
    parser.add_argument("--out", type=Path, default=HERE / "run.md")
    parser.add_argument("--changed", action="store_true", help="runs after one changed setting alone; no page")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        checkouts = [Checkout("now", options.now.resolve(), Path(name) / "now")]
        if options.before:
            checkouts.insert(0, Checkout(options.called, options.before.resolve(), Path(name) / "before"))
        for checkout in checkouts:
            checkout.folder.mkdir()
        rows, explained, loads = [], {}, []
        for what, command, change, everybody in ASKED:
            if options.changed and change is None:
                continue
            print(what, file=sys.stderr, flush=True)
            cells = []
            for checkout in checkouts:
                if not everybody and change is None and not checkout.keeps_steps:
                    cells.append("not asked")
                    continue
                try:
                    clock, processor = checkout.measured(command, change)
                except UnknownSettingError:
                    cells.append("not a setting")
                    continue
                cells.append(f"{clock:.1f} s ({processor:.1f})")
                loads.append(os.getloadavg()[0])
            rows.append(f"| {what} | {' | '.join(cells)} |")
            if command[0] == "run":
                explained[what] = checkouts[-1].steps
            if options.changed:
                print(rows[-1], flush=True)
            else:
                options.out.write_text(_page(checkouts, rows, explained, loads), encoding="utf-8")
    if not options.changed:
        print(json.dumps({"written": str(options.out)}))


def _page(checkouts: list[Checkout], rows: list[str], explained: dict[str, list[str]], loads: list[float]) -> str:
    lines = [
        "# The main job, cold, warm and after a change",
        "",
        "Written by `python -m benchmarks.run`: real Tesoma, seven ways of moving, three languages, 200 draws. "
        "Seconds on the clock and, in brackets, of the processor with all child processes; one call each, in turns. "
        "In a checkout without `--results` the workspace is assessed again, as it had to be; one without "
        "`--no-cache` keeps no steps: each of its runs is done anew. Bars, and what was tried for those that are "
        "missed: `benchmarks/run_bars.md`.",
        "",
        measured_on(loads, checkouts[-1].path),
        f"- Versions: {versions(['numpy', 'numba', 'shapely', 'matplotlib'])}",
        "",
        f"| what | {' | '.join(checkout.name for checkout in checkouts)} |",
        "|---|" + "---|" * len(checkouts),
        *rows,
        "",
        "## Step by step",
        "",
        "What `run --explain` told of the steps that were done. Seconds are those of each step on the clock; several "
        "are done side by side. What is told of a former result has no steps.",
    ]
    for what, steps in explained.items():
        done = [step for step in steps if " done: " in step]
        kept = len(steps) - len(done)
        lines += ["", f"### {what[0].upper()}{what[1:]}", ""]
        lines += [f"{len(done)} {'step' if len(done) == 1 else 'steps'} done, {kept} kept."]
        lines += ["", "```text", *done, "```"] if done else []
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
